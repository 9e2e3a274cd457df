import type { Connection } from '../../store/store.ts';
import { quoteText } from '../../store/ddl.ts';
import { TEXT_KINDS } from '../schema.ts';
import { FILES_SQL, SITE_SQL, idList, methodIds } from './files.ts';
import { type RowSighting, Sightings, keyOf, number, textOf } from './sighting.ts';

/** How crawlers, other robots and search engines are told, as patterns over folded text. */
export interface CrawlerPatterns {
  /** Agents of search engines. */
  readonly crawlers: string;
  /** Agents of other programs: neither crawler nor visitor. */
  readonly programs: string;
  /** Referers of search engines. */
  readonly searches: string;
}

/** Rows of a kind of visitor that make a comparison. */
const MIN_ROWS = 3;
/** Answers of one kind among a kind of visitors: nine in ten. */
const MOST = 9;
const MAX_PATHS = 100;

/** How a kind of visitors was answered, on the days on which both kinds came. */
export interface Answers {
  readonly rows: number;
  /** Answers with content (200, 206, 304), elsewhere (301, 302, 303, 307, 308), not there (404, 410). */
  readonly content: number;
  readonly elsewhere: number;
  readonly absent: number;
  /** Least and greatest sc-bytes of answers with 200. */
  readonly least: number | null;
  readonly most: number | null;
}

/** One path, or one folder, that is answered to crawlers or to visitors from search engines otherwise than to others. */
export interface CrawlerSplit {
  readonly site: string | null;
  readonly path: string;
  /** The rows of all paths of this first folder are counted together. */
  readonly folder: boolean;
  /** Days that both kinds share. */
  readonly days: number;
  readonly crawlers: Answers;
  readonly searchers: Answers;
  readonly others: Answers;
  /** First row of a crawler, then of the others, then of those from search engines. */
  readonly first: string | null;
  readonly sightings: readonly RowSighting[];
}

const FOLDER = `regexp_extract(lower(t.value), '^(/[^/]+/)[^/]', 1)`;
const CONTENT = 'r.status in (200, 206, 304)';
const KINDS = ['crawlers', 'searchers', 'others'] as const;

/**
 * Paths and first folders where crawlers get content and visitors are sent away or told that there is nothing, or where
 * visitors who come from a search engine are sent away and others are not, on days on which both came; and paths whose
 * sc-bytes for crawlers and for others have no value in common. Only logs with an agent column can be asked.
 */
export async function crawlerSplits(connection: Connection, server: string | null, patterns: CrawlerPatterns): Promise<readonly CrawlerSplit[]> {
  // A form that is sent by POST answers with a redirect, and crawlers send none.
  const read = `r.method in (${idList([...(await methodIds(connection, ['GET', 'HEAD'])).values()].flat())})`;
  const kind = `case when a.crawler then 0 when s.id is not null then 1 else 2 end`;
  const visitors = `a as materialized (select id, regexp_matches(lower(value), ${quoteText(patterns.crawlers)}) as crawler, contains(lower(value), 'mozilla/') and not regexp_matches(lower(value), ${quoteText(patterns.programs)}) as browser from log_text where kind = ${TEXT_KINDS.ua}),
     s as materialized (select id from log_text where kind = ${TEXT_KINDS.referer} and regexp_matches(lower(value), ${quoteText(patterns.searches)}))`;
  const wanted = await roughSplits(connection, server, visitors, read);
  if (wanted.length === 0) return [];
  const rows = await connection.all(
    `with f as (${FILES_SQL}), ${visitors},
     w(rank, lane, site_id, folder, uri) as (values ${wanted.map((w) => `(${w.rank}, ${w.lane}, ${w.siteId ?? 'null'}::UINTEGER, ${w.folder}, ${w.uri}::UINTEGER)`).join(', ')}),
     named as materialized (select w.*, case when w.folder then ${FOLDER} else lower(t.value) end as what from w join log_text t on t.id = w.uri and t.kind = ${TEXT_KINDS.uri}),
     names as materialized (select what, folder, row_number() over () as name from (select distinct what, folder from named)),
     ids as materialized (
       select t.id as uri, n.name from log_text t join names n on not n.folder and n.what = lower(t.value) where t.kind = ${TEXT_KINDS.uri}
       union all select t.id, n.name from log_text t join names n on n.folder and n.what = ${FOLDER} where t.kind = ${TEXT_KINDS.uri}),
     ranks as materialized (select w.rank, hash(w.lane, w.site_id, n.name) as code from named w join names n on n.what = w.what and n.folder = w.folder),
     daily as materialized (
       select k.rank, (r.time // 864000000000)::INTEGER as day, ${kind} as kind, count(*) as n, count(*) filter (where ${CONTENT}) as content, count(*) filter (where r.status in (301, 302, 303, 307, 308)) as elsewhere, count(*) filter (where r.status in (404, 410)) as absent,
         min(r.bytes_sent) filter (where r.status = 200) as least, max(r.bytes_sent) filter (where r.status = 200) as most, min((r.time, r.file_id, r.off)) as place
       from request r join ids on ids.uri = r.uri join f on f.file_id = r.file_id join ranks k on k.code = hash(f.lane, r.site, ids.name) join a on a.id = r.ua and (a.crawler or a.browser) left join s on s.id = r.referer
       where r.source = 0 and ${read} and r.time is not null and r.status is not null group by all),
     days as (select rank, day from daily group by rank, day having count(*) filter (where kind = 0) > 0 and count(*) filter (where kind > 0) > 0),
     counted as (
       select h.rank, h.kind, sum(n)::BIGINT as n, sum(content)::BIGINT as content, sum(elsewhere)::BIGINT as elsewhere, sum(absent)::BIGINT as absent, min(least) as least, max(most) as most, count(*) as days, min(place) as place
       from daily h join days d on d.rank = h.rank and d.day = h.day group by h.rank, h.kind)
     select g.rank, g.what, g.folder, ${SITE_SQL} as site, c.kind, c.n, c.content, c.elsewhere, c.absent, c.least, c.most, c.days, c.place[2] as file_id, c.place[3] as off from counted c join named g on g.rank = c.rank order by g.rank, c.kind`,
    [server],
  );
  const groups = new Map<number, (typeof rows)[number][]>();
  for (const row of rows) groups.set(number(row, 'rank'), [...(groups.get(number(row, 'rank')) ?? []), row]);
  const odd = [...groups.values()].filter((own) => isSplit(own)).slice(0, MAX_PATHS);
  const sightings = await Sightings.of(connection, odd.flat().map((row) => keyOf(row)));
  return odd.map((own) => {
    const [row = {}] = own;
    const of = (k: number): Answers => answersOf(own.find((r) => number(r, 'kind') === k) ?? {});
    const seen = [0, 2, 1].flatMap((k) => own.filter((r) => number(r, 'kind') === k)).flatMap((r) => sightings.get(keyOf(r)) ?? []);
    return {
      site: textOf(row, 'site'), path: String(row['what']), folder: row['folder'] === true, days: Math.max(...own.map((r) => number(r, 'days'))),
      crawlers: of(0), searchers: of(1), others: of(2), first: seen.map((s) => s.time).filter((t) => t !== null).sort()[0] ?? null, sightings: seen,
    };
  });
}

