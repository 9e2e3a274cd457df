import type { MessagePort } from 'node:worker_threads';
import type { LineOptions } from '../../artifacts/kit/log-lines.ts';
import type { Bundle, Segment, SpoolState, Stretch } from '../../timeline/spool-format.ts';

/**
 * How a worker gets at the bytes of a log: a path that was validated as lying in the evidence, or a port through which
 * the engine hands chunks (a zip entry).
 */
export type SpoolSource = { readonly kind: 'file'; readonly path: string } | { readonly kind: 'stream'; readonly port: MessagePort };

/** What to read of a log, and into which store. */
export interface LogRequest {
  readonly source: SpoolSource;
  /** Id of the log artifact that reads the lines, and what it is told. */
  readonly format: string;
  readonly lines: LineOptions;
  readonly state: SpoolState;
  /** Null: the whole file from `state` on, with its hash. Else the lines that begin before `to`; `exact`: one begins at `state.offset`. */
  readonly range: { readonly to: number; readonly exact: boolean } | null;
  /** Stretches that are in the store already, by `begin`. */
  readonly skip: readonly Stretch[];
  readonly directory: string;
  /** How the names of the spool files start; no other reading that runs has the same. */
  readonly prefix: string;
  /** Texts that went into one store are not known to another. */
  readonly store: string;
}

/** Small logs that are read one after the other, their rows together. */
export interface BundleRequest extends Pick<LogRequest, 'directory' | 'prefix' | 'store'> {
  readonly logs: readonly Pick<LogRequest, 'format' | 'lines' | 'state'>[];
}

/** Engine to worker. A worker reads one log, or one bundle, at a time. */
export type ToWorker =
  | ({ readonly kind: 'read'; readonly segmentBytes: number } & LogRequest)
  | ({ readonly kind: 'read-bundle'; readonly segmentBytes: number } & BundleRequest)
  /** The answer to `want`; a sentence where there are no bytes. */
  | { readonly kind: 'source'; readonly source: SpoolSource | string }
  /** A segment was loaded: one more may be prepared. */
  | { readonly kind: 'loaded' }
  | { readonly kind: 'stop' };

/** Worker to engine; a segment and a bundle are answered with `loaded`. After `done`, `failed` or `stopped` it is free for the next log. */
export type FromWorker =
  | { readonly kind: 'segment'; readonly segment: Segment }
  | { readonly kind: 'bundle'; readonly bundle: Bundle }
  /** The bytes of this log of the bundle come next: none is opened long before. */
  | { readonly kind: 'want'; readonly log: number }
  | { readonly kind: 'done' }
  /** The file could not be read on; everything before was sent. */
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'stopped' };

/** Over a stream port: the worker asks, the engine answers with the next chunk, the end, or a sentence why not. */
export type ChunkAnswer = { readonly chunk: Uint8Array } | { readonly end: true } | { readonly error: string };

/** Segments that a worker may have sent and not yet seen loaded. */
export const MAX_WAITING = 2;
/** Bytes of a log in one segment, at most about: as a rule its number of rows ends a segment before. */
export const SEGMENT_BYTES = 256 * 1024 * 1024;
