import type { LogFormat } from '../../shared/model/index.ts';
import type { Connection, Value } from '../store/store.ts';
import { quoteName, quoteText } from '../store/ddl.ts';
import type { Bundle, RejectRun, Segment, SpoolColumn, SpoolRows, SpoolTexts, StoredLayout } from './spool-format.ts';
import { addCounts, advanceAll, dropRefused, keepLineBases } from './stretches.ts';
import { textIds } from './text-ids.ts';

/** A log as the timeline knows it before any of it is read. */
export interface LogIdentity {
  readonly fileId: bigint;
  readonly evidencePath: string;
  /** Windows path on the server, or null. */
  readonly path: string | null;
  readonly server: string | null;
  readonly site: string | null;
  /** Bytes, as the inventory found it. */
  readonly size: number;
  /** W3C where nothing is said. */
  readonly format?: LogFormat;
  /** The zone that local times are read in, and whether nobody confirmed it; null where the log writes UTC or the offset. */
  readonly zone?: string | null;
  readonly zoneAssumed?: boolean;
  /** Ticks of the first and last row, from a look at both ends; null when unknown. */
  readonly headTime?: bigint | null;
  readonly tailTime?: bigint | null;
}

const SOURCE_OF: Readonly<Partial<Record<LogFormat, number>>> = { httperr: 1, ftp: 2 };

/** `request.source` of the rows of a format. */
export function sourceOf(log: LogIdentity): number {
  return SOURCE_OF[log.format ?? 'w3c'] ?? 0;
}

/** Makes the log known, so that it is listed with nothing read yet. What is known already stays; only new facts are added. */
export async function registerLog(connection: Connection, log: LogIdentity): Promise<void> {
  await connection.run(
    `insert into event_file (file_id, evidence_path, path, server, site, sha256, format, size, rows, rejected, row_bytes, header_bytes, padding_bytes, rejected_bytes,
       finished, source, zone, zone_assumed, head_time, tail_time)
     values ($1, $2, $3, $4, $5, '', $6, $7, 0, 0, 0, 0, 0, 0, false, $8, $9, $10, $11, $12) on conflict do nothing`,
    [
      log.fileId, log.evidencePath, log.path, log.server, log.site, log.format ?? 'w3c', BigInt(log.size),
      sourceOf(log), log.zone ?? null, log.zoneAssumed ?? false, log.headTime ?? null, log.tailTime ?? null,
    ],
  );
}

/**
 * Loads one segment: its texts, its rows, its rejected bytes and the place where reading goes on, all in one transaction,
 * so that a kill loses the open segment and never a part of one. The caller deletes the spool files afterwards.
 * @param more what else belongs to the transaction: where the reading stands now
 * @param begun called when the database has turned to it: from then on `interrupt` stops this and nothing else
 */
export async function loadSegment(connection: Connection, log: LogIdentity, segment: Segment, more: (connection: Connection) => Promise<void>, begun: () => void = () => undefined): Promise<void> {
  const ids = textIds(connection);
  let base = 0;
  await connection.transaction(async () => {
    begun();
    await dropRefused(connection, log.fileId, segment.verdicts);
    await loadLayouts(connection, segment.layouts);
    base = await ids.baseOf(connection, segment.texts);
    ids.check(segment.texts, base);
    await loadTexts(connection, segment.texts, base);
    if (segment.rows !== null) await loadRows(connection, [placeOf(log, segment)], segment.rows, base);
    await loadRejects(connection, segment.rejects.map((run) => [log.fileId, run]));
    await addCounts(connection, log.fileId, segment);
    await keepLineBases(connection, log.fileId, segment.verdicts);
    await more(connection);
  });
  ids.committed(segment.texts, base);
}

/**
 * Loads pieces of several logs as `loadSegment` does one: all of them, or none.
 * @param logs what was asked for, in its order
 */
export async function loadBundle(connection: Connection, logs: readonly LogIdentity[], bundle: Bundle, begun: () => void = () => undefined): Promise<void> {
  const ids = textIds(connection);
  const pieces = bundle.pieces.flatMap((piece) => {
    const log = logs[piece.log];
    return log === undefined ? [] : [{ log, piece }];
  });
  let base = 0;
  await connection.transaction(async () => {
    begun();
    await loadLayouts(connection, bundle.layouts);
    base = await ids.baseOf(connection, bundle.texts);
    ids.check(bundle.texts, base);
    await loadTexts(connection, bundle.texts, base);
    if (bundle.rows !== null) await loadRows(connection, pieces.map(({ log, piece }) => placeOf(log, piece)), bundle.rows, base);
    await loadRejects(connection, pieces.flatMap(({ log, piece }) => piece.rejects.map((run): [bigint, RejectRun] => [log.fileId, run])));
    await advanceAll(connection, pieces.map(({ log, piece }) => ({ fileId: log.fileId, piece })));
  });
  ids.committed(bundle.texts, base);
}

