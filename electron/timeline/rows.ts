import type { EventSource, Fidelity, TimelineEvent, TimeMeaning } from '../../shared/model/index.ts';
import { instantText } from '../../shared/time/instant.ts';
import { parseZone } from '../../shared/time/zone.ts';
import type { Connection, Row, Value } from '../store/store.ts';
import { ip4Text } from './address.ts';
import { eventId } from './event-id.ts';
import { LogLines } from './log-lines.ts';
import { LOG_MEANINGS, LOG_SOURCES } from './log-source.ts';
import { LogTexts } from './log-texts.ts';
import { UTC_DATE, UTC_TIME } from './named-test.ts';
import { requestMessage, requestWhat } from './request-text.ts';
import { EXTRA_SEPARATOR } from './spool-format.ts';

interface Layout {
  readonly names: readonly string[];
  readonly columns: readonly string[];
  readonly kept: ReadonlyMap<number, number>;
}

/** What is told of the file that an event is in. */
interface EventFile {
  readonly path: string | null;
  readonly evidencePath: string;
  readonly sha256: string;
  readonly server: string | null;
  readonly site: string | null;
  readonly zoneAssumed: boolean;
  /** Its rows write the time of a place, which is not kept beside the moment. */
  readonly local: boolean;
}

const NO_FILE: EventFile = { path: null, evidencePath: '', sha256: '', server: null, site: null, zoneAssumed: false, local: false };

/** Columns of a page (see `pageSql`) that hold ids of texts. */
const TEXTS = ['host', 'method', 'uri', 'query', 'ip', 'user', 'ua', 'referer', 'log_extra', 'log_site'];
const MAX_LAYOUTS = 10_000;
/** A log with this name writes its times with an offset from UTC in each row. */
const OFFSET_NAME = 'x-utc-offset';

/** Makes events of the rows of a page. What rows share (texts, layouts) is read once and remembered within bounds. */
export class EventRows {
  readonly #connection: Connection;
  readonly #texts: LogTexts;
  readonly #layouts = new Map<bigint, Layout>();

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#texts = new LogTexts(connection);
  }

  async toEvents(rows: readonly Row[]): Promise<TimelineEvent[]> {
    return rows.map(await this.reader(rows));
  }

  /** Reads what these rows need at once; each event is then made when it is wanted. */
  async reader(rows: readonly Row[]): Promise<(row: Row) => TimelineEvent> {
    await this.#loadLayouts(rows);
    const texts = await this.#texts.of(rows, TEXTS);
    const lines = await LogLines.of(this.#connection, rows);
    const files = await this.#files(rows);
    return (row) => {
      const file = files.get(row['file_id'] as bigint) ?? NO_FILE;
      return row['log_source'] === null ? otherEvent(row, file) : this.#logEvent(row, file, texts, lines);
    };
  }

  async #files(rows: readonly Row[]): Promise<ReadonlyMap<bigint, EventFile>> {
    const ids = new Set(rows.map((row) => row['file_id'] as bigint));
    if (ids.size === 0) return new Map();
    const found = await this.#connection.all(`select file_id, path, evidence_path, sha256, server, site, zone, zone_assumed from event_file where file_id in (${[...ids].join(', ')})`);
    return new Map(found.map((row) => [row['file_id'] as bigint, {
      path: text(row, 'path'), evidencePath: text(row, 'evidence_path') ?? '', sha256: text(row, 'sha256') ?? '', server: text(row, 'server'), site: text(row, 'site'), zoneAssumed: row['zone_assumed'] === true, local: isLocal(text(row, 'zone')),
    }]));
  }

  async #loadLayouts(rows: readonly Row[]): Promise<void> {
    const wanted = new Set(rows.map((row) => row['layout']).filter((id): id is bigint => typeof id === 'bigint' && !this.#layouts.has(id)));
    if (wanted.size === 0) return;
    if (this.#layouts.size > MAX_LAYOUTS) this.#layouts.clear();
    const found = await this.#connection.all(`select id, names, columns, kept from event_layout where id in (${[...wanted].join(', ')})`);
    for (const row of found) {
      const kept = text(row, 'kept') ?? '';
      this.#layouts.set(row['id'] as bigint, {
        names: (text(row, 'names') ?? '').split(EXTRA_SEPARATOR),
        columns: (text(row, 'columns') ?? '').split(','),
        kept: new Map(kept === '' ? [] : kept.split(',').map((at, i) => [Number(at), i])),
      });
    }
  }

  #logEvent(row: Row, file: EventFile, texts: (id: number) => string | undefined, lines: LogLines): TimelineEvent {
    const read = (name: string): string | null => {
      const id = row[name];
      return typeof id === 'number' ? (texts(id) ?? null) : null;
    };
    const ip4 = row['ip4'];
    const values = {
      method: read('method'), uri: read('uri'), query: read('query'), status: number(row, 'status'), taken: number(row, 'taken'), ip: typeof ip4 === 'number' ? ip4Text(ip4) : read('ip'),
    };
    const source = Number(row['log_source']);
    const instant = momentOf(row);
    const line = lines.of(row);
    const shown = (column: string): Value => (column in values ? values[column as keyof typeof values] : TEXTS.includes(column) ? read(column) : (row[column] ?? null));
    return {
      id: idOf(row),
      time: instant,
      timeMeaning: LOG_MEANINGS[source] ?? 'request-finished',
      fidelity: instant === null ? 'order-only' : file.zoneAssumed ? 'zone-assumed' : 'exact',
      source: LOG_SOURCES[source] ?? 'iis-log',
      what: requestWhat(values),
      message: requestMessage(values),
      server: file.server,
      site: read('log_site') ?? file.site,
      fields: this.#logFields(row, instant, file.local, read('log_extra') ?? '', (column) => (column === 'site' ? read('log_site') : shown(column))),
      ref: { path: file.path, evidencePath: file.evidencePath, ...(line === null ? {} : { line }), offset: Number(row['off']), ...lengthOf(row), sha256: file.sha256 },
      tags: [],
    };
  }

  /**
   * The record as the log has it: its names, in its order, its values undecoded, `-` where it had none. Date and time are
   * those of the moment in UTC: where the log wrote others, the names say so.
   */
  #logFields(row: Row, instant: string | null, inLocalFile: boolean, kept: string, value: (column: string) => Value): TimelineEvent['fields'] {
    const layout = this.#layouts.get(row['layout'] as bigint);
    if (layout === undefined) return [];
    const extra = kept.split(EXTRA_SEPARATOR);
    // An offset can make years beyond 9999, which have more digits.
    const day = instant?.indexOf('T') ?? 0;
    const local = inLocalFile || layout.names.includes(OFFSET_NAME);
    return layout.names.map((name, i) => {
      const at = layout.kept.get(i);
      if (at !== undefined) return { name, value: extra[at] ?? '' };
      const column = layout.columns[i] ?? '';
      if (column === 'date') return { name: local ? UTC_DATE : name, value: instant?.slice(0, day) ?? '-' };
      if (column === 'clock') return { name: local ? UTC_TIME : name, value: instant?.slice(day + 1, day + 9) ?? '-' };
      return { name, value: String(value(column) ?? '-') };
    });
  }
}

