import { createHash } from 'node:crypto';
import type { InventoryEntry } from '../../evidence/source.ts';

/** Tells two collections apart without reading a byte of content: SHA-256 over kinds, names and sizes in sorted order. */
export function fingerprintOf(entries: readonly InventoryEntry[]): string {
  const hash = createHash('sha256');
  for (const entry of entries) hash.update(`${entry.type}\0${entry.evidencePath}\0${entry.type === 'file' ? entry.size : 0}\n`);
  return hash.digest('hex');
}
