import type { EvidenceRef } from '../../../shared/model/index.ts';
import { instantText } from '../../../shared/time/instant.ts';
import type { Connection, Row } from '../../store/store.ts';

/** Where a row stands: the number of its file and the byte in it. */
export interface RowKey {
  readonly fileId: bigint;
  readonly off: bigint;
}

/** One row of a log that a question names. */
export interface RowSighting {
  /** UTC; null where the log gives no moment. */
  readonly time: string | null;
  /** The log writes local time and nobody has said its zone. */
  readonly assumed: boolean;
  readonly ref: EvidenceRef;
}

/** Columns `file_id` and `off` of an answer, under other names where `prefix` says so. */
export const keyOf = (row: Row, prefix = ''): RowKey => ({ fileId: row[`${prefix}file_id`] as bigint, off: row[`${prefix}off`] as bigint });

const name = ({ fileId, off }: RowKey): string => `${fileId} ${off}`;

/** Rows that one question looks up; each is a literal in the statement. */
const MAX_ROWS = 5000;

/** The places of rows, for at most 5,000 of them: what is beyond has no sighting. */
export class Sightings {
  readonly #known = new Map<string, RowSighting>();

  /** Looks up all rows that an answer names, in one go. */
  static async of(connection: Connection, keys: readonly RowKey[]): Promise<Sightings> {
    const out = new Sightings();
    const wanted = [...new Map(keys.map((key) => [name(key), key])).values()].slice(0, MAX_ROWS);
    if (wanted.length === 0) return out;
    const rows = await connection.all(
      `with w(file_id, off) as (values ${wanted.map(({ fileId, off }) => `(${fileId}::BIGINT, ${off}::BIGINT)`).join(', ')}), 
       r as (select q.file_id, q.off, q.line, q.length, q.time from request q join w on q.file_id = w.file_id and q.off = w.off)
       select r.file_id, r.off, r.length, r.time, case when s.file_id is null then r.line else r.line + s.line_base end as line,
         f.path, f.evidence_path, f.sha256, coalesce(f.zone_assumed, false) as assumed
       from r join event_file f on f.file_id = r.file_id left join event_stretch s on s.file_id = r.file_id and r.off >= s.begin and r.off < s."end"`,
    );
    for (const row of rows) out.#known.set(name(keyOf(row)), sighting(row));
    return out;
  }

  get(key: RowKey): RowSighting | null {
    return this.#known.get(name(key)) ?? null;
  }

  /** Those of the rows that were found, in their order. */
  all(keys: readonly RowKey[]): RowSighting[] {
    return keys.map((key) => this.get(key)).filter((s) => s !== null);
  }
}

function sighting(row: Row): RowSighting {
  const { time, line, length, path, off } = row;
  return {
    time: typeof time === 'bigint' ? instantText(time) : null,
    assumed: row['assumed'] === true,
    ref: {
      path: typeof path === 'string' ? path : null,
      evidencePath: String(row['evidence_path']),
      ...(line === null || line === undefined ? {} : { line: Number(line) }),
      offset: Number(off),
      ...(typeof length === 'number' ? { length } : {}),
      sha256: String(row['sha256']),
    },
  };
}

/** A column of ticks as UTC text. */
export const moment = (row: Row, column: string): string | null => (typeof row[column] === 'bigint' ? instantText(row[column]) : null);
export const number = (row: Row, column: string): number => Number(row[column] ?? 0);
export const textOf = (row: Row, column: string): string | null => (typeof row[column] === 'string' ? row[column] : null);
