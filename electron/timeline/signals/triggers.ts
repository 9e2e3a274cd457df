import { quoteText } from '../../store/ddl.ts';
import type { Connection } from '../../store/store.ts';
import { TEXT_KINDS } from '../schema.ts';
import { EXTRA_SEPARATOR } from '../spool-format.ts';
import type { Clients } from './clients.ts';
import { FILES_SQL, SITE_SQL } from './files.ts';
import { type RowSighting, Sightings, keyOf, moment, number, textOf } from './sighting.ts';

export type TriggerColumn = 'uri' | 'query' | 'user' | 'extra';

/** What to look for: a pattern over the folded text of some columns, or a logged header that has any value. */
export interface TriggerPattern {
  readonly id: string;
  readonly columns: readonly TriggerColumn[];
  /** Ours, never of the evidence; in the syntax that RE2 and JavaScript share. */
  readonly pattern: string | null;
  /** Folded name of a request header that a log shows only as a custom field. */
  readonly field: string | null;
}

const ANSWERED = 'status < 400 and status not in (301, 308)';
const MAX_GROUPS = 200;
const MAX_CLIENTS = 10;
const MAX_ROWS = 5;

/** Rows of one site that one pattern meets. */
export interface TriggerHit {
  readonly id: string;
  readonly site: string | null;
  readonly rows: number;
  /** Rows with a status below 400 that is not a lasting redirect (301, 308): sites send whatever is asked to https so. */
  readonly answered: number;
  readonly posts: number;
  readonly paths: readonly string[];
  /** How many addresses, and at most ten of them, the busiest first. */
  readonly clientCount: number;
  readonly clients: readonly string[];
  /** What was met, in one of the rows. */
  readonly text: string;
  readonly first: string | null;
  readonly last: string | null;
  /** At most five: answered ones first, in order of time. */
  readonly sightings: readonly RowSighting[];
}

