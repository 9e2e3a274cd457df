import { Worker } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import type { Bundle, Segment } from '../../timeline/spool-format.ts';
import { SEGMENT_BYTES, type BundleRequest, type FromWorker, type LogRequest, type SpoolSource, type ToWorker } from './protocol.ts';

/** Turns a log into segments ready for the database. Another way of reading logs is another implementation of this. */
export interface LogLoader {
  /**
   * Segments in file order; each was loaded when the next one is asked for.
   * @throws LogUnreadable when the file cannot be read to its end; what came before stays valid
   */
  segments(request: LogRequest, signal?: AbortSignal): AsyncIterable<Segment>;
  /**
   * Several small logs, their pieces together. Missing where a loader reads logs one by one only.
   * @param source called when the turn of a log comes
   * @throws LogUnreadable when the reader came down: over which log is not known
   */
  bundles?(request: BundleRequest, source: (log: number) => SpoolSource | Promise<SpoolSource>, signal?: AbortSignal): AsyncIterable<Bundle>;
  close(): Promise<void>;
}

/** The log could not be read on; `message` is for a person. */
export class LogUnreadable extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'LogUnreadable';
  }
}

interface Slot {
  worker: Worker | null;
}

/** A pool of spool workers, started when first needed. */
export function createSpooler(options: { readonly workerUrl: URL | string; readonly workers: number; readonly segmentBytes?: number }): LogLoader {
  const free: Slot[] = Array.from({ length: Math.max(1, options.workers) }, () => ({ worker: null }));
  const all = [...free];
  const queue: ((slot: Slot) => void)[] = [];

  const acquire = (): Promise<Slot> => {
    const slot = free.pop();
    return slot === undefined ? new Promise((resolve) => queue.push(resolve)) : Promise.resolve(slot);
  };
  const release = (slot: Slot): void => {
    const next = queue.shift();
    if (next === undefined) free.push(slot);
    else next(slot);
  };

  async function* ask<T>(talk: (worker: Worker) => AsyncIterable<T>): AsyncGenerator<T> {
    const slot = await acquire();
    try {
      slot.worker ??= new Worker(options.workerUrl, { resourceLimits: { maxOldGenerationSizeMb: 256 } });
      yield* talk(slot.worker);
    } catch (error) {
      // A worker that died, or that was left in the middle, is not used again.
      if (error instanceof LogUnreadable) throw error;
      await slot.worker?.terminate();
      slot.worker = null;
      throw new LogUnreadable(`Reading this log was given up: it brought its reader down (${error instanceof Error ? error.message : 'unknown error'}).`);
    } finally {
      release(slot);
    }
  }
  const segmentBytes = options.segmentBytes ?? SEGMENT_BYTES;

  return {
    segments: (request, signal) => ask((worker) => converse(worker, { kind: 'read', segmentBytes, ...request }, {
      taken: (message) => (message.kind === 'segment' ? message.segment : null), source: async () => NO_BYTES,
    }, signal)),
    bundles: (request, source, signal) => ask((worker) => converse(worker, { kind: 'read-bundle', segmentBytes, ...request }, {
      taken: (message) => (message.kind === 'bundle' ? message.bundle : null), source: (log) => sourceOrWhy(source, log),
    }, signal)),
    async close() {
      await Promise.all(all.map((slot) => slot.worker?.terminate()));
      for (const slot of all) slot.worker = null;
    },
  };
}

const NO_BYTES = 'the log was not asked for';

/** A log that cannot be opened leaves the others of its bundle alone. */
async function sourceOrWhy(source: (log: number) => SpoolSource | Promise<SpoolSource>, log: number): Promise<SpoolSource | string> {
  try {
    return await source(log);
  } catch (error) {
    if (error instanceof LogUnreadable) return error.message;
    throw error;
  }
}

interface Talk<T> {
  taken(message: FromWorker): T | null;
  source(log: number): Promise<SpoolSource | string>;
}

/** One talk with a worker, over a log or a bundle. When the reader stops early, or `signal` fires, the worker is stopped and awaited. */
async function* converse<T>(worker: Worker, request: Extract<ToWorker, { kind: 'read' | 'read-bundle' }>, talk: Talk<T>, signal?: AbortSignal): AsyncGenerator<T> {
  const inbox: FromWorker[] = [];
  let died: Error | null = null;
  let wake: () => void = () => undefined;
  const onMessage = (message: FromWorker): void => {
    inbox.push(message);
    wake();
  };
  const onError = (error: unknown): void => {
    died = error instanceof Error ? error : new Error(String(error));
    wake();
  };
  const onExit = (): void => {
    died ??= new Error('The worker that reads logs ended unexpectedly.');
    wake();
  };
  const send = (message: ToWorker, transfer: readonly MessagePort[] = []): void => worker.postMessage(message, [...transfer]);
  const next = async (): Promise<FromWorker> => {
    for (;;) {
      const message = inbox.shift();
      if (message !== undefined) return message;
      if (died !== null) throw died;
      await new Promise<void>((resolve) => (wake = resolve));
    }
  };
  const stop = (): void => send({ kind: 'stop' });

  worker.on('message', onMessage).on('error', onError).on('exit', onExit);
  signal?.addEventListener('abort', stop);
  let over = false;
  try {
    send(request, request.kind === 'read' ? portsOf(request.source) : []);
    if (signal?.aborted === true) stop();
    for (;;) {
      const message = await next();
      const taken = talk.taken(message);
      if (taken !== null) {
        yield taken;
        send({ kind: 'loaded' });
        continue;
      }
      if (message.kind === 'want') {
        const source = await talk.source(message.log);
        send({ kind: 'source', source }, portsOf(source));
        continue;
      }
      over = true;
      if (message.kind === 'failed') throw new LogUnreadable(message.message);
      return;
    }
  } finally {
    if (!over && died === null) {
      stop();
      while (!isLast(await next()));
    }
    signal?.removeEventListener('abort', stop);
    worker.off('message', onMessage).off('error', onError).off('exit', onExit);
  }
}

function isLast(message: FromWorker): boolean {
  return message.kind === 'done' || message.kind === 'failed' || message.kind === 'stopped';
}

function portsOf(source: SpoolSource | string): readonly MessagePort[] {
  return typeof source !== 'string' && source.kind === 'stream' ? [source.port] : [];
}