/** A path or first folder, named by the id of one of its texts, that is worth counting by day. */
interface Rough { readonly rank: number; readonly lane: number; readonly siteId: number | null; readonly folder: boolean; readonly uri: number }

/** Over all days: what crawlers got content of and visitors were sent away from, and what has another size for crawlers. */
async function roughSplits(connection: Connection, server: string | null, visitors: string, read: string): Promise<readonly Rough[]> {
  const rows = await connection.all(
    `with f as (${FILES_SQL}), ${visitors},
     met as materialized (
       select f.lane, r.site as site_id, r.uri, count(*) filter (where a.crawler) as c_n, count(*) filter (where a.crawler and ${CONTENT}) as c_content, min(r.bytes_sent) filter (where a.crawler and r.status = 200) as c_least, max(r.bytes_sent) filter (where a.crawler and r.status = 200) as c_most,
         count(*) filter (where not a.crawler and s.id is not null) as s_away, count(*) filter (where not a.crawler and s.id is null) as o_away
       from request r join f on f.file_id = r.file_id join a on a.id = r.ua and (a.crawler or a.browser) left join s on s.id = r.referer
       where r.source = 0 and ${read} and r.uri is not null and r.status is not null and (a.crawler or r.status in (301, 302, 303, 307, 308, 404, 410)) group by all),
     named as materialized (select met.*, lower(t.value) as path, ${FOLDER} as folder from met join log_text t on t.id = met.uri and t.kind = ${TEXT_KINDS.uri}),
     asked as materialized (select lane, site_id, path, min(uri) as uri, sum(c_n)::BIGINT as c_n, sum(c_content)::BIGINT as c_content, min(c_least) as c_least, max(c_most) as c_most, sum(s_away)::BIGINT as s_away, sum(o_away)::BIGINT as o_away from named group by lane, site_id, path having c_n >= ${MIN_ROWS}),
     often as materialized (select hash(n.lane, n.site_id, n.uri) as code, n.lane, n.site_id, n.uri, n.path from named n join asked k on k.path = n.path and k.lane = n.lane and k.site_id is not distinct from n.site_id
       where k.c_content * 2 >= k.c_n and (k.s_away >= ${MIN_ROWS} or k.o_away >= ${MIN_ROWS} or k.c_n >= 10)),
     seen as materialized (
       select hash(f.lane, r.site, r.uri) as code, count(*) as n, count(s.id) as s_n, count(*) filter (where s.id is null and r.status = 200) as o_n, min(r.bytes_sent) filter (where s.id is null and r.status = 200) as o_least, max(r.bytes_sent) filter (where s.id is null and r.status = 200) as o_most
       from request r join f on f.file_id = r.file_id join a on a.id = r.ua and a.browser and not a.crawler left join s on s.id = r.referer
       where r.source = 0 and ${read} and r.status is not null and r.uri in (select uri from often) group by 1),
     visited as (select o.lane, o.site_id, o.path, sum(n)::BIGINT as n, sum(s_n)::BIGINT as s_n, sum(o_n)::BIGINT as o_n, min(o_least) as o_least, max(o_most) as o_most from often o join seen on seen.code = o.code group by o.lane, o.site_id, o.path),
     -- Folders of one site from which at least a third of all who are no crawlers were sent away.
     gone as materialized (select lane, site_id, folder, sum(c_n)::BIGINT as c_n, sum(s_away + o_away)::BIGINT as away from named where folder <> '' group by all having sum(c_n) >= ${MIN_ROWS} and sum(s_away + o_away) >= ${MIN_ROWS}),
     inside as materialized (select t.id, ${FOLDER} as folder from log_text t where t.kind = ${TEXT_KINDS.uri} and ${FOLDER} in (select folder from gone)),
     whole as (select f.lane, r.site as site_id, i.folder, count(*) as n from request r join inside i on i.id = r.uri join f on f.file_id = r.file_id where r.source = 0 and ${read} group by all),
     mostly as materialized (select hash(g.lane, g.site_id, g.folder) as code from gone g join whole w on w.folder = g.folder and w.lane = g.lane and w.site_id is not distinct from g.site_id where g.away * 3 >= w.n - g.c_n)
     select lane, site_id, folder, uri from (
       select k.lane, k.site_id, k.uri, false as folder, k.c_n, greatest(k.s_away, k.o_away) as away, k.path as what from asked k join visited v on v.path = k.path and v.lane = k.lane and v.site_id is not distinct from k.site_id
         where ((k.s_away + k.o_away) >= ${MIN_ROWS} and (k.s_away + k.o_away) * 2 >= v.n) or (k.s_away >= ${MIN_ROWS} and k.s_away * 2 >= v.s_n)
           or (k.c_n >= 10 and v.o_n >= 10 and k.c_content * 10 >= k.c_n * ${MOST} and (k.c_least > v.o_most * 1.25 or k.c_most * 1.25 < v.o_least))
       union all (select n.lane, n.site_id, min(n.uri), true, sum(n.c_n)::BIGINT as c_n, greatest(sum(n.s_away), sum(n.o_away))::BIGINT as away, n.folder from named n where hash(n.lane, n.site_id, n.folder) in (select code from mostly) group by n.lane, n.site_id, n.folder
         having c_n >= ${MIN_ROWS} and sum(n.c_content) * 2 >= c_n and away >= ${MIN_ROWS} order by away desc, n.folder, n.lane, n.site_id nulls first limit ${MAX_PATHS}))
     order by away desc, c_n desc, what, lane, site_id nulls first, folder limit ${MAX_PATHS * 5}`,
    [server],
  );
  return rows.map((row, i) => ({ rank: i + 1, lane: number(row, 'lane'), siteId: row['site_id'] === null ? null : number(row, 'site_id'), folder: row['folder'] === true, uri: number(row, 'uri') }));
}

