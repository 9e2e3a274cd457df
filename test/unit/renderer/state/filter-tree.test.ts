import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keepFilterTree, keepSavedFilters } from '../../../../renderer/state/keep-filters.ts';
import { freeKey } from '../../../../renderer/state/filter-slice.ts';
import { MAX_TRIED, named, NO_TREE, outline, tried, without, type FilterTree } from '../../../../renderer/state/filter-tree.ts';
import { createAppStore } from '../../../../renderer/state/store.ts';

const drawn = (tree: FilterTree): readonly string[] => outline(tree).map((r) => `${'-'.repeat(r.depth)}${r.node.text}${r.node.name === '' ? '' : ` (${r.node.name})`}${r.node.id === tree.current ? ' *' : ''}`);
const grown = (...texts: readonly string[]): FilterTree => texts.reduce(tried, NO_TREE);

describe('the tree of filters', () => {
  it('grows from the current filter, and branches where one went back', () => {
    expect(drawn(grown('a', 'a b', 'a', 'a c', '', 'd'))).toEqual(['', '-a', '--a b', '--a c', '-d *']);
  });
  it('finds what was tried from here before', () => {
    expect(drawn(grown('a', 'a b', 'a', 'a b', 'a b'))).toEqual(['', '-a', '--a b *']);
  });
  it('names branches and forgets them, but never the way to where one is', () => {
    const tree = grown('a', 'a b', 'a', 'a c');
    expect(drawn(named(tree, 1, 'first look'))).toEqual(['', '-a (first look)', '--a b', '--a c *']);
    expect(drawn(without(tree, 2))).toEqual(['', '-a', '--a c *']);
    expect(without(tree, 1)).toBe(tree);
    expect(without(tree, 0)).toBe(tree);
    expect(drawn(without({ ...tree, current: 0 }, 1))).toEqual([' *']);
  });
  it('stays small and whole, whatever is tried', () => {
    const one = fc.constantFrom('', 'a', 'b', 'c', 'd', 'e').chain((t) => fc.nat(60).map((n) => (t === '' ? '' : `${t}${n}`)));
    fc.assert(fc.property(fc.array(one, { maxLength: 600 }), (texts) => {
      const tree = grown(...texts);
      expect(tree.nodes.length).toBeLessThanOrEqual(MAX_TRIED);
      // Every node is drawn: none has lost its parent.
      expect(outline(tree)).toHaveLength(tree.nodes.length);
      expect(tree.nodes.find((n) => n.id === tree.current)?.text).toBe(texts.at(-1) ?? '');
    }), { numRuns: 50 });
  });
});

describe('the filters of a window', () => {
  it('are noted wherever they come from, and forgotten with the case', () => {
    const store = createAppStore();
    keepFilterTree(store);
    store.getState().setFilter('timeline', 'a');
    store.getState().setFilter('notes', 'x');
    store.getState().setFilter('timeline', 'a b');
    expect(drawn(store.getState().filterTree)).toEqual(['', '-a', '--a b *']);
    store.setState({ filters: {}, filterHistory: {} });
    expect(store.getState().filterTree).toEqual(NO_TREE);
  });

  it('are saved under names with keys that only one of them has', () => {
    const store = createAppStore();
    store.getState().saveFilter({ name: 'errors', text: 'status:>=500', key: 1 });
    store.getState().saveFilter({ name: 'posts', text: 'method:POST', key: 1 });
    store.getState().saveFilter({ name: 'errors', text: 'status:500', key: null });
    expect(store.getState().savedFilters).toEqual([{ name: 'errors', text: 'status:500', key: null }, { name: 'posts', text: 'method:POST', key: 1 }]);
    expect(freeKey(store.getState().savedFilters)).toBe(2);
    store.getState().forgetFilter('errors');
    expect(store.getState().savedFilters.map((f) => f.name)).toEqual(['posts']);
  });

  it('outlive the window, and what is not theirs in the storage is left out', () => {
    const kept = new Map<string, string>();
    const storage = { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value) };
    const first = createAppStore();
    keepSavedFilters(first, storage);
    first.getState().saveFilter({ name: 'errors', text: 'status:>=500', key: 3 });
    const second = createAppStore();
    keepSavedFilters(second, storage);
    expect(second.getState().savedFilters).toEqual([{ name: 'errors', text: 'status:>=500', key: 3 }]);
    for (const [text, names] of [['{', []], ['{"a":1}', []], ['[1,null,{"name":"x"},{"name":"","text":"a"},{"name":"y","text":"a","key":77}]', ['y']]] as const) {
      kept.set('iisight.filters', text);
      const store = createAppStore();
      keepSavedFilters(store, storage);
      expect(store.getState().savedFilters.map((f) => f.name)).toEqual(names);
      expect(store.getState().savedFilters.every((f) => f.key === null)).toBe(true);
    }
    const refusing = { getItem: () => null, setItem: () => { throw new Error('full'); } };
    keepSavedFilters(second, refusing);
    expect(() => second.getState().forgetFilter('errors')).not.toThrow();
  });
});
