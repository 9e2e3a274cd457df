import { bytesAsText } from '../../../shared/base/bytes-as-text.ts';
import { LOG_COLUMNS, MAX_FIELDS, type LogColumn } from './records.ts';

/** Names of `#Fields` (folded) that fill a column. Both spellings of Referer are in use. */
const COLUMN_OF = new Map<string, LogColumn>([
  ['cs-host', 'host'], ['cs(host)', 'host'], ['cs-method', 'method'], ['cs-uri-stem', 'uri'], ['cs-uri', 'uri'],
  ['cs-uri-query', 'query'], ['sc-status', 'status'], ['sc-substatus', 'substatus'], ['sc-win32-status', 'win32'],
  ['c-ip', 'ip'], ['cs-username', 'user'], ['cs(user-agent)', 'ua'], ['cs(referer)', 'referer'], ['cs(referrer)', 'referer'],
  ['sc-bytes', 'bytes_sent'], ['cs-bytes', 'bytes_recv'], ['time-taken', 'taken'], ['timetakenms', 'taken'], ['s-port', 'port'],
]);

/** What a `#Fields` line says about the lines below it. */
export interface FieldLayout {
  readonly names: readonly string[];
  /** By LOG_COLUMNS: position in `names`, or -1. Where a name stands twice, the first one counts. */
  readonly columnAt: readonly number[];
  /** Position of the UTC date and time, or -1. */
  readonly dateAt: number;
  readonly timeAt: number;
  /** Positions without a column, ascending. */
  readonly others: readonly number[];
}

export function fieldLayout(names: readonly string[]): FieldLayout {
  const folded = names.map((name) => name.toLowerCase());
  const columnAt = LOG_COLUMNS.map((column) => folded.findIndex((name) => COLUMN_OF.get(name) === column));
  const dateAt = firstOf(folded, 'date', 'date-utc');
  const timeAt = firstOf(folded, 'time', 'time-utc');
  const placed = new Set([...columnAt, dateAt, timeAt]);
  const others = names.map((_, i) => i).filter((i) => !placed.has(i));
  return { names, columnAt, dateAt, timeAt, others };
}

function firstOf(names: readonly string[], ...wanted: readonly string[]): number {
  return names.findIndex((name) => wanted.includes(name));
}

/** A directive line (W3C Extended Log File Format, "Directives"). */
export type Directive =
  | { readonly kind: 'fields'; readonly names: readonly string[] }
  | { readonly kind: 'too-many-fields' }
  | { readonly kind: 'date'; readonly day: string }
  | { readonly kind: 'other' };

/** @param line the bytes of a line that starts with `#`, without its end */
export function parseDirective(line: Uint8Array): Directive {
  const text = bytesAsText(line);
  const m = /^#([A-Za-z-]+):\s*(.*)$/s.exec(text);
  const name = (m?.[1] ?? '').toLowerCase();
  const value = m?.[2] ?? '';
  if (name === 'fields') {
    const names = value.split(/[ \t\r]+/).filter((n) => n !== '');
    return names.length > MAX_FIELDS ? { kind: 'too-many-fields' } : { kind: 'fields', names };
  }
  if (name === 'date' || name === 'start-date') {
    const day = /^(\d{4}-\d\d-\d\d)(?:[ T]|$)/.exec(value);
    if (day?.[1] !== undefined) return { kind: 'date', day: day[1] };
  }
  return { kind: 'other' };
}
