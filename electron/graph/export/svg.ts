import { arranged, layoutGraph, type ChosenPlace, type GraphLayout } from '../../../shared/base/layered.ts';
import { visible } from '../../../shared/base/visible.ts';
import type { Graph, GraphEdge, GraphNode, Severity } from '../../../shared/model/index.ts';
import { xmlText } from './markup.ts';

const NODE = { width: 190, height: 48 };
const STEP = { columnWidth: 270, rowHeight: 60 };
const MARGIN = 20;
/** Characters that fit into a node, by the mean width of a sans-serif letter at this size. */
const LETTERS = { label: 27, caption: 34 };
/** For paper: dark on white, told apart by line and word too. */
const EDGE_STYLE: Readonly<Record<GraphEdge['style'], string>> = {
  solid: 'stroke="#667"', dashed: 'stroke="#667" stroke-dasharray="5 4"', struck: 'stroke="#b3261e" stroke-dasharray="2 3"', clock: 'stroke="#8a5a00" stroke-dasharray="8 3 2 3"',
};
const MARKS: Readonly<Partial<Record<GraphEdge['style'], string>>> = { struck: '\u00d7', clock: '\u25f7' };
const BARS: Readonly<Partial<Record<Severity, string>>> = { high: '#b3261e', medium: '#b06000', low: '#3b6fb0' };

/**
 * The graph as an SVG picture: text is text, reasons are titles of the edges, and there is no script, style or link. The
 * same bytes for the same graph and places. @param places where the analyst put nodes; `y` in rows of 60 units
 */
export function graphSvg(graph: Graph, places: readonly ChosenPlace[] = []): string {
  const layout = arranged(layoutGraph(graph.nodes, graph.edges, STEP), places, STEP);
  const { left, top, width, height } = bounds(layout);
  const out = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${left} ${top} ${width} ${height}" width="${width}" height="${height}" font-family="sans-serif">`,
    '<title>Graph of IIS components</title>',
    `<rect x="${left}" y="${top}" width="${width}" height="${height}" fill="#fff"/>`,
  ];
  for (const edge of graph.edges) out.push(edgeSvg(edge, layout));
  for (const node of graph.nodes) out.push(nodeSvg(node, layout));
  return `${[...out.filter((line) => line !== ''), '</svg>'].join('\n')}\n`;
}

function bounds(layout: GraphLayout): { left: number; top: number; width: number; height: number } {
  let [left, top, right, bottom] = [0, 0, NODE.width, NODE.height];
  for (const { x, y } of layout.nodes.values()) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x + NODE.width);
    bottom = Math.max(bottom, y + NODE.height);
  }
  return { left: round(left - MARGIN), top: round(top - MARGIN), width: round(right - left + 2 * MARGIN), height: round(bottom - top + 2 * MARGIN) };
}

const round = (n: number): number => Math.round(n * 10) / 10;

function edgeSvg(edge: GraphEdge, layout: GraphLayout): string {
  const [from, to] = [layout.nodes.get(edge.from), layout.nodes.get(edge.to)];
  if (from === undefined || to === undefined) return '';
  const [ax, ay, bx, by] = [from.x + NODE.width, from.y + NODE.height / 2, to.x, to.y + NODE.height / 2].map(round) as [number, number, number, number];
  const bend = round(Math.max(16, (bx - ax) / 2));
  const mark = MARKS[edge.style];
  const sign = mark === undefined ? '' : `<text x="${round((ax + bx) / 2)}" y="${round((ay + by) / 2 + 5)}" text-anchor="middle" font-size="15" font-weight="bold">${mark}</text>`;
  return `<g><path d="M ${ax} ${ay} C ${round(ax + bend)} ${ay}, ${round(bx - bend)} ${by}, ${bx} ${by}" fill="none" ${EDGE_STYLE[edge.style]}/>${sign}<title>${shown(edge.reason)}</title></g>`;
}

function nodeSvg(node: GraphNode, layout: GraphLayout): string {
  const placed = layout.nodes.get(node.id);
  if (placed === undefined) return '';
  const [x, y] = [round(placed.x), round(placed.y)];
  const dashed = node.absent || node.arrival === 'later' ? ' stroke-dasharray="5 4"' : node.historyOnly ? ' stroke-dasharray="1 3"' : '';
  const wide = node.arrival === 'added' || node.kind === 'group' ? 3 : 1;
  const bar = node.severity === null ? undefined : BARS[node.severity];
  const words = [
    ...(node.arrival === 'added' ? ['+ new'] : node.arrival === 'later' ? ['not there yet'] : []), ...(node.historyOnly ? ['- in copies only'] : []), ...(node.absent ? ['absent'] : []),
    ...(node.severity === null ? [] : [node.severity]), node.kind === 'group' ? `${node.count} folded` : node.kind.replaceAll('-', ' '),
  ].join(' \u00b7 ');
  return [
    '<g>', `<title>${shown(node.label)}: ${shown(node.detail)}</title>`, `<rect x="${x}" y="${y}" width="${NODE.width}" height="${NODE.height}" rx="3" fill="#f6f7f9" stroke="#445" stroke-width="${wide}"${dashed}/>`,
    bar === undefined ? '' : `<rect x="${x}" y="${y}" width="5" height="${NODE.height}" fill="${bar}"/>`,
    `<text x="${x + 10}" y="${y + 20}" font-size="12" font-weight="bold" fill="#111">${shown(cut(node.label, LETTERS.label))}</text>`,
    `<text x="${x + 10}" y="${y + 37}" font-size="10" fill="#444">${shown(cut(words, LETTERS.caption))}</text>`, '</g>',
  ].join('');
}

const shown = (text: string): string => xmlText(visible(text));

function cut(text: string, most: number): string {
  const letters = [...text];
  return letters.length <= most ? text : `${letters.slice(0, most - 1).join('')}\u2026`;
}
