import type { Job } from '../../../shared/contract/job.ts';
import { RequestError } from '../../../shared/base/result.ts';
import type { CaseFile } from '../../case/case.ts';
import { beginRun, endRun, touchRun, type IngestRun } from '../../case/runs.ts';
import type { Connection } from '../../store/store.ts';
import type { AttachedEvidence } from '../attached.ts';
import { JobBoard } from '../job-board.ts';
import { Cancelled } from '../limited.ts';
import type { CaseModel } from '../model/case-model.ts';
import { ProblemBook } from './problem-book.ts';
import { readEvidence } from './read-evidence.ts';
import { runOptions } from './same-evidence.ts';
import { Steering, type TickRange } from './steering.ts';

export interface ReadingOptions {
  readonly workers: number;
  readonly scope: 'all' | 'configuration';
  /** Zone of the server's clock, for logs in local time; null when not said. */
  readonly serverZone: string | null;
}

export interface ReadingStart {
  readonly file: CaseFile;
  readonly attached: AttachedEvidence;
  readonly evidenceId: string;
  readonly imageWorker: URL;
  readonly spoolWorker: URL;
  readonly spoolDirectory: string;
  readonly options: ReadingOptions;
  readonly onModel: (model: CaseModel) => void;
  /** The evidence is that of the case; only now may it take the place of what was attached. */
  readonly onAccepted: () => Promise<void>;
  /** Called last, however the reading ends. */
  readonly onEnd: () => Promise<void>;
  readonly changed: (atOnce?: boolean) => void;
  readonly tell: (jobs: readonly Job[]) => void;
}

export interface Outcome { readonly outcome: 'done' | 'cancelled' | 'failed'; readonly message: string }

/** One reading of evidence into a case, from start to a recorded end; it never rejects. */
export class Reading {
  readonly #abort = new AbortController();
  readonly #board: JobBoard;
  readonly #steering = new Steering();
  readonly ended: Promise<Outcome>;
  #running = true;

  constructor(start: ReadingStart) {
    this.#board = new JobBoard(start.tell);
    this.ended = this.#run(start).finally(() => {
      this.#running = false;
      start.changed(true);
    });
  }

  get running(): boolean {
    return this.#running;
  }

  get jobs(): readonly Job[] {
    return this.#board.jobs;
  }

  cancel(): void {
    this.#abort.abort();
  }

  /** Holds the reading of logs, or lets it go on. */
  pause(paused: boolean): void {
    this.#steering.pause(paused);
    this.#board.hold('logs', paused);
  }

  /** Reads logs of a range before all others; null: in the usual order again. */
  moveToFront(range: TickRange | null): void {
    this.#steering.moveToFront(range);
  }

  async #run(start: ReadingStart): Promise<Outcome> {
    const { file, options } = start;
    const signal = this.#abort.signal;
    let connection: Connection | null = null;
    let run: IngestRun | null = null;
    const read = { files: 0, bytes: 0 };
    // A statement that loads a segment may take its time; what it had not committed is read again.
    const interrupt = (): void => connection?.interrupt();
    signal.addEventListener('abort', interrupt);
    try {
      const begun = await beginRun(file, start.evidenceId, runOptions(options.scope));
      run = begun;
      connection = await file.store.connect();
      await readEvidence({
        caseFile: file, connection, source: start.attached.source, attached: start.attached, evidenceId: start.evidenceId, signal, board: this.#board, problems: new ProblemBook(), steering: this.#steering, read,
        moment: begun.started, workers: options.workers, scope: options.scope, imageWorker: start.imageWorker, spoolWorker: start.spoolWorker, spoolDirectory: start.spoolDirectory, changed: () => start.changed(),
      }, options.serverZone, {
        accepted: start.onAccepted,
        touching: async () => {
          run = await touchRun(file, begun);
        },
        model: start.onModel,
      });
      await endRun(file, run, 'finished', '', read);
      return { outcome: 'done', message: '' };
    } catch (error) {
      const cancelled = error instanceof Cancelled || signal.aborted;
      const message = cancelled ? 'Reading was cancelled; what was read is kept.' : error instanceof Error ? error.message : String(error);
      this.#board.stopAll(cancelled ? 'cancelled' : 'failed', message);
      // A bug must leave a trace for whoever runs the program; a refusal is told to the user.
      if (!cancelled && !(error instanceof RequestError)) process.stderr.write(`iisight: reading failed: ${error instanceof Error ? (error.stack ?? message) : message}\n`);
      if (run !== null) await endRun(file, run, cancelled ? 'stopped' : 'failed', message, read).catch(() => undefined);
      return { outcome: cancelled ? 'cancelled' : 'failed', message };
    } finally {
      signal.removeEventListener('abort', interrupt);
      connection?.close();
      await start.onEnd();
    }
  }
}
