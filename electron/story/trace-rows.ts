import type { Connection, Row } from '../store/store.ts';
import { eventId } from '../timeline/event-id.ts';

/** What a trace can name a component as. */
export type TracedAs = 'modules' | 'handler' | 'filters';

export interface TraceRows { readonly rows: number; readonly first: string; readonly last: string }

/** Traces that are read for one answer; thousands of them name every module of the server. */
const MAX_READ = 100;

/**
 * Traces of a server's requests that name a module (as one that was called), a handler (as the one chosen) or a filter:
 * how many, and the ids of the first and last. Null when there is none.
 */
export async function tracesNaming(connection: Connection, server: string | null, as: TracedAs, name: string): Promise<TraceRows | null> {
  if (name === '') return null;
  const written = JSON.stringify(name).slice(1, -1);
  const asked = "from event where source = 'freb' and server is not distinct from $1 and contains(extra, $2)";
  const read = (order: string): Promise<readonly Row[]> => connection.all(`select file_id, off, seq, extra ${asked} order by ${order} limit ${MAX_READ}`, [server, written]);
  const names = (row: Row): boolean => named(String(row['extra']), as, name);
  const first = (await read('time nulls last, file_id, off')).filter(names);
  const last = (await read('time desc nulls last, file_id desc, off desc')).find(names);
  const [one] = first;
  if (one === undefined || last === undefined) return null;
  const [counted] = first.length < MAX_READ ? [] : await connection.all(`select count(*) as n ${asked}`, [server, written]);
  return { rows: counted === undefined ? first.length : Number(counted['n']), first: idOf(one), last: idOf(last) };
}

const idOf = (row: Row): string => eventId({ fileId: row['file_id'] as bigint, off: row['off'] as bigint, seq: Number(row['seq']) });

/** The fields of a trace are pairs of texts; calls are parted by semicolons: `NAME NOTIFICATION (0x1) post`. */
function named(extra: string, as: TracedAs, name: string): boolean {
  const value = fieldsOf(extra).find(([field]) => field === as)?.[1] ?? '';
  if (as === 'handler') return value === name;
  return value.split('; ').some((part) => part === name || (part.startsWith(`${name} `) && /^[A-Z_0-9]*(?: \(0x[0-9a-f]+\))?(?: post)?$/.test(part.slice(name.length + 1))));
}

/** The fields of an event as they are stored: pairs of name and value; none where the text is damaged. */
export function fieldsOf(extra: string): readonly (readonly [string, string])[] {
  try {
    const value: unknown = JSON.parse(extra);
    return Array.isArray(value) ? value.flatMap((pair: unknown) => (Array.isArray(pair) && typeof pair[0] === 'string' && typeof pair[1] === 'string' ? [[pair[0], pair[1]] as const] : [])) : [];
  } catch {
    return [];
  }
}
