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

/** Columns that can be added to the list; their ids are fields of the filter language. */
export const COLUMN_CHOICES: readonly { readonly id: FilterField; readonly title: string; readonly width: string }[] = [
  { id: 'site', title: 'Site', width: '140px' },
  { id: 'status', title: 'Status', width: '64px' },
  { id: 'ip', title: 'Client address', width: '130px' },
  { id: 'user', title: 'User', width: '110px' },
  { id: 'ua', title: 'User agent', width: '220px' },
  { id: 'bytes', title: 'Bytes sent', width: '88px' },
  { id: 'taken', title: 'Time taken', width: '88px' },
];

/** The value of an added column; '' where the record has none. */
export function columnValue(event: TimelineEvent, column: FilterField): string {
  if (column === 'site') return event.site ?? '';
  const value = event.fields.find((f) => filterField(f.name) === column)?.value ?? '';
  return value === '-' ? '' : value;
}
