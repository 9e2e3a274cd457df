import type { FilterField } from '../../../shared/query/index.ts';
import type { TimelineEvent } from '../../state/timeline-pages.ts';
import { COLUMN_CHOICES, columnValue } from './columns.ts';

/** What `=`, `-`, `s` and `F` mean on a column of the list. */
export function cellTerm(event: TimelineEvent, column: string): { readonly field: FilterField; readonly value: string } {
  if (column === 'source') return { field: 'source', value: event.source };
  const added = COLUMN_CHOICES.find((c) => c.id === column);
  if (added !== undefined) return { field: added.id, value: columnValue(event, added.id) };
  if (column === 'message') {
    const address = event.fields.find((f) => f.name.toLowerCase() === 'c-ip');
    if (event.source === 'iis-log' && address !== undefined) return { field: 'ip', value: address.value };
    return { field: 'message', value: event.message };
  }
  return { field: 'what', value: event.what };
}

/** A moment moved by some seconds is made by the callers with ticks; this is the list of half widths that `w` steps through. */
export const CONTEXT_STEPS: readonly (number | null)[] = [null, 30, 300, 3600];

export function nextContext(current: number | null): number | null {
  return CONTEXT_STEPS[(CONTEXT_STEPS.indexOf(current) + 1) % CONTEXT_STEPS.length] ?? null;
}
