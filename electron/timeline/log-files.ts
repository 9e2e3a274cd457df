import type { LogFile, LogFormat, Problem, ProblemKind } from '../../shared/model/index.ts';
import { instantText } from '../../shared/time/instant.ts';
import type { Connection, Row } from '../store/store.ts';
import type { LogIdentity } from './load.ts';
import type { SpoolState } from './spool-format.ts';

/** Runs of rejected bytes that are told one by one; the rest is summed up in one problem. */
const LISTED = 100;

const COLUMNS = `file_id, evidence_path, path, server, site, format, sha256, size, rows, rejected, row_bytes, header_bytes, padding_bytes, rejected_bytes, first, last`;

/** Every log that is known, also those of which nothing was read yet; by evidence path. */
export async function logFiles(connection: Connection): Promise<readonly LogFile[]> {
  const rows = await connection.all(`select ${COLUMNS} from event_file where format is not null order by evidence_path`);
  return rows.map(toLogFile);
}

export async function logFile(connection: Connection, fileId: bigint): Promise<LogFile> {
  const [row] = await connection.all(`select ${COLUMNS} from event_file where file_id = $1`, [fileId]);
  if (row === undefined) throw new Error(`log ${fileId} is not registered`);
  return toLogFile(row);
}

/** Several logs, with where their reading stands (null: at the start); what is not registered is left out. */
export async function logFilesOf(connection: Connection, fileIds: readonly bigint[]): Promise<ReadonlyMap<bigint, { readonly file: LogFile; readonly state: SpoolState | null; readonly finished: boolean }>> {
  const rows = await connection.all(`select ${COLUMNS}, state, finished from event_file where file_id in (${fileIds.join(', ')})`);
  return new Map(rows.flatMap((row) => {
    const id = row['file_id'];
    const state = text(row, 'state');
    return typeof id === 'bigint' ? [[id, { file: toLogFile(row), state: state === null ? null : JSON.parse(state) as SpoolState, finished: row['finished'] === true }] as const] : [];
  }));
}

function toLogFile(row: Row): LogFile {
  const bytes = { rows: count(row, 'row_bytes'), headers: count(row, 'header_bytes'), padding: count(row, 'padding_bytes'), rejected: count(row, 'rejected_bytes') };
  return {
    path: text(row, 'path'),
    evidencePath: text(row, 'evidence_path') ?? '',
    server: text(row, 'server'),
    site: text(row, 'site'),
    format: (text(row, 'format') ?? 'w3c') as LogFormat,
    lines: count(row, 'rows'),
    rejected: count(row, 'rejected'),
    bytes,
    first: moment(row, 'first'),
    last: moment(row, 'last'),
    done: bytes.rows + bytes.headers + bytes.padding + bytes.rejected,
    size: count(row, 'size'),
    sha256: text(row, 'sha256') === '' ? null : text(row, 'sha256'),
  };
}

/** The rejected bytes of a log as problems, in file order: the first hundred runs, then one for all others. */
export async function rejectProblems(connection: Connection, log: LogIdentity): Promise<readonly Problem[]> {
  const rows = await connection.all(
    `select off, length, case when s.file_id is null then line else line + line_base end as line, count, kind, reason, expected
     from event_reject r left join event_stretch s on s.file_id = r.file_id and off >= begin and off < "end"
     where r.file_id = $1 order by off limit ${LISTED}`, [log.fileId],
  );
  const out = rows.map((row) =>
    rejectProblem(log, {
      kind: String(row['kind']), reason: `${reasonOf(row)} (${count(row, 'length')} bytes)`, expected: row['expected'] === true,
      offset: count(row, 'off'), ...(row['line'] === null ? {} : { line: count(row, 'line') }),
    }),
  );
  if (rows.length < LISTED) return out;
  const [sum] = await connection.all('select count(*) as runs, sum(count)::BIGINT as lines from event_reject where file_id = $1', [log.fileId]);
  const more = count(sum ?? {}, 'runs') - LISTED;
  if (more > 0) out.push(rejectProblem(log, { kind: 'limit', reason: `${more} more places of this log hold no rows; in all ${count(sum ?? {}, 'lines')} lines`, expected: false }));
  return out;
}

function reasonOf(row: Row): string {
  const lines = count(row, 'count');
  return lines === 1 ? String(row['reason']) : `${lines} lines: ${String(row['reason'])}`;
}

export function rejectProblem(
  log: LogIdentity,
  what: { readonly kind: string; readonly reason: string; readonly expected: boolean; readonly offset?: number; readonly line?: number },
): Problem {
  return {
    id: `log-${log.fileId.toString(16).padStart(12, '0')}-${(what.offset ?? 0).toString(16).padStart(12, '0')}-${what.kind}`,
    server: log.server,
    kind: what.kind as ProblemKind,
    path: log.path,
    evidencePath: log.evidencePath,
    ...(what.line === undefined ? {} : { line: what.line }),
    ...(what.offset === undefined ? {} : { offset: what.offset }),
    message: what.reason,
    expected: what.expected,
  };
}

function text(row: Row, name: string): string | null {
  const value = row[name];
  return typeof value === 'string' ? value : null;
}

function count(row: Row, name: string): number {
  return Number(row[name] ?? 0);
}

function moment(row: Row, name: string): string | null {
  const value = row[name];
  return typeof value === 'bigint' ? instantText(value) : null;
}
