import { compareText } from '../../shared/base/compare.ts';
import type { Graph, GraphEdge, GraphNode, GraphNodeKind } from '../../shared/model/index.ts';
import { Drawing } from './drawing.ts';
import { drawFolded } from './folding.ts';

const PLURALS: Readonly<Record<GraphNodeKind, string>> = {
  server: 'servers', site: 'sites', pool: 'pools', application: 'applications', registration: 'registrations', component: 'components', file: 'files', 'entry-point': 'entry points', import: 'imports', group: 'groups',
};

/**
 * The answer to a question with at most `most` nodes: the kinds with the most nodes become groups with a count first. What
 * was asked about, has a finding, is absent or gone stays as long as there is room.
 * @param expand groups (`group:answer:KIND`) that are open
 */
export function foldAnswer(graph: Graph, most: number, expand: ReadonlySet<string>, asked: ReadonlySet<string>): Graph {
  if (graph.nodes.length <= most) return graph;
  const kinds = new Map<GraphNodeKind, number>();
  for (const n of graph.nodes) kinds.set(n.kind, (kinds.get(n.kind) ?? 0) + 1);
  const largest = [...kinds].sort((a, b) => b[1] - a[1] || compareText(a[0], b[0])).map(([kind]) => kind);
  const remarkable = (n: GraphNode): boolean => asked.has(n.id) || n.absent || n.historyOnly || (n.severity !== null && n.severity !== 'info');
  for (const stays of [remarkable, (n: GraphNode): boolean => asked.has(n.id)]) {
    for (let i = 1; i <= largest.length; i++) {
      const folded = fold(graph, new Set(largest.slice(0, i)), stays, expand);
      if (folded.nodes.length <= most) return folded;
    }
  }
  // Only opened groups can be too many now.
  return expand.size > 0 ? foldAnswer(graph, most, new Set([...expand].slice(Math.ceil(expand.size / 2))), asked) : { ...graph, nodes: graph.nodes.slice(0, most), edges: [], capped: true };
}

function fold(graph: Graph, kinds: ReadonlySet<GraphNodeKind>, stays: (n: GraphNode) => boolean, expand: ReadonlySet<string>): Graph {
  const drawing = new Drawing();
  const standIn = new Map<string, string>();
  const members = new Map<GraphNodeKind, GraphNode[]>();
  for (const n of graph.nodes) {
    if (!kinds.has(n.kind) || stays(n)) drawing.node(n);
    else add(members, n);
  }
  for (const [kind, list] of members) {
    drawFolded(drawing, expand, Number.MAX_SAFE_INTEGER, {
      id: `group:answer:${kind}`, members: list, nameOf: (n) => n.label, one: (n) => void drawing.node(n),
      group: (id, part, range) => {
        const count = part.reduce((sum, n) => sum + n.count, 0);
        drawing.node({ id, kind: 'group', layer: part[0]?.layer ?? 0, label: `${count} ${PLURALS[kind]}${range === null ? '' : `: ${range}`}`, detail: part.slice(0, 10).map((n) => n.label).join(', '), count, of: kind });
        for (const n of part) standIn.set(n.id, id);
      },
    });
  }
  for (const { from, to, edges } of joined(graph.edges, standIn)) {
    const [first] = edges;
    if (first === undefined) continue;
    const style = edges.every((e) => e.style === first.style) ? first.style : 'solid';
    drawing.edge(from, to, edges.length === 1 ? first.reason : `${edges.length} facts, the first: ${first.reason}`, edges.length === 1 ? first.refs : edges.slice(0, 5).flatMap((e) => e.refs.slice(0, 1)), style);
  }
  return drawing.graph(graph.capped);
}

function joined(edges: readonly GraphEdge[], standIn: ReadonlyMap<string, string>): Iterable<{ from: string; to: string; edges: GraphEdge[] }> {
  const found = new Map<string, { from: string; to: string; edges: GraphEdge[] }>();
  for (const e of edges) {
    const [from, to] = [standIn.get(e.from) ?? e.from, standIn.get(e.to) ?? e.to];
    if (from === to) continue;
    const key = `${from} > ${to}`;
    const known = found.get(key);
    if (known === undefined) found.set(key, { from, to, edges: [e] });
    else known.edges.push(e);
  }
  return found.values();
}

function add(members: Map<GraphNodeKind, GraphNode[]>, n: GraphNode): void {
  const list = members.get(n.kind);
  if (list === undefined) members.set(n.kind, [n]);
  else list.push(n);
}
