import { compareText } from '../../shared/base/compare.ts';
import type { LoadedBy } from '../../shared/model/index.ts';

const keyOf = (l: LoadedBy): string => [l.site, l.application, l.pool].join('\u0000');

/**
 * The one order in which applications stand in `loadedBy`. A module of the server is loaded by every application, and
 * there are hundreds of modules and thousands of applications: names are compared once, then numbers.
 */
export class LoadOrder {
  readonly #ranks = new Map<LoadedBy, number>();
  readonly #sorted: readonly LoadedBy[];

  /** @param all every list that will be asked for, in any order */
  constructor(all: Iterable<readonly LoadedBy[]>) {
    const lists = new Set(all);
    const objects = new Set<LoadedBy>();
    for (const list of lists) for (const by of list) objects.add(by);
    const byKey = new Map<string, LoadedBy[]>();
    for (const by of objects) {
      const key = keyOf(by);
      const same = byKey.get(key);
      if (same === undefined) byKey.set(key, [by]);
      else same.push(by);
    }
    const sorted: LoadedBy[] = [];
    for (const [, same] of [...byKey].sort((a, b) => compareText(a[0], b[0]))) {
      for (const by of same) this.#ranks.set(by, sorted.length);
      sorted.push(...same.slice(0, 1));
    }
    this.#sorted = sorted;
  }

  /** All of the lists as one, each application once, sorted by site, application and pool. */
  merge(lists: readonly (readonly LoadedBy[])[]): LoadedBy[] {
    const ranks = new Set<number>();
    for (const list of lists) for (const by of list) ranks.add(this.#ranks.get(by) ?? -1);
    ranks.delete(-1);
    return [...Uint32Array.from(ranks).sort()].flatMap((rank) => this.#sorted[rank] ?? []);
  }
}
