/**
 * The hand-over between the workers that read logs and the database: for every segment of a log one Parquet file with
 * its rows and one with the texts that they use for the first time. Numbers only in the rows; a text is an id.
 */

/** Stands for NULL in a stored column; no value of a log row is negative. */
export const SPOOL_NULL = -1;

/** How the values of one column come: all the same (null: all NULL), or stored, then perhaps with SPOOL_NULL among them. */
export interface SpoolColumn {
  readonly name: string;
  /** Ids of texts, counted within the epoch. */
  readonly text: boolean;
  readonly constant: number | null;
  readonly stored: boolean;
  readonly nulls: boolean;
}

/** The rows of a segment. `second` counts from `baseSecond` (seconds since 1970), `tick` are 100 ns beyond it. */
export interface SpoolRows {
  /** Absolute path; null where every column is constant. */
  readonly file: string | null;
  readonly rows: number;
  readonly baseSecond: number;
  readonly columns: readonly SpoolColumn[];
}

/**
 * Texts that a segment's rows use and that earlier segments of the epoch did not bring: ids from `from` on, ascending.
 * An epoch is one filling of a worker's dictionary; each of its segments builds on those before it.
 */
export interface SpoolTexts {
  readonly epoch: string;
  readonly file: string | null;
  readonly from: number;
  readonly count: number;
}

/** Separates the values in `extra`; no value holds it, because control characters are written as escapes. */
export const EXTRA_SEPARATOR = '\u001f';

/** Where reading goes on: everything before `offset` is in the store. Plain data, kept in the store as JSON. */
export interface SpoolState {
  readonly offset: number;
  /** Number of the line that starts at `offset`, 1-based. */
  readonly line: number;
  /** Names of the last `#Fields`, or null before the first. */
  readonly fields: readonly string[] | null;
  /** Day of the last `#Date`, for logs whose lines have a time only. */
  readonly day: string | null;
  /** How the reader takes dates that are written by locale (IIS native): `mdy`, `dmy`, `ymd`; `?` behind it: assumed. Null in other formats. */
  readonly dates: 'mdy' | 'dmy' | 'ymd' | 'mdy?' | 'dmy?' | null;
  readonly encoding: 'bytes' | 'utf16le' | 'utf16be';
  /** 13 in the rare file that ends lines with CR alone. */
  readonly lineEnd: 10 | 13;
  /** How far the file was seen and what stood there (SHA-256), so that no other file is read on. Not known in older cases and within stretches. */
  readonly seen?: { readonly bytes: number; readonly sha256: string };
}

export const SPOOL_START: SpoolState = { offset: 0, line: 1, fields: null, day: null, dates: null, encoding: 'bytes', lineEnd: 10 };

/** Bytes by what became of them, and lines. */
export interface SpoolCounts {
  readonly rowBytes: number;
  readonly headerBytes: number;
  readonly paddingBytes: number;
  readonly rejectedBytes: number;
  readonly rows: number;
  readonly rejected: number;
}

/** Adjacent lines that are no rows for the same reason. */
export interface RejectRun {
  readonly offset: number;
  readonly length: number;
  readonly line: number;
  readonly count: number;
  readonly kind: string;
  readonly reason: string;
  readonly expected: boolean;
}

/** Which fields a row has, in the record's order, and which of them are in `extra`. */
export interface StoredLayout {
  readonly id: number;
  readonly names: readonly string[];
  /** By position: the column of the event table, 'date' or 'clock' for the halves of the time, '' for none. */
  readonly columns: readonly string[];
  readonly kept: readonly number[];
}

/** A part of a log that was read before what stands in front of it: its lines count from its begin. */
export interface Stretch {
  readonly begin: number;
  readonly end: number;
  readonly lines: number;
  /** What was assumed at `begin`. */
  readonly start: SpoolState;
  /** What held at `end`. */
  readonly state: SpoolState;
}

/** What the reading of the whole file found about a stretch when it came to its begin. */
export interface StretchVerdict {
  readonly begin: number;
  /** False: what was assumed does not hold; its rows go, and it is read again. */
  readonly holds: boolean;
  /** Number of its first line minus 1. */
  readonly lineBase: number;
}

/** What one log has in a bundle. */
export type BundledPiece = Omit<Segment, 'rows' | 'texts' | 'layouts' | 'verdicts'> & {
  /** Its place in what was asked for. */
  readonly log: number;
};

/**
 * Pieces of several small logs, ready to be loaded in one transaction: the rows of all are in one file, whose column
 * `piece` says which piece a row belongs to. At most one piece of each log.
 */
export interface Bundle extends Pick<Segment, 'rows' | 'texts' | 'layouts'> {
  readonly pieces: readonly BundledPiece[];
  /** Logs that could not be read on, with a sentence for a person. */
  readonly failed: readonly { readonly log: number; readonly message: string }[];
}

/** One piece of a log, ready to be loaded in one transaction. */
export interface Segment {
  /** Null when the piece has no rows. */
  readonly rows: SpoolRows | null;
  readonly texts: SpoolTexts;
  readonly baseOffset: number;
  readonly baseLine: number;
  readonly counts: SpoolCounts;
  readonly rejects: readonly RejectRun[];
  /** Layouts that this piece uses for the first time. */
  readonly layouts: readonly StoredLayout[];
  /** Ticks of the earliest and latest row. */
  readonly first: bigint | null;
  readonly last: bigint | null;
  /** Where the next piece starts. */
  readonly state: SpoolState;
  readonly verdicts: readonly StretchVerdict[];
  /** Set on the last piece only: the whole file was read. */
  readonly end: { readonly size: number; readonly sha256: string } | null;
}
