import type { GraphLayout } from '../../shared/base/layered.ts';
import { NODE_HEIGHT } from './use-layout.ts';

/** Where the window stands over the drawing. */
export interface View {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
  /** Width of a node in pixels. */
  readonly width: number;
}

const WIDTH = { narrowest: 118, widest: 200 };
const GAP = 36;
const MARGIN = 16;
const ZOOM = { least: 0.5, most: 3 };
export const FIRST_VIEW: View = { x: MARGIN, y: MARGIN, zoom: 1, width: WIDTH.narrowest };

type Point = { readonly x: number; readonly y: number };
type Box = { readonly clientWidth: number; readonly clientHeight: number };

/** Pixels of a node's upper left corner on the plane. Rows keep their distance when the columns are drawn closer: names must stay readable. */
export function placeOf(node: Point, { width, zoom }: Pick<View, 'width' | 'zoom'>): Point {
  return { x: node.x * (width + GAP) * zoom, y: node.y * Math.max(1, zoom) };
}

/** How far a movement in pixels is on the layout: in columns and in rows' pixels. */
export function distanceOf(pixels: Point, { width, zoom }: Pick<View, 'width' | 'zoom'>): Point {
  return { x: pixels.x / ((width + GAP) * zoom), y: pixels.y / Math.max(1, zoom) };
}

export const zoomed = (view: View, factor: number): View => ({ ...view, zoom: Math.max(ZOOM.least, Math.min(ZOOM.most, view.zoom * factor)) });

/** All columns in the window where they fit, the nodes as wide as there is room. */
export function fitted(layout: GraphLayout, box: Box): View {
  const columns = Math.max(1, layout.width);
  const room = box.clientWidth - 2 * MARGIN;
  const width = Math.max(WIDTH.narrowest, Math.min(WIDTH.widest, (room - (columns - 1) * GAP) / columns));
  const most = columns < 2 ? 1 : (room - width) / ((columns - 1) * (width + GAP));
  const zoom = Math.max(1, Math.min(1.5, most));
  return { x: MARGIN, y: Math.max(MARGIN, (box.clientHeight - layout.height * zoom) / 2), zoom, width };
}

/** The view moved as little as brings a node into the window; the zoom stays. */
export function revealed(view: View, node: Point | undefined, box: Box): View {
  if (node === undefined) return view;
  const place = placeOf(node, view);
  const [x, y] = [place.x + view.x, place.y + view.y];
  const dx = x < 8 ? 8 - x : Math.min(0, box.clientWidth - view.width - 8 - x);
  const dy = y < 8 ? 8 - y : Math.min(0, box.clientHeight - NODE_HEIGHT - 8 - y);
  return dx === 0 && dy === 0 ? view : { ...view, x: view.x + dx, y: view.y + dy };
}
