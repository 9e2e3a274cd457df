/**
 * A request that could not be served, as it crosses a process border. It is about the request, never about damage in
 * the evidence (that is a `Problem`).
 * - `usage`: the caller asked for something that does not exist or is not well-formed (CLI exit code 2).
 * - `conflict`: the request is well-formed but the state forbids it (case already open, evidence is another one).
 * - `exists`: there is a file of that name already; the same request with leave to replace it would do it.
 * - `unavailable`: a file cannot be opened, the disk is full, the engine has died.
 * - `cancelled`: somebody stopped it; what was done is kept.
 * - `bug`: an unexpected error; the message is for the log, and the user is told that it is a bug.
 */
export type FailureKind = 'usage' | 'conflict' | 'exists' | 'unavailable' | 'cancelled' | 'bug';

export interface Failure {
  readonly kind: FailureKind;
  /** One sentence for a person. */
  readonly message: string;
  /** 1-based column in the text that the user typed, where the fault is in a typed text. */
  readonly column?: number | undefined;
}

export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

export function ok<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function fail(kind: FailureKind, message: string, column?: number): Result<never> {
  return { ok: false, failure: column === undefined ? { kind, message } : { kind, message, column } };
}

/** Thrown inside the engine to leave a request early; the router turns it into a failed `Result`. */
export class RequestError extends Error {
  readonly failure: Failure;
  constructor(kind: FailureKind, message: string, column?: number) {
    super(message);
    this.name = 'RequestError';
    this.failure = column === undefined ? { kind, message } : { kind, message, column };
  }
}
