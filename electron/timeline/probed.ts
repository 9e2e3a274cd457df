import type { Connection, Value } from '../store/store.ts';

/** Logs of one statement. */
const AT_ONCE = 200;

/** Notes when logs begin and end, as their first and last lines say, so that what they cover is known before they are read. */
export async function noteSpans(connection: Connection, spans: readonly { readonly fileId: bigint; readonly head: bigint | null; readonly tail: bigint | null }[]): Promise<void> {
  for (let i = 0; i < spans.length; i += AT_ONCE) {
    const part = spans.slice(i, i + AT_ONCE);
    const rows = part.map((_, n) => `($${3 * n + 1}::BIGINT, $${3 * n + 2}::BIGINT, $${3 * n + 3}::BIGINT)`).join(', ');
    const params = part.flatMap(({ fileId, head, tail }): Value[] => [fileId, head, tail]);
    await connection.run(`update event_file set head_time = v.head, tail_time = v.tail from (values ${rows}) as v(id, head, tail) where event_file.file_id = v.id`, params);
  }
}