function isLocal(zone: string | null): boolean {
  return zone !== null && parseZone(zone)?.kind !== 'utc';
}

function otherEvent(row: Row, file: EventFile): TimelineEvent {
  const line = row['line'];
  const column = row['col'];
  return {
    id: idOf(row),
    time: momentOf(row),
    timeMeaning: row['meaning'] as TimeMeaning,
    fidelity: row['fidelity'] as Fidelity,
    source: row['source'] as EventSource,
    what: text(row, 'what') ?? '',
    message: text(row, 'message') ?? '',
    server: text(row, 'server'),
    site: text(row, 'site'),
    fields: ownFields(row),
    ref: {
      path: file.path, evidencePath: file.evidencePath, ...(typeof line === 'number' ? { line } : {}), ...(typeof column === 'number' ? { column } : {}),
      offset: Number(row['off']), ...lengthOf(row), sha256: file.sha256,
    },
    tags: [],
  };
}

function idOf(row: Row): string {
  return eventId({ fileId: row['file_id'] as bigint, off: row['off'] as bigint, seq: Number(row['seq']) });
}

let lastTime: { readonly ticks: bigint; readonly text: string } = { ticks: 0n, text: instantText(0n) };

/** Rows of one moment follow each other: its text is made once. */
function momentOf(row: Row): string | null {
  const time = row['time'];
  if (typeof time !== 'bigint') return null;
  if (time !== lastTime.ticks) lastTime = { ticks: time, text: instantText(time) };
  return lastTime.text;
}

function lengthOf(row: Row): { length?: number } {
  const length = row['length'];
  return typeof length === 'number' ? { length } : {};
}

function ownFields(row: Row): TimelineEvent['fields'] {
  const json = text(row, 'extra');
  if (json === null) return [];
  return (JSON.parse(json) as [string, string][]).map(([name, value]) => ({ name, value }));
}

function number(row: Row, name: string): number | null {
  const value = row[name];
  return value === null || value === undefined ? null : Number(value);
}

function text(row: Row, name: string): string | null {
  const value = row[name];
  return typeof value === 'string' ? value : null;
}
