import type { Connection } from '../../store/store.ts';
import { TEXT_KINDS } from '../../timeline/schema.ts';
import { EXTRA_SEPARATOR } from '../../timeline/spool-format.ts';
import type { Entry, Hit } from './entry.ts';
import type { IndicatorIndex } from './indicator-index.ts';
import { hitsOf, SHOWN_ROWS } from './log-hits.ts';

const MAX_PLACES = 200;

/** Rows in which a header of the list has a value: a log shows a header only where it was set up as a custom field. */
export async function headerHits(connection: Connection, index: IndicatorIndex): Promise<Hit[]> {
  if (!index.hasAny('header')) return [];
  const layouts = await connection.all('select id, names, kept from event_layout order by id limit 10000');
  const hits = new Map<string, Hit>();
  const places = layouts.flatMap((row) => placesIn(index, row['id'] as bigint, String(row['names']), String(row['kept']))).slice(0, MAX_PLACES);
  for (const { layout, nth, entry, name } of places) {
    const rows = await connection.all(
      `select f.server, count(*) as n, count(*) filter (where r.status < 400) as answered, min(r.time) as first, max(r.time) as last,
         min({'t': coalesce(r.time, ${(1n << 63n) - 1n}), 'f': r.file_id, 'o': r.off}, ${SHOWN_ROWS})::VARCHAR as places, min(f.site) as site, max(f.site) as other
       from request r join event_file f on f.file_id = r.file_id join log_text t on t.id = r.extra and t.kind = ${TEXT_KINDS.extra}
       where r.layout = ${layout} and split_part(t.value, chr(31), ${nth + 1}) not in ('-', '') group by f.server order by f.server limit 100`);
    for (const hit of await hitsOf(connection, rows, () => entry, `${name} has a value in`)) if (!hits.has(hit.about)) hits.set(hit.about, hit);
  }
  return [...hits.values()];
}

function placesIn(index: IndicatorIndex, layout: bigint, names: string, kept: string): { layout: bigint; nth: number; entry: Entry; name: string }[] {
  const all = names.split(EXTRA_SEPARATOR);
  return (kept === '' ? [] : kept.split(',')).flatMap((position, nth) => {
    const name = all[Number(position)] ?? '';
    return index.exact('header', name).map((entry) => ({ layout, nth, entry, name }));
  });
}
