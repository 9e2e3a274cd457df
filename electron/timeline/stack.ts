import { FILTER_FIELDS, type FilterField } from '../../shared/query/ast.ts';
import { instantText } from '../../shared/time/instant.ts';
import type { Connection } from '../store/store.ts';
import { ip4TextSql } from './address.ts';
import { eventsWhere, requestsWhere } from './events-sql.ts';
import { EVENT_SQL } from './filter-sql.ts';
import { spanOf } from './histogram.ts';
import { LOG_SOURCES } from './log-source.ts';
import { momentSql, namedPlaces } from './named-test.ts';
import { NUMBER_COLUMNS } from './text-sql.ts';
import { MESSAGE_SQL, whatSql } from './request-text.ts';
import { TEXT_COLUMNS, TEXT_KINDS, type TextColumn } from './schema.ts';
import { isFalse, joined, raw, sql, type Sql } from './sql.ts';
import type { Selected, Selection } from './selection.ts';
import type { Timeline } from './timeline.ts';
import { writtenSet } from './value-set.ts';

export interface Stack {
  readonly rows: readonly { readonly value: string; readonly count: number; readonly first: string | null; readonly last: string | null; readonly spark: readonly number[] }[];
  readonly groups: number;
  readonly total: number;
  readonly first: string | null;
  readonly last: string | null;
}

let stacks = 0;

/** Parts of the span that a group's counts are told for. */
const SPARKS = 24;

/** What log rows are grouped by: whole numbers first, and how the text of a group is found afterwards. */
interface Grouping {
  /** Rows that are grouped so. */
  readonly where: Sql;
  /** Up to two whole numbers of the row; none for rows that are one group. */
  readonly keys: readonly string[];
  /** SQL of the text over a group `g(k1, k2)`, joined with `joins`. */
  readonly value: string;
  readonly joins: string;
  /** The text is made of whole rows. */
  readonly words?: boolean;
}

/**
 * Groups by a field of the filter language (also `log.NAME`), largest first, then by value.
 * An unknown field, `time` and `tag` have no groups.
 */
export function stack(timeline: Timeline, selection: Selection, field: string, limit: number): Promise<Stack> {
  return timeline.ask(selection, async (selected) => {
    const span = await spanOf(selected);
    const nothing = { rows: [], groups: 0, total: selected.index.total, first: textOf(span?.first), last: textOf(span?.last) };
    const groupings = await groupingsOf(selected.connection, field);
    if (groupings === null) return nothing;
    stacks += 1;
    const tables = { group: `stack_group_${stacks}`, top: `stack_top_${stacks}` };
    try {
      return { ...nothing, ...(await grouped(selected, tables, groupings, eventValue(field), Math.trunc(limit), span)) };
    } finally {
      await selected.connection.run(`drop table if exists ${tables.group}; drop table if exists ${tables.top}`);
    }
  });
}

