import type { ParseProblem } from '../../../shared/model/index.ts';

export interface Named { readonly name: string; readonly value: string }

/** One event of a trace: what happened inside the worker process, in the order of the file. */
export interface TraceEvent {
  /** `NOTIFY_MODULE_START`; '' where the file does not say. */
  readonly opcode: string;
  readonly provider: string;
  /** UTC text as written, or null. */
  readonly time: string | null;
  /** 1-based line of its `<`, and byte offset and length; both null where the bytes could not be decoded one by one. */
  readonly line: number;
  readonly offset: number | null;
  readonly length: number | null;
  /** Values by name, in their order. */
  readonly data: readonly Named[];
  /** What the writer says a value means: `EXECUTE_REQUEST_HANDLER` for Notification 128. */
  readonly shown: readonly Named[];
}

/** A module that IIS called for the request. */
export interface TracedCall {
  readonly module: string;
  /** `BEGIN_REQUEST`, or the number as written where it is not a known one. */
  readonly notification: string;
  /** Bit of the notification, or null. */
  readonly number: number | null;
  /** After the notification itself (OnPost...). */
  readonly post: boolean;
  readonly line: number;
  readonly offset: number | null;
  readonly length: number | null;
}

/** Who set the status of the response. */
export interface TracedStatus {
  readonly module: string;
  readonly notification: string;
  readonly status: string;
  readonly error: boolean;
  readonly reason: string;
  readonly line: number;
}

/** What a trace says of its request. */
export interface RequestTrace {
  /** Attributes of the root as written: url, siteId, appPoolId, verb, statusCode, ... */
  readonly request: readonly Named[];
  /** UTC text of the first event that has a time, or null. */
  readonly time: string | null;
  readonly events: number;
  readonly calls: readonly TracedCall[];
  readonly statuses: readonly TracedStatus[];
  /** The handler that was chosen last, with what the file says of it. */
  readonly handler: Named | null;
  readonly urls: readonly Named[];
  readonly filters: readonly string[];
  /** False when the file ends before its root does. */
  readonly complete: boolean;
  /** Line and byte offset of the root. */
  readonly line: number;
  readonly offset: number;
  readonly length: number;
}

/** Every byte of the file in one of four; their sum is its size. */
export interface TraceBytes { readonly rows: number; readonly headers: number; readonly padding: number; readonly rejected: number }

export interface ParsedTrace {
  readonly trace: RequestTrace | null;
  readonly events: readonly TraceEvent[];
  readonly bytes: TraceBytes;
  readonly problems: readonly ParseProblem[];
}
