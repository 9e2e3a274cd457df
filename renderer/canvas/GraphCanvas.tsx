import { useCallback, useEffect, useImperativeHandle, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode, type Ref } from 'react';
import type { GraphLayout } from '../../shared/base/layered.ts';
import { Scene, type CanvasEdge, type CanvasNode } from './Scene.tsx';
import { distanceOf, FIRST_VIEW, fitted, revealed, zoomed, type View } from './view.ts';
import { walk, type WalkKey } from './walk.ts';

export interface CanvasHandle {
  zoom(factor: number): void;
  /** Brings the whole drawing into the window again, as far as it fits. */
  fit(): void;
  /** Gives the keyboard to the focused node. */
  focus(): void;
}

export interface GraphCanvasProps {
  readonly nodes: readonly CanvasNode[];
  readonly edges: readonly CanvasEdge[];
  readonly layout: GraphLayout;
  readonly focused: string | null;
  readonly pinned: ReadonlySet<string>;
  readonly pulse: string | null;
  readonly onFocus: (id: string) => void;
  readonly onOpen: (id: string) => void;
  /** A node was put elsewhere: in columns from where it lay, and in pixels below the middle of the drawing. */
  readonly onMove: (id: string, byColumns: number, y: number) => void;
  /** Changing it fits the drawing into the window again. */
  readonly fit: string;
  /** How the window stood over this drawing before, or null; asked when the canvas comes. */
  readonly before: () => View | null;
  readonly onView: (view: View) => void;
  readonly handle?: Ref<CanvasHandle>;
}

/** Pixels that a key press moves a node by. */
const STEP = 12;
/** A press that moves less is a click. */
const CLICK = 4;
const WALK_KEYS: ReadonlySet<string> = new Set<WalkKey>(['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End']);
const MOVES: Readonly<Record<string, { x: number; y: number }>> = { ArrowUp: { x: 0, y: -STEP }, ArrowDown: { x: 0, y: STEP }, ArrowLeft: { x: -STEP, y: 0 }, ArrowRight: { x: STEP, y: 0 } };

/** What the pointer holds: the plane, or a node. */
interface Drag { readonly node: string | null; readonly x: number; readonly y: number; moved: boolean }

/**
 * The layered graph. Zooming changes distances, not the size of nodes. Nodes are elements of a tree widget, so that a
 * screen reader walks exactly what is drawn; edges are lines behind them.
 */
