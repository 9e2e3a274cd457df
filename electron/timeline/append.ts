import type { EventSource, Fidelity, TimeMeaning } from '../../shared/model/index.ts';
import type { Connection, Value } from '../store/store.ts';
import { fileIdOf } from './file-id.ts';

/** An event that is not a log row. */
export interface NewEvent {
  readonly evidencePath: string;
  /** Windows path of the evidence file, or null. */
  readonly path: string | null;
  /** Lower-case hex of the file, or ''. */
  readonly sha256: string;
  readonly server: string | null;
  readonly site?: string | null;
  /** Byte offset of what the event rests on; 0 for the file as a whole. */
  readonly offset: number;
  /** Tells apart several events of one offset; below 2^24. */
  readonly seq: number;
  readonly line?: number;
  readonly column?: number;
  readonly length?: number;
  /** Ticks, or null when only the order is known. */
  readonly time: bigint | null;
  readonly meaning: TimeMeaning;
  readonly fidelity: Fidelity;
  readonly source: EventSource;
  readonly what: string;
  readonly message: string;
  /** Component id or name, for `component:`. */
  readonly component?: string | null;
  /** What the event is about, where that is not the evidence file itself (the DLL that a configuration names). */
  readonly about?: string | null;
  readonly fields: readonly { readonly name: string; readonly value: string }[];
}

/** Adds events in one transaction. The caller adds each only once: ids are not checked. */
export async function appendEvents(connection: Connection, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return;
  const ids = new Map<string, bigint>();
  for (const e of events) if (!ids.has(e.evidencePath)) ids.set(e.evidencePath, fileIdOf(e.evidencePath));
  await connection.transaction(async () => {
    await addFiles(connection, events, ids);
    const column = (value: (e: NewEvent) => Value): readonly Value[] => events.map(value);
    await connection.append('event', new Map<string, readonly Value[]>([
      ['file_id', column((e) => ids.get(e.evidencePath) ?? 0n)],
      ['off', column((e) => BigInt(e.offset))],
      ['seq', column((e) => e.seq)],
      ['time', column((e) => e.time)],
      ['source', column((e) => e.source)],
      ['meaning', column((e) => e.meaning)],
      ['fidelity', column((e) => e.fidelity)],
      ['server', column((e) => e.server)],
      ['site', column((e) => e.site ?? null)],
      ['line', column((e) => e.line ?? null)],
      ['col', column((e) => e.column ?? null)],
      ['length', column((e) => e.length ?? null)],
      ['what', column((e) => e.what)],
      ['message', column((e) => e.message)],
      ['component', column((e) => e.component ?? null)],
      ['path', column((e) => e.about ?? null)],
      ['extra', column((e) => JSON.stringify(e.fields.map((f) => [f.name, f.value])))],
    ]));
  });
}

/** File ids that one statement asks for. */
const ASKED_AT_ONCE = 1000;

/** Files that are not known yet; a log among them keeps the row that its reading made. */
async function addFiles(connection: Connection, events: readonly NewEvent[], ids: ReadonlyMap<string, bigint>): Promise<void> {
  const seen = new Set<string>();
  // Only these are asked for: of a large case, all would be read again for every batch.
  const wanted = [...ids.values()];
  for (let i = 0; i < wanted.length; i += ASKED_AT_ONCE) {
    const part = wanted.slice(i, i + ASKED_AT_ONCE);
    const rows = await connection.all(`select file_id from event_file where file_id in (${part.map((_, n) => `$${n + 1}`).join(', ')})`, part);
    for (const row of rows) seen.add(String(row['file_id']));
  }
  const fresh = events.filter((e) => {
    const id = String(ids.get(e.evidencePath) ?? '');
    if (seen.has(id)) return false;
    seen.add(id);
    return true;
  });
  if (fresh.length === 0) return;
  const nothing = fresh.map(() => 0n);
  await connection.append('event_file', new Map<string, readonly Value[]>([
    ['file_id', fresh.map((e) => ids.get(e.evidencePath) ?? 0n)],
    ['evidence_path', fresh.map((e) => e.evidencePath)],
    ['path', fresh.map((e) => e.path)],
    ['server', fresh.map((e) => e.server)],
    ['sha256', fresh.map((e) => e.sha256)],
    ...['size', 'rows', 'rejected', 'row_bytes', 'header_bytes', 'padding_bytes', 'rejected_bytes'].map((name) => [name, nothing] as const),
    ['finished', fresh.map(() => true)],
  ]));
}
