import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { routeFromHash, routeToHash, VIEWS } from '../../../../renderer/state/route.ts';
import { matcher, nextIndex, passes } from '../../../../renderer/state/rows.ts';
import { activeFilter } from '../../../../renderer/state/session-slice.ts';
import { keepSettings } from '../../../../renderer/state/settings.ts';
import { createAppStore } from '../../../../renderer/state/store.ts';

describe('a place as an address', () => {
  it('reads back as the same place, whatever its parameters hold', () => {
    const name = fc.string({ minLength: 1 }).filter((k) => k !== '__proto__');
    fc.assert(fc.property(fc.constantFrom(...VIEWS), fc.dictionary(name, fc.string({ unit: 'grapheme' })), (view, params) => {
      expect(routeFromHash(routeToHash({ view, params }))).toEqual({ view, params: { ...params } });
    }));
  });
  it.each(['', '#', '#/nowhere', '#/findings/x', 'findings', '#/Findings'])('%j is none', (hash) => expect(routeFromHash(hash)).toBeNull());
});

describe('the session', () => {
  it('keeps a suspended filter and does not send it', () => {
    const store = createAppStore();
    store.getState().setFilter('timeline', 'status:500');
    store.getState().setSuspended('timeline', true);
    expect(activeFilter(store.getState(), 'timeline')).toBe('');
    store.getState().setSuspended('timeline', false);
    expect(activeFilter(store.getState(), 'timeline')).toBe('status:500');
  });
  it('remembers the filters of each screen, latest first and once each', () => {
    const store = createAppStore();
    for (const text of ['a', 'b', '', 'a']) store.getState().setFilter('timeline', text);
    store.getState().setFilter('notes', 'c');
    expect(store.getState().filterHistory).toEqual({ timeline: ['a', 'b'], notes: ['c'] });
    for (let i = 0; i < 60; i++) store.getState().setFilter('timeline', `x${i}`);
    expect(store.getState().filterHistory['timeline']).toHaveLength(40);
  });
  it('finds the next wanted row and does not go round', () => {
    const rows = ['one red', 'two blue', 'three red', 'four'];
    const red = (i: number): boolean => matcher('RED -one')(rows[i] ?? '');
    expect(nextIndex(rows.length, 0, true, red)).toBe(2);
    expect(nextIndex(rows.length, 2, true, red)).toBeNull();
    expect(nextIndex(rows.length, 2, false, red)).toBeNull();
    expect(nextIndex(rows.length, -1, true, red)).toBe(2);
  });
  it('keeps the focused row of one screen when another one changes', () => {
    const store = createAppStore();
    store.getState().setFocused('findings', 'f1', 'title');
    store.getState().setFocused('problems', 'p1');
    expect(store.getState()).toMatchObject({ focused: { findings: 'f1', problems: 'p1' }, columns: { findings: 'title' } });
  });
  it('answers a dialog once and cancels the one before', async () => {
    const { ask, answer } = createAppStore().getState();
    const first = ask('text', { title: 'a', label: '', help: '', action: '', initial: '', required: false });
    const second = ask('text', { title: 'b', label: '', help: '', action: '', initial: '', required: false });
    answer('words');
    expect(await Promise.all([first, second])).toEqual([null, 'words']);
  });
});

describe('settings', () => {
  it('outlive the window', () => {
    const kept = new Map<string, string>();
    const storage = { getItem: (k: string) => kept.get(k) ?? null, setItem: (k: string, v: string) => void kept.set(k, v) };
    const store = createAppStore();
    keepSettings(store, storage);
    store.getState().set({ theme: 'light', density: 'comfortable', zone: { kind: 'offset', minutes: 120 }, singleKeys: false });
    const next = createAppStore();
    keepSettings(next, storage);
    expect(next.getState()).toMatchObject({ theme: 'light', density: 'comfortable', zone: { kind: 'offset', minutes: 120 }, singleKeys: false });
  });
  it.each(['nonsense', '[1]', 'null', '{"theme":"pink","zone":"+99:00"}'])('survive %s in the storage', (text) => {
    const store = createAppStore();
    keepSettings(store, { getItem: () => text, setItem: () => {} });
    expect(store.getState()).toMatchObject({ theme: 'system', zone: { kind: 'utc' } });
  });
});

describe('the filter of a list', () => {
  it('wants every word and refuses those with a minus', () => {
    expect(passes('High Native module', ['native', 'high'])).toBe(true);
    expect(passes('High Native module', ['native', '-high'])).toBe(false);
    expect(passes('a - b', ['-'])).toBe(true);
  });
});
