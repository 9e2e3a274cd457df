import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countTick, tickText, timeTicks } from '../../../../renderer/canvas/ticks.ts';
import { gapsOf, gapWords, usualGap } from '../../../../renderer/views/timeline/gaps.ts';
import { bucketAt, drawnSpan, joined, neighbourBucket, openingTime, rangeOf, recordedSpan, zoomed } from '../../../../renderer/views/timeline/span.ts';
import { parseInstant } from '../../../../shared/time/instant.ts';

const sources = [
  { value: 'file-times', first: '2016-07-16T13:18:44Z', last: '2026-03-04T00:00:00Z' },
  { value: 'iis-log', first: '2026-02-27T00:00:07Z', last: '2026-03-04T09:38:32Z' },
  { value: 'config-history', first: '2026-02-26T09:16:52Z', last: '2026-03-03T01:22:47Z' },
];

describe('the days that the histogram draws', () => {
  it('reach from the first to the last log row or configuration copy, not to old file times', () => {
    expect(recordedSpan(sources)).toEqual({ from: '2026-02-26T09:16:52Z', to: '2026-03-04T09:38:32.0000001Z' });
    expect(recordedSpan(sources.slice(0, 1))).toBeNull();
  });
  it('reach over what the logs cover and is not read yet', () => {
    const read = { from: '2026-02-26T09:16:52Z', to: '2026-03-04T09:38:32.0000001Z' };
    expect(joined(read, { first: '2025-01-01T00:00:00Z', last: '2026-03-01T00:00:00Z' })).toEqual({ from: '2025-01-01T00:00:00Z', to: read.to });
    expect(joined(read, { first: null, last: null })).toEqual(read);
    expect(joined(null, { first: '2025-01-01T00:00:00Z', last: '2025-01-02T00:00:00Z' })).toEqual({ from: '2025-01-01T00:00:00Z', to: '2025-01-02T00:00:00.0000001Z' });
    expect(joined(null, null)).toBeNull();
  });
  it('are the range of the filter where it has one', () => {
    expect(rangeOf('status:500 @2026-03-02..2026-03-03')).toEqual({ from: '2026-03-02T00:00:00Z', to: '2026-03-04T00:00:00Z' });
    expect(rangeOf('status:500 -@2026-03-02')).toBeNull();
    expect(rangeOf('status:')).toBeNull();
  });
  it('are the whole of the bars', () => expect(drawnSpan({ start: '2026-03-02T00:00:00Z', step: 3600, buckets: [1, 2] })).toEqual({ from: '2026-03-02T00:00:00Z', to: '2026-03-02T02:00:00Z' }));
});

describe('zooming', () => {
  const whole = { from: '2026-03-01T00:00:00Z', to: '2026-03-05T00:00:00Z' };
  it('narrows around the row', () => expect(zoomed(whole, whole, '2026-03-02T12:00:00Z', 0.25)).toEqual({ from: '2026-03-02T00:00:00Z', to: '2026-03-03T00:00:00Z' }));
  it('needs no range when everything is in sight', () => expect(zoomed({ from: '2026-03-02T00:00:00Z', to: '2026-03-04T00:00:00Z' }, whole, '2026-03-03T00:00:00Z', 4)).toBeNull());
  it('always keeps the row inside', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 4 * 86_400 }), fc.constantFrom(0.25, 4), (seconds, factor) => {
      const at = new Date(Date.UTC(2026, 2, 1) + seconds * 1000).toISOString();
      const next = zoomed({ from: '2026-03-02T10:00:00Z', to: '2026-03-02T10:00:01Z' }, whole, at, factor);
      const [from, t, to] = [next?.from, at, next?.to].map((text) => parseInstant(text ?? ''));
      expect(from !== null && t !== null && to !== null && from !== undefined && t !== undefined && to !== undefined && from <= t && t < to).toBe(true);
    }));
  });
});

describe('the bar beside a moment', () => {
  const data = { start: '2026-03-02T00:00:00Z', step: 3600, buckets: [3, 0, 0, 5, 1] };
  it.each([
    ['2026-03-02T00:30:00Z', true, '2026-03-02T03:00:00Z'], ['2026-03-02T03:59:59Z', false, '2026-03-02T00:00:00Z'], ['2026-03-02T04:00:00Z', true, null],
    ['2016-01-01T00:00:00Z', true, '2026-03-02T00:00:00Z'], ['2030-01-01T00:00:00Z', false, '2026-03-02T04:00:00Z'], ['2026-03-02T00:00:00Z', false, null],
  ])('from %s, forward %s, is %s', (at, forward, want) => expect(neighbourBucket(data, at, forward)).toBe(want));
});