/** Where rows belong, by `piece`. */
interface RowPlace {
  readonly fileId: bigint;
  readonly source: number;
  readonly baseOffset: number;
  readonly baseLine: number;
}

function placeOf(log: LogIdentity, { baseOffset, baseLine }: Pick<Segment, 'baseOffset' | 'baseLine'>): RowPlace {
  return { fileId: log.fileId, source: sourceOf(log), baseOffset, baseLine };
}

/** In one append: a file may change its fields tens of thousands of times, and a statement for each takes the database's memory. */
async function loadLayouts(connection: Connection, layouts: readonly StoredLayout[]): Promise<void> {
  if (layouts.length === 0) return;
  const known = new Set((await connection.all('select id from event_layout')).map((row) => String(row['id'])));
  const fresh = [...new Map(layouts.map((layout) => [String(layout.id), layout])).values()].filter((layout) => !known.has(String(layout.id)));
  if (fresh.length === 0) return;
  await connection.append('event_layout', new Map<string, readonly Value[]>([
    ['id', fresh.map((l) => BigInt(l.id))],
    ['names', fresh.map((l) => l.names.join('\u001f'))],
    ['columns', fresh.map((l) => l.columns.join(','))],
    ['kept', fresh.map((l) => l.kept.join(','))],
  ]));
}

async function loadTexts(connection: Connection, texts: SpoolTexts, base: number): Promise<void> {
  if (texts.file === null) return;
  await connection.run(`insert into log_text select (${base} + id)::UINTEGER, kind::UTINYINT, value from read_parquet(${quoteText(texts.file)})`);
}

/** What is the same in all rows of a piece is written into the statement; the numbers are ours. */
async function loadRows(connection: Connection, places: readonly RowPlace[], rows: SpoolRows, base: number): Promise<void> {
  const by = new Map(rows.columns.map((column) => [column.name, column]));
  const value = (name: string): string => valueOf(by.get(name), base);
  const placed = (of: (place: RowPlace) => number | bigint): string => {
    const values = places.map(of);
    return values.every((v) => v === values[0]) ? `${values[0] ?? 0}::BIGINT` : `([${values.join(', ')}]::BIGINT[])[${value('piece')} + 1]`;
  };
  const names = rows.columns.map((c) => c.name).filter((name) => !PLACE.has(name));
  const from = rows.file === null ? `range(${rows.rows})` : `read_parquet(${quoteText(rows.file)})`;
  await connection.run(
    `insert into request (file_id, source, off, line, time, ${names.map(quoteName).join(', ')})
     select ${placed((p) => p.fileId)}, ${placed((p) => p.source)}, ${placed((p) => p.baseOffset)} + ${value('off')}, ${placed((p) => p.baseLine)} + ${value('line')},
       (${value('second')}::BIGINT + ${rows.baseSecond}) * 10000000 + ${value('tick')}, ${names.map(value).join(', ')}
     from ${from}`,
  );
}

/** Columns that are put together with others. */
const PLACE = new Set(['piece', 'off', 'line', 'second', 'tick']);

function valueOf(column: SpoolColumn | undefined, base: number): string {
  if (column === undefined) return 'null';
  const { name, text, constant, stored, nulls } = column;
  if (!stored) return constant === null ? 'null' : `${text ? base + constant : constant}`;
  const read = nulls ? `nullif(${quoteName(name)}, -1)` : quoteName(name);
  return text ? `(${base} + ${read})` : read;
}

async function loadRejects(connection: Connection, rejects: readonly (readonly [fileId: bigint, run: RejectRun])[]): Promise<void> {
  if (rejects.length === 0) return;
  const runs = rejects.map(([, run]) => run);
  await connection.append('event_reject', new Map<string, readonly Value[]>([
    ['file_id', rejects.map(([fileId]) => fileId)],
    ['off', runs.map((r) => BigInt(r.offset))],
    ['length', runs.map((r) => BigInt(r.length))],
    ['line', runs.map((r) => r.line)],
    ['count', runs.map((r) => BigInt(r.count))],
    ['kind', runs.map((r) => r.kind)],
    ['reason', runs.map((r) => r.reason)],
    ['expected', runs.map((r) => r.expected)],
  ]));
}
