import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_HEIGHT, rowsInSight, scrollMap, topToShow } from '../../../../renderer/ui/grid/scroll-map.ts';

const ROW = 22;
const VIEW = 600;
const rows = fc.integer({ min: 1, max: 2_000_000_000 });

describe('the map between scroll bar and list', () => {
  it('never makes an element taller than Chromium draws', () => {
    fc.assert(fc.property(rows, (n) => {
      expect(scrollMap(n, ROW, VIEW).physicalHeight).toBeLessThanOrEqual(MAX_HEIGHT);
    }));
  });
  it('is the identity for lists that fit', () => {
    const map = scrollMap(300_000, ROW, VIEW);
    expect([map.scaled, map.toVirtual(12_345), map.toPhysical(12_345)]).toEqual([false, 12_345, 12_345]);
  });
  it('reaches the first and the last row at the ends of the bar', () => {
    fc.assert(fc.property(rows, (n) => {
      const map = scrollMap(n, ROW, VIEW);
      expect(map.toVirtual(0)).toBe(0);
      const end = map.toVirtual(map.physicalHeight - VIEW);
      expect(rowsInSight(end, VIEW, ROW, n).last).toBe(n - 1);
    }));
  });
  it('is monotonic and its own inverse to a hundredth of a pixel of the bar', () => {
    fc.assert(fc.property(fc.integer({ min: 2_000_000, max: 2_000_000_000 }), fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (n, a, b) => {
      const map = scrollMap(n, ROW, VIEW);
      const range = map.physicalHeight - VIEW;
      const [low, high] = [Math.min(a, b) * range, Math.max(a, b) * range];
      expect(map.toVirtual(low)).toBeLessThanOrEqual(map.toVirtual(high));
      expect(Math.abs(map.toPhysical(map.toVirtual(low)) - low)).toBeLessThan(0.01);
    }));
  });
});

describe('the rows in sight', () => {
  it('are few however long the list is', () => {
    fc.assert(fc.property(rows, fc.double({ min: 0, max: 1, noNaN: true }), (n, at) => {
      const { first, last } = rowsInSight(at * Math.max(0, n * ROW - VIEW), VIEW, ROW, n);
      expect(first).toBeGreaterThanOrEqual(0);
      expect(last).toBeLessThan(n);
      expect(last - first).toBeLessThan(60);
    }));
  });
  it('hold the row that was asked for', () => {
    fc.assert(fc.property(rows, fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (n, at, from) => {
      const row = Math.floor(at * (n - 1));
      const top = topToShow(row, from * Math.max(0, n * ROW - VIEW), VIEW, ROW);
      expect(row * ROW).toBeGreaterThanOrEqual(top - 1e-6);
      expect((row + 1) * ROW).toBeLessThanOrEqual(top + VIEW + 1e-6);
    }));
  });
});