async function grouped(
  { connection, condition, index }: Selected, tables: { readonly group: string; readonly top: string }, groupings: readonly Grouping[], event: string, limit: number, span: { readonly first: bigint; readonly last: bigint } | null,
): Promise<Pick<Stack, 'rows' | 'groups'>> {
  const run = (asked: Sql): Promise<void> => connection.run(asked.text, asked.params);
  const rowsOf = (g: Grouping): Sql => requestsWhere({ ...condition, words: condition.words || g.words === true }, index.rows, g.where);
  const keys = (g: Grouping): Sql => raw([0, 1].map((k) => `${g.keys[k] ?? 'null::BIGINT'} as k${k + 1}`).join(', '));
  const parts = groupings.map((g, i) => g.words === true
    ? sql`select ${i} as grouping, null::BIGINT as k1, null::BIGINT as k2, coalesce(${raw(g.value)}, '') as value, count(*) as n, min(r.time) as first, max(r.time) as last from ${rowsOf(g)} group by all having count(*) > 0`
    : sql`select ${i} as grouping, g.k1::BIGINT as k1, g.k2::BIGINT as k2, coalesce(${raw(g.value)}, '') as value, g.n, g.first, g.last
        from (select ${keys(g)}, count(*) as n, min(r.time) as first, max(r.time) as last from ${rowsOf(g)} group by all having count(*) > 0) g ${raw(g.joins)}`);
  const others = sql`select -1 as grouping, null::BIGINT as k1, null::BIGINT as k2, coalesce(cast(${raw(event)} as VARCHAR), '') as value, count(*) as n, min(e.time) as first, max(e.time) as last from ${eventsWhere(condition)} group by all having count(*) > 0`;
  await run(sql`create temp table ${raw(tables.group)} as ${joined([...(isFalse(condition.request) ? [] : parts), others], ' union all ')}`);
  await run(sql`create temp table ${raw(tables.top)} as
    select row_number() over (order by n desc, value) as i, * from (select value, sum(n)::BIGINT as n, min(first) as first, max(last) as last, count(*) over () as groups from ${raw(tables.group)} group by value)
    order by n desc, value limit ${limit}`);
  const rows = await connection.all(`select * from ${tables.top} order by i`);
  const sparks = rows.map(() => Array.from({ length: SPARKS }, () => 0));
  if (span !== null) {
    const width = (span.last - span.first) / BigInt(SPARKS) + 1n;
    const within = (alias: string): Sql => sql`${raw(alias)}.time between ${span.first} and ${span.last}`;
    const counts = sql`select part, i, sum(n)::BIGINT as n from (${joined([
      ...groupings.filter(() => !isFalse(condition.request)).map((g, at) => sql`
        select (x.time - ${span.first}) // ${width} as part, t.i, count(*) as n
        from (select ${g.words === true ? sql`coalesce(${raw(g.value)}, '') as v` : keys(g)}, r.time from ${requestsWhere({ ...condition, words: condition.words || g.words === true }, index.rows, sql`${g.where} and ${within('r')}`)}) x
        ${g.words === true ? raw(`join ${tables.top} t on t.value = x.v`) : sql`join ${raw(tables.group)} s on s.grouping = ${at} ${raw(['k1', 'k2'].slice(0, g.keys.length).map((k) => `and s.${k} is not distinct from x.${k}`).join(' '))} join ${raw(tables.top)} t on t.value = s.value`} group by all`),
      sql`select (e.time - ${span.first}) // ${width} as part, t.i, count(*) as n from ${raw(`${tables.top} t join `)} (select e.time, coalesce(cast(${raw(event)} as VARCHAR), '') as v from ${eventsWhere(condition, within('e'))}) e on e.v = t.value group by all`,
    ], ' union all ')}) group by all`;
    for (const row of await connection.all(counts.text, counts.params)) {
      const spark = sparks[Number(row['i']) - 1];
      if (spark !== undefined) spark[Number(row['part'])] = Number(row['n']);
    }
  }
  return {
    rows: rows.map((row, i) => ({ value: String(row['value']), count: Number(row['n']), first: textOf(row['first']), last: textOf(row['last']), spark: sparks[i] ?? [] })),
    groups: Number(rows[0]?.['groups'] ?? 0),
  };
}

const ALL: Sql = raw('true');
/** Behind the numbers of all IPv4 addresses: from here on ids of texts. */
const BEHIND_IP4 = 4_294_967_296;

/** The kind leaves all other texts unread. */
function joinText(column: TextColumn, id: string): string {
  return `left join log_text t on t.id = ${id} and t.kind = ${TEXT_KINDS[column]}`;
}

function byText(column: TextColumn, where = ALL, value = 't.value'): Grouping {
  return { where, keys: [`r."${column}"`], value, joins: joinText(column, 'g.k1') };
}

function byNumber(column: string, where = ALL): Grouping {
  return { where, keys: [`r.${column}`], value: 'cast(g.k1 as VARCHAR)', joins: '' };
}

function byAddress(where = ALL): Grouping {
  return {
    where, keys: [`coalesce(r.ip4::BIGINT, r.ip + ${BEHIND_IP4})`],
    value: `case when g.k1 < ${BEHIND_IP4} then ${ip4TextSql('g.k1')} else t.value end`, joins: joinText('ip', `g.k1 - ${BEHIND_IP4}`),
  };
}

function byFile(value: string): Grouping {
  return { where: ALL, keys: ['r.file_id', 'r.site'], value, joins: `left join event_file f on f.file_id = g.k1 ${joinText('site', 'g.k2')}` };
}

/** @returns null for a field without groups */
async function groupingsOf(connection: Connection, field: string): Promise<readonly Grouping[] | null> {
  if (field.startsWith('log.')) return namedGroupings(connection, field.slice(4));
  if (!(FILTER_FIELDS as readonly string[]).includes(field)) return null;
  const number = NUMBER_COLUMNS.get(field);
  if (number !== undefined) return [byNumber(number)];
  switch (field as FilterField) {
    case 'time':
    case 'tag':
    case 'log':
      return null;
    case 'ip':
      return [byAddress()];
    case 'source':
      return [{ where: ALL, keys: ['r.source'], value: `case g.k1 ${LOG_SOURCES.map((name, i) => `when ${i} then '${name}'`).join(' ')} end`, joins: '' }];
    case 'server':
    case 'path':
      return [byFile(`f.${field}`)];
    case 'site':
      return [byFile('coalesce(t.value, f.site)')];
    case 'component':
      return [{ where: ALL, keys: [], value: `''`, joins: '' }];
    case 'what':
      return [{
        where: ALL, keys: ['r.method', 'r.status'], value: whatSql('t.value', 'g.k2'), joins: joinText('method', 'g.k1'),
      }];
    case 'message':
      return [{ where: ALL, keys: [], value: MESSAGE_SQL, joins: '', words: true }];
    default:
      return [byText(field as TextColumn)];
  }
}

/** Each way in which a value of that name is kept, and the rows that have none. */
async function namedGroupings(connection: Connection, name: string): Promise<readonly Grouping[]> {
  const places = await namedPlaces(connection, name);
  const out = places.map(({ column, position, layouts }): Grouping => {
    const where = writtenSet(layouts).has('r.layout');
    if (column === 'extra') return byText('extra', where, `case split_part(t.value, chr(31), ${position + 1}) when '-' then '' else split_part(t.value, chr(31), ${position + 1}) end`);
    if (column === 'ip') return byAddress(where);
    const text = TEXT_COLUMNS.find((name) => name === column);
    if (text !== undefined) return byText(text, where);
    if ([...NUMBER_COLUMNS.values()].includes(column)) return byNumber(column, where);
    const value = column === 'date' || column === 'clock' ? momentSql(column).replace('r.time', 'g.k1 * 10000000') : `''`;
    return { where, keys: [column === 'clock' ? 'r.time // 10000000 % 86400' : 'r.time // 864000000000 * 86400'], value, joins: '' };
  });
  const known = writtenSet(places.flatMap((place) => place.layouts)).has('r.layout');
  return [...out, { where: isFalse(known) ? ALL : sql`not coalesce(${known}, false)`, keys: [], value: `''`, joins: '' }];
}

function eventValue(field: string): string {
  return EVENT_SQL.get(field as FilterField) ?? `''`;
}

function textOf(ticks: unknown): string | null {
  return typeof ticks === 'bigint' ? instantText(ticks) : null;
}
