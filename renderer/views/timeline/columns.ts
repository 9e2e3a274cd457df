import { FILTER_FIELDS, type FilterField } from '../../../shared/query/index.ts';
import type { TimelineEvent } from '../../state/timeline-pages.ts';
import type { FieldName } from './terms.ts';

/** W3C field names (and our own) to fields of the filter language. */
const BY_NAME: ReadonlyMap<string, FilterField> = new Map<string, FilterField>([
  ['cs-method', 'method'], ['cs-uri-stem', 'uri'], ['cs-uri-query', 'query'], ['sc-status', 'status'], ['sc-substatus', 'substatus'],
  ['sc-win32-status', 'win32'], ['c-ip', 'ip'], ['cs-username', 'user'], ['cs(user-agent)', 'ua'], ['cs(referer)', 'referer'], ['sc-bytes', 'bytes'], ['cs-bytes', 'received'],
  ['time-taken', 'taken'], ['s-port', 'port'], ['cs-host', 'host'], ['s-sitename', 'site'], ['component', 'component'], ['name', 'component'], ['path', 'path'],
]);
/** Their moments are the event's own. */
const TIMES: ReadonlySet<string> = new Set(['date', 'time']);
/** Sources whose fields stand in the file under a name of their own. */
const LOGS: ReadonlySet<string> = new Set(['iis-log', 'httperr', 'ftp-log']);

/** The filter field that a field of a record is searched by, or null when the language has none for it. */
export function filterField(name: string): FilterField | null {
  const low = name.toLowerCase();
  return BY_NAME.get(low) ?? FILTER_FIELDS.find((f) => f === low && f !== 'log') ?? null;
}

/** The same, with `log.NAME` for a field of a log that the language has no field of its own for. */
export function fieldOf(event: Pick<TimelineEvent, 'source'>, name: string): FieldName | null {
  return filterField(name) ?? (LOGS.has(event.source) && !TIMES.has(name.toLowerCase()) && /^[^\s:"]+$/.test(name) ? `log.${name}` : null);
}

export interface ColumnChoice {
  readonly id: FieldName;
  readonly title: string;
  readonly width: string;
}

/** Columns that can be added to the list; their ids are fields of the filter language. */
export const COLUMN_CHOICES: readonly ColumnChoice[] = [
  { id: 'server', title: 'Server', width: '120px' },
  { id: 'site', title: 'Site', width: '140px' },
  { id: 'host', title: 'Host name', width: '150px' },
  { id: 'method', title: 'Method', width: '72px' },
  { id: 'uri', title: 'Path of the URL', width: '220px' },
  { id: 'query', title: 'Query', width: '180px' },
  { id: 'status', title: 'Status', width: '64px' },
  { id: 'substatus', title: 'Substatus', width: '76px' },
  { id: 'win32', title: 'Win32 status', width: '92px' },
  { id: 'ip', title: 'Client address', width: '130px' },
  { id: 'user', title: 'User', width: '110px' },
  { id: 'ua', title: 'User agent', width: '220px' },
  { id: 'referer', title: 'Referer', width: '200px' },
  { id: 'bytes', title: 'Bytes sent', width: '88px' },
  { id: 'received', title: 'Bytes received', width: '104px' },
  { id: 'taken', title: 'Time taken', width: '88px' },
  { id: 'port', title: 'Port', width: '64px' },
];

/** The choices of now: the fixed ones, and the logs' own fields as the rows at hand and the earlier choice name them. */
export function columnChoices(logFields: readonly string[], chosen: readonly string[]): readonly ColumnChoice[] {
  const own = [...logFields.map((n) => `log.${n}`), ...chosen.filter((id) => id.startsWith('log.'))];
  return [...COLUMN_CHOICES, ...[...new Set(own)].map((id): ColumnChoice => ({ id: id as FieldName, title: id.slice(4), width: '160px' }))];
}

/** Names in `#Fields` of these rows that the language has no field of its own for, in the order in which they are met. */
export function logFieldsOf(events: readonly TimelineEvent[]): readonly string[] {
  const names = new Map<string, string>();
  for (const event of events) {
    for (const { name } of event.fields) {
      const field = fieldOf(event, name);
      if (field?.startsWith('log.') === true) names.set(name.toLowerCase(), names.get(name.toLowerCase()) ?? name);
    }
  }
  return [...names.values()];
}

/** The value of an added column; '' where the record has none. */
export function columnValue(event: TimelineEvent, column: FieldName): string {
  if (column === 'site') return event.site ?? '';
  if (column === 'server') return event.server ?? '';
  const value = event.fields.find((f) => (column.startsWith('log.') ? `log.${f.name}`.toLowerCase() === column.toLowerCase() : filterField(f.name) === column))?.value ?? '';
  return value === '-' ? '' : value;
}