/** Rows with known texts of back doors, by pattern and site. */
export async function triggerHits(connection: Connection, server: string | null, clients: Clients, patterns: readonly TriggerPattern[]): Promise<readonly TriggerHit[]> {
  const places = await fieldPlaces(connection, patterns);
  const texts = patterns.flatMap((p, i) => (p.pattern === null ? [] : [{ i, pattern: p.pattern, kinds: p.columns.map((c) => TEXT_KINDS[c]) }]));
  const all = texts.map((t) => `(?:${t.pattern})`).join('|');
  const cases = texts.map((t) => `case when kind in (${t.kinds.join(', ')}) and regexp_matches(v, ${quoteText(t.pattern)}) then {'i': ${t.i}, 'text': regexp_extract(v, ${quoteText(t.pattern)}, 0)} end`);
  const fields = places.length === 0 ? 'select null::UINTEGER as id, null::BIGINT as layout, 0 as i, null::VARCHAR as text where false'
    : `select u.extra as id, u.layout, p.i, p.name || ': ' || string_split(t.value, '${EXTRA_SEPARATOR}')[p.nth + 1] as text
       from (select distinct layout, extra from request where layout in (${places.map((p) => p.layout).join(', ')}) and extra is not null) u
       join (values ${places.map((p) => `(${p.layout}::BIGINT, ${p.at}, ${p.i}, ${quoteText(p.name)})`).join(', ')}) p(layout, nth, i, name) on p.layout = u.layout
       join log_text t on t.id = u.extra and t.kind = ${TEXT_KINDS.extra} where string_split(t.value, '${EXTRA_SEPARATOR}')[p.nth + 1] not in ('-', '')`;
  const columns: readonly TriggerColumn[] = ['uri', 'query', 'user', 'extra'];
  const take = (column: string): string => `select h.i, h.text, r.file_id, r.off from request r join hit h on h.kind = ${TEXT_KINDS[column as TriggerColumn]} and h.id = r."${column}" where r.source = 0`;
  const rows = await connection.all(
    `with f as (${FILES_SQL}),
     t as materialized (select id, kind, lower(value) as v from log_text where kind in (${columns.map((c) => TEXT_KINDS[c]).join(', ')}) and regexp_matches(lower(value), ${quoteText(all)})),
     hit as materialized (select id, kind, x.i as i, x.text as text from (select id, kind, unnest([${cases.join(', ')}]) as x from t) where x is not null),
     field as materialized (${fields}),
     place as materialized (
       select i, file_id, off, min(text) as text from (
         ${columns.map(take).join(' union all ')}
         union all select d.i, d.text, r.file_id, r.off from request r join field d on d.id = r.extra and d.layout = r.layout where r.source = 0) group by i, file_id, off),
     own as materialized (
       select place.i, place.text, f.lane, r.site as site_id, r.uri, r.method, r.status, r.file_id, r.off, r.time, ${clients.sql} as client
       from request r join place on place.file_id = r.file_id and place.off = r.off join f on f.file_id = r.file_id${clients.join} where r.file_id in (select file_id from place)),
     g as materialized (
       select row_number() over (order by i, min(time), lane, site_id) as rank, i, lane, site_id, min(text) as text, count(*) as n, count(*) filter (where ${ANSWERED}) as answered,
         count(*) filter (where method in (select id from log_text where kind = ${TEXT_KINDS.method} and upper(value) = 'POST')) as posts, count(distinct client) as clients, min(time) as first, max(time) as last
       from own group by i, lane, site_id qualify rank <= ${MAX_GROUPS}),
     who as (select g.rank, own.client, row_number() over (partition by g.rank order by count(*) desc, own.client) as nth from own join g on g.i = own.i and g.lane = own.lane and g.site_id is not distinct from own.site_id where own.client is not null group by g.rank, own.client),
     p as (select distinct g.rank, lower(t.value) as v from own join g on g.i = own.i and g.lane = own.lane and g.site_id is not distinct from own.site_id join log_text t on t.id = own.uri and t.kind = ${TEXT_KINDS.uri}),
     shown as (
       select g.rank, own.file_id, own.off, row_number() over (partition by g.rank order by not coalesce(${ANSWERED}, false), own.time, own.file_id, own.off) as nth
       from own join g on g.i = own.i and g.lane = own.lane and g.site_id is not distinct from own.site_id)
     select g.rank, g.i, ${SITE_SQL} as site, g.text, g.n, g.answered, g.posts, g.clients, g.first, g.last, shown.file_id, shown.off,
       (select string_agg(client, ' ' order by nth) from who where who.rank = g.rank and nth <= ${MAX_CLIENTS}) as who, (select string_agg(v, '${EXTRA_SEPARATOR}' order by v) from (select v from p where p.rank = g.rank order by v limit 10)) as paths
     from g join shown on shown.rank = g.rank and shown.nth <= ${MAX_ROWS} order by g.rank, shown.nth`,
    [server],
  );
  const keys = (row: Readonly<Record<string, unknown>>): bigint[] => String(row['who'] ?? '').split(' ').filter((k) => k !== '').map(BigInt);
  const addresses = await clients.texts(rows.flatMap(keys));
  const sightings = await Sightings.of(connection, rows.map((row) => keyOf(row)));
  const groups = new Map<number, TriggerHit & { sightings: RowSighting[] }>();
  for (const row of rows) {
    const rank = number(row, 'rank');
    const group = groups.get(rank) ?? {
      id: patterns[number(row, 'i')]?.id ?? '', site: textOf(row, 'site'), rows: number(row, 'n'), answered: number(row, 'answered'), posts: number(row, 'posts'),
      paths: (textOf(row, 'paths') ?? '').split(EXTRA_SEPARATOR).filter((p) => p !== ''), clientCount: number(row, 'clients'), clients: keys(row).flatMap((k) => addresses.get(k) ?? []),
      text: (textOf(row, 'text') ?? '').replace(/^[\s?&;+]+/, '').replace(/&$/, ''), first: moment(row, 'first'), last: moment(row, 'last'), sightings: [],
    };
    groups.set(rank, group);
    const seen = sightings.get(keyOf(row));
    if (seen !== null) group.sightings.push(seen);
  }
  return [...groups.values()];
}

interface FieldPlace { readonly i: number; readonly name: string; readonly layout: bigint; readonly at: number }

/** Where layouts keep a header that a pattern asks for: `X-Name` or `cs(X-Name)`. */
async function fieldPlaces(connection: Connection, patterns: readonly TriggerPattern[]): Promise<readonly FieldPlace[]> {
  const wanted = new Map(patterns.flatMap((p, i) => (p.field === null ? [] : [[p.field, i] as const])));
  const rows = await connection.all('select id, names, kept from event_layout order by id limit 10000');
  return rows.flatMap((row) => {
    const names = String(row['names']).toLowerCase().split(EXTRA_SEPARATOR).map((name) => name.replace(/^cs\((.*)\)$/, '$1'));
    const kept = String(row['kept']);
    return (kept === '' ? [] : kept.split(',')).flatMap((position, at) => {
      const name = names[Number(position)] ?? '';
      const i = wanted.get(name);
      return i === undefined ? [] : [{ i, name, layout: row['id'] as bigint, at }];
    });
  });
}
