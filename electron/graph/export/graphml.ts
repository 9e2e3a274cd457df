import type { Graph, GraphEdge, GraphNode } from '../../../shared/model/index.ts';
import { xmlText } from './markup.ts';
import { sourcesText } from './sources.ts';

interface Key<T> { readonly name: string; readonly type: 'string' | 'int' | 'boolean'; readonly value: (item: T) => string | number | boolean | null }

const NODE_KEYS: readonly Key<GraphNode>[] = [
  { name: 'label', type: 'string', value: (n) => n.label }, { name: 'kind', type: 'string', value: (n) => n.kind }, { name: 'layer', type: 'int', value: (n) => n.layer },
  { name: 'detail', type: 'string', value: (n) => n.detail }, { name: 'severity', type: 'string', value: (n) => n.severity }, { name: 'absent', type: 'boolean', value: (n) => n.absent },
  { name: 'historyOnly', type: 'boolean', value: (n) => n.historyOnly }, { name: 'arrival', type: 'string', value: (n) => n.arrival ?? null }, { name: 'count', type: 'int', value: (n) => n.count },
  { name: 'component', type: 'string', value: (n) => n.component }, { name: 'sources', type: 'string', value: (n) => sourcesText(n.refs) },
];
const EDGE_KEYS: readonly Key<GraphEdge>[] = [
  { name: 'reason', type: 'string', value: (e) => e.reason }, { name: 'style', type: 'string', value: (e) => e.style }, { name: 'sources', type: 'string', value: (e) => sourcesText(e.refs) },
];

/** GraphML 1.0 (http://graphml.graphdrawing.org/specification.html): a directed graph with all fields as data. The same bytes for the same graph. */
export function graphMl(graph: Graph): string {
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">',
    ...NODE_KEYS.map((k) => `  <key id="n-${k.name}" for="node" attr.name="${k.name}" attr.type="${k.type}"/>`),
    ...EDGE_KEYS.map((k) => `  <key id="e-${k.name}" for="edge" attr.name="${k.name}" attr.type="${k.type}"/>`),
    '  <graph id="iis" edgedefault="directed">',
  ];
  for (const node of graph.nodes) lines.push(`    <node id="${xmlText(node.id)}">${dataOf('n', NODE_KEYS, node)}</node>`);
  for (const edge of graph.edges) lines.push(`    <edge id="${xmlText(edge.id)}" source="${xmlText(edge.from)}" target="${xmlText(edge.to)}">${dataOf('e', EDGE_KEYS, edge)}</edge>`);
  return `${[...lines, '  </graph>', '</graphml>'].join('\n')}\n`;
}

function dataOf<T>(prefix: string, keys: readonly Key<T>[], item: T): string {
  return keys.map((k) => {
    const value = k.value(item);
    return value === null || value === '' ? '' : `<data key="${prefix}-${k.name}">${xmlText(String(value))}</data>`;
  }).join('');
}
