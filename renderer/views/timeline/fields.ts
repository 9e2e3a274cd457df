import { FILTER_FIELDS, type FilterField } from '../../../shared/query/index.ts';
import type { TimelineEvent } from '../../state/timeline-pages.ts';

/** W3C field names (and our own) to fields of the filter language. */
const BY_NAME: ReadonlyMap<string, FilterField> = new Map<string, FilterField>([
  ['cs-method', 'method'], ['cs-uri-stem', 'uri'], ['cs-uri-query', 'query'], ['sc-status', 'status'], ['sc-substatus', 'substatus'],
  ['c-ip', 'ip'], ['cs-username', 'user'], ['cs(user-agent)', 'ua'], ['cs(referer)', 'referer'], ['sc-bytes', 'bytes'], ['time-taken', 'taken'],
  ['cs-host', 'host'], ['s-sitename', 'site'], ['component', 'component'], ['name', 'component'], ['path', 'path'],
]);

/** The filter field that a field of a record is searched by, or null when the language has none for it. */
export function filterField(name: string): FilterField | null {
  const low = name.toLowerCase();
  return BY_NAME.get(low) ?? FILTER_FIELDS.find((f) => f === low) ?? null;
}

/** What `=`, `-`, `s` and `F` mean on a column of the list. */
export function cellTerm(event: TimelineEvent, column: string): { readonly field: FilterField; readonly value: string } {
  if (column === 'source') return { field: 'source', value: event.source };
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
