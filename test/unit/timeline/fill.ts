import type { Connection, Value } from '../../../electron/store/store.ts';
import { TEXT_COLUMNS, TEXT_KINDS } from '../../../electron/timeline/schema.ts';

/** A log row as a test writes it: texts as texts. Moments in seconds since 1970. */
export interface TestRow {
  readonly file?: number;
  readonly off: number;
  readonly second: number | null;
  readonly line?: number;
  readonly source?: number;
  readonly ip4?: number;
  readonly status?: number;
  readonly taken?: number;
  readonly layout?: number;
  readonly texts?: Readonly<Partial<Record<(typeof TEXT_COLUMNS)[number], string>>>;
}

const TICKS = 10_000_000n;

export async function addLog(connection: Connection, file: number, facts: Readonly<Record<string, Value>> = {}): Promise<void> {
  const all: Record<string, Value> = {
    file_id: BigInt(file), evidence_path: `logs/${file}.log`, path: `C:\\logs\\${file}.log`, server: 'WEB01', site: `Site ${file}`, sha256: '', format: 'w3c', size: 100n, rows: 0n, rejected: 0n,
    row_bytes: 0n, header_bytes: 0n, padding_bytes: 0n, rejected_bytes: 0n, first: null, last: null, finished: true, source: 0, zone_assumed: false, ...facts,
  };
  await connection.append('event_file', new Map(Object.entries(all).map(([name, value]) => [name, [value]])));
}

/** Adds rows as a reader would: each call brings its texts anew, so that one text gets several ids. */
export async function addRows(connection: Connection, rows: readonly TestRow[]): Promise<void> {
  const [head] = await connection.all('select coalesce(max(id), 0) as id from log_text');
  let next = Number(head?.['id']) + 1;
  const ids = new Map<string, number>();
  const texts: { id: number; kind: number; value: string }[] = [];
  const idOf = (column: (typeof TEXT_COLUMNS)[number], value: string | undefined): number | null => {
    if (value === undefined) return null;
    const key = `${TEXT_KINDS[column]} ${value}`;
    const known = ids.get(key);
    if (known !== undefined) return known;
    ids.set(key, next);
    texts.push({ id: next, kind: TEXT_KINDS[column], value });
    next += 1;
    return next - 1;
  };
  const columns = new Map<string, Value[]>(['file_id', 'off', 'line', 'length', 'time', 'source', 'ip4', 'status', 'taken', 'layout', ...TEXT_COLUMNS].map((name) => [name, []]));
  for (const row of rows) {
    const values: Record<string, Value> = {
      file_id: BigInt(row.file ?? 1), off: BigInt(row.off), line: row.line ?? null, length: 10, time: row.second === null ? null : BigInt(row.second) * TICKS, source: row.source ?? 0,
      ip4: row.ip4 ?? null, status: row.status ?? null, taken: row.taken === undefined ? null : BigInt(row.taken), layout: row.layout === undefined ? null : BigInt(row.layout),
    };
    for (const [name, list] of columns) list.push(TEXT_COLUMNS.some((c) => c === name) ? idOf(name as 'uri', row.texts?.[name as 'uri']) : (values[name] ?? null));
  }
  await connection.append('log_text', new Map<string, readonly Value[]>([['id', texts.map((t) => t.id)], ['kind', texts.map((t) => t.kind)], ['value', texts.map((t) => t.value)]]));
  await connection.append('request', columns);
}
