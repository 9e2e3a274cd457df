import { csvLine } from '../../base/csv.ts';
import { TIME_MEANINGS, type TimelineEvent } from '../../model/index.ts';
import type { EventRow } from './documents.ts';

export type EventFormat = 'jsonl' | 'csv';

/** The columns of the CSV form, as its first line. */
export const EVENT_CSV_HEAD = csvLine(['id', 'time', 'timeMeaning', 'source', 'what', 'message', 'server', 'site', 'path', 'evidencePath', 'offset', 'line', 'sha256']);

/** An event as the contract's rows have it. A log may name a field twice: the second value stands under `name (2)`, so that none hides another. */
export function eventRow(e: TimelineEvent): EventRow {
  const fields: Record<string, string> = {};
  for (const { name, value } of e.fields) {
    const key = Object.hasOwn(fields, name) ? nextName(fields, name) : name;
    // A plain object is written faster than one without a prototype, and this one name is all that it cannot hold by itself.
    if (key === '__proto__') Object.defineProperty(fields, key, { value, enumerable: true, configurable: true, writable: true });
    else fields[key] = value;
  }
  return { id: e.id, time: e.time, timeMeaning: TIME_MEANINGS[e.timeMeaning], source: e.source, what: e.what, message: e.message, server: e.server, site: e.site, fields, ref: e.ref };
}

/** A reader gives no more than a thousand names, so looking for a free one is bounded. */
function nextName(fields: Readonly<Record<string, string>>, name: string): string {
  let n = 2;
  while (Object.hasOwn(fields, `${name} (${n})`)) n += 1;
  return `${name} (${n})`;
}

/** One line of an export, with its end. */
export function eventLine(e: TimelineEvent, format: EventFormat): string {
  if (format === 'jsonl') return `${JSON.stringify(eventRow(e))}\n`;
  return csvLine([e.id, e.time ?? '', TIME_MEANINGS[e.timeMeaning], e.source, e.what, e.message, e.server ?? '', e.site ?? '', e.ref.path ?? '', e.ref.evidencePath, String(e.ref.offset ?? ''), String(e.ref.line ?? ''), e.ref.sha256]);
}
