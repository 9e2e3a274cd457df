import type { Input } from '../../../shared/contract/index.ts';
import { pickPath, refused } from '../../commands/case-actions.ts';
import { copyText } from '../../commands/evidence-actions.ts';
import type { Workbench } from '../../state/workbench.ts';

type Drawn = Omit<Input<'graph.text'>, 'format'>;
type Format = Input<'graph.text'>['format'];

const KINDS: readonly { readonly value: string; readonly label: string; readonly format: Format; readonly whole: boolean; readonly extension: string }[] = [
  { value: 'svg', label: 'Picture of what is drawn (SVG)', format: 'svg', whole: false, extension: 'svg' },
  { value: 'graphml', label: 'What is drawn, as GraphML', format: 'graphml', whole: false, extension: 'graphml' },
  { value: 'json', label: 'What is drawn, as JSON', format: 'json', whole: false, extension: 'json' },
  { value: 'nodes', label: 'Nodes of the table (CSV)', format: 'csv-nodes', whole: false, extension: 'csv' },
  { value: 'edges', label: 'Edges of the table (CSV)', format: 'csv-edges', whole: false, extension: 'csv' },
  { value: 'whole-graphml', label: 'The whole graph, nothing folded, as GraphML', format: 'graphml', whole: true, extension: 'graphml' },
  { value: 'whole-json', label: 'The whole graph, nothing folded, as JSON', format: 'json', whole: true, extension: 'json' },
];

/** Asks what is to be saved and where, and saves it. */
export async function saveGraph(wb: Workbench, drawn: Drawn): Promise<void> {
  const choice = await wb.store.getState().ask('choice', { title: 'Save the graph', help: 'The drawing as it is, with the places of nodes that were moved, or all of it.', options: KINDS.map(({ value, label }) => ({ value, label })) });
  const kind = KINDS.find((k) => k.value === choice);
  if (kind === undefined) return;
  const path = await pickPath(wb, { mode: 'save', title: kind.label, action: 'Save', suggested: `graph.${kind.extension}`, extensions: [kind.extension] });
  if (path === null) return;
  const { question, ...rest } = drawn;
  const input = { ...(kind.whole ? rest : { ...rest, ...(question === undefined ? {} : { question }) }), format: kind.format, whole: kind.whole, path };
  let result = await wb.client.request('graph.write', input);
  if (!result.ok && result.failure.kind === 'exists') {
    const replace = await wb.store.getState().ask('choice', { title: 'Replace the file?', help: result.failure.message, options: [{ value: 'replace', label: 'Replace it' }] });
    if (replace !== 'replace') return;
    result = await wb.client.request('graph.write', { ...input, replace: true });
  }
  if (!result.ok) return void refused(wb, result.failure);
  wb.store.getState().toast(`Saved as ${result.value.path}`);
}

/** One of the two tables of what is drawn, to the clipboard. */
export async function copyTable(wb: Workbench, drawn: Drawn, format: 'csv-nodes' | 'csv-edges'): Promise<void> {
  const result = await wb.client.request('graph.text', { ...drawn, format });
  if (!result.ok) return void refused(wb, result.failure);
  await copyText(wb, result.value.text, format === 'csv-nodes' ? 'The nodes as CSV' : 'The edges as CSV');
}
