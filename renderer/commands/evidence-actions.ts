import { refused } from './case-actions.ts';
import type { Workbench } from '../state/workbench.ts';

interface Ref {
  readonly evidencePath: string;
  readonly line?: number | undefined;
  readonly offset?: number | undefined;
  readonly length?: number | undefined;
}

/** Shows the place in the evidence that a fact rests on: the file at the line, or the bytes at the offset. */
export function openRef(wb: Workbench, ref: Ref): void {
  const params: Record<string, string> = { file: ref.evidencePath };
  if (ref.line !== undefined) params['line'] = String(ref.line);
  if (ref.offset !== undefined) params['offset'] = String(ref.offset);
  if (ref.length !== undefined) params['length'] = String(ref.length);
  wb.store.getState().navigate('config', params);
}

export async function copyText(wb: Workbench, text: string, what: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    wb.store.getState().toast(`${what} copied.`);
  } catch {
    wb.store.getState().toast('The clipboard refused.', 'bad');
  }
}

/** Says where the evidence of an open case lies now; the engine compares fingerprints before it uses it. */
export async function attachEvidence(wb: Workbench, path: string): Promise<void> {
  const result = await wb.client.request('evidence.attach', { path });
  if (!result.ok) return void refused(wb, result.failure);
  const { attached, differences } = result.value;
  const more = differences.length === 0 ? '' : ` ${differences.slice(0, 3).join('; ')}${differences.length > 3 ? ` and ${differences.length - 3} more` : ''}`;
  wb.store.getState().toast(attached ? `Evidence attached.${more}` : `Not attached: this is other evidence.${more}`, attached ? 'plain' : 'bad');
  await wb.refresh();
  wb.queries.changed();
}
