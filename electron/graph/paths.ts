import type { Graph, GraphEdge } from '../../shared/model/index.ts';

type Ends = (e: GraphEdge) => readonly [string, string];
const AHEAD: Ends = (e) => [e.from, e.to];
const BACK: Ends = (e) => [e.to, e.from];

/** Steps from one node to every node that edges lead to. */
function distances(edges: readonly GraphEdge[], start: string, ends: Ends): Map<string, number> {
  const next = new Map<string, string[]>();
  for (const e of edges) {
    const [a, b] = ends(e);
    const list = next.get(a);
    if (list === undefined) next.set(a, [b]);
    else list.push(b);
  }
  const found = new Map([[start, 0]]);
  const queue = [start];
  for (let at = 0; at < queue.length; at++) {
    const node = queue[at] ?? '';
    for (const to of next.get(node) ?? []) {
      if (found.has(to)) continue;
      found.set(to, (found.get(node) ?? 0) + 1);
      queue.push(to);
    }
  }
  return found;
}

/** What is struck out leads nowhere: it was taken away. */
const standing = (edges: readonly GraphEdge[]): readonly GraphEdge[] => edges.filter((e) => e.style !== 'struck');

/**
 * All shortest chains of facts from one node to another, as the part of the graph that they cover; empty when no chain
 * leads there. Asked in either direction: edges run from left to right, so the left node is taken as the start. Where
 * nothing leads there any more, the chains over what was removed are given: they say why not.
 */
export function paths(graph: Graph, from: string, to: string): Graph {
  for (const edges of [standing(graph.edges), graph.edges]) {
    for (const [a, b] of [[from, to], [to, from]] as const) {
      const found = chains({ ...graph, edges: [...edges] }, a, b);
      if (found.nodes.length > 0) return found;
    }
  }
  return { nodes: [], edges: [], capped: graph.capped };
}

function chains(graph: Graph, from: string, to: string): Graph {
  const ahead = distances(graph.edges, from, AHEAD);
  const length = ahead.get(to);
  if (length === undefined || !graph.nodes.some((n) => n.id === from)) return { nodes: [], edges: [], capped: graph.capped };
  const back = distances(graph.edges, to, BACK);
  const on = (id: string): boolean => (ahead.get(id) ?? Infinity) + (back.get(id) ?? Infinity) === length;
  return {
    nodes: graph.nodes.filter((n) => on(n.id)),
    edges: graph.edges.filter((e) => on(e.from) && on(e.to) && (ahead.get(e.from) ?? 0) + 1 === ahead.get(e.to)),
    capped: graph.capped,
  };
}

/** Everything that a node leads to (or that leads to it), itself with it; what was removed leads nowhere. */
export function reachOf(graph: Graph, node: string, direction: 'forward' | 'backward'): Graph {
  if (!graph.nodes.some((n) => n.id === node)) return { nodes: [], edges: [], capped: graph.capped };
  const found = distances(standing(graph.edges), node, direction === 'forward' ? AHEAD : BACK);
  return { nodes: graph.nodes.filter((n) => found.has(n.id)), edges: standing(graph.edges).filter((e) => found.has(e.from) && found.has(e.to)), capped: graph.capped };
}
