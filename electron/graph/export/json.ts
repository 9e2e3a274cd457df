import type { Graph } from '../../../shared/model/index.ts';

/** The graph as a document of its own, with the name and version of its form. */
export function graphJson(graph: Graph): string {
  const { nodes, edges, capped } = graph;
  return `${JSON.stringify({ schema: 'iisight.graph/1', nodes, edges, capped }, null, 2)}\n`;
}