function answersOf(row: Readonly<Record<string, unknown>>): Answers {
  const n = (column: string): number => Number(row[column] ?? 0);
  const optional = (column: string): number | null => (row[column] === null || row[column] === undefined ? null : n(column));
  return { rows: n('n'), content: n('content'), elsewhere: n('elsewhere'), absent: n('absent'), least: optional('least'), most: optional('most') };
}

const mostly = (part: number, of: number): boolean => of >= MIN_ROWS && part * 10 >= of * MOST;

function isSplit(own: readonly Readonly<Record<string, unknown>>[]): boolean {
  const [crawlers, searchers, others] = KINDS.map((_kind, k) => answersOf(own.find((r) => Number(r['kind']) === k) ?? {}));
  if (crawlers === undefined || searchers === undefined || others === undefined) return false;
  return splitOf({ crawlers, searchers, others }) !== null;
}

/** What differs: the status for crawlers, the status for visitors from search engines, or the size alone; null when nothing does. */
export function splitOf({ crawlers, searchers, others }: Pick<CrawlerSplit, (typeof KINDS)[number]>): 'crawlers' | 'searchers' | 'size' | null {
  const away = (a: Answers): number => a.elsewhere + a.absent;
  const visitors = { rows: searchers.rows + others.rows, away: away(searchers) + away(others) };
  if (mostly(crawlers.content, crawlers.rows) && mostly(visitors.away, visitors.rows)) return 'crawlers';
  if (mostly(searchers.elsewhere, searchers.rows) && mostly(others.content, others.rows)) return 'searchers';
  if (crawlers.rows < 10 || others.rows < 10 || !mostly(crawlers.content, crawlers.rows) || !mostly(others.content, others.rows)) return null;
  if (crawlers.least === null || crawlers.most === null || others.least === null || others.most === null) return null;
  return crawlers.least > others.most * 1.25 || crawlers.most * 1.25 < others.least ? 'size' : null;
}
