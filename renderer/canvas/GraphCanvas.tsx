import { Fragment, useEffect, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import { visible } from '../../shared/base/visible.ts';
import { layoutGraph, type LayoutEdge, type LayoutNode } from './layout.ts';
import { walk, type WalkKey } from './walk.ts';
import { caption, type NodeState } from './words.ts';

export interface CanvasNode extends LayoutNode, NodeState {
  readonly label: string;
  readonly detail: string;
}
export interface CanvasEdge extends LayoutEdge {
  readonly id: string;
  readonly reason: string;
  readonly style: 'solid' | 'dashed' | 'struck' | 'clock';
}
export interface GraphCanvasProps {
  readonly nodes: readonly CanvasNode[];
  readonly edges: readonly CanvasEdge[];
  readonly focused: string | null;
  /** Nodes of a path that is to stand out; empty for none. */
  readonly path: ReadonlySet<string>;
  readonly onFocus: (id: string) => void;
  readonly onOpen: (id: string) => void;
  /** Changing it fits the drawing into the window again. */
  readonly fit: string;
}

const NODE = { narrowest: 118, widest: 200, height: 50 };
const GAP = { x: 36, y: 10 };
/** In the middle of an edge, so that its kind does not hang on colour and dashes alone. */
const MARKS: Readonly<Partial<Record<CanvasEdge['style'], string>>> = { struck: '\u00d7', clock: '\u25f7' };

/**
 * The layered graph. Zooming changes distances, not the size of nodes. Nodes are elements of a tree widget, so that a
 * screen reader walks exactly what is drawn; edges are lines behind them.
 */
export function GraphCanvas(props: GraphCanvasProps): ReactNode {
  const { nodes, edges, focused } = props;
  const frame = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ x: 16, y: 16, zoom: 1, width: NODE.narrowest });
  const layout = useMemo(() => layoutGraph(nodes, edges, { columnWidth: 1, rowHeight: NODE.height + GAP.y }), [nodes, edges]);
  const drag = useRef<{ x: number; y: number } | null>(null);

  useLayoutEffect(() => {
    const box = frame.current;
    if (box === null) return;
    const columns = Math.max(1, layout.width);
    const width = Math.max(NODE.narrowest, Math.min(NODE.widest, (box.clientWidth - 32 - (columns - 1) * GAP.x) / columns));
    const room = columns < 2 ? 1 : (box.clientWidth - 32 - width) / ((columns - 1) * (width + GAP.x));
    const zoom = Math.max(1, Math.min(1.5, room));
    setView(revealed({ x: 16, y: Math.max(16, (box.clientHeight - layout.height * zoom) / 2), zoom, width }, focused === null ? undefined : layout.nodes.get(focused), box));
  // oxlint-disable-next-line react/exhaustive-deps -- a new layout alone must not move what is looked at
  }, [props.fit]);
  // Whoever moved the focus (an arrow, Find, a link from elsewhere): the node is brought into the window.
  useEffect(() => {
    const box = frame.current;
    const placed = focused === null ? undefined : layout.nodes.get(focused);
    if (box !== null) setView((v) => revealed(v, placed, box));
  }, [focused, layout]);

  const at = (id: string): { x: number; y: number } | null => {
    const placed = layout.nodes.get(id);
    return placed === undefined ? null : placeOf(placed, view);
  };
  const linked = useMemo(() => new Set(edges.filter((e) => e.from === focused || e.to === focused).flatMap((e) => [e.from, e.to])), [edges, focused]);

  const later = useMemo(() => new Set(nodes.filter((n) => n.arrival === 'later').map((n) => n.id)), [nodes]);

  const wantsFocus = useRef(false);
  useEffect(() => {
    if (!wantsFocus.current || focused === null) return;
    wantsFocus.current = false;
    frame.current?.querySelector<HTMLElement>('[role="treeitem"][tabindex="0"]')?.focus({ preventScroll: true });
  }, [focused]);

  const focusOn = (id: string): void => {
    // At the edge the walk stays where it is; a wish left over would take the keyboard from the next one who moves the focus.
    wantsFocus.current = id !== focused;
    props.onFocus(id);
  };
  const zoomBy = (factor: number): void => setView((v) => ({ ...v, zoom: Math.max(0.5, Math.min(3, v.zoom * factor)) }));

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === 'Enter' && focused !== null) props.onOpen(focused);
    else if (['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End'].includes(event.key)) focusOn(walk(layout, edges, focused ?? '', event.key as WalkKey));
    else return;
    event.preventDefault();
  };
  const onPointerDown = (event: PointerEvent): void => {
    if (event.target instanceof Element && event.target.closest('[role="treeitem"], button') !== null) return;
    drag.current = { x: event.clientX - view.x, y: event.clientY - view.y };
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const onPointerMove = (event: PointerEvent): void => {
    const start = drag.current;
    if (start !== null) setView((v) => ({ ...v, x: event.clientX - start.x, y: event.clientY - start.y }));
  };

  return (
    <div
      className="graph-frame" ref={frame} onPointerDown={onPointerDown} onPointerMove={onPointerMove} onPointerUp={() => { drag.current = null; }}
      onWheel={(e) => (e.ctrlKey ? zoomBy(e.deltaY < 0 ? 1.1 : 0.9) : setView((v) => ({ ...v, x: v.x - e.deltaX, y: v.y - e.deltaY })))}
    >
      <svg className="graph-edges" aria-hidden="true">
        {edges.map((edge) => {
          const from = at(edge.from);
          const to = at(edge.to);
          if (from === null || to === null) return null;
          const inPath = props.path.has(edge.from) && props.path.has(edge.to);
          const near = edge.from === focused || edge.to === focused;
          const mark = MARKS[edge.style];
          return (
            <g key={edge.id}>
              <path className={`edge ${edge.style} ${inPath ? 'in-path' : ''} ${near ? 'near' : ''} ${later.has(edge.from) || later.has(edge.to) ? 'later' : ''}`} d={curve(from, to, view.width)}><title>{visible(edge.reason)}</title></path>
              {mark === undefined ? null : <text className={`edge-mark ${edge.style}`} x={(from.x + view.width + to.x) / 2} y={(from.y + to.y + NODE.height) / 2 + 5}>{mark}</text>}
            </g>
          );
        })}
      </svg>
      <div role="tree" aria-label="Graph" onKeyDown={onKeyDown}>
        {nodes.map((node, i) => {
          const place = at(node.id);
          if (place === null) return null;
          const tabStop = node.id === focused || (i === 0 && (focused === null || !layout.nodes.has(focused)));
          const faded = props.path.size > 0 ? !props.path.has(node.id) : false;
          return (
            <div
              key={node.id} role="treeitem" aria-level={node.layer + 1} aria-selected={node.id === focused} tabIndex={tabStop ? 0 : -1} data-node={node.id}
              aria-label={spoken(node, edges)} title={`${visible(node.label)}\n${visible(node.detail)}\n${caption(node)}`}
              className={`node ${node.kind} ${node.severity ?? ''} ${node.absent ? 'absent' : ''} ${node.historyOnly ? 'ghost' : ''} ${node.arrival ?? ''} ${node.id === focused ? 'focused' : ''} ${linked.has(node.id) ? 'linked' : ''} ${faded ? 'faded' : ''}`}
              style={{ left: place.x, top: place.y, width: view.width, height: NODE.height }}
              onClick={() => focusOn(node.id)} onFocus={() => props.onFocus(node.id)}
            >
              <span className="node-label">{breakable(visible(node.label))}</span>
              <span className="node-kind">{caption(node)}</span>
            </div>
          );
        })}
      </div>
      <div className="graph-zoom">
        <button type="button" className="button" onClick={() => zoomBy(1.2)} aria-label="Zoom in">+</button>
        <button type="button" className="button" onClick={() => zoomBy(1 / 1.2)} aria-label="Zoom out">-</button>
      </div>
    </div>
  );
}

