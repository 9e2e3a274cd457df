/**
 * Beyond this height the list scrolls by a map of its own. Chromium cuts elements at about 33.5 million pixels, and counts
 * scroll positions in 32-bit floats, which above 8 million (2^23) can no longer tell half a pixel.
 */
export const MAX_HEIGHT = 8_000_000;

/**
 * Between the scroll bar (`physical` pixels, bounded) and the list (`virtual` pixels, rows times row height, unbounded).
 * Up to MAX_HEIGHT both are the same.
 */
export interface ScrollMap {
  readonly physicalHeight: number;
  readonly virtualHeight: number;
  readonly scaled: boolean;
  toVirtual(physicalTop: number): number;
  toPhysical(virtualTop: number): number;
}

export function scrollMap(rows: number, rowHeight: number, viewport: number, max: number = MAX_HEIGHT): ScrollMap {
  const virtualHeight = rows * rowHeight;
  const physicalHeight = Math.min(virtualHeight, max);
  const virtualRange = Math.max(0, virtualHeight - viewport);
  const physicalRange = Math.max(0, physicalHeight - viewport);
  const scaled = virtualHeight > max;
  const clamp = (value: number, high: number): number => Math.max(0, Math.min(high, value));
  return {
    physicalHeight,
    virtualHeight,
    scaled,
    toVirtual: (top) => (scaled ? clamp((top / physicalRange) * virtualRange, virtualRange) : clamp(top, virtualRange)),
    toPhysical: (top) => (scaled ? clamp((top / virtualRange) * physicalRange, physicalRange) : clamp(top, physicalRange)),
  };
}

/** The rows that are to be drawn: those in sight and a few more on both sides; `last` is included. */
export function rowsInSight(virtualTop: number, viewport: number, rowHeight: number, rows: number, spare = 8): { first: number; last: number } {
  const first = Math.max(0, Math.floor(virtualTop / rowHeight) - spare);
  const last = Math.min(rows - 1, Math.ceil((virtualTop + viewport) / rowHeight) + spare);
  return { first, last };
}

/** The nearest top position at which the whole row is in sight. */
export function topToShow(row: number, virtualTop: number, viewport: number, rowHeight: number): number {
  const start = row * rowHeight;
  if (start < virtualTop) return start;
  if (start + rowHeight > virtualTop + viewport) return start + rowHeight - viewport;
  return virtualTop;
}
