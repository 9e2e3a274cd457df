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

/**
 * Logs in local time that were read in another zone than the one that is known now begin anew: all that their rows say of
 * time was wrong. @param zone of the server's clock @returns how many
 */
export async function forgetOtherZones(connection: Connection, zone: string): Promise<number> {
  const rows = await connection.all('select file_id from event_file where zone is not null and (zone <> $1 or zone_assumed)', [zone]);
  for (const { file_id: fileId } of rows) {
    if (typeof fileId !== 'bigint') continue;
    await connection.transaction(async () => {
      for (const table of ['request', 'event_reject', 'event_stretch']) await connection.run(`delete from ${table} where file_id = $1`, [fileId]);
      await connection.run(
        `update event_file set rows = 0, rejected = 0, row_bytes = 0, header_bytes = 0, padding_bytes = 0, rejected_bytes = 0, first = null, last = null, head_time = null, tail_time = null,
           state = null, finished = false, sha256 = '', zone = $2, zone_assumed = false where file_id = $1`, [fileId, zone],
      );
    });
  }
  return rows.length;
}

/** Whether the case has logs in local time that were read in another zone, or in one that was assumed. */
export async function hasOtherZones(connection: Connection, zone: string): Promise<boolean> {
  const rows = await connection.all('select 1 from event_file where zone is not null and (zone <> $1 or zone_assumed) limit 1', [zone]);
  return rows.length > 0;
}