interface View {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
  readonly width: number;
}

/** Pixels of a node's upper left corner. Rows keep their distance when the columns are drawn closer: names must stay readable. */
function placeOf(node: { readonly x: number; readonly y: number }, view: View): { x: number; y: number } {
  return { x: view.x + node.x * (view.width + GAP.x) * view.zoom, y: view.y + node.y * Math.max(1, view.zoom) };
}

/** The view moved as little as brings a node into the window; the zoom stays. */
function revealed(view: View, node: { readonly x: number; readonly y: number } | undefined, box: HTMLElement): View {
  if (node === undefined) return view;
  const place = placeOf(node, view);
  const dx = place.x < 8 ? 8 - place.x : Math.min(0, box.clientWidth - view.width - 8 - place.x);
  const dy = place.y < 8 ? 8 - place.y : Math.min(0, box.clientHeight - NODE.height - 8 - place.y);
  return dx === 0 && dy === 0 ? view : { ...view, x: view.x + dx, y: view.y + dy };
}

function curve(from: { x: number; y: number }, to: { x: number; y: number }, width: number): string {
  const a = { x: from.x + width, y: from.y + NODE.height / 2 };
  const b = { x: to.x, y: to.y + NODE.height / 2 };
  const bend = Math.max(16, (b.x - a.x) / 2);
  return `M ${a.x} ${a.y} C ${a.x + bend} ${a.y}, ${b.x - bend} ${b.y}, ${b.x} ${b.y}`;
}

/** Names may break where one of their words ends, before they break anywhere. */
function breakable(text: string): ReactNode {
  return text.split(/(?<=[a-z0-9])(?=[A-Z])|(?<=[._\\/-])/).map((word, i) => <Fragment key={`${i} ${word}`}>{i === 0 ? null : <wbr />}{word}</Fragment>);
}

function spoken(node: CanvasNode, edges: readonly CanvasEdge[]): string {
  const reasons = edges.filter((e) => e.to === node.id).slice(0, 3).map((e) => e.reason);
  return visible(`${node.label}, ${caption(node)}${reasons.length === 0 ? '' : `, ${reasons.join('; ')}`}`);
}
