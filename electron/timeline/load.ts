import type { Connection, Value } from '../store/store.ts';
import { quoteText } from '../store/ddl.ts';
import { MAX_SPOOL_LINE, SPOOL_COLUMNS, type Segment, type SpoolState } from './spool-format.ts';

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
}

/** How far a log is in the store; null when nothing of it was loaded yet. */
export async function logProgress(connection: Connection, fileId: bigint): Promise<{ readonly state: SpoolState; readonly finished: boolean } | null> {
  const [row] = await connection.all('select state, finished from event_file where file_id = $1 and state is not null', [fileId]);
  if (row === undefined) return null;
  return { state: JSON.parse(String(row['state'])) as SpoolState, finished: row['finished'] === true };
}

/** Makes the log known, so that it is listed with nothing read yet. Does nothing when it is known already. */
export async function registerLog(connection: Connection, log: LogIdentity): Promise<void> {
  await connection.run(
    `insert into event_file values ($1, $2, $3, $4, $5, '', 'w3c', $6, 0, 0, 0, 0, 0, 0, null, null, false, null) on conflict do nothing`,
    [log.fileId, log.evidencePath, log.path, log.server, log.site, BigInt(log.size)],
  );
}

const COPIED = SPOOL_COLUMNS.map(([name]) => name).filter((name) => name !== 'off' && name !== 'line');
const TYPES = SPOOL_COLUMNS.map(([name, type]) => `'${name}': '${type}'`).join(', ');
/** Nothing is guessed and nothing is dropped: a line that does not fit fails the whole segment. */
const READ_OPTIONS = [
  'auto_detect = false', 'header = false', `delim = '\t'`, `quote = ''`, `escape = ''`, `comment = ''`, `nullstr = ''`, `new_line = '\\n'`,
  'strict_mode = true', 'null_padding = false', 'ignore_errors = false', `max_line_size = ${MAX_SPOOL_LINE}`, `buffer_size = ${2 * MAX_SPOOL_LINE}`,
].join(', ');

/**
 * Loads one segment: its rows, its rejected bytes and the place where reading goes on, all in one transaction, so that
 * a kill loses the open segment and never a part of one. The caller deletes the spool file afterwards.
 */
export async function loadSegment(connection: Connection, log: LogIdentity, segment: Segment): Promise<void> {
  await connection.transaction(async () => {
    for (const layout of segment.layouts) {
      await connection.run('insert into event_layout values ($1, $2, $3, $4) on conflict do nothing', [
        BigInt(layout.id), layout.names.join('\u001f'), layout.columns.join(','), layout.kept.join(','),
      ]);
    }
    if (segment.file !== null) await loadRows(connection, log, segment, segment.file);
    await loadRejects(connection, log.fileId, segment);
    await advance(connection, log.fileId, segment);
  });
}

async function loadRows(connection: Connection, log: LogIdentity, segment: Segment, file: string): Promise<void> {
  await connection.run(
    `insert into request (file_id, off, line, server, site, ${COPIED.join(', ')})
     select $1, off + $2, line + $3, $4, $5, ${COPIED.join(', ')}
     from read_csv(${quoteText(file)}, columns = {${TYPES}}, ${READ_OPTIONS})`,
    [log.fileId, BigInt(segment.baseOffset), segment.baseLine, log.server, log.site],
  );
}

async function loadRejects(connection: Connection, fileId: bigint, segment: Segment): Promise<void> {
  const runs = segment.rejects;
  if (runs.length === 0) return;
  await connection.append('event_reject', new Map<string, readonly Value[]>([
    ['file_id', runs.map(() => fileId)],
    ['off', runs.map((r) => BigInt(r.offset))],
    ['length', runs.map((r) => BigInt(r.length))],
    ['line', runs.map((r) => r.line)],
    ['count', runs.map((r) => BigInt(r.count))],
    ['kind', runs.map((r) => r.kind)],
    ['reason', runs.map((r) => r.reason)],
    ['expected', runs.map((r) => r.expected)],
  ]));
}

async function advance(connection: Connection, fileId: bigint, segment: Segment): Promise<void> {
  const c = segment.counts;
  await connection.run(
    `update event_file set rows = rows + $2, rejected = rejected + $3, row_bytes = row_bytes + $4, header_bytes = header_bytes + $5,
       padding_bytes = padding_bytes + $6, rejected_bytes = rejected_bytes + $7, first = least(first, $8::BIGINT), last = greatest(last, $9::BIGINT),
       state = $10, finished = $11, sha256 = $12, size = coalesce($13::BIGINT, size)
     where file_id = $1`,
    [
      fileId, BigInt(c.rows), BigInt(c.rejected), BigInt(c.rowBytes), BigInt(c.headerBytes), BigInt(c.paddingBytes), BigInt(c.rejectedBytes),
      segment.first, segment.last, JSON.stringify(segment.state), segment.end !== null, segment.end?.sha256 ?? '',
      segment.end === null ? null : BigInt(segment.end.size),
    ],
  );
}
