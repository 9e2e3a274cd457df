import type { MessagePort } from 'node:worker_threads';
import type { Segment, SpoolState } from '../../timeline/spool-format.ts';

/**
 * How a worker gets at the bytes of a log: a path that was validated as lying in the evidence, or a port through which
 * the engine hands chunks (a zip entry).
 */
export type SpoolSource = { readonly kind: 'file'; readonly path: string } | { readonly kind: 'stream'; readonly port: MessagePort };

/** Engine to worker. A worker reads one log at a time. */
export type ToWorker =
  | { readonly kind: 'read'; readonly source: SpoolSource; readonly state: SpoolState; readonly directory: string; readonly prefix: string; readonly segmentBytes: number }
  /** A segment was loaded: one more may be prepared. */
  | { readonly kind: 'loaded' }
  | { readonly kind: 'stop' };

/** Worker to engine. After `done`, `failed` or `stopped` it is free for the next log. */
export type FromWorker =
  | { readonly kind: 'segment'; readonly segment: Segment }
  | { readonly kind: 'done' }
  /** The file could not be read on; everything before was sent. */
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'stopped' };

/** Over a stream port: the worker asks, the engine answers with the next chunk, the end, or a sentence why not. */
export type ChunkAnswer = { readonly chunk: Uint8Array } | { readonly end: true } | { readonly error: string };

/** Segments that a worker may have sent and not yet seen loaded. */
export const MAX_WAITING = 2;
/** Bytes of one spool file, about: large enough for the database's batches, small enough to lose to a kill. */
export const SEGMENT_BYTES = 56 * 1024 * 1024;
