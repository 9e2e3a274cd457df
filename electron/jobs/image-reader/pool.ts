import { Worker } from 'node:worker_threads';
import type { ParseProblem } from '../../../shared/model/index.ts';
import { type CatalogReport, unreadCatalog } from './read-catalog.ts';
import { unreadable, type ImageReport } from './read-image.ts';
import type { FromReader, ReaderData, ReadRequest } from './worker.ts';

/** Milliseconds that parsing one file may take before its thread is ended: the slowest real file needs a fraction of a second. */
const PATIENCE = 30_000;

/** Threads that read files of one kind; a file that brings one down, or never ends, is marked, and the reading goes on. */
export interface Readers<R> {
  read(request: ReadRequest): Promise<R>;
  close(): Promise<void>;
}
export type ImageReaders = Readers<ImageReport>;
export type CatalogReaders = Readers<CatalogReport>;

interface Options { readonly workerUrl: URL; readonly location: string; readonly workers: number; readonly patience?: number }

export function createImageReaders(options: Options): ImageReaders {
  return createReaders(options, { location: options.location, wanted: [] }, unreadable);
}

/** @param wanted hashes that are looked for in every catalog, lower-case hex */
export function createCatalogReaders(options: Options & { readonly wanted: readonly string[] }): CatalogReaders {
  return createReaders(options, { location: options.location, wanted: options.wanted }, unreadCatalog);
}

/** @param givenUp the report on a file whose reader had to be ended */
function createReaders<R extends ImageReport | CatalogReport>(options: Options, data: ReaderData, givenUp: (problem: ParseProblem, sha256: string | null) => R): Readers<R> {
  const idle: (Worker | null)[] = Array.from({ length: Math.max(1, options.workers) }, () => null);
  const waiting: ((slot: Worker | null) => void)[] = [];
  const alive = new Set<Worker>();

  const start = (): Worker => {
    const worker = new Worker(options.workerUrl, { workerData: data, resourceLimits: { maxOldGenerationSizeMb: 512 } });
    alive.add(worker);
    return worker;
  };
  const release = (slot: Worker | null): void => {
    const next = waiting.shift();
    if (next === undefined) idle.push(slot);
    else next(slot);
  };

  return {
    async read(request) {
      const slot = idle.length > 0 ? (idle.pop() ?? null) : await new Promise<Worker | null>((resolve) => waiting.push(resolve));
      const worker = slot ?? start();
      const answer = await converse<R>(worker, request, options.patience ?? PATIENCE);
      if (!('why' in answer)) {
        release(worker);
        return answer.report;
      }
      alive.delete(worker);
      await worker.terminate();
      release(null);
      return givenUp({ kind: 'limit', message: `Reading this file was given up: ${answer.why}.` }, answer.sha256);
    },
    async close() {
      await Promise.all([...alive].map((worker) => worker.terminate()));
      alive.clear();
    },
  };
}

interface GivenUp { readonly why: string; readonly sha256: string | null }

/** One question and its answer, or why there is none. The clock runs while the file is parsed, not while it is read. */
function converse<R extends ImageReport | CatalogReport>(worker: Worker, request: ReadRequest, patience: number): Promise<{ readonly report: R } | GivenUp> {
  return new Promise((resolve) => {
    let timer: NodeJS.Timeout | undefined;
    let sha256: string | null = null;
    const end = (result: { readonly report: R } | string): void => {
      clearTimeout(timer);
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      resolve(typeof result === 'string' ? { why: result, sha256 } : result);
    };
    const onMessage = (message: FromReader<R>): void => {
      if (message.kind === 'report') return end(message);
      sha256 = message.sha256;
      timer = setTimeout(() => end(`it took more than ${patience / 1000} seconds`), patience);
    };
    const onError = (error: unknown): void => end(`it brought its reader down (${error instanceof Error ? error.message : 'unknown error'})`);
    const onExit = (): void => end('its reader ended');
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
    worker.postMessage(request);
  });
}
