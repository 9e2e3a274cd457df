import { useCallback, useEffect, useMemo } from 'react';
import { useApp, useWorkbench } from './react.ts';
import type { ViewName } from './route.ts';

export interface RowFocus<R> {
  readonly index: number;
  readonly row: R | undefined;
  readonly column: string | undefined;
  readonly onFocus: (index: number, row: R | undefined, column: string) => void;
}

/** The focused row of a list, remembered by its id: sorting, filtering and new data do not move it. Without one, the first row counts. */
export function useRowFocus<R>(view: ViewName, rows: readonly R[], key: (row: R) => string): RowFocus<R> {
  const id = useApp((s) => s.focused[view]);
  const column = useApp((s) => s.columns[view]);
  const setFocused = useApp((s) => s.setFocused);
  const found = useMemo(() => rows.findIndex((row) => key(row) === id), [rows, key, id]);
  const index = found >= 0 ? found : rows.length > 0 ? 0 : -1;
  const onFocus = useCallback((_index: number, row: R | undefined, name: string) => {
    if (row !== undefined) setFocused(view, key(row), name);
  }, [setFocused, view, key]);
  return { index, row: rows[index], column, onFocus };
}

export interface QuickFilter<R> {
  readonly rows: readonly R[];
  readonly text: string;
  readonly suspended: boolean;
  readonly bar: {
    readonly text: string;
    readonly suspended: boolean;
    readonly placeholder: string;
    readonly check: () => null;
    readonly chips: readonly { text: string; negated: boolean; remove: () => void }[];
    readonly onApply: (text: string) => void;
    readonly onSuspend: (suspended: boolean) => void;
  };
}

/** Whether a row's text holds every word of a filter; a word with `-` before it must not be there. Without case. */
export function passes(text: string, words: readonly string[]): boolean {
  const low = text.toLowerCase();
  return words.every((word) => (word.startsWith('-') && word.length > 1 ? !low.includes(word.slice(1)) : low.includes(word)));
}

/** What `passes` says for a typed text. */
export function matcher(typed: string): (text: string) => boolean {
  const words = typed.split(/\s+/).filter((w) => w !== '').map((w) => w.toLowerCase());
  return (text) => passes(text, words);
}

/** The nearest index beyond `from` that is wanted; null when there is none. It does not go round. */
export function nextIndex(count: number, from: number, forward: boolean, wanted: (index: number) => boolean): number | null {
  for (let i = from + (forward ? 1 : -1); i >= 0 && i < count; i += forward ? 1 : -1) if (wanted(i)) return i;
  return null;
}

/** A filter by words over a list that is here as a whole, with its tally in the status bar. */
export function useQuickFilter<R>(view: ViewName, all: readonly R[], text: (row: R) => string, noun: string): QuickFilter<R> {
  const typed = useApp((s) => s.filters[view] ?? '');
  const suspended = useApp((s) => s.suspended[view] === true);
  const { store } = useWorkbench();
  const words = useMemo(() => typed.split(/\s+/).filter((w) => w !== ''), [typed]);
  const rows = useMemo(() => {
    if (suspended || words.length === 0) return all;
    const matches = matcher(typed);
    return all.filter((row) => matches(text(row)));
  }, [all, words, typed, suspended, text]);
  useTally(rows.length, all.length, noun);
  const { setFilter, setSuspended } = store.getState();
  return {
    rows, text: typed, suspended,
    bar: {
      text: typed, suspended, placeholder: 'words that a row must hold; -word: must not', check: () => null,
      chips: words.map((word, i) => ({ text: word, negated: word.startsWith('-'), remove: () => setFilter(view, words.filter((_, j) => j !== i).join(' ')) })),
      onApply: (next) => setFilter(view, next), onSuspend: (next) => setSuspended(view, next),
    },
  };
}

/** Puts "shown of total" into the status bar while the view is in front. */
export function useTally(shown: number, total: number, noun: string, counting = false): void {
  const setTally = useApp((s) => s.setTally);
  useEffect(() => {
    setTally({ shown, total, counting, noun });
    return () => setTally(null);
  }, [setTally, shown, total, noun, counting]);
}
