import type { Connection } from '../store/store.ts';
import type { CaseFile } from './case.ts';
import { text } from './rows.ts';

/**
 * How the screens were left, as texts by key: where nodes of the graph were put. It is no evidence and no judgement, so it
 * goes into the case without an entry in the journal, which would otherwise list every movement of the mouse.
 */
export async function getArrangement(connection: Connection, key: string): Promise<string | null> {
  const [row] = await connection.all('select value from arrangement where key = $1', [key]);
  return row ? text(row, 'value') : null;
}

/** Durable when it resolves. */
export async function setArrangement(caseFile: CaseFile, key: string, value: string): Promise<void> {
  await caseFile.connection.transaction(async () => {
    await caseFile.connection.run('delete from arrangement where key = $1', [key]);
    await caseFile.connection.run('insert into arrangement values ($1, $2)', [key, value]);
  });
  await caseFile.store.checkpoint();
}
