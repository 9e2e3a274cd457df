import type { EventSource, Fidelity, TimelineEvent, TimeMeaning } from '../../shared/model/index.ts';
import { instantText } from '../../shared/time/instant.ts';
import type { Connection, Row, Value } from '../store/store.ts';
import { eventId } from './event-id.ts';
import { MESSAGE_SQL, WHAT_SQL } from './request-text.ts';
import { EVENTS_SQL } from './schema.ts';
import { EXTRA_SEPARATOR } from './spool-format.ts';

/** The order of the timeline, everywhere. */
export const ORDER_SQL = 'e.time nulls last, e.file_id, e.off, e.seq';
export const FROM_SQL = `${EVENTS_SQL} e left join event_file f on f.file_id = e.file_id`;
export const COLUMNS_SQL = `e.*, ${WHAT_SQL} as shown_what, ${MESSAGE_SQL} as shown_message, f.evidence_path, f.path as file_path, f.sha256`;

interface Layout {
  readonly names: readonly string[];
  readonly columns: readonly string[];
  readonly kept: ReadonlyMap<number, number>;
}

/** Makes events of rows selected with COLUMNS_SQL. Layouts of log rows are read once and remembered. */
export class EventRows {
  readonly #connection: Connection;
  readonly #layouts = new Map<bigint, Layout>();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async toEvents(rows: readonly Row[]): Promise<TimelineEvent[]> {
    await this.#loadLayouts(rows);
    return rows.map((row) => this.#toEvent(row));
  }

  async #loadLayouts(rows: readonly Row[]): Promise<void> {
    const wanted = new Set(rows.map((row) => row['layout']).filter((id): id is bigint => typeof id === 'bigint' && !this.#layouts.has(id)));
    if (wanted.size === 0) return;
    if (this.#layouts.size > 10_000) this.#layouts.clear();
    const ids = [...wanted];
    const found = await this.#connection.all(`select id, names, columns, kept from event_layout where id in (${ids.map((_, i) => `$${i + 1}`).join(', ')})`, ids);
    for (const row of found) {
      const kept = text(row, 'kept') ?? '';
      this.#layouts.set(row['id'] as bigint, {
        names: (text(row, 'names') ?? '').split(EXTRA_SEPARATOR),
        columns: (text(row, 'columns') ?? '').split(','),
        kept: new Map(kept === '' ? [] : kept.split(',').map((at, i) => [Number(at), i])),
      });
    }
  }

  #toEvent(row: Row): TimelineEvent {
    const time = row['time'];
    const instant = typeof time === 'bigint' ? instantText(time) : null;
    const file = { path: text(row, 'file_path'), evidencePath: text(row, 'evidence_path') ?? '' };
    const line = row['line'];
    const column = row['col'];
    const length = row['length'];
    return {
      id: eventId({ fileId: row['file_id'] as bigint, off: row['off'] as bigint, seq: Number(row['seq']) }),
      time: instant,
      timeMeaning: row['meaning'] as TimeMeaning,
      fidelity: row['fidelity'] as Fidelity,
      source: row['source'] as EventSource,
      what: text(row, 'shown_what') ?? '',
      message: text(row, 'shown_message') ?? '',
      server: text(row, 'server'),
      site: text(row, 'site'),
      fields: row['source'] === 'iis-log' ? this.#logFields(row, instant) : otherFields(row),
      ref: {
        ...file,
        ...(typeof line === 'number' ? { line } : {}),
        ...(typeof column === 'number' ? { column } : {}),
        offset: Number(row['off']),
        ...(typeof length === 'number' ? { length } : {}),
        sha256: text(row, 'sha256') ?? '',
      },
      tags: [],
    };
  }

  /** The record as the log has it: its names, in its order, its values undecoded, `-` where it had none. */
  #logFields(row: Row, instant: string | null): TimelineEvent['fields'] {
    const layout = this.#layouts.get(row['layout'] as bigint);
    if (layout === undefined) return [];
    const extra = (text(row, 'extra') ?? '').split(EXTRA_SEPARATOR);
    return layout.names.map((name, i) => {
      const at = layout.kept.get(i);
      if (at !== undefined) return { name, value: extra[at] ?? '' };
      const column = layout.columns[i] ?? '';
      if (column === 'date') return { name, value: instant?.slice(0, 10) ?? '-' };
      if (column === 'clock') return { name, value: instant?.slice(11, 19) ?? '-' };
      return { name, value: shown(row[column] ?? null) };
    });
  }
}

function otherFields(row: Row): TimelineEvent['fields'] {
  const json = text(row, 'extra');
  if (json === null) return [];
  return (JSON.parse(json) as [string, string][]).map(([name, value]) => ({ name, value }));
}

function shown(value: Value): string {
  return value === null ? '-' : String(value);
}

function text(row: Row, name: string): string | null {
  const value = row[name];
  return typeof value === 'string' ? value : null;
}
