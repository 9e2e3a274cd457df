import { instantInZone } from '../../../shared/time/zone.ts';
import { refused } from '../../commands/case-actions.ts';
import type { Workbench } from '../../state/workbench.ts';

/** Has the logs of a range read before all others, or (null) the usual order again. */
export async function readFirst(wb: Workbench, range: { readonly from: string; readonly to: string } | null): Promise<void> {
  const { set, toast, zone } = wb.store.getState();
  const asked = range === null ? null : { from: range.from, to: range.to };
  const result = await wb.client.request('job.front', { range: asked });
  if (!result.ok) return void refused(wb, result.failure);
  set({ readFirst: asked });
  toast(asked === null ? 'Logs are read in the usual order again.' : `Logs of ${instantInZone(asked.from, zone)} to ${instantInZone(asked.to, zone)} are read first.`);
}
