import { describe, expect, it } from 'vitest';
import { both, citedPlaces, nearest, nextPassing, positions } from '../../../../renderer/views/timeline/steps.ts';
import type { Client, Output } from '../../../../shared/contract/index.ts';
import { fail, ok } from '../../../../shared/base/result.ts';
import { parseInstant } from '../../../../shared/time/instant.ts';
import { events } from '../../../helpers/fake-data.ts';

type Event = Output<'timeline.event'>;
const [model] = events;
if (model === undefined) throw new Error('no event in the data');
/** Two rows of the same moment stand in the middle, in the order of the list. */
const rows: readonly Event[] = ['00', '01', '01', '02', '03'].map((minute, i) => ({ ...model, id: `e${i}`, time: `2026-03-02T14:${minute}:00Z`, source: i % 2 === 1 ? 'config-history' : 'iis-log' }));

const ticks = (text: string | null | undefined): bigint => parseInstant(text ?? '') ?? 0n;

/** Answers like the engine over a handful of rows; the filter is the name of a source, or nothing. */
const client = {
  request: (name: string, input: { filter: string; event?: string; place?: { offset: number }; time?: string; offset?: number }) => {
    const list = rows.filter((r) => input.filter === '' || input.filter.includes(r.source));
    if (name === 'timeline.page') return Promise.resolve(ok({ events: list.slice(input.offset, (input.offset ?? 0) + 1), shown: list.length, total: rows.length, offset: input.offset, revision: 1, partial: false }));
    if (name !== 'timeline.locate') return Promise.resolve(fail('usage', name));
    const at = list.findIndex((r) => (input.event === undefined ? (input.place === undefined ? ticks(r.time) >= ticks(input.time) : r.id === `e${input.place.offset}`) : r.id === input.event));
    return Promise.resolve(ok({ offset: at < 0 ? null : at }));
  },
  on: () => () => undefined,
} as unknown as Client;
const row = (i: number): Event => rows[i] ?? model;

describe('steps through the timeline', () => {
  it.each([[0, true, 1], [1, true, 3], [2, true, 3], [3, true, null], [4, false, 3], [3, false, 1], [2, false, 1], [1, false, null]])('from row %i, forward %s, to row %s', async (from, forward, want) => {
    expect(await nextPassing(client, '', 'source:config-history', row(from), from, forward)).toBe(want);
  });
  it('find events by id and by place, in the order of the list, without those the filter hides', async () => {
    expect(await positions(client, '', [{ event: 'e3' }, { place: { evidencePath: 'a.log', offset: 1 } }, { event: 'gone' }, { event: 'e3' }])).toEqual([1, 3]);
    expect(await positions(client, 'source:iis-log', [{ event: 'e3' }, { event: 'e4' }])).toEqual([2]);
  });
  it('go to the nearest beyond', () => {
    expect([nearest([1, 4, 9], 4, true), nearest([1, 4, 9], 4, false), nearest([1, 4, 9], 9, true), nearest([], 0, true)]).toEqual([9, 1, null, null]);
  });
  it('join filters', () => expect([both('', 'a:b'), both('x', ''), both('x', 'a:b')]).toEqual(['a:b', 'x', 'x a:b']));
});

describe('what findings of weight cite', () => {
  type Finding = Output<'finding.list'>['findings'][number];
  const finding = (severity: string, ...offsets: (number | undefined)[]): Finding => ({ severity, refs: offsets.map((offset) => ({ path: null, evidencePath: 'a.log', offset, sha256: '' })) }) as unknown as Finding;
  it('is each place once, and only those with an offset', () => {
    expect(citedPlaces([finding('high', 7, undefined, 7), finding('medium', 9), finding('low', 11)])).toEqual([{ place: { evidencePath: 'a.log', offset: 7 } }, { place: { evidencePath: 'a.log', offset: 9 } }]);
  });
});
