import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, type RefObject } from 'react';
import { rowsInSight, scrollMap, topToShow } from './scroll-map.ts';

export interface RowWindow {
  /** For the element that scrolls. */
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly first: number;
  readonly last: number;
  readonly physicalHeight: number;
  readonly viewportRows: number;
  /** CSS top of a row inside the scrolled element. Rows out of sight lie just beyond the edge, never millions of pixels away. */
  top(row: number): number;
  show(row: number, centred?: boolean): void;
  onScroll(): void;
}

/** Which rows of a fixed-height list are in sight, for any number of rows. */
export function useRowWindow(rows: number, rowHeight: number, headHeight: number): RowWindow {
  const scroller = useRef<HTMLDivElement>(null);
  const [viewport, setViewport] = useState(600);
  const [virtualTop, setVirtualTop] = useState(0);
  // Where the scroll bar really is: the browser rounds it, and rows hang from it.
  const [barTop, setBarTop] = useState(0);
  const expected = useRef(-1);
  const map = useMemo(() => scrollMap(rows, rowHeight, viewport), [rows, rowHeight, viewport]);
  const top = Math.min(virtualTop, Math.max(0, map.virtualHeight - viewport));

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const measure = (): void => setViewport(Math.max(rowHeight, element.clientHeight - headHeight));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [rowHeight, headHeight]);

  const moveTo = useCallback((target: number) => {
    const element = scroller.current;
    const bounded = Math.max(0, Math.min(target, map.virtualHeight - viewport));
    setVirtualTop(bounded);
    if (element === null) return;
    element.scrollTop = map.toPhysical(bounded);
    expected.current = element.scrollTop;
    setBarTop(element.scrollTop);
  }, [map, viewport]);

  // In a scaled list one wheel notch would jump hundreds of rows: the wheel moves the list, and the bar follows.
  useEffect(() => {
    const element = scroller.current;
    if (element === null || !map.scaled) return;
    const onWheel = (event: WheelEvent): void => {
      if (event.ctrlKey || event.deltaY === 0) return;
      event.preventDefault();
      moveTo(top + event.deltaY * (event.deltaMode === 1 ? rowHeight : 1));
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [map, moveTo, rowHeight, top]);

  const onScroll = useCallback(() => {
    const element = scroller.current;
    if (element === null) return;
    if (Math.abs(element.scrollTop - expected.current) < 1) return;
    expected.current = -1;
    setVirtualTop(map.toVirtual(element.scrollTop));
    setBarTop(element.scrollTop);
  }, [map]);

  const show = useCallback((row: number, centred = false) => {
    // Centred to a whole row: no row is cut at the upper edge.
    const next = centred ? (row - Math.floor((viewport / rowHeight - 1) / 2)) * rowHeight : topToShow(row, top, viewport, rowHeight);
    if (next !== top) moveTo(next);
  }, [moveTo, rowHeight, top, viewport]);

  const { first, last } = rowsInSight(top, viewport, rowHeight, rows);
  // A list that shrank or a window that grew: the bar has not told its new place yet.
  const origin = map.scaled && top === virtualTop ? barTop : map.toPhysical(top);
  return {
    scroller, first, last, physicalHeight: map.physicalHeight, viewportRows: Math.max(1, Math.floor(viewport / rowHeight)), show, onScroll,
    top: (row) => origin + Math.max(-20 * rowHeight, Math.min(viewport + 20 * rowHeight, row * rowHeight - top)),
  };
}
