import type { SetPart } from './set-part.ts';
import { NO_TREE, type FilterTree } from './filter-tree.ts';

/** A filter under a name, kept for all cases. */
export interface SavedFilter {
  readonly name: string;
  readonly text: string;
  /** With Alt+Shift and this digit it is applied; null: no key. */
  readonly key: number | null;
}

/** The digits that saved filters can have. */
export const SAVED_KEYS: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 9];

/** Filters of the timeline that were tried in this session, and those that were saved. */
export interface FilterSlice {
  readonly filterTree: FilterTree;
  readonly savedFilters: readonly SavedFilter[];
  setFilterTree(tree: FilterTree): void;
  /** A filter of the same name is replaced; a key that another has is taken from it. */
  saveFilter(saved: SavedFilter): void;
  forgetFilter(name: string): void;
}

export const createFilterSlice = (set: SetPart<FilterSlice>): FilterSlice => ({
  filterTree: NO_TREE,
  savedFilters: [],
  setFilterTree: (filterTree) => set({ filterTree }),
  saveFilter: (saved) => set((s) => {
    const others = s.savedFilters.map((f) => (f.key === saved.key ? { ...f, key: null } : f));
    const at = others.findIndex((f) => f.name === saved.name);
    return { savedFilters: at < 0 ? [...others, saved] : others.with(at, saved) };
  }),
  forgetFilter: (name) => set((s) => ({ savedFilters: s.savedFilters.filter((f) => f.name !== name) })),
});

/** The first key that no saved filter has; null when all are taken. */
export function freeKey(saved: readonly SavedFilter[]): number | null {
  return SAVED_KEYS.find((key) => !saved.some((f) => f.key === key)) ?? null;
}
