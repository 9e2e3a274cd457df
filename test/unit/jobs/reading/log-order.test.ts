import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { AROUND, LogOrder, type Pivot, type ReadingUnit } from '../../../../electron/jobs/reading/logs/order.ts';
import type { TickRange } from '../../../../electron/jobs/reading/steering.ts';
import { parseInstant } from '../../../../shared/time/instant.ts';

const DAY = 864_000_000_000n;
const at = (text: string): bigint => parseInstant(text) ?? 0n;
const START = at('2026-03-01T00:00:00Z');

function unit(name: string, from: bigint | null, to: bigint | null, folder = 'W3SVC1', ahead: TickRange[] = []): ReadingUnit & { ahead: TickRange[] } {
  return { evidencePath: `${folder}/${name}`, folder, from, to, ahead };
}

/** Thirty days, a log each, whose names run against their times. */
function days(count = 30): ReturnType<typeof unit>[] {
  return Array.from({ length: count }, (_, i) => unit(`u_ex${String(99 - i).padStart(2, '0')}.log`, START + BigInt(i) * DAY, START + BigInt(i + 1) * DAY - 1n));
}

function takeAll<U extends ReadingUnit>(order: LogOrder<U>): U[] {
  const out: U[] = [];
  for (let next = order.take(); next !== null; next = order.take()) out.push(next);
  return out;
}

const dayOf = (u: ReadingUnit): number => Number(((u.from ?? 0n) - START) / DAY);

describe('the order in which logs are read', () => {
  it('from the newest to the oldest, by times and not by names', () => {
    expect(takeAll(new LogOrder(days(5), [])).map(dayOf)).toEqual([4, 3, 2, 1, 0]);
  });

  it('days around a pivot first, the nearest before the others', () => {
    const order = new LogOrder(days(10), [{ time: START + 3n * DAY + 5n, tier: 0 }]);
    const taken = takeAll(order).map(dayOf);
    expect(taken[0]).toBe(3);
    expect(new Set(taken.slice(1, 5))).toEqual(new Set([1, 2, 4, 5]));
    expect(taken.slice(1, 3).sort()).toEqual([2, 4]);
    expect(taken.slice(5)).toEqual([9, 8, 7, 6, 0]);
  });

  it('a pivot of more weight comes before one of less', () => {
    const pivots: Pivot[] = [{ time: START + 8n * DAY, tier: 2 }, { time: START + DAY / 2n, tier: 0 }];
    const [first] = takeAll(new LogOrder(days(10), pivots));
    expect(dayOf(first as ReadingUnit)).toBe(0);
  });

  it('says when nothing urgent is left', () => {
    const order = new LogOrder(days(10), [{ time: START + 5n * DAY, tier: 0 }]);
    let urgent = 0;
    while (order.take(true) !== null) urgent += 1;
    expect(urgent).toBe(5);
    expect(order.left).toBe(5);
  });

  it('the range that was asked for comes before everything, at once, and gives way when it is taken back', () => {
    const order = new LogOrder(days(10), [{ time: START + 5n * DAY, tier: 0 }]);
    order.front = { from: START, to: START + DAY / 2n };
    expect(order.hasFront).toBe(true);
    expect(dayOf(order.take() as ReadingUnit)).toBe(0);
    expect(order.hasFront).toBe(false);
    order.front = { from: START + DAY, to: START + DAY };
    order.front = null;
    expect(dayOf(order.take() as ReadingUnit)).toBe(5);
  });

  it('logs without a known time come last, by name', () => {
    const units = [unit('b.log', null, null), unit('a.log', null, null), ...days(2)];
    expect(takeAll(new LogOrder(units, [{ time: START, tier: 0 }])).map((u) => u.evidencePath.slice(7))).toEqual(['u_ex99.log', 'u_ex98.log', 'a.log', 'b.log']);
  });

  it('a packed log ends where the next one of its folder begins', () => {
    const packed = Array.from({ length: 20 }, (_, i) => unit(`${i}.gz`, START + BigInt(i) * DAY, null));
    const order = new LogOrder(packed, [{ time: START + 10n * DAY + DAY / 2n, tier: 0 }]);
    expect(dayOf(order.take() as ReadingUnit)).toBe(10);
    let urgent = 1;
    while (order.take(true) !== null) urgent += 1;
    expect(urgent).toBeLessThanOrEqual(6);
  });

  it('what was read ahead of a long log is not urgent any more, other ranges of it are', () => {
    const long = unit('u_extend1.log', START, START + 100n * DAY);
    const pivot = { time: START + 50n * DAY, tier: 0 };
    const order = new LogOrder([long], [pivot]);
    expect(order.windowOf(long)).toEqual({ from: pivot.time - AROUND, to: pivot.time + AROUND });
    long.ahead.push({ from: pivot.time - AROUND, to: pivot.time + AROUND });
    expect(order.isUrgent(long)).toBe(false);
    order.front = { from: START, to: START + DAY };
    expect(order.inFront(long)).toBe(true);
    long.ahead.push({ from: START - DAY, to: START + DAY });
    expect(order.inFront(long)).toBe(false);
  });

  it('every log comes exactly once whatever is asked for in between, and the same questions give the same order', () => {
    const moment = fc.integer({ min: 0, max: 60 }).map((d) => START + (BigInt(d) * DAY) / 2n);
    const log = fc.record({ from: fc.option(moment), days: fc.option(fc.integer({ min: 0, max: 40 })), folder: fc.constantFrom('a', 'b') });
    const step = fc.oneof(fc.constant('take' as const), fc.constant('back' as const), fc.record({ from: moment, days: fc.integer({ min: 0, max: 5 }) }));
    fc.assert(fc.property(fc.array(log, { maxLength: 30 }), fc.array(fc.record({ time: moment, tier: fc.integer({ min: 0, max: 2 }) }), { maxLength: 5 }), fc.array(step), (logs, pivots, steps) => {
      const run = (): string[] => {
        const order = new LogOrder(logs.map((l, i) => unit(String(i), l.from, l.from === null || l.days === null ? null : l.from + BigInt(l.days) * DAY, l.folder)), pivots);
        const out: ReadingUnit[] = [];
        for (const s of steps) {
          if (s === 'take') {
            const next = order.take();
            if (next !== null) out.push(next);
          } else if (s === 'back') {
            const last = out.pop();
            if (last !== undefined) order.putBack(last as ReturnType<typeof unit>);
          } else order.front = { from: s.from, to: s.from + BigInt(s.days) * DAY };
        }
        return [...out, ...takeAll(order)].map((u) => u.evidencePath);
      };
      const first = run();
      expect(new Set(first).size).toBe(logs.length);
      expect(first.length).toBe(logs.length);
      expect(run()).toEqual(first);
    }));
  });
});
