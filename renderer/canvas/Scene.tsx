import { Fragment, memo, type ReactNode } from 'react';
import type { GraphLayout, LayoutEdge, LayoutNode } from '../../shared/base/layered.ts';
import { visible } from '../../shared/base/visible.ts';
import { NODE_HEIGHT } from './use-layout.ts';
import { placeOf, type View } from './view.ts';
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

interface SceneProps {
  readonly nodes: readonly CanvasNode[];
  readonly edges: readonly CanvasEdge[];
  readonly layout: GraphLayout;
  readonly zoom: number;
  readonly width: number;
  readonly focused: string | null;
  readonly pinned: ReadonlySet<string>;
  /** Id of the node that is shown once more, by a pulse. */
  readonly pulse: string | null;
  readonly onFocus: (id: string) => void;
}

/** In the middle of an edge, so that its kind does not hang on colour and dashes alone. */
const MARKS: Readonly<Partial<Record<CanvasEdge['style'], string>>> = { struck: '\u00d7', clock: '\u25f7' };

/** Everything that is drawn, on a plane that the window moves over. Moving the window draws nothing anew. */
export const Scene = memo(function Scene({ nodes, edges, layout, zoom, width, focused, pinned, pulse, onFocus }: SceneProps): ReactNode {
  const view: Pick<View, 'zoom' | 'width'> = { zoom, width };
  const later = new Set(nodes.filter((n) => n.arrival === 'later').map((n) => n.id));
  const linked = new Set(edges.filter((e) => e.from === focused || e.to === focused).flatMap((e) => [e.from, e.to]));
  const reasons = reasonsOf(edges);
  const isThere = focused !== null && layout.nodes.has(focused);
  return (
    <>
      <svg className="graph-edges" aria-hidden="true">
        {edges.map((edge) => {
          const [a, b] = [layout.nodes.get(edge.from), layout.nodes.get(edge.to)];
          if (a === undefined || b === undefined) return null;
          const [from, to] = [placeOf(a, view), placeOf(b, view)];
          const mark = MARKS[edge.style];
          return (
            <g key={edge.id}>
              <path className={`edge ${edge.style} ${edge.from === focused || edge.to === focused ? 'near' : ''} ${later.has(edge.from) || later.has(edge.to) ? 'later' : ''}`} d={curve(from, to, width)}><title>{visible(edge.reason)}</title></path>
              {mark === undefined ? null : <text className={`edge-mark ${edge.style}`} x={(from.x + width + to.x) / 2} y={(from.y + to.y + NODE_HEIGHT) / 2 + 5}>{mark}</text>}
            </g>
          );
        })}
      </svg>
      {nodes.map((node, i) => {
        const placed = layout.nodes.get(node.id);
        if (placed === undefined) return null;
        const place = placeOf(placed, view);
        const pin = pinned.has(node.id);
        const tabStop = node.id === focused || (i === 0 && !isThere);
        const why = reasons.get(node.id) ?? [];
        return (
          <div
            key={node.id} role="treeitem" aria-level={node.layer + 1} aria-selected={node.id === focused} tabIndex={tabStop ? 0 : -1} data-node={node.id}
            aria-label={visible(`${node.label}, ${caption(node)}${pin ? ', pinned' : ''}${why.length === 0 ? '' : `, ${why.join('; ')}`}`)} title={`${visible(node.label)}\n${visible(node.detail)}\n${caption(node)}`}
            className={`node ${node.kind} ${node.severity ?? ''} ${node.absent ? 'absent' : ''} ${node.historyOnly ? 'ghost' : ''} ${node.arrival ?? ''} ${node.id === focused ? 'focused' : ''} ${linked.has(node.id) ? 'linked' : ''} ${pulse === node.id ? 'pulse' : ''}`}
            style={{ left: place.x, top: place.y, width, height: NODE_HEIGHT }}
            onFocus={() => onFocus(node.id)}
          >
            <span className="node-label">{breakable(visible(node.label))}</span>
            <span className="node-kind">{pin ? 'pinned \u00b7 ' : ''}{caption(node)}</span>
          </div>
        );
      })}
    </>
  );
});

/** The first facts that lead to each node: a screen reader says them with its name. */
function reasonsOf(edges: readonly CanvasEdge[]): ReadonlyMap<string, readonly string[]> {
  const reasons = new Map<string, string[]>();
  for (const { to, reason } of edges) {
    const list = reasons.get(to);
    if (list === undefined) reasons.set(to, [reason]);
    else if (list.length < 3) list.push(reason);
  }
  return reasons;
}

function curve(from: { x: number; y: number }, to: { x: number; y: number }, width: number): string {
  const a = { x: from.x + width, y: from.y + NODE_HEIGHT / 2 };
  const b = { x: to.x, y: to.y + NODE_HEIGHT / 2 };
  const bend = Math.max(16, (b.x - a.x) / 2);
  return `M ${a.x} ${a.y} C ${a.x + bend} ${a.y}, ${b.x - bend} ${b.y}, ${b.x} ${b.y}`;
}

/** Names may break where one of their words ends, before they break anywhere. */
function breakable(text: string): ReactNode {
  return text.split(/(?<=[a-z0-9])(?=[A-Z])|(?<=[._\\/-])/).map((word, i) => <Fragment key={`${i} ${word}`}>{i === 0 ? null : <wbr />}{word}</Fragment>);
}
