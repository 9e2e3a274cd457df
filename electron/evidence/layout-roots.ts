import { decodePercent, driveName, isShadowCopy } from './names.ts';
import type { InventoryEntry } from './source.ts';

/**
 * How much a folder looks like the root of a Windows drive.
 * - `windows`: a Windows folder with system parts lies in it.
 * - `web`: only what IIS keeps beside Windows (`inetpub\logs`, `inetpub\history`).
 * - `drive`: only its name says so (`uploads/auto/D%3A`, or the folder `D` beside a collected `C`).
 */
export type RootStrength = 'windows' | 'web' | 'drive';

/** A folder that may be the root of a drive. */
export interface CandidateRoot {
  readonly prefix: string;
  readonly strength: RootStrength;
}

export interface Roots {
  /** By evidence folder. */
  readonly candidates: ReadonlyMap<string, CandidateRoot>;
  /** Folders with a Windows tree that are a snapshot of a drive, not a drive. */
  readonly shadowCopies: readonly string[];
}

const SYSTEM_PARTS = new Set(['system32', 'syswow64', 'microsoft.net']);
const RANK: Record<RootStrength, number> = { windows: 2, web: 1, drive: 0 };

/** Every folder of the evidence that may be the root of a Windows drive, by what lies in it or by its name. */
export function findRoots(entries: readonly InventoryEntry[]): Roots {
  const found = new Map<string, RootStrength>();
  const shadow = new Set<string>();
  // Entries of one folder follow each other, so a folder is looked at once and not once per file.
  let lastFolder: string | null = null;
  for (const entry of entries) {
    if (entry.problem?.kind === 'escape' && /(^|\/)\.\.(\/|$)/.test(entry.evidencePath)) continue;
    const path = entry.evidencePath;
    const folder = entry.type === 'folder' ? path : path.slice(0, Math.max(0, path.lastIndexOf('/')));
    if (folder === lastFolder || folder === '') continue;
    lastFolder = folder;
    lookAt(folder, found, shadow);
  }
  const candidates = new Map<string, CandidateRoot>();
  for (const [prefix, strength] of found) candidates.set(prefix, { prefix, strength });
  return { candidates, shadowCopies: [...shadow].sort() };
}

function lookAt(folder: string, found: Map<string, RootStrength>, shadow: Set<string>): void {
  const parts = folder.split('/');
  const lower = parts.map((part) => part.toLowerCase());
  for (let i = 0; i < parts.length; i++) {
    const strength = marker(lower, i);
    if (strength !== null) note(found, parts.slice(0, i).join('/'), strength);
    const decoded = decodePercent(parts[i] ?? '');
    if (isShadowCopy(decoded)) {
      shadow.add(parts.slice(0, i + 1).join('/'));
      return;
    }
    if (driveName(decoded) !== null) note(found, parts.slice(0, i + 1).join('/'), 'drive');
    // Only the outermost tree is of interest; what lies deeper in it is found as nested below.
  }
}

/** What the component at `i` says about the folder that holds it. */
function marker(lower: readonly string[], i: number): RootStrength | null {
  const next = lower[i + 1];
  if (next === undefined) return null;
  if (lower[i] === 'windows' && SYSTEM_PARTS.has(next)) return 'windows';
  if (lower[i] !== 'inetpub') return null;
  const after = lower[i + 2];
  if (next === 'logs' && after === 'logfiles') return 'web';
  return next === 'history' && after !== undefined && after.startsWith('cfghistory_') ? 'web' : null;
}

function note(found: Map<string, RootStrength>, prefix: string, strength: RootStrength): void {
  const before = found.get(prefix);
  if (before === undefined || RANK[strength] > RANK[before]) found.set(prefix, strength);
}
