import type { Connection, Store } from '../store/store.ts';
import { appendJournal } from './journal.ts';

/** An open case. All that the analyst writes goes over `connection`; a reading of evidence takes one of its own from `store`. */
export interface CaseFile {
  readonly path: string;
  readonly store: Store;
  readonly connection: Connection;
  /** Random, made with the case: tells two cases apart that have the same name. */
  readonly id: string;
  /** Name and version of this program, for the journal. */
  readonly tool: string;
  /** The clock, as UTC text. */
  readonly now: () => string;
  /** Everything is in the one file when this resolves. Closing twice does no harm. */
  close(): Promise<void>;
}

/** What was done, for the journal. `actor` is the program where nobody is named. */
export interface Deed {
  readonly action: string;
  readonly detail: string;
  readonly actor?: string;
}

/**
 * Does `work` and writes it into the journal, both or neither, and resolves when they are in the case file itself, not
 * only in the database's side file.
 */
export async function journaled(caseFile: CaseFile, work: () => Promise<Deed>): Promise<void> {
  await caseFile.connection.transaction(async () => {
    const deed = await work();
    await appendJournal(caseFile.connection, { time: caseFile.now(), actor: deed.actor ?? caseFile.tool, action: deed.action, detail: deed.detail });
  });
  await caseFile.store.checkpoint();
}
