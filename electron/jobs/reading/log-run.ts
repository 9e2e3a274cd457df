import { ingestLog, type LogLoader, type LogToRead } from '../spool/index.ts';
import type { ReadingContext } from './context.ts';
import { nameOf } from './inventory.ts';
import { LogOrder, type Pivot, type ReadingUnit } from './log-order.ts';
import type { SiteLog } from './log-tasks.ts';
import type { Span } from './probe-logs.ts';

/** A log that the timeline knows, and when it begins and ends. */
export interface ListedLog { readonly log: SiteLog; readonly toRead: LogToRead; readonly span: Span }

export type LogResult = Awaited<ReturnType<typeof ingestLog>>;

/** A log that is being read is left for a range that is asked for when this much of it is still to come, in bytes. */
const LONG_REST = 64 * 1024 * 1024;

interface Unit extends ReadingUnit { readonly index: number; readonly listed: ListedLog }

/** One run over the logs, in the order of `LogOrder`, steered while it runs. */
export class LogRun {
  /** By the index of the log; null for what was not reached. */
  readonly results: (LogResult | null)[];
  readonly #ctx: ReadingContext;
  readonly #loader: LogLoader;
  readonly #order: LogOrder<Unit>;
  readonly #done: Map<string, number>;
  readonly #running = new Map<Unit, AbortController>();
  readonly #failures: unknown[] = [];
  readonly #total: number;
  #sum: number;

  /** @param before bytes of each log that are in the store already */
  constructor(ctx: ReadingContext, loader: LogLoader, logs: readonly ListedLog[], pivots: readonly Pivot[], before: ReadonlyMap<string, number>) {
    this.#ctx = ctx;
    this.#loader = loader;
    this.results = logs.map(() => null);
    const units = logs.map((listed, index): Unit => {
      const { evidencePath } = listed.toRead;
      return { index, listed, evidencePath, folder: folderOf(listed.log), from: listed.span.head, to: listed.span.tail };
    });
    this.#order = new LogOrder(units, pivots);
    this.#done = new Map(logs.map(({ toRead }) => [toRead.evidencePath, before.get(toRead.evidencePath) ?? 0]));
    this.#total = logs.reduce((n, { toRead }) => n + toRead.size, 0);
    this.#sum = [...this.#done.values()].reduce((a, b) => a + b, 0);
  }

  /** @param pivotsRead called once, when the days around pivots are read and other logs are not */
  async read(pivotsRead: () => Promise<void>): Promise<void> {
    this.#order.front = this.#ctx.steering.front;
    const off = this.#ctx.steering.onChange(() => this.#steer());
    try {
      const all = this.#order.left;
      await this.#lanes(true);
      if (this.#order.left > 0 && this.#order.left < all && !this.#over) await pivotsRead();
      await this.#lanes(false);
    } finally {
      off();
    }
    if (this.#failures.length > 0) throw this.#failures[0];
  }

  get #over(): boolean {
    return this.#ctx.signal.aborted || this.#failures.length > 0;
  }

  async #lanes(urgent: boolean): Promise<void> {
    this.#tell('');
    await Promise.all(Array.from({ length: Math.max(1, this.#ctx.workers) }, () => this.#lane(urgent)));
  }

  async #lane(urgent: boolean): Promise<void> {
    for (;;) {
      await this.#ctx.steering.held(this.#ctx.signal);
      if (this.#over) return;
      const unit = this.#order.take(urgent);
      if (unit === null) return;
      try {
        await this.#one(unit);
      } catch (error) {
        this.#failures.push(error);
      }
    }
  }

  async #one(unit: Unit): Promise<void> {
    const { connection, spoolDirectory, signal, read } = this.#ctx;
    const stop = new AbortController();
    this.#running.set(unit, stop);
    try {
      const result = await ingestLog({
        connection, spoolDirectory, loader: this.#loader, signal: AbortSignal.any([signal, stop.signal]), onProgress: (log, bytes) => this.#progress(log.evidencePath, bytes),
      }, unit.listed.toRead);
      if (signal.aborted) return;
      if (stop.signal.aborted && result.file.done < result.file.size && result.file.sha256 === null) {
        this.#order.putBack(unit);
        return;
      }
      if (result.hashedNow) read.files += 1;
      this.results[unit.index] = result;
      this.#progress(unit.evidencePath, result.file.done);
    } finally {
      this.#running.delete(unit);
    }
  }

  #progress(evidencePath: string, bytes: number): void {
    const more = bytes - (this.#done.get(evidencePath) ?? 0);
    this.#done.set(evidencePath, bytes);
    this.#sum += more;
    this.#ctx.read.bytes += Math.max(0, more);
    this.#tell(nameOf(evidencePath));
    this.#ctx.changed();
  }

  #tell(name: string): void {
    this.#ctx.board.progress('logs', this.#sum, Math.max(this.#total, this.#sum), name);
  }

  /** A range that is asked for comes at once: what is read and lies elsewhere is left at the end of a segment. */
  #steer(): void {
    const { front } = this.#ctx.steering;
    this.#order.front = front;
    if (front === null || !this.#order.hasFront) return;
    for (const [unit, stop] of this.#running) {
      const rest = unit.listed.toRead.size - (this.#done.get(unit.evidencePath) ?? 0);
      if (rest > LONG_REST && !this.#order.inFront(unit)) stop.abort();
    }
  }
}

/** Packed logs of one folder follow each other, whichever archive they are in. */
function folderOf({ file, archive, server, site }: SiteLog): string {
  const path = archive ?? file.evidencePath;
  return `${server ?? ''}|${site ?? ''}|${path.slice(0, path.lastIndexOf('/') + 1)}`;
}
