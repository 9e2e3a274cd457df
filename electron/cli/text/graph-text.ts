import { visible } from '../../../shared/base/visible.ts';
import type { Output } from '../../../shared/contract/index.ts';

type Shown = Output<'graph.view'>;
type Node = Shown['nodes'][number];

const STYLES = { solid: '', dashed: ' (expected, absent from the evidence)', struck: ' (removed or cleared at that level)', clock: ' (in some configuration copies only)' } as const;

/** The graph for reading in a terminal: for a path its facts in order, else its nodes by layer with counts. */
export function graphText(shown: Shown, asked: boolean): string {
  if (asked && shown.nodes.length === 0) return 'No chain of facts leads from one to the other.\n';
  const lines = asked ? pathLines(shown) : layerLines(shown);
  return `${lines.map(visible).join('\n')}\n`;
}

function pathLines({ nodes, edges }: Shown): string[] {
  const byId = new Map(nodes.map((n) => [n.id, n]));
  const layer = (id: string): number => byId.get(id)?.layer ?? 0;
  const name = (id: string): string => named(byId.get(id), id);
  const facts = [...edges].sort((a, b) => layer(a.from) - layer(b.from) || layer(a.to) - layer(b.to));
  if (facts.length === 0) return nodes.map((n) => named(n, n.id));
  return facts.flatMap((e) => [
    `${name(e.from)}  ->  ${name(e.to)}`,
    `    ${e.reason}${STYLES[e.style]}`,
    ...e.refs.slice(0, 4).map((r) => `    ${r.evidencePath}${r.line === undefined ? '' : ` line ${r.line}`}${r.offset === undefined ? '' : ` offset ${r.offset}`}`),
  ]);
}

function layerLines({ nodes, counts, capped }: Shown): string[] {
  return [
    `${nodes.length} nodes: ${counts.map((c) => `${c.count} ${c.kind}`).join(', ')}${capped ? ' (folded: not everything fits at once; --all unfolds it)' : ''}`,
    ...nodes.map((n) => `${'  '.repeat(n.layer)}${named(n, n.id)}${n.severity === null ? '' : `  [${n.severity}]`}${n.absent ? '  [absent]' : ''}${n.historyOnly ? '  [in copies only]' : ''}`),
  ];
}

function named(node: Node | undefined, id: string): string {
  return node === undefined ? id : `${node.kind} ${node.label}`;
}
