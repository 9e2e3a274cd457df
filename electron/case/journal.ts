import type { JournalEntry } from '../../shared/model/index.ts';
import { quote } from '../../shared/base/limits.ts';
import type { Connection, Row } from '../store/store.ts';
import { canonicalJson, sha256 } from './canonical.ts';
import { count, text } from './rows.ts';

/** What stands before the first entry. */
const GENESIS = '0'.repeat(64);

type Unchained = Omit<JournalEntry, 'seq' | 'hash'>;

/** SHA-256 over the hash of the entry before, a line break, and the canonical JSON of the entry without its hashes. */
export function chainHash(prev: string, entry: Omit<JournalEntry, 'hash'>): string {
  const { seq, time, actor, action, detail } = entry;
  return sha256(`${prev}\n${canonicalJson({ seq, time, actor, action, detail })}`);
}

/** Adds one entry at the end; call it inside the transaction of the deed that it records. */
export async function appendJournal(connection: Connection, entry: Unchained): Promise<JournalEntry> {
  const [last] = await connection.all('select seq, hash from journal order by seq desc limit 1');
  const seq = last ? count(last, 'seq') + 1 : 1;
  const prev = last ? text(last, 'hash') : GENESIS;
  const hash = chainHash(prev, { seq, ...entry });
  await connection.run('insert into journal values ($1, $2, $3, $4, $5, $6, $7)', [seq, entry.time, entry.actor, entry.action, entry.detail, prev, hash]);
  return { seq, ...entry, hash };
}

/** Newest first. */
export async function listJournal(connection: Connection, page: { limit: number; offset: number }): Promise<{ entries: JournalEntry[]; total: number }> {
  const rows = await connection.all('select * from journal order by seq desc limit $1 offset $2', [page.limit, page.offset]);
  const [total] = await connection.all('select count(*) as n from journal');
  return { entries: rows.map(entryOf), total: total ? count(total, 'n') : 0 };
}

/**
 * Walks the chain from its beginning.
 * @param expected a head hash that was noted earlier: it must still be the hash of some entry.
 * @returns the sentences of what does not hold, and each entry to `visit`.
 */
export async function verifyJournal(
  connection: Connection, expected: string | null = null, visit: (entry: JournalEntry) => void = () => undefined,
): Promise<{ problems: string[]; head: string }> {
  const problems: string[] = [];
  let head = GENESIS;
  let seq = 0;
  let found = expected === null || expected === GENESIS;
  for await (const rows of connection.stream('select * from journal order by seq')) {
    for (const row of rows) {
      const entry = entryOf(row);
      seq += 1;
      if (entry.seq !== seq) {
        problems.push(`Journal: entry ${seq} is missing; the next one has the number ${entry.seq}.`);
        seq = entry.seq;
      }
      if (text(row, 'prev') !== head) problems.push(`Journal: entry ${seq} does not follow the one before it.`);
      if (chainHash(text(row, 'prev'), entry) !== entry.hash) problems.push(`Journal: entry ${seq} was changed after it was written.`);
      head = entry.hash;
      found ||= head === expected;
      visit(entry);
    }
  }
  if (seq === 0) problems.push('Journal: it is empty.');
  if (!found) problems.push(`Journal: no entry has the hash ${quote(expected ?? '', 64)} that was noted earlier; the end was cut off or the journal is another one.`);
  return { problems, head };
}

function entryOf(row: Row): JournalEntry {
  return {
    seq: count(row, 'seq'), time: text(row, 'time'), actor: text(row, 'actor'), action: text(row, 'action'),
    detail: text(row, 'detail'), hash: text(row, 'hash'),
  };
}
