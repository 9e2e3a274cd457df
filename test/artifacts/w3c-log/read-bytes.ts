import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readLog } from '../../../electron/jobs/spool/read-log.ts';
import { EXTRA_SEPARATOR, SPOOL_COLUMNS, SPOOL_START, type RejectRun, type Segment, type SpoolCounts, type SpoolState } from '../../../electron/timeline/spool-format.ts';
import { instantText } from '../../../shared/time/instant.ts';

export interface ReadRow {
  readonly offset: number;
  readonly length: number;
  readonly line: number;
  readonly time: string | null;
  /** Every field by name and in order, as the timeline will show it; a value that is absent is `-`. */
  readonly fields: readonly (readonly [string, string])[];
  readonly ip4: string;
  readonly ip6: string;
}

export interface ReadResult {
  readonly rows: readonly ReadRow[];
  readonly counts: SpoolCounts;
  readonly rejects: readonly RejectRun[];
  readonly state: SpoolState;
  readonly sha256: string;
}

/** Reads a whole log from memory as the spooler does. `chunk` and `segmentBytes` must make no difference. */
export async function readBytes(bytes: Uint8Array, options: { chunk?: number; segmentBytes?: number; state?: SpoolState } = {}): Promise<ReadResult> {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'iisight-spool-'));
  try {
    const rows: ReadRow[] = [];
    const rejects: RejectRun[] = [];
    const layouts = new Map<string, Segment['layouts'][number]>();
    const sum = { rowBytes: 0, headerBytes: 0, paddingBytes: 0, rejectedBytes: 0, rows: 0, rejected: 0 };
    let last: Segment | null = null;
    const settings = { directory, prefix: 'log', segmentBytes: options.segmentBytes ?? 1 << 26 };
    for await (const segment of readLog(chunks(bytes, options.chunk ?? 1 << 20), options.state ?? SPOOL_START, settings)) {
      for (const layout of segment.layouts) layouts.set(String(layout.id), layout);
      if (segment.file !== null) rows.push(...rowsOf(segment, readFileSync(segment.file, 'utf8'), layouts));
      rejects.push(...segment.rejects);
      for (const key of Object.keys(sum) as (keyof SpoolCounts)[]) sum[key] += segment.counts[key];
      last = segment;
    }
    if (last === null || last.end === null) throw new Error('the log did not end');
    return { rows, counts: sum, rejects, state: last.state, sha256: last.end.sha256 };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

async function* chunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

function rowsOf(segment: Segment, text: string, layouts: ReadonlyMap<string, Segment['layouts'][number]>): ReadRow[] {
  return text.split('\n').slice(0, -1).map((line) => {
    const values = line.split('\t');
    if (values.length !== SPOOL_COLUMNS.length) throw new Error(`${values.length} values in a spool line`);
    const row = Object.fromEntries(SPOOL_COLUMNS.map(([name], i) => [name, values[i] ?? '']));
    const layout = layouts.get(row['layout'] ?? '');
    if (layout === undefined) throw new Error(`layout ${row['layout']} was not announced`);
    const time = row['time'] === '' ? null : instantText(BigInt(row['time'] ?? ''));
    const extra = (row['extra'] ?? '').split(EXTRA_SEPARATOR);
    return {
      offset: segment.baseOffset + Number(row['off']), length: Number(row['length']), line: segment.baseLine + Number(row['line']), time,
      ip4: row['ip4'] ?? '', ip6: row['ip6'] ?? '',
      fields: layout.names.map((name, i) => {
        const kept = layout.kept.indexOf(i);
        const column = layout.columns[i] ?? '';
        const stored = column === 'date' ? time?.slice(0, 10) : column === 'clock' ? time?.slice(11, 19) : row[column];
        const value = kept >= 0 ? extra[kept] : stored;
        return [name, value === undefined || (kept < 0 && value === '') ? '-' : value] as const;
      }),
    };
  });
}
