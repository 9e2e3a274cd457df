import { NO_TREE, tried } from './filter-tree.ts';
import { SAVED_KEYS, type SavedFilter } from './filter-slice.ts';
import type { SettingsStorage } from './settings.ts';
import type { AppStore } from './store.ts';

const KEY = 'iisight.filters';
/** The most saved filters, and the longest texts of one, that are read back. */
const MOST = 200;
const LONGEST = 10_000;

/** Notes every filter of the timeline that is applied, wherever it comes from; another case begins anew. */
export function keepFilterTree(store: AppStore): () => void {
  return store.subscribe((now, before) => {
    if (now.filters === before.filters) return;
    // Only a case that was opened or closed leaves every screen without a filter.
    if (Object.keys(now.filters).length === 0) return now.setFilterTree(NO_TREE);
    const text = now.filters['timeline'] ?? '';
    if (text !== (before.filters['timeline'] ?? '')) now.setFilterTree(tried(now.filterTree, text));
  });
}

/** Reads the saved filters of earlier windows and writes every change. Storage that refuses is no fault: they then last as long as the window. */
export function keepSavedFilters(store: AppStore, storage: SettingsStorage): () => void {
  store.setState({ savedFilters: read(storage) });
  return store.subscribe((now, before) => {
    if (now.savedFilters === before.savedFilters) return;
    try {
      storage.setItem(KEY, JSON.stringify(now.savedFilters));
    } catch {
      // A full or forbidden storage: nothing of the case is lost by it.
    }
  });
}

function read(storage: SettingsStorage): readonly SavedFilter[] {
  try {
    const parsed: unknown = JSON.parse(storage.getItem(KEY) ?? '[]');
    return Array.isArray(parsed) ? parsed.slice(0, MOST).flatMap(savedOf) : [];
  } catch {
    return [];
  }
}

function savedOf(value: unknown): readonly SavedFilter[] {
  if (typeof value !== 'object' || value === null || !('name' in value) || !('text' in value)) return [];
  const { name, text } = value;
  if (typeof name !== 'string' || typeof text !== 'string' || name === '' || name.length > LONGEST || text.length > LONGEST) return [];
  const key = 'key' in value ? SAVED_KEYS.find((k) => k === value.key) : undefined;
  return [{ name, text, key: key ?? null }];
}
