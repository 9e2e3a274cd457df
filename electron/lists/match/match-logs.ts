import type { Connection } from '../../store/store.ts';
import { ip4Text } from '../../timeline/address.ts';
import { TEXT_KINDS, type TextColumn } from '../../timeline/schema.ts';
import { number } from '../../timeline/signals/sighting.ts';
import { fileName } from '../../knowledge/index.ts';
import type { Entry, Hit } from './entry.ts';
import type { IndicatorIndex } from './indicator-index.ts';
import { hitsOf, SHOWN_ROWS } from './log-hits.ts';
import { headerHits } from './match-headers.ts';

/** Pairs of a line and a text (or address) that it met; what is beyond is counted and not looked up. */
const MAX_PAIRS = 50_000;
const MAX_HITS = 5000;
const AT_ONCE = 4000;

/** `ip4` is a column of numbers, the others hold ids of texts. */
type Column = TextColumn | 'ip4';
const COLUMN_WORDS: Readonly<Record<string, string>> = {
  uri: 'is the path of', query: 'stands in the query of', ua: 'is the user agent of', referer: 'stands in the referer of', host: 'stands in the host of', user: 'stands in the user name of', extra: 'stands in further fields of', ip: 'is the client of', ip4: 'is the client of',
};

interface Pair { readonly entry: number; readonly column: Column; readonly id: number }
export interface LogMatches { readonly hits: readonly Hit[]; /** Texts that were met and not looked up. */ readonly left: number }

/**
 * Lines of lists in the rows of logs: every text of the dictionary is looked at once, then rows are found by their numbers.
 * @param connection of its own temporary tables; nothing else is asked on it meanwhile
 */
export async function matchLogs(connection: Connection, index: IndicatorIndex): Promise<LogMatches> {
  if (!index.hasAny('ip', 'url-path', 'file-name', 'user-agent', 'text', 'header')) return { hits: [], left: 0 };
  const pairs = new Pairs();
  if (index.hasAny('url-path', 'file-name', 'user-agent', 'text', 'ip')) await readDictionary(connection, index, pairs);
  if (index.hasAny('ip')) await readAddresses(connection, index, pairs);
  const hits = [...(await lookUp(connection, pairs)), ...(await headerHits(connection, index))];
  return { hits: hits.slice(0, MAX_HITS), left: pairs.left + Math.max(0, hits.length - MAX_HITS) };
}

class Pairs {
  readonly entries: Entry[] = [];
  readonly list: Pair[] = [];
  left = 0;
  readonly #numbers = new Map<Entry['indicator'], number>();

  add(entry: Entry, column: Column, id: number): void {
    if (this.list.length >= MAX_PAIRS) {
      this.left += 1;
      return;
    }
    let at = this.#numbers.get(entry.indicator);
    if (at === undefined) {
      at = this.entries.push(entry) - 1;
      this.#numbers.set(entry.indicator, at);
    }
    this.list.push({ entry: at, column, id });
  }
}

const TEXT_OF: ReadonlyMap<number, TextColumn> = new Map(Object.entries(TEXT_KINDS).map(([column, kind]) => [kind, column as TextColumn]));
const SEARCHED: readonly TextColumn[] = ['uri', 'query', 'ua', 'referer', 'host', 'user', 'extra'];

async function readDictionary(connection: Connection, index: IndicatorIndex, pairs: Pairs): Promise<void> {
  const kinds = [...SEARCHED, 'ip' as const].map((column) => TEXT_KINDS[column]).join(', ');
  for await (const rows of connection.stream(`select id, kind, value from log_text where kind in (${kinds}) order by id`)) {
    for (const row of rows) {
      const column = TEXT_OF.get(Number(row['kind']));
      if (column === undefined) continue;
      for (const entry of entriesOf(index, column, String(row['value']))) pairs.add(entry, column, Number(row['id']));
    }
  }
}

function entriesOf(index: IndicatorIndex, column: TextColumn, value: string): readonly Entry[] {
  if (column === 'ip') return index.address(value);
  const texts = index.texts(value);
  if (column === 'ua') return [...index.exact('user-agent', value), ...texts];
  if (column !== 'uri') return texts;
  const path = unescaped(value);
  const name = fileName(path);
  return [...index.exact('url-path', path), ...(name === '' || name === '/' ? [] : index.exact('file-name', name)), ...texts, ...(path === value ? [] : index.texts(path).filter((e) => !texts.includes(e)))];
}

/** Logs write some characters of a path as they came. */
function unescaped(path: string): string {
  if (!path.includes('%')) return path;
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

async function readAddresses(connection: Connection, index: IndicatorIndex, pairs: Pairs): Promise<void> {
  for await (const rows of connection.stream('select distinct ip4 from request where ip4 is not null order by ip4')) {
    for (const row of rows) {
      const ip4 = Number(row['ip4']);
      for (const entry of index.address(ip4Text(ip4))) pairs.add(entry, 'ip4', ip4);
    }
  }
}

let tables = 0;

async function lookUp(connection: Connection, pairs: Pairs): Promise<Hit[]> {
  if (pairs.list.length === 0) return [];
  tables += 1;
  const table = `list_pair_${tables}`;
  const columns = [...new Set(pairs.list.map((p) => p.column))].sort();
  await connection.run(`create temp table ${table} (entry INTEGER, col UTINYINT, id UINTEGER)`);
  try {
    for (let i = 0; i < pairs.list.length; i += AT_ONCE) {
      await connection.run(`insert into ${table} values ${pairs.list.slice(i, i + AT_ONCE).map((p) => `(${p.entry}, ${columns.indexOf(p.column)}, ${p.id})`).join(', ')}`);
    }
    const hits: Hit[] = [];
    for (const [at, column] of columns.entries()) hits.push(...(await ofColumn(connection, table, at, column, pairs.entries)));
    return hits;
  } finally {
    await connection.run(`drop table ${table}`);
  }
}

async function ofColumn(connection: Connection, table: string, at: number, column: Column, entries: readonly Entry[]): Promise<Hit[]> {
  const rows = await connection.all(
    `select h.entry, f.server, count(*) as n, count(*) filter (where r.status < 400) as answered, min(r.time) as first, max(r.time) as last,
       min({'t': coalesce(r.time, ${(1n << 63n) - 1n}), 'f': r.file_id, 'o': r.off}, ${SHOWN_ROWS})::VARCHAR as places, min(f.site) as site, max(f.site) as other
     from request r join ${table} h on h.col = ${at} and h.id = r."${column}" join event_file f on f.file_id = r.file_id
     group by h.entry, f.server order by h.entry, f.server limit ${MAX_HITS}`);
  return hitsOf(connection, rows, (row) => entries[number(row, 'entry')], COLUMN_WORDS[column] ?? 'stands in');
}
