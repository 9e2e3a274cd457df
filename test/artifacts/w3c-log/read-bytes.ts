import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { spoolRows } from '../../helpers/spool-rows.ts';
import { readLog } from '../../../electron/jobs/spool/read-log.ts';
import { EXTRA_SEPARATOR, SPOOL_START, type RejectRun, type Segment, type SpoolCounts, type SpoolState } from '../../../electron/timeline/spool-format.ts';
import { ip4Text } from '../../../electron/timeline/address.ts';
import { instantText } from '../../../shared/time/instant.ts';

export interface ReadRow {
  readonly offset: number;
  readonly length: number;
  readonly line: number;
  readonly time: string | null;
  /** Every field by name and in order, as the timeline will show it; a value that is absent is `-`. */
  readonly fields: readonly (readonly [string, string])[];
  readonly ip4: string;
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
    const texts = new Map<string, string[]>();
    const layouts = new Map<string, Segment['layouts'][number]>();
    const sum = { rowBytes: 0, headerBytes: 0, paddingBytes: 0, rejectedBytes: 0, rows: 0, rejected: 0 };
    let last: Segment | null = null;
    const settings = { directory, prefix: 'log', segmentBytes: options.segmentBytes ?? 1 << 26 };
    for await (const segment of readLog(chunks(bytes, options.chunk ?? 1 << 20), options.state ?? SPOOL_START, settings)) {
      for (const layout of segment.layouts) layouts.set(String(layout.id), layout);
      rows.push(...(await rowsOf(segment, texts, layouts)));
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

async function rowsOf(segment: Segment, texts: Map<string, string[]>, layouts: ReadonlyMap<string, Segment['layouts'][number]>): Promise<ReadRow[]> {
  return (await spoolRows(segment, texts)).map((row) => {
    const layout = layouts.get(row.get('layout') ?? '');
    if (layout === undefined) throw new Error(`layout ${row.get('layout')} was not announced`);
    const ticks = row.get('time') ?? null;
    const time = ticks === null ? null : instantText(BigInt(ticks));
    const extra = (row.get('extra') ?? '').split(EXTRA_SEPARATOR);
    const ip4 = row.get('ip4') ?? null;
    return {
      offset: Number(row.get('off')), length: Number(row.get('length')), line: Number(row.get('line')), time,
      ip4: ip4 ?? '',
      fields: layout.names.map((name, i) => {
        const kept = layout.kept.indexOf(i);
        const column = layout.columns[i] ?? '';
        const stored = column === 'date' ? time?.slice(0, 10) : column === 'clock' ? time?.slice(11, 19) : column === 'ip' && ip4 !== null ? ip4Text(Number(ip4)) : row.get(column);
        return [name, (kept >= 0 ? extra[kept] : stored) ?? '-'] as const;
      }),
    };
  });
}
