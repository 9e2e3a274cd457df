import type { Graph } from '../../../shared/model/index.ts';
import { sourcesText } from './sources.ts';

/** The nodes as CSV (RFC 4180), one a line. */
export function nodesCsv(graph: Graph): string {
  return table(['id', 'layer', 'kind', 'label', 'severity', 'absent', 'in copies only', 'arrival', 'stands for', 'detail', 'sources'],
    graph.nodes.map((n) => [n.id, String(n.layer), n.kind, n.label, n.severity ?? '', n.absent ? 'yes' : '', n.historyOnly ? 'yes' : '', n.arrival ?? '', String(n.count), n.detail, sourcesText(n.refs)]));
}

/** The edges as CSV, one fact a line, with the names of their ends. */
export function edgesCsv(graph: Graph): string {
  const labels = new Map(graph.nodes.map((n) => [n.id, n.label]));
  return table(['from', 'to', 'from id', 'to id', 'why', 'style', 'sources'],
    graph.edges.map((e) => [labels.get(e.from) ?? '', labels.get(e.to) ?? '', e.from, e.to, e.reason, e.style, sourcesText(e.refs)]));
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

/** What a spreadsheet would run as a formula gets an apostrophe before it (OWASP, CSV Injection). */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
