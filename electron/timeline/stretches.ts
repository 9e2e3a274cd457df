import type { Connection } from '../store/store.ts';
import type { BundledPiece, Segment, SpoolCounts, SpoolState, Stretch, StretchVerdict } from './spool-format.ts';

/** What is kept of a stretch's end: the state, and what the stretch adds to the counts of its file. */
type KeptState = SpoolState & { readonly counts: SpoolCounts };

/** How far the reading of a whole log is in the store; null when none of it was loaded yet. */
export async function logProgress(connection: Connection, fileId: bigint): Promise<{ readonly state: SpoolState; readonly finished: boolean } | null> {
  const [row] = await connection.all('select state, finished from event_file where file_id = $1 and state is not null', [fileId]);
  if (row === undefined) return null;
  return { state: JSON.parse(String(row['state'])) as SpoolState, finished: row['finished'] === true };
}

/** Stretches of a log whose part in front is not read yet, by `begin`. */
export async function openStretches(connection: Connection, fileId: bigint): Promise<readonly Stretch[]> {
  const rows = await connection.all('select begin, "end", lines, start_state, state from event_stretch where file_id = $1 and line_base is null order by begin', [fileId]);
  return rows.map((row) => ({
    begin: Number(row['begin']), end: Number(row['end']), lines: Number(row['lines']),
    start: JSON.parse(String(row['start_state'])) as SpoolState, state: JSON.parse(String(row['state'])) as SpoolState,
  }));
}

/** A segment adds to what is counted of its file. */
export async function addCounts(connection: Connection, fileId: bigint, segment: Segment): Promise<void> {
  await connection.run(
    `update event_file set ${COUNTED.map(([, column], i) => `${column} = ${column} + $${i + 4}`).join(', ')},
       first = least(first, $2::BIGINT), last = greatest(last, $3::BIGINT) where file_id = $1`,
    [fileId, segment.first, segment.last, ...COUNTED.map(([name]) => BigInt(segment.counts[name]))],
  );
}

const COUNTED = [
  ['rows', 'rows'], ['rejected', 'rejected'], ['rowBytes', 'row_bytes'], ['headerBytes', 'header_bytes'], ['paddingBytes', 'padding_bytes'], ['rejectedBytes', 'rejected_bytes'],
] as const satisfies readonly (readonly [keyof SpoolCounts, string])[];

/** The reading of the whole file stands behind this segment. */
export async function advance(connection: Connection, fileId: bigint, segment: Segment): Promise<void> {
  await connection.run(
    'update event_file set state = $2, finished = $3, sha256 = $4, size = coalesce($5::BIGINT, size) where file_id = $1',
    [fileId, JSON.stringify(segment.state), segment.end !== null, segment.end?.sha256 ?? '', segment.end === null ? null : BigInt(segment.end.size)],
  );
}

/** The reading of each of these logs stands behind its piece, which adds to what is counted of it. */
export async function advanceAll(connection: Connection, logs: readonly { readonly fileId: bigint; readonly piece: BundledPiece }[]): Promise<void> {
  for (let i = 0; i < logs.length; i += AT_ONCE) {
    const part = logs.slice(i, i + AT_ONCE);
    const rows = part.map(({ fileId, piece: { counts, first, last, end } }, n) => {
      const numbers = [fileId, first, last, ...COUNTED.map(([name]) => counts[name]), end?.size ?? null];
      return `(${numbers.map((v) => `${v ?? 'null'}::BIGINT`).join(', ')}, ${end !== null}, $${n * 2 + 1}, $${n * 2 + 2})`;
    });
    await connection.run(
      `update event_file f set ${COUNTED.map(([, column]) => `${column} = f.${column} + v.${column}`).join(', ')},
         first = least(f.first, v.first), last = greatest(f.last, v.last), size = coalesce(v.size, f.size), finished = v.finished, state = v.state, sha256 = v.sha256
       from (values ${rows.join(', ')}) v(file_id, first, last, ${COUNTED.map(([, column]) => column).join(', ')}, size, finished, state, sha256) where f.file_id = v.file_id`,
      part.flatMap(({ piece }) => [JSON.stringify(piece.state), piece.end?.sha256 ?? '']),
    );
  }
}

/** Logs in one statement. */
const AT_ONCE = 128;

/** Which of these logs have parts that were read before the part in front of them. */
export async function withOpenStretches(connection: Connection, fileIds: readonly bigint[]): Promise<ReadonlySet<bigint>> {
  const rows = await connection.all(`select distinct file_id from event_stretch where line_base is null and file_id in (${fileIds.join(', ')})`);
  return new Set(rows.flatMap((row) => (typeof row['file_id'] === 'bigint' ? [row['file_id']] : [])));
}

/** A stretch begins with this segment, or goes on with it. @param start what was assumed at its begin */
export async function extendStretch(connection: Connection, fileId: bigint, start: SpoolState, segment: Segment): Promise<void> {
  const begin = BigInt(start.offset);
  const [row] = await connection.all('select state from event_stretch where file_id = $1 and begin = $2', [fileId, begin]);
  const before = row === undefined ? null : (JSON.parse(String(row['state'])) as KeptState).counts;
  const counts = Object.fromEntries(COUNTED.map(([name]) => [name, segment.counts[name] + (before?.[name] ?? 0)])) as unknown as SpoolCounts;
  const kept: KeptState = { ...segment.state, counts };
  const values = [fileId, begin, BigInt(segment.state.offset), BigInt(segment.state.line - 1), JSON.stringify(kept)];
  if (row === undefined) {
    await connection.run('insert into event_stretch (file_id, begin, "end", lines, state, start_state) values ($1, $2, $3, $4, $5, $6)', [...values, JSON.stringify({ ...start, line: 1 })]);
  } else {
    await connection.run('update event_stretch set "end" = $3, lines = $4, state = $5 where file_id = $1 and begin = $2', values);
  }
}

/** The lines of these stretches are known now. */
export async function keepLineBases(connection: Connection, fileId: bigint, verdicts: readonly StretchVerdict[]): Promise<void> {
  for (const { begin, holds, lineBase } of verdicts) {
    if (holds) await connection.run('update event_stretch set line_base = $3 where file_id = $1 and begin = $2', [fileId, BigInt(begin), BigInt(lineBase)]);
  }
}

/** Stretches that were read under wrong assumptions go, with all that came of them. */
export async function dropRefused(connection: Connection, fileId: bigint, verdicts: readonly StretchVerdict[]): Promise<void> {
  const refused = verdicts.filter((v) => !v.holds);
  for (const { begin } of refused) {
    const place = [fileId, BigInt(begin)];
    const [row] = await connection.all('select "end", state from event_stretch where file_id = $1 and begin = $2', place);
    if (row === undefined) continue;
    const { counts } = JSON.parse(String(row['state'])) as KeptState;
    const span = [...place, BigInt(Number(row['end']))];
    await connection.run('delete from request where file_id = $1 and off >= $2 and off < $3', span);
    await connection.run('delete from event_reject where file_id = $1 and off >= $2 and off < $3', span);
    await connection.run('delete from event_stretch where file_id = $1 and begin = $2', place);
    await connection.run(
      `update event_file set ${COUNTED.map(([, column], i) => `${column} = ${column} - $${i + 2}`).join(', ')} where file_id = $1`,
      [fileId, ...COUNTED.map(([name]) => BigInt(counts[name]))],
    );
  }
  if (refused.length === 0) return;
  await connection.run('update event_file set first = (select min(time) from request where file_id = $1), last = (select max(time) from request where file_id = $1) where file_id = $1', [fileId]);
}
