import { RequestError, type FailureKind } from '../../shared/base/result.ts';

/**
 * - `corrupt`: the file is not a database, or a part of it does not match its checksum.
 * - `full`: no space is left where the file or the temporary files lie.
 * - `locked`: another process, or this one, has the file open.
 * - `newer`: written by a version of the database that this one cannot read.
 * - `io`: the operating system refused in another way.
 * - `interrupted`: somebody called `interrupt`.
 * - `sql`: the statement itself was refused; that is an error of ours.
 */
export type StoreErrorKind = 'corrupt' | 'full' | 'locked' | 'newer' | 'io' | 'interrupted' | 'sql';

/** What the database refused, in one sentence that names the file. `reopen` is true when no connection works any more. */
export class StoreError extends RequestError {
  readonly kind: StoreErrorKind;
  readonly path: string;
  readonly reopen: boolean;
  constructor(kind: StoreErrorKind, path: string, message: string, options: { reopen?: boolean; cause?: unknown } = {}) {
    super(FAILURES[kind], message);
    this.name = 'StoreError';
    this.kind = kind;
    this.path = path;
    this.reopen = options.reopen ?? false;
    if (options.cause !== undefined) this.cause = options.cause;
  }
}

const FAILURES: Readonly<Record<StoreErrorKind, FailureKind>> = {
  corrupt: 'unavailable', full: 'unavailable', locked: 'conflict', newer: 'unavailable', io: 'unavailable', interrupted: 'cancelled', sql: 'bug',
};

/** The database names its errors in words only; the order matters, since one sentence can carry several of these. */
const SIGNS: ReadonlyArray<readonly [StoreErrorKind, RegExp]> = [
  ['interrupted', /\bINTERRUPT\b|Interrupted!/],
  ['full', /No space left on device|not enough space on the disk|disk is full|max_temp_directory_size/i],
  ['locked', /Could not set lock|Conflicting lock|being used by another process/i],
  ['newer', /but we can only read version|newer version of DuckDB|storage version .* (?:is )?not supported/i],
  ['corrupt', /not a valid DuckDB database file|Corrupt database file|computed checksum|Could not read enough bytes|Serialization Error|Failed to deserialize|Failure while replaying WAL|encrypted/i],
  ['io', /IO Error|Permission denied|Out of Memory Error/i],
];

/** The database's words for a file of another kind; they would only puzzle whoever named the wrong file. */
const NO_DATABASE = /not a valid DuckDB database file/;

export function sentence(kind: StoreErrorKind, path: string, detail: string): string {
  switch (kind) {
    case 'corrupt': return NO_DATABASE.test(detail) ? `${path} is damaged or is not a case file.` : `${path} is damaged or is not a case file: ${detail}`;
    case 'full': return `No space is left for ${path}; nothing that was saved before is lost.`;
    case 'locked': return `${path} is open in another IISight; close it there first.`;
    case 'newer': return `${path} was written by a newer version of IISight and cannot be read by this one.`;
    case 'io': return `${path} could not be read or written: ${detail}`;
    case 'interrupted': return `The work on ${path} was stopped.`;
    case 'sql': return `The database refused a statement: ${detail}`;
  }
}

/** Wraps whatever the database threw; a StoreError passes through. `opening` excludes `sql`: no statement of ours ran yet. */
export function storeError(thrown: unknown, path: string, opening = false): StoreError {
  if (thrown instanceof StoreError) return thrown;
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  const reopen = /\bFATAL\b|database has been invalidated/i.test(text);
  const known = SIGNS.find(([, sign]) => sign.test(text))?.[0];
  const kind = known ?? (opening || /INTERNAL Error/.test(text) ? 'corrupt' : reopen ? 'io' : 'sql');
  return new StoreError(kind, path, sentence(kind, path, firstLine(text)), { reopen, cause: thrown });
}

function firstLine(text: string): string {
  const line = text.split('\n', 1)[0] ?? '';
  return line.length <= 300 ? line : `${line.slice(0, 300)}...`;
}
