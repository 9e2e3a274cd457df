import { Worker } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import type { Segment } from '../../timeline/spool-format.ts';
import { SEGMENT_BYTES, type FromWorker, type LogRequest, type ToWorker } from './protocol.ts';

/** Turns a log into segments ready for the database. Another way of reading logs is another implementation of this. */
export interface LogLoader {
  /**
   * Segments in file order; each was loaded when the next one is asked for.
   * @throws LogUnreadable when the file cannot be read to its end; what came before stays valid
   */
  segments(request: LogRequest, signal?: AbortSignal): AsyncIterable<Segment>;
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

  return {
    async *segments(request, signal) {
      const slot = await acquire();
      try {
        slot.worker ??= new Worker(options.workerUrl, { resourceLimits: { maxOldGenerationSizeMb: 256 } });
        yield* converse(slot.worker, { kind: 'read', segmentBytes: options.segmentBytes ?? SEGMENT_BYTES, ...request }, signal);
      } catch (error) {
        // A worker that died, or that was left in the middle, is not used again.
        if (error instanceof LogUnreadable) throw error;
        await slot.worker?.terminate();
        slot.worker = null;
        throw new LogUnreadable(`Reading this log was given up: it brought its reader down (${error instanceof Error ? error.message : 'unknown error'}).`);
      } finally {
        release(slot);
      }
    },
    async close() {
      await Promise.all(all.map((slot) => slot.worker?.terminate()));
      for (const slot of all) slot.worker = null;
    },
  };
}

/** One log's talk with a worker. When the reader stops early, or `signal` fires, the worker is stopped and awaited. */
async function* converse(worker: Worker, request: Extract<ToWorker, { kind: 'read' }>, signal?: AbortSignal): AsyncGenerator<Segment> {
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
    send(request, request.source.kind === 'stream' ? [request.source.port] : []);
    if (signal?.aborted === true) stop();
    for (;;) {
      const message = await next();
      if (message.kind === 'segment') {
        yield message.segment;
        send({ kind: 'loaded' });
        continue;
      }
      over = true;
      if (message.kind === 'failed') throw new LogUnreadable(message.message);
      return;
    }
  } finally {
    if (!over && died === null) {
      stop();
      while ((await next()).kind === 'segment');
    }
    signal?.removeEventListener('abort', stop);
    worker.off('message', onMessage).off('error', onError).off('exit', onExit);
  }
}
