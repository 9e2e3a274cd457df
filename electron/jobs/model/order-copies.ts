import type { TimeFidelity } from '../../../shared/model/index.ts';
import { compareBy, foldCase } from '../../../shared/base/compare.ts';
import { parseInstant } from '../../../shared/time/instant.ts';
import { historyArtifacts } from '../../artifacts/registry.ts';
import type { FoundCopy } from './found-copies.ts';

export interface OrderedCopies {
  /** Oldest first; the file in force, if it is there, is the last. */
  readonly list: readonly { readonly found: FoundCopy; readonly order: number }[];
  /** File times run against the folder numbers. */
  readonly outOfOrder: boolean;
}

/**
 * Puts the copies of one file in order. History copies of the folder in use keep the order of their numbers. Others are
 * placed by file time where times can be trusted; else beside a copy of the same content; else before the first. The file
 * in force comes last.
 * @param folder history folder that is in use, as a chain (see FoundCopy)
 */
export function orderCopies(copies: readonly FoundCopy[], live: FoundCopy | null, folder: string, fidelity: TimeFidelity): OrderedCopies {
  const time = (copy: FoundCopy): bigint | null => (fidelity === 'none' || copy.known.modified === null ? null : parseInstant(copy.known.modified));
  const chains = chainsOf(copies.filter((copy) => copy !== live), time);
  const main = chains.get(folder) ?? [...chains.values()].sort(compareBy((c) => -c.length, (c) => c[0]?.chain ?? ''))[0] ?? [];
  const outOfOrder = historyArtifacts()[0]?.outOfOrder(main.filter(inPlace).map((copy, i) => ({ order: i, modified: time(copy) }))) ?? false;
  const trusted = (copy: FoundCopy): bigint | null => (outOfOrder ? null : time(copy));
  const list = [...main];
  for (const chain of [...chains.values()].sort(compareBy((c) => c[0]?.chain ?? ''))) if (chain !== main) insertAll(list, chain, trusted);
  const singles = copies.filter((copy) => copy !== live && copy.number === null);
  const timed = singles.map((copy) => ({ copy, at: trusted(copy) }));
  timed.sort((a, b) => (a.at === b.at ? compareBy<FoundCopy>((c) => c.label, (c) => c.known.configuration.evidencePath)(a.copy, b.copy) : a.at === null ? 1 : b.at === null ? -1 : a.at < b.at ? -1 : 1));
  for (const { copy } of timed) insertAll(list, [copy], trusted);
  if (live !== null) list.push(live);
  return { list: numbered(list, new Set(main), live), outOfOrder };
}

const inPlace = (copy: FoundCopy): boolean => copy.series === 'history';

/** History copies by the folder that numbers them. The same copy seen again in a shadow copy is one copy. */
function chainsOf(copies: readonly FoundCopy[], time: (copy: FoundCopy) => bigint | null): Map<string, FoundCopy[]> {
  const chains = new Map<string, FoundCopy[]>();
  const byNumber = compareBy<FoundCopy>((c) => c.number ?? 0, (c) => Number(time(c) ?? -1n), (c) => Number(inPlace(c)), (c) => c.known.configuration.evidencePath);
  const seen = new Set<string>();
  for (const copy of copies.toSorted(compareBy((c) => Number(!inPlace(c)), (c) => c.known.configuration.evidencePath))) {
    if (copy.chain === null || copy.number === null) continue;
    const twin = `${copy.chain}|${copy.number}|${copy.known.configuration.sha256}`;
    if (seen.has(twin) && !inPlace(copy)) continue;
    seen.add(twin);
    const chain = chains.get(copy.chain);
    if (chain === undefined) chains.set(copy.chain, [copy]);
    else chain.push(copy);
  }
  for (const chain of chains.values()) chain.sort(byNumber);
  return chains;
}

/** Inserts copies whose order among themselves is known. */
function insertAll(list: FoundCopy[], copies: readonly FoundCopy[], time: (copy: FoundCopy) => bigint | null): void {
  let from = 0;
  for (const copy of copies) {
    const at = Math.max(from, placeFor(list, copy, time));
    list.splice(at, 0, copy);
    from = at + 1;
  }
}

function placeFor(list: readonly FoundCopy[], copy: FoundCopy, time: (copy: FoundCopy) => bigint | null): number {
  const at = time(copy);
  const times = list.map(time);
  if (at !== null && times.some((t) => t !== null)) {
    const before = times.findLastIndex((t) => t !== null && t <= at);
    return before >= 0 ? before + 1 : times.findIndex((t) => t !== null && t > at);
  }
  const { sha256 } = copy.known.configuration;
  return sha256 === '' ? 0 : list.findIndex((other) => other.known.configuration.sha256 === sha256) + 1;
}

/** Orders are the folder numbers where there are any: what lies between two of them has the number before it. */
function numbered(list: readonly FoundCopy[], main: ReadonlySet<FoundCopy>, live: FoundCopy | null): { found: FoundCopy; order: number }[] {
  const first = list.findIndex((copy) => main.has(copy));
  let order = first < 0 ? 0 : (list[first]?.number ?? 1) - first - 1;
  return list.map((found, i) => {
    if (main.has(found)) order = found.number ?? order;
    else if (first < 0 || i < first || found === live) order += 1;
    return { found, order };
  });
}

/** The chain of a history folder on the host itself. */
export function chainOf(folder: string): string {
  return foldCase(`|${folder.replace(/[\\/]+$/, '')}`);
}
