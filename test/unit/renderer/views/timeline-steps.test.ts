import { describe, expect, it } from 'vitest';
import { citedPlaces, nearest, nearestOf, nextPassing, notedEvents, positions } from '../../../../renderer/views/timeline/steps.ts';
import type { Client, Output } from '../../../../shared/contract/index.ts';
import { fail, ok } from '../../../../shared/base/result.ts';
import { events } from '../../../helpers/fake-data.ts';

type Event = Output<'timeline.event'>;
type Note = Output<'note.list'>['notes'][number];
const [model] = events;
if (model === undefined) throw new Error('no event in the data');
/** Two rows of the same moment stand in the middle, in the order of the list. */
const rows: readonly Event[] = ['00', '01', '01', '02', '03'].map((minute, i) => ({ ...model, id: `e${i}`, time: `2026-03-02T14:${minute}:00Z`, source: i % 2 === 1 ? 'config-history' : 'iis-log' }));

/** Answers like the engine over a handful of rows; the filter is the name of a source, or nothing. */
const client = {
  request: (name: string, input: { filter: string; wanted?: string; event?: string; targets?: { event?: string; place?: { offset: number } }[]; forward?: boolean }) => {
    const list = rows.filter((r) => input.filter === '' || input.filter.includes(r.source));
    const at = list.findIndex((r) => r.id === input.event);
    const offsets = (input.targets ?? []).map(({ event, place }) => list.findIndex((r) => r.id === (place === undefined ? event : `e${place.offset}`))).map((n) => (n < 0 ? null : n));
    if (name === 'timeline.locateAll') return Promise.resolve(ok({ offsets }));
    if (name !== 'timeline.step') return Promise.resolve(fail('usage', name));
    const passes = (r: Event): boolean => input.wanted?.includes(r.source) === true;
    const to = input.forward === true ? list.findIndex((r, i) => i > at && passes(r)) : list.findLastIndex((r, i) => i < at && passes(r));
    return Promise.resolve(ok(to < 0 ? { event: null, offset: null } : { event: list[to]?.id ?? null, offset: to }));
  },
  on: () => () => undefined,
} as unknown as Client;
const row = (i: number): Event => rows[i] ?? model;

describe('steps through the timeline', () => {
  it.each([[0, true, 1], [1, true, 3], [2, true, 3], [3, true, null], [4, false, 3], [3, false, 1], [2, false, 1], [1, false, null]])('from row %i, forward %s, to row %s', async (from, forward, want) => {
    expect((await nextPassing(client, '', 'source:config-history', row(from), forward))?.offset ?? null).toBe(want);
  });
  it('find events by id and by place, in the order of the list, without those the filter hides', async () => {
    expect(await positions(client, '', [{ event: 'e3' }, { place: { evidencePath: 'a.log', offset: 1 } }, { event: 'gone' }, { event: 'e3' }])).toEqual([1, 3]);
    expect(await positions(client, 'source:iis-log', [{ event: 'e3' }, { event: 'e4' }])).toEqual([2]);
  });
  it('go to the nearest beyond', () => {
    expect([nearest([1, 4, 9], 4, true), nearest([1, 4, 9], 4, false), nearest([1, 4, 9], 9, true), nearest([], 0, true)]).toEqual([9, 1, null, null]);
  });
  it('go to the nearest event with a note that the filter lets through', async () => {
    const note = (event: string, about: string, deleted = false): Note => ({ event, about, deleted }) as unknown as Note;
    const notes = [note('e4', '2026-03-02T14:03:00Z'), note('e1', '2026-03-02T14:01:00Z'), note('e3', '2026-03-02T14:02:00Z'), note('e0', '2026-03-02T14:00:00Z', true), note('e3', '2026-03-02T14:02:30Z')];
    expect(notedEvents(notes, '2026-03-02T14:01:00Z', true)).toEqual(['e1', 'e3', 'e4']);
    expect(notedEvents(notes, '2026-03-02T14:01:00Z', false)).toEqual(['e1']);
    expect(await nearestOf(client, '', ['e1', 'e3', 'e4'], 1, true)).toBe(3);
    expect(await nearestOf(client, 'source:iis-log', ['e3', 'e4'], 0, true)).toBe(2);
    expect(await nearestOf(client, '', ['e1'], 1, false)).toBeNull();
  });
});

describe('what findings of weight cite', () => {
  type Finding = Output<'finding.list'>['findings'][number];
  const finding = (severity: string, ...offsets: (number | undefined)[]): Finding => ({ severity, refs: offsets.map((offset) => ({ path: null, evidencePath: 'a.log', offset, sha256: '' })) }) as unknown as Finding;
  it('is each place once, and only those with an offset', () => {
    expect(citedPlaces([finding('high', 7, undefined, 7), finding('medium', 9), finding('low', 11)])).toEqual([{ place: { evidencePath: 'a.log', offset: 7 } }, { place: { evidencePath: 'a.log', offset: 9 } }]);
    expect(citedPlaces([finding('medium', 9), finding('high', 7)])).toEqual([{ place: { evidencePath: 'a.log', offset: 7 } }, { place: { evidencePath: 'a.log', offset: 9 } }]);
  });
});
