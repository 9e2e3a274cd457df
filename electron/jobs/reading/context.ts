import type { CaseFile } from '../../case/case.ts';
import type { EvidenceSource } from '../../evidence/source.ts';
import type { Connection } from '../../store/store.ts';
import type { JobBoard } from '../job-board.ts';
import type { AttachedEvidence } from '../attached.ts';
import type { ProblemBook } from './problem-book.ts';
import type { Steering } from './steering.ts';

/** What every stage of a reading works with. */
export interface ReadingContext {
  readonly caseFile: CaseFile;
  /** The reading's own connection: notes go on over the case's while a batch is open. */
  readonly connection: Connection;
  readonly source: EvidenceSource;
  /** The same source, with what is proved of it. */
  readonly attached: AttachedEvidence;
  readonly evidenceId: string;
  readonly signal: AbortSignal;
  readonly board: JobBoard;
  readonly problems: ProblemBook;
  /** What the analyst asks of the reading while it runs. */
  readonly steering: Steering;
  /** Counts what this run reads of logs, for its record. */
  readonly read: { files: number; bytes: number };
  /** When the reading began, as its record in the case says: signatures without a timestamp are judged at it. UTC text. */
  readonly moment: string;
  readonly workers: number;
  /** `configuration`: what effective lists and history need, and nothing else. */
  readonly scope: 'all' | 'configuration';
  /** Built worker file for program files. */
  readonly imageWorker: URL;
  /** Built worker file for logs, and the folder that it may write to. */
  readonly spoolWorker: URL;
  readonly spoolDirectory: string;
  /** Told whenever stored data changed. */
  readonly changed: () => void;
}
