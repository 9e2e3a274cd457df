import type { LogArtifact } from './kit/definition.ts';
import { w3cLogArtifact } from './w3c-log/definition.ts';

/**
 * The log formats, for the workers that read them (they need nothing else of the registry). Where two could claim a
 * file by its name or by its first bytes, the narrower one stands first.
 */
export const LOG_ARTIFACTS: readonly LogArtifact[] = [
  w3cLogArtifact,
];

/** The log artifact of this id; null when this version has none. */
export function logArtifact(id: string): LogArtifact | null {
  return LOG_ARTIFACTS.find((a) => a.id === id) ?? null;
}
