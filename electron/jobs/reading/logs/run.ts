import { NO_OPTIONS } from '../../../artifacts/kit/log-lines.ts';
import { EvidenceUnreadable } from '../../../evidence/source.ts';
import { ingestLog, ingestSmall, type LogLoader, type LogRange, type LogToRead } from '../../spool/index.ts';
import type { ReadingContext } from '../context.ts';
import { nameOf } from '../inventory.ts';
import { LogOrder, type Pivot, type ReadingUnit } from './order.ts';
import { stretchOf } from './stretch.ts';
import type { SiteLog } from './tasks.ts';
import type { Span } from './probe-logs.ts';
import type { TickRange } from '../steering.ts';

/** A log that the timeline knows, and when it begins and ends. */
export interface ListedLog { readonly log: SiteLog; readonly toRead: LogToRead; readonly span: Span }

export type LogResult = Awaited<ReturnType<typeof ingestLog>>;

/** A log with more bytes to come is left for a range that is asked for, and of one with more bytes a range is read ahead. */
const LONG_REST = 64 * 1024 * 1024;

/** A range that is nearly all of the log is not worth the detour. */
const MOST_AHEAD = 0.7;

/** Logs of at most so many bytes are read several at a time, up to so many bytes: then each costs its bytes and little else. */
const SMALL_LOG = 8 * 1024 * 1024;
const MOST_TOGETHER = 48 * 1024 * 1024;
const LEAST_TOGETHER = 4 * 1024 * 1024;
const MOST_LOGS_TOGETHER = 256;

interface Unit extends ReadingUnit { readonly index: number; readonly listed: ListedLog; readonly ahead: TickRange[] }

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
      return { index, listed, evidencePath, ahead: [], folder: folderOf(listed.log), from: listed.span.head, to: listed.span.tail };
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
      const units = this.#withOthers(unit, urgent);
      try {
        if (units.length > 1) await this.#several(units);
        else await this.#one(unit);
      } catch (error) {
        this.#failures.push(error);
      }
    }
  }

  /** Small logs that follow are read with a small one; so few that the other workers have some too. */
  #withOthers(unit: Unit, urgent: boolean): readonly Unit[] {
    const units = [unit];
    if (!this.#isSmall(unit)) return units;
    const share = Math.min(MOST_TOGETHER, Math.max(LEAST_TOGETHER, (this.#total - this.#sum) / (2 * Math.max(1, this.#ctx.workers))));
    let bytes = this.#rest(unit);
    while (units.length < MOST_LOGS_TOGETHER) {
      const other = this.#order.take(urgent, (next) => this.#isSmall(next) && bytes + this.#rest(next) <= share);
      if (other === null) break;
      bytes += this.#rest(other);
      units.push(other);
    }
    return units;
  }

  #isSmall(unit: Unit): boolean {
    return unit.listed.toRead.size <= SMALL_LOG;
  }

  async #several(units: readonly Unit[]): Promise<void> {
    const { connection, spoolDirectory, signal, read } = this.#ctx;
    const onProgress = (log: { readonly evidencePath: string }, bytes: number): void => this.#progress(log.evidencePath, bytes);
    const results = await ingestSmall({ connection, spoolDirectory, loader: this.#loader, signal, onProgress }, units.map((unit) => unit.listed.toRead));
    if (signal.aborted) return;
    for (const [i, unit] of units.entries()) {
      const result = results[i];
      if (result === undefined) continue;
      if (result.hashedNow) read.files += 1;
      this.results[unit.index] = result;
      this.#progress(unit.evidencePath, result.file.done);
    }
  }

  async #one(unit: Unit): Promise<void> {
    const { connection, spoolDirectory, signal, read } = this.#ctx;
    const stop = new AbortController();
    this.#running.set(unit, stop);
    try {
      const context = {
        connection, spoolDirectory, loader: this.#loader, signal: AbortSignal.any([signal, stop.signal]), onProgress: (log: { readonly evidencePath: string }, bytes: number) => this.#progress(log.evidencePath, bytes),
      };
      const ahead = await this.#readAhead(unit);
      if (ahead !== null) {
        await ingestLog(context, unit.listed.toRead, { range: ahead.range });
        // What was left for another range is gone on with when its turn comes.
        if (!stop.signal.aborted) unit.ahead.push(ahead.window);
        this.#order.putBack(unit);
        return;
      }
      const result = await ingestLog(context, unit.listed.toRead);
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

  /** The part of a long log that is wanted before the rest; null when all of it is read at once. */
  async #readAhead(unit: Unit): Promise<{ readonly range: LogRange; readonly window: TickRange } | null> {
    const { signal, source } = this.#ctx;
    const window = this.#order.windowOf(unit);
    const { log, toRead } = unit.listed;
    if (window === null || log.archive !== null || source.kind === 'zip' || this.#rest(unit) <= LONG_REST) return null;
    const reader = await source.open(unit.evidencePath).catch(() => null);
    if (reader === null) return null;
    try {
      const range = await stretchOf({ reader, signal, artifact: log.artifact, options: toRead.lines ?? NO_OPTIONS }, window);
      return range === null || range.to - range.from > MOST_AHEAD * toRead.size ? null : { range, window };
    } catch (error) {
      if (error instanceof EvidenceUnreadable) return null;
      throw error;
    } finally {
      await reader.close();
    }
  }

  #rest(unit: Unit): number {
    return unit.listed.toRead.size - (this.#done.get(unit.evidencePath) ?? 0);
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
      if (this.#rest(unit) > LONG_REST && !this.#order.inFront(unit)) stop.abort();
    }
  }
}

/** Packed logs of one folder follow each other, whichever archive they are in. */
function folderOf({ file, archive, server, site }: SiteLog): string {
  const path = archive ?? file.evidencePath;
  return `${server ?? ''}|${site ?? ''}|${path.slice(0, path.lastIndexOf('/') + 1)}`;
}
