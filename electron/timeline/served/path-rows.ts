import { instantText } from '../../../shared/time/instant.ts';
import type { Connection, Row } from '../../store/store.ts';
import { eventId } from '../event-id.ts';
import { TEXT_KINDS } from '../schema.ts';

/** Rows of one path and of what lies below it, in the logs of one kind. */
export interface PathRows {
  readonly rows: number;
  /** UTC, or null. */
  readonly first: string | null;
  readonly last: string | null;
  /** Id of the first row; null without any. */
  readonly event: string | null;
}

export interface RowsOfPath {
  readonly logged: PathRows;
  /** In HTTPERR, which HTTP.sys writes whatever the settings of a site are. */
  readonly errors: PathRows;
  /** Paths as requested, those with most rows first. */
  readonly paths: readonly string[];
}

const NONE: PathRows = { rows: 0, first: null, last: null, event: null };
const MAX_PATHS = 5;

/**
 * Rows of a path of one site, compared without letter case as IIS does. Logs that name no site count too: HTTPERR is one
 * for all of them.
 * @param path `/owa/auth`, without a slash at the end
 */
export async function rowsOfPath(connection: Connection, server: string | null, site: string, path: string): Promise<RowsOfPath> {
  const found = `with f as (select file_id from event_file where server is not distinct from $1 and format is not null and (site is null or site = $2)),
     u as (select id, value from log_text where kind = ${TEXT_KINDS.uri} and (lower(value) = lower($3) or starts_with(lower(value), lower($3) || '/'))),
     r as (select q.source, q.file_id, q.off, q.time, u.value from request q join f on f.file_id = q.file_id join u on u.id = q.uri where q.source in (0, 1))`;
  const params = [server, site, path];
  const rows = await connection.all(`${found} select source, count(*) as n, min(time) as first, max(time) as last, struct_extract(min((time, file_id, off)), 2) as file_id, struct_extract(min((time, file_id, off)), 3) as off from r group by source`, params);
  const paths = await connection.all(`${found} select value, count(*) as n from r group by value order by n desc, value limit ${MAX_PATHS}`, params);
  const of = (source: number): PathRows => {
    const row = rows.find((one) => Number(one['source']) === source);
    return row === undefined ? NONE : asPathRows(row);
  };
  return { logged: of(0), errors: of(1), paths: paths.map((row) => String(row['value'])) };
}

function asPathRows(row: Row): PathRows {
  const moment = (value: unknown): string | null => (typeof value === 'bigint' ? instantText(value) : null);
  return { rows: Number(row['n']), first: moment(row['first']), last: moment(row['last']), event: eventId({ fileId: row['file_id'] as bigint, off: row['off'] as bigint, seq: 0 }) };
}