export function GraphCanvas(props: GraphCanvasProps): ReactNode {
  const { nodes, edges, focused, onFocus, onView } = props;
  const frame = useRef<HTMLDivElement>(null);
  const tree = useRef<HTMLDivElement>(null);
  const drag = useRef<Drag | null>(null);
  const [before] = useState(props.before);
  const [view, setView] = useState<View>(before ?? FIRST_VIEW);
  const [held, setHeld] = useState<{ readonly id: string; readonly x: number; readonly y: number } | null>(null);
  const layout = useMemo((): GraphLayout => {
    const node = held === null ? undefined : props.layout.nodes.get(held.id);
    if (held === null || node === undefined) return props.layout;
    return { ...props.layout, nodes: new Map([...props.layout.nodes, [node.id, { ...node, x: node.x + held.x, y: node.y + held.y }]]) };
  }, [props.layout, held]);

  const fits = useRef(before === null ? null : props.fit);
  useLayoutEffect(() => {
    const box = frame.current;
    if (box === null || fits.current === props.fit) return;
    fits.current = props.fit;
    setView(revealed(fitted(layout, box), focused === null ? undefined : layout.nodes.get(focused), box));
  }, [props.fit, layout, focused]);
  // Whoever moved the focus (an arrow, Find, a link from elsewhere): the node is brought into the window.
  useEffect(() => {
    const box = frame.current;
    const placed = focused === null ? undefined : layout.nodes.get(focused);
    if (box !== null && drag.current === null) setView((v) => revealed(v, placed, box));
  }, [focused, layout]);
  useEffect(() => onView(view), [view, onView]);

  const wantsFocus = useRef(false);
  const inside = useRef(false);
  const focusItem = useCallback((): void => tree.current?.querySelector<HTMLElement>('[role="treeitem"][tabindex="0"]')?.focus({ preventScroll: true }), []);
  useEffect(() => {
    // The node that had the keyboard may have gone with another drawing: the keyboard stays in the graph.
    if (nodes.length === 0) return;
    const astray = inside.current && (document.activeElement === null || document.activeElement === document.body);
    if (!astray && (!wantsFocus.current || focused === null)) return;
    wantsFocus.current = false;
    focusItem();
  }, [focused, nodes, focusItem]);
  useImperativeHandle(props.handle, () => ({ zoom: (factor) => setView((v) => zoomed(v, factor)), fit: () => setView((v) => (frame.current === null ? v : fitted(props.layout, frame.current))), focus: focusItem }), [focusItem, props.layout]);

  const focusOn = (id: string): void => {
    // At the edge the walk stays where it is; a wish left over would take the keyboard from the next one who moves the focus.
    wantsFocus.current = id !== focused;
    onFocus(id);
  };
  const move = (id: string, pixels: { x: number; y: number }): void => {
    const node = props.layout.nodes.get(id);
    const by = distanceOf(pixels, view);
    if (node !== undefined) props.onMove(id, by.x, node.y + by.y - props.layout.height / 2);
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const by = event.shiftKey ? MOVES[event.key] : undefined;
    if (by !== undefined && focused !== null) move(focused, by);
    else if (event.shiftKey) return;
    else if (event.key === 'Enter' && focused !== null) props.onOpen(focused);
    else if (WALK_KEYS.has(event.key)) focusOn(walk(layout, edges, focused ?? '', event.key as WalkKey));
    else return;
    event.preventDefault();
  };
  const onPointerDown = (event: PointerEvent): void => {
    if (event.button !== 0 || !(event.target instanceof Element) || event.target.closest('button') !== null) return;
    const node = event.target.closest<HTMLElement>('[role="treeitem"]')?.dataset['node'] ?? null;
    drag.current = { node, x: event.clientX, y: event.clientY, moved: false };
    if (node === null) event.currentTarget.setPointerCapture(event.pointerId);
    else focusOn(node);
  };
  const onPointerMove = (event: PointerEvent): void => {
    const start = drag.current;
    if (start === null) return;
    const pixels = { x: event.clientX - start.x, y: event.clientY - start.y };
    if (start.node === null) {
      drag.current = { ...start, x: event.clientX, y: event.clientY };
      setView((v) => ({ ...v, x: v.x + pixels.x, y: v.y + pixels.y }));
      return;
    }
    if (!start.moved && Math.hypot(pixels.x, pixels.y) < CLICK) return;
    if (!start.moved) event.currentTarget.setPointerCapture(event.pointerId);
    start.moved = true;
    setHeld({ id: start.node, ...distanceOf(pixels, view) });
  };
  const onPointerUp = (event: PointerEvent): void => {
    const start = drag.current;
    drag.current = null;
    setHeld(null);
    if (start !== null && start.node !== null && start.moved) move(start.node, { x: event.clientX - start.x, y: event.clientY - start.y });
  };

  return (
    <div
      className="graph-frame" ref={frame} onPointerDown={onPointerDown} onPointerMove={onPointerMove} onPointerUp={onPointerUp} onPointerCancel={() => {
        drag.current = null;
        setHeld(null);
      }}
      onWheel={(e) => (e.ctrlKey ? setView((v) => zoomed(v, e.deltaY < 0 ? 1.1 : 0.9)) : setView((v) => ({ ...v, x: v.x - e.deltaX, y: v.y - e.deltaY })))}
    >
      <div
        className="graph-plane" role="tree" aria-label="Graph" ref={tree} onKeyDown={onKeyDown} style={{ transform: `translate(${view.x}px, ${view.y}px)` }}
        onFocus={() => { inside.current = true; }} onBlur={(e) => { inside.current = e.relatedTarget === null; }}
      >
        <Scene nodes={nodes} edges={edges} layout={layout} zoom={view.zoom} width={view.width} focused={focused} pinned={props.pinned} pulse={props.pulse} onFocus={onFocus} />
      </div>
      <div className="graph-zoom">
        <button type="button" className="button" onClick={() => setView((v) => zoomed(v, 1.2))} aria-label="Zoom in">+</button>
        <button type="button" className="button" onClick={() => setView((v) => zoomed(v, 1 / 1.2))} aria-label="Zoom out">-</button>
      </div>
    </div>
  );
}
