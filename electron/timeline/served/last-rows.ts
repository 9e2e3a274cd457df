import type { Connection } from '../../store/store.ts';
import { TEXT_KINDS } from '../schema.ts';

/** Ticks of the last row of each site, by its name as answered paths have it; '' where nothing names one. */
export async function lastRows(connection: Connection, server: string | null): Promise<ReadonlyMap<string, bigint>> {
  const rows = await connection.all(
    `with f as (select file_id, site from event_file where server is not distinct from $1 and format is not null and coalesce(source, 0) = 0),
     g as (select f.site as file_site, r.site as site_id, max(r.time) as last from request r join f on f.file_id = r.file_id where r.source = 0 and r.time is not null group by all)
     select coalesce(s.value, g.file_site, '') as site, max(g.last) as last from g left join log_text s on s.id = g.site_id and s.kind = ${TEXT_KINDS.site} group by 1 order by 1`,
    [server],
  );
  return new Map(rows.flatMap((row) => (typeof row['last'] === 'bigint' ? [[String(row['site']), row['last']] as const] : [])));
}
