import { NO_OPTIONS, READER_START, type FieldLayout, type LineOptions, type LogRow } from '../../electron/artifacts/kit/log-lines.ts';
import { logArtifact } from '../../electron/artifacts/logs.ts';
import type { RowSink } from '../../electron/jobs/spool/row-sink.ts';
import { LogScanner } from '../../electron/jobs/spool/scanner.ts';
import { Tally } from '../../electron/jobs/spool/tally.ts';
import { SPOOL_START, type RejectRun, type SpoolCounts, type SpoolState } from '../../electron/timeline/spool-format.ts';
import { instantText } from '../../shared/time/instant.ts';

export interface LogLine {
  readonly offset: number;
  readonly length: number;
  readonly line: number;
  readonly time: string | null;
  readonly site: string | null;
  /** Every field by name and in order, as the timeline will show it; a value that is absent is `-`. */
  readonly fields: readonly (readonly [string, string])[];
}

export interface LogBytes {
  readonly rows: readonly LogLine[];
  readonly counts: SpoolCounts;
  readonly rejects: readonly RejectRun[];
  readonly state: SpoolState;
}

export interface LogBytesOptions extends Partial<LineOptions> {
  readonly chunk?: number;
  /** A segment ends after every chunk, as often as the scanner allows. */
  readonly segments?: boolean;
  readonly state?: SpoolState;
}

/**
 * Reads a whole log from memory line by line through the exact reader of its format. `chunk` and `segments` must make no
 * difference. What the writer of spool files makes of plain lines is held against this by the tests of the spool.
 */
export function readLogBytes(format: string, bytes: Uint8Array, options: LogBytesOptions = {}): LogBytes {
  const artifact = logArtifact(format);
  if (artifact === null) throw new Error(`no log format ${format}`);
  const { chunk = 1 << 20, segments = false, state: from = SPOOL_START, ...told } = options;
  const rows: LogLine[] = [];
  const rejects: RejectRun[] = [];
  const sum = { rowBytes: 0, headerBytes: 0, paddingBytes: 0, rejectedBytes: 0, rows: 0, rejected: 0 };
  let base = from;
  const sink: RowSink = {
    useLayout: () => undefined,
    renameLayout: () => undefined,
    writeClean: () => false,
    writeExact: (row, layout, offset, length, line) => rows.push({ offset: base.offset + offset, length, line: base.line + line, time: row.time === null ? null : instantText(row.time), site: row.site, fields: fieldsOf(row, layout) }),
  };
  let tally = new Tally();
  const scanner = new LogScanner(from, artifact.lines({ ...NO_OPTIONS, ...told }, { ...READER_START, ...from }), sink, tally);
  const close = (): void => {
    const counts = tally.counts();
    for (const key of Object.keys(sum) as (keyof SpoolCounts)[]) sum[key] += counts[key];
    rejects.push(...tally.runs);
    tally = new Tally();
    base = scanner.state;
    scanner.cut(tally);
  };
  for (let at = from.offset; at < bytes.length; at += chunk) {
    scanner.push(bytes.subarray(at, at + chunk));
    if (segments && scanner.canCut) close();
  }
  scanner.finish();
  const { state } = scanner;
  close();
  return { rows, counts: sum, rejects, state };
}

function fieldsOf(row: LogRow, layout: FieldLayout): LogLine['fields'] {
  const text = row.time === null ? '' : instantText(row.time);
  return layout.names.map((name, i) => {
    const kept = row.kept.indexOf(i);
    if (kept >= 0) return [name, row.others[kept] ?? ''] as const;
    if (i === layout.dateAt) return [name, text === '' ? '-' : text.slice(0, 10)] as const;
    if (i === layout.timeAt) return [name, text === '' ? '-' : text.slice(11, 19)] as const;
    const column = layout.columnAt.indexOf(i);
    return [name, String((column < 0 ? null : row.values[column]) ?? '-')] as const;
  });
}

/** All bytes of a log, counted once. */
export function countedBytes({ rowBytes, headerBytes, paddingBytes, rejectedBytes }: SpoolCounts): number {
  return rowBytes + headerBytes + paddingBytes + rejectedBytes;
}
