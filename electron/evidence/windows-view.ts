import type { FileStatus } from '../../shared/model/index.ts';
import type { InventoryEntry } from './source.ts';

/** What became of a Windows path that the configuration names. */
export interface Resolved {
  readonly status: FileStatus;
  /** The full Windows path that was looked for, after variables and WOW64 redirection; null when it has no drive. */
  readonly path: string | null;
  readonly entry: InventoryEntry | null;
}

/** One Windows host inside the evidence: its drives, and look-ups by Windows path without case. */
export interface WindowsView {
  /** Stable id of the host, made from its place in the evidence. */
  readonly id: string;
  /** Evidence folder of the host, '' for the root. */
  readonly prefix: string;
  /** Drive letters (upper case) whose trees were found. */
  readonly drives: readonly string[];
  /** Expands `%windir%`, `%SystemDrive%`, `%ProgramFiles%` and the like; unknown variables stay as written. */
  expand(path: string, bitness: 32 | 64): string;
  /** Looks a path up (variables are expanded first); `bitness` 32 redirects System32 to SysWOW64 as Windows does. */
  resolve(path: string, bitness: 32 | 64): Resolved;
  /** All entries at or below a Windows folder, sorted by evidencePath; [] when it was not collected. */
  below(path: string): readonly InventoryEntry[];
  /** Windows path of an evidence file of this host, or null. */
  windowsPath(evidencePath: string): string | null;
}
