import type { Graph, GraphEdge } from '../../shared/model/index.ts';

function distances(edges: readonly GraphEdge[], start: string, ends: (e: GraphEdge) => readonly [string, string]): Map<string, number> {
  const next = new Map<string, string[]>();
  for (const e of edges) {
    const [a, b] = ends(e);
    const list = next.get(a);
    if (list === undefined) next.set(a, [b]);
    else list.push(b);
  }
  const found = new Map([[start, 0]]);
  const queue = [start];
  for (let node = queue.shift(); node !== undefined; node = queue.shift()) {
    for (const to of next.get(node) ?? []) {
      if (found.has(to)) continue;
      found.set(to, (found.get(node) ?? 0) + 1);
      queue.push(to);
    }
  }
  return found;
}

/**
 * All shortest chains of facts from one node to another, as the part of the graph that they cover; empty when no chain
 * leads there. Asked in either direction: edges run from left to right, so the left node is taken as the start.
 */
export function paths(graph: Graph, from: string, to: string): Graph {
  const one = chains(graph, from, to);
  return one.nodes.length > 0 ? one : chains(graph, to, from);
}

function chains(graph: Graph, from: string, to: string): Graph {
  const ahead = distances(graph.edges, from, (e) => [e.from, e.to]);
  const length = ahead.get(to);
  if (length === undefined || !graph.nodes.some((n) => n.id === from)) return { nodes: [], edges: [], capped: graph.capped };
  const back = distances(graph.edges, to, (e) => [e.to, e.from]);
  const on = (id: string): boolean => (ahead.get(id) ?? Infinity) + (back.get(id) ?? Infinity) === length;
  return {
    nodes: graph.nodes.filter((n) => on(n.id)),
    edges: graph.edges.filter((e) => on(e.from) && on(e.to) && (ahead.get(e.from) ?? 0) + 1 === ahead.get(e.to)),
    capped: graph.capped,
  };
}
