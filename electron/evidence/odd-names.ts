import { foldCase } from '../../shared/base/compare.ts';
import type { ParseProblem } from '../../shared/model/index.ts';
import type { InventoryEntry } from './source.ts';

/** An inventory entry while it is being made: problems are found after the name is listed. */
export type DraftEntry = { -readonly [K in keyof InventoryEntry]: InventoryEntry[K] };

/** Adds a fault to an entry; the first one found gives the kind, later ones only their sentence. */
export function addProblem(entry: DraftEntry, problem: ParseProblem): void {
  entry.problem = entry.problem === null ? problem : { ...entry.problem, message: `${entry.problem.message}; ${problem.message}`, expected: false };
}

/** Marks names that differ only in case, which one folder of a Windows volume does not usually hold. */
export function markCaseTwins(entries: readonly DraftEntry[]): void {
  const first = new Map<string, DraftEntry>();
  for (const entry of entries) {
    const fold = foldCase(entry.evidencePath);
    const twin = first.get(fold);
    if (twin === undefined) {
      first.set(fold, entry);
      continue;
    }
    const message = 'Another name differs from this one only in case; Windows would take them for one file';
    if (twin.problem?.message.includes(message) !== true) addProblem(twin, { kind: 'anomaly', message });
    addProblem(entry, { kind: 'anomaly', message });
  }
}

/**
 * A name that is not yet taken: `web.config`, then `web (2).config` and so on, so that a second entry of the same name
 * stays listed, keeps its extension and can be opened.
 */
export function freeName(path: string, taken: { has(name: string): boolean }): string {
  if (!taken.has(path)) return path;
  const slash = path.lastIndexOf('/');
  const dot = path.lastIndexOf('.');
  const at = dot > slash + 1 ? dot : path.length;
  for (let n = 2; ; n++) {
    const candidate = `${path.slice(0, at)} (${n})${path.slice(at)}`;
    if (!taken.has(candidate)) return candidate;
  }
}
