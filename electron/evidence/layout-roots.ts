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
  const search: Search = { found: new Map(), shadow: new Set(), seen: new Map([['', false]]) };
  // Entries of one folder follow each other, so a folder is looked up once and not once per file.
  let lastFolder = '';
  for (const { evidencePath, type, problem } of entries) {
    if (problem?.kind === 'escape' && /(^|\/)\.\.(\/|$)/.test(evidencePath)) continue;
    const folder = type === 'folder' ? evidencePath : parentOf(evidencePath);
    if (folder !== lastFolder) lookAt(folder, search);
    lastFolder = folder;
  }
  const candidates = new Map<string, CandidateRoot>();
  for (const [prefix, strength] of search.found) candidates.set(prefix, { prefix, strength });
  return { candidates, shadowCopies: [...search.shadow].sort() };
}

interface Search {
  readonly found: Map<string, RootStrength>;
  readonly shadow: Set<string>;
  /** Folders already looked at, and whether they lie in a shadow copy. */
  readonly seen: Map<string, boolean>;
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** Looks at a folder and at those above it that were not seen yet: each once, so a deep tree costs no more than a wide one. */
function lookAt(folder: string, search: Search): void {
  const fresh: string[] = [];
  let at = folder;
  for (; !search.seen.has(at); at = parentOf(at)) fresh.push(at);
  let inShadow = search.seen.get(at) === true;
  for (const each of fresh.toReversed()) {
    if (!inShadow) inShadow = lookAtOne(each, search);
    search.seen.set(each, inShadow);
  }
}

/** Notes what one folder says; true when it is a shadow copy, inside which nothing else counts. */
function lookAtOne(folder: string, { found, shadow }: Search): boolean {
  const parent = parentOf(folder);
  const above = parentOf(parent);
  const [last, middle, first] = [folder, parent, above].map((path) => path.slice(path.lastIndexOf('/') + 1).toLowerCase());
  if (middle === 'windows' && SYSTEM_PARTS.has(last ?? '')) note(found, above, 'windows');
  if (first === 'inetpub' && isWebPart(middle ?? '', last ?? '')) note(found, parentOf(above), 'web');
  const decoded = decodePercent(folder.slice(folder.lastIndexOf('/') + 1));
  if (isShadowCopy(decoded)) {
    shadow.add(folder);
    return true;
  }
  if (driveName(decoded) !== null) note(found, folder, 'drive');
  return false;
}

/** `logs\LogFiles` and `history\CFGHISTORY_*` below inetpub: what IIS alone makes. */
function isWebPart(middle: string, last: string): boolean {
  return (middle === 'logs' && last === 'logfiles') || (middle === 'history' && last.startsWith('cfghistory_'));
}

function note(found: Map<string, RootStrength>, prefix: string, strength: RootStrength): void {
  const before = found.get(prefix);
  if (before === undefined || RANK[strength] > RANK[before]) found.set(prefix, strength);
}
