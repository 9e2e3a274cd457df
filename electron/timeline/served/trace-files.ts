import type { Connection, Value } from '../../store/store.ts';

/** A file that traces one request, as it stands beside the logs: its document is its one row. */
export interface TraceFile {
  readonly fileId: bigint;
  readonly evidencePath: string;
  readonly path: string | null;
  readonly server: string | null;
  readonly site: string | null;
  readonly sha256: string;
  readonly size: number;
  /** 1 where a trace was read, 0 where not. */
  readonly rows: number;
  /** 1 where bytes are neither of the trace nor blank. */
  readonly rejected: number;
  readonly bytes: { readonly rows: number; readonly headers: number; readonly padding: number; readonly rejected: number };
  /** Ticks of the request, or null. */
  readonly time: bigint | null;
}

/** Position of `freb` among the sources of events: what `event_file.source` says of logs, said of traces. */
const SOURCE = 3;
const AT_ONCE = 500;

/** Lists the traces among the logs; a file that is known already is told anew. */
export async function putTraceFiles(connection: Connection, files: readonly TraceFile[]): Promise<void> {
  for (let i = 0; i < files.length; i += AT_ONCE) {
    const part = files.slice(i, i + AT_ONCE);
    await connection.transaction(async () => {
      const known = new Set((await connection.all(`select file_id from event_file where file_id in (${part.map((_, n) => `$${n + 1}`).join(', ')})`, part.map((f) => f.fileId))).map((row) => String(row['file_id'])));
      await add(connection, part.filter((f) => !known.has(String(f.fileId))));
      for (const f of part.filter((one) => known.has(String(one.fileId)))) await update(connection, f);
    });
  }
}

async function add(connection: Connection, files: readonly TraceFile[]): Promise<void> {
  if (files.length === 0) return;
  const column = (value: (f: TraceFile) => Value): readonly Value[] => files.map(value);
  await connection.append('event_file', new Map<string, readonly Value[]>([
    ['file_id', column((f) => f.fileId)], ['evidence_path', column((f) => f.evidencePath)], ['path', column((f) => f.path)], ['server', column((f) => f.server)], ['site', column((f) => f.site)],
    ['sha256', column((f) => f.sha256)], ['format', column(() => 'freb')], ['size', column((f) => BigInt(f.size))], ['rows', column((f) => BigInt(f.rows))], ['rejected', column((f) => BigInt(f.rejected))],
    ['row_bytes', column((f) => BigInt(f.bytes.rows))], ['header_bytes', column((f) => BigInt(f.bytes.headers))], ['padding_bytes', column((f) => BigInt(f.bytes.padding))],
    ['rejected_bytes', column((f) => BigInt(f.bytes.rejected))], ['first', column((f) => f.time)], ['last', column((f) => f.time)], ['finished', column(() => true)], ['source', column(() => SOURCE)],
    ['zone_assumed', column(() => false)], ['head_time', column((f) => f.time)], ['tail_time', column((f) => f.time)],
  ]));
}

async function update(connection: Connection, f: TraceFile): Promise<void> {
  await connection.run(
    `update event_file set site = $2, sha256 = $3, format = 'freb', size = $4, rows = $5, rejected = $6, row_bytes = $7, header_bytes = $8, padding_bytes = $9, rejected_bytes = $10,
       first = $11::BIGINT, last = $11::BIGINT, head_time = $11::BIGINT, tail_time = $11::BIGINT, finished = true, source = ${SOURCE}, zone_assumed = false where file_id = $1`,
    [f.fileId, f.site, f.sha256, BigInt(f.size), BigInt(f.rows), BigInt(f.rejected), BigInt(f.bytes.rows), BigInt(f.bytes.headers), BigInt(f.bytes.padding), BigInt(f.bytes.rejected), f.time],
  );
}
