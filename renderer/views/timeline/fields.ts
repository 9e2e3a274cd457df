import type { TimelineEvent } from '../../state/timeline-pages.ts';
import { COLUMN_CHOICES, columnValue } from './columns.ts';
import { isLogField, type FieldName } from './terms.ts';

/** What `=`, `-`, `s` and `F` mean on a column of the list. */
export function cellTerm(event: TimelineEvent, column: string): { readonly field: FieldName; readonly value: string } {
  if (column === 'source') return { field: 'source', value: event.source };
  const added = isLogField(column) ? { id: column } : COLUMN_CHOICES.find((c) => c.id === column);
  if (added !== undefined) return { field: added.id, value: columnValue(event, added.id) };
  if (column === 'message') {
    const address = event.fields.find((f) => f.name.toLowerCase() === 'c-ip');
    if (event.source === 'iis-log' && address !== undefined) return { field: 'ip', value: address.value };
    return { field: 'message', value: event.message };
  }
  return { field: 'what', value: event.what };
}

/** Half widths that `w` steps through, in seconds. */
export const CONTEXT_STEPS: readonly (number | null)[] = [null, 30, 300, 3600];

export function nextContext(current: number | null): number | null {
  return CONTEXT_STEPS[(CONTEXT_STEPS.indexOf(current) + 1) % CONTEXT_STEPS.length] ?? null;
}
