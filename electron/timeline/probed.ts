import type { Connection, Value } from '../store/store.ts';
import { sourceOf, type LogIdentity } from './load.ts';

/** Ids that are asked for in one statement. */
const ASKED_AT_ONCE = 1000;

/**
 * Makes many logs known at once, with when they begin and end, so that what they cover is told before they are read.
 * What is known already stays as it is.
 */
export async function registerLogs(connection: Connection, logs: readonly LogIdentity[]): Promise<void> {
  const known = new Set<bigint>();
  for (let i = 0; i < logs.length; i += ASKED_AT_ONCE) {
    const part = logs.slice(i, i + ASKED_AT_ONCE).map((log) => log.fileId);
    const rows = await connection.all(`select file_id from event_file where file_id in (${part.map((_, n) => `$${n + 1}`).join(', ')})`, part);
    for (const row of rows) if (typeof row['file_id'] === 'bigint') known.add(row['file_id']);
  }
  const fresh = logs.filter((log) => !known.has(log.fileId));
  if (fresh.length === 0) return;
  const column = (value: (log: LogIdentity) => Value): Value[] => fresh.map(value);
  // One append: a statement for each of thousands of logs takes the database's memory.
  await connection.append('event_file', new Map<string, readonly Value[]>([
    ['file_id', column((log) => log.fileId)], ['evidence_path', column((log) => log.evidencePath)], ['path', column((log) => log.path)],
    ['server', column((log) => log.server)], ['site', column((log) => log.site)], ['sha256', column(() => '')], ['format', column((log) => log.format ?? 'w3c')],
    ['size', column((log) => BigInt(log.size))],
    ...['rows', 'rejected', 'row_bytes', 'header_bytes', 'padding_bytes', 'rejected_bytes'].map((name): [string, readonly Value[]] => [name, column(() => 0n)]),
    ['finished', column(() => false)], ['source', column(sourceOf)], ['zone', column((log) => log.zone ?? null)], ['zone_assumed', column((log) => log.zoneAssumed ?? false)],
    ['head_time', column((log) => log.headTime ?? null)], ['tail_time', column((log) => log.tailTime ?? null)],
  ]));
}
