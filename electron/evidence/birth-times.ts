import { statfs } from 'node:fs/promises';
import type { InventoryEntry } from './source.ts';

/** `f_type` of NTFS volumes on Linux: the ntfs3 driver and the older in-kernel one (linux/magic.h). */
const NTFS_TYPES = new Set([0x7366746e, 0x5346544e]);
const MIN_FILES = 20;
/** 30 days in 100 ns ticks. */
const MIN_SPREAD = 30n * 86_400n * 10_000_000n;

/** True where the file system itself keeps the creation times of Windows. */
export async function keepsBirths(location: string): Promise<boolean> {
  if (process.platform === 'win32') return true;
  try {
    return NTFS_TYPES.has((await statfs(location)).type);
  } catch {
    return false;
  }
}

/**
 * Tells a mounted volume from a copy made onto an NTFS disk. A copy is created when it is copied: all its files
 * within hours, and after their last change. On a volume that lived, creation spreads over months and most files
 * (everything that Windows itself installed) were created no later than they were changed.
 */
export function birthsAreTheServers(entries: readonly InventoryEntry[]): boolean {
  let counted = 0;
  let before = 0;
  let first: bigint | null = null;
  let last: bigint | null = null;
  for (const { type, created, modified } of entries) {
    if (type !== 'file' || created === null || modified === null) continue;
    counted += 1;
    if (created <= modified) before += 1;
    if (first === null || created < first) first = created;
    if (last === null || created > last) last = created;
  }
  if (counted < MIN_FILES || first === null || last === null) return false;
  return before * 2 > counted && last - first > MIN_SPREAD;
}
