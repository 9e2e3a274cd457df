import { createHash } from 'node:crypto';

/** An id that is the same in every run over the same evidence: a prefix and 12 hex digits of SHA-256 over the parts. */
export function stableId(prefix: string, ...parts: readonly (string | number | null | undefined)[]): string {
  return `${prefix}-${createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 12)}`;
}
