import { describe, expect, it } from 'vitest';
import { barHeights, bucketWords, rangeOfBuckets, stepWords } from '../../../../renderer/canvas/buckets.ts';
import { durationText } from '../../../../shared/time/duration.ts';

const START = Date.UTC(2026, 2, 2, 14) / 1000;
const data = { start: START, step: 3600, buckets: [10, 0, 90, 5], unfiltered: [12, 3, 90, 5] };
const plain = (time: string): string => time;

describe('a bucket in words', () => {
  it('says when, how many, of how many, and what is unusual', () => {
    expect(bucketWords(data, 0, plain)).toBe('2026-03-02T14:00:00Z, 1 h: 10 events of 12');
    expect(bucketWords(data, 2, plain)).toBe('2026-03-02T16:00:00Z, 1 h: 90 events, 3x usual');
    expect(bucketWords({ ...data, buckets: [] }, 0, plain)).toBe('no events');
  });
  it('covers its moments half-open', () => expect(rangeOfBuckets(START, 3600, 1, 2)).toEqual({ from: '2026-03-02T15:00:00Z', to: '2026-03-02T17:00:00Z' }));
  it.each([[86_400, '1 d'], [7200, '2 h'], [300, '5 min'], [90, '90 s']])('names a step of %i s as %s', (s, words) => expect(stepWords(s)).toBe(words));
});

describe('the distance between two moments', () => {
  it.each([[2_500_000n, '+0.25 s'], [-2_430_000_000n, '-4 min 03 s'], [36_610_000_000n, '+1 h 01 min'], [2_736_000_000_000n, '+3 d 04 h'], [0n, '+0 s']])('%s ticks are %s', (ticks, text) => expect(durationText(ticks)).toBe(text));
});

describe('heights of bars', () => {
  it('are the counts, but one event among thousands can be seen, on both scales', () => {
    expect(barHeights([0, 1, 7, 5000, 8000], 8000, 0.04, false)).toEqual([0, 320, 320, 5000, 8000]);
    const [none, one, , most] = barHeights([0, 1, 7, 8000], 8000, 0.04, true);
    expect([none, most]).toEqual([null, 8000]);
    expect(one).toBeGreaterThan(1);
    expect(one).toBeLessThan(2);
  });
});