it('a moment has its own bar, or lies beyond them', () => {
  const data = { start: '2026-03-02T00:00:00Z', step: 3600, buckets: [3, 0, 0, 5, 1] };
  expect(['2026-03-01T23:59:59Z', '2026-03-02T00:00:00Z', '2026-03-02T00:59:59.9999999Z', '2026-03-02T04:00:00Z', '2026-03-03T00:00:00Z'].map((t) => bucketAt(data, t))).toEqual([-1, 0, 0, 4, 5]);
});

describe('where the timeline opens', () => {
  const span = recordedSpan(sources);
  const finding = (severity: string, time: string | null, fidelity = 'mtime-only') => ({ severity, first: { time, fidelity } });
  it('is the earliest moment of a finding of weight within the recorded days', () => {
    const findings = [finding('high', '2026-03-02T14:12:41Z'), finding('medium', '2026-02-28T09:16:52Z'), finding('low', '2026-02-27T00:00:00Z'), finding('medium', '2016-07-16T13:18:44Z'), finding('high', null), finding('high', '2026-02-27T01:00:00Z', 'forgeable')];
    expect(openingTime(findings, span)).toBe('2026-02-28T09:16:52Z');
    expect(openingTime(findings, null)).toBe('2016-07-16T13:18:44Z');
  });
  it('is the begin of those days without one, and nowhere without days', () => {
    expect(openingTime([], span)).toBe('2026-02-26T09:16:52Z');
    expect(openingTime([], null)).toBeNull();
  });
});

describe('gaps between rows', () => {
  const at = (minutes: number) => ({ time: new Date(Date.UTC(2026, 2, 1) + minutes * 60_000).toISOString() });
  const rows = [at(0), at(1), at(2), at(3), at(3 + 76 * 60), at(4 + 76 * 60), { time: null }];
  it('are those far longer than usual, and of hours', () => {
    const usual = usualGap(rows);
    expect(usual).toBe(600_000_000n);
    expect(rows.map((r, i) => gapWords(rows[i - 1], r, usual))).toEqual([null, null, null, null, '3 d 04 h', null, null]);
    expect(gapWords(at(0), at(359), 0n)).toBeNull();
    expect(gapWords(at(0), at(7 * 60), 12_000_000_000n * 2n)).toBeNull();
  });
  it('say whether a filter is at work', () => {
    const pages = { row: (i: number) => rows[i], around: () => rows };
    expect(gapsOf(pages, false)(4)).toBe('3 d 04 h nothing');
    expect(gapsOf(pages, true)(4)).toBe('3 d 04 h nothing that passes the filter');
    expect(gapsOf(pages, false)(0)).toBeNull();
    const named = { row: (i: number) => ({ time: rows[i]?.time ?? null, id: `e${i}` }), around: () => [] };
    expect(gapsOf(pages, false, [])(4)).toBeNull();
    expect(gapsOf(named, true, [{ after: 'e2', to: '', seconds: 3723 }])(2)).toBe('1 h 02 min nothing that passes the filter');
  });
});

describe('labels of the axes', () => {
  it('stand on round times of the zone', () => {
    const from = Date.UTC(2026, 1, 27) / 1000;
    expect(timeTicks(from, from + 6 * 86_400, 8, 0)).toEqual({ step: 86_400, at: [0, 1, 2, 3, 4, 5, 6].map((d) => from + d * 86_400) });
    expect(timeTicks(from, from + 7200, 2, 7200).at).toEqual([from, from + 3600, from + 7200]);
  });
  it('never crowd', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 4e9 }), fc.integer({ min: 1, max: 3e9 }), fc.integer({ min: 1, max: 20 }), (from, width, most) => {
      expect(timeTicks(from, from + width, most, 0).at.length).toBeLessThanOrEqual(most + 1);
    }));
  });
  it('are as long as they need be', () => {
    expect(tickText('2026-03-02 14:00:00', 86_400)).toBe('2026-03-02');
    expect(tickText('2026-03-02 14:00:00', 3600)).toBe('2026-03-02 14:00');
    expect([0, 2500, 25_000, 1_200_000, 0.5].map(countTick)).toEqual(['0', '2500', '25 k', '1.2 M', '']);
  });
});
