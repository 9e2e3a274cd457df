import type { Connection } from '../../store/store.ts';
import { TEXT_KINDS } from '../schema.ts';

/**
 * The site logs of the server `$1`, each with a small number for its site: to stand in a `with`, as `f`. Only rows that
 * HTTP.sys wrote for a site; what it refused itself is in HTTPERR.
 */
export const FILES_SQL = `select file_id, site, dense_rank() over (order by site nulls first) as lane from event_file where server is not distinct from $1 and format is not null and coalesce(source, 0) = 0`;

/** The site of a group that has `lane` and `site_id` (filled in central logs), as text. */
export const SITE_SQL = `coalesce((select value from log_text where id = g.site_id and kind = ${TEXT_KINDS.site}), (select min(site) from f where f.lane = g.lane))`;

/** Ids that a statement takes for one method: one text may have several, and clients write it in any case. */
const MAX_IDS = 1000;

/** Ids of methods by their name in capitals. */
export async function methodIds(connection: Connection, names: readonly string[]): Promise<ReadonlyMap<string, readonly number[]>> {
  const rows = await connection.all(`select upper(value) as name, id from log_text where kind = ${TEXT_KINDS.method} and length(value) < 20 order by id`);
  const out = new Map<string, number[]>(names.map((name) => [name, []]));
  for (const row of rows) {
    const ids = out.get(String(row['name']));
    if (ids !== undefined && ids.length < MAX_IDS) ids.push(Number(row['id']));
  }
  return out;
}

/** A list for `in (...)`; ids start at 1, so that 0 stands for none. */
export const idList = (ids: readonly number[]): string => (ids.length === 0 ? '0' : ids.join(', '));

export const TICKS_PER_HOUR = 36_000_000_000n;
export const TICKS_PER_DAY = 864_000_000_000n;
