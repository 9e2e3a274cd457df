import type { CatalogFacts, CatalogMember, ConfigDocument, Moment, ParseProblem, PeFacts, SignatureFacts, TimeFidelity, TimelineEvent } from '../../../shared/model/index.ts';
import type { InspectDocument } from '../../../shared/contract/cli/documents.ts';
import type { LineOptions, LineReader, ReaderState } from './log-lines.ts';
import type { ParsedTrace } from './trace.ts';

/** What every artifact says of itself. */
export interface ArtifactInfo {
  readonly id: string;
  readonly title: string;
  /** What a record of it proves, and what it does not. */
  readonly proves: string;
  readonly references: readonly string[];
}

/** Which configuration file something is, by its place or by its content. */
export interface ConfigurationRole {
  readonly kind: 'applicationHost' | 'webConfig' | 'administration' | 'redirection' | 'machine' | 'rootWebConfig' | 'history' | 'poolCopy' | 'backup' | 'schema' | 'metabase' | 'section';
  /** Folder or pool that a copy belongs to; null for a live file. */
  readonly copy: string | null;
}

export interface ConfigurationArtifact extends ArtifactInfo {
  readonly reads: 'configuration';
  readonly maxBytes: number;
  locate(evidencePath: string): ConfigurationRole | null;
  /** Cheap test on the first bytes. */
  looksLike(head: Uint8Array): boolean;
  /** By root element and sections, for a file whose place says nothing. */
  roleOf(document: ConfigDocument): ConfigurationRole | null;
  parse(bytes: Uint8Array): { readonly document: ConfigDocument; readonly problems: readonly ParseProblem[]; readonly text: string };
}

/** An event as an artifact knows it: without place, server and id, which the caller adds. */
export type ArtifactEvent = Readonly<Pick<TimelineEvent, 'timeMeaning' | 'fidelity' | 'what' | 'message'>> & {
  readonly time: string;
  readonly offset: number;
  readonly fields: readonly { readonly name: string; readonly value: string }[];
};

export interface ImageArtifact extends ArtifactInfo {
  readonly reads: 'image';
  readonly maxBytes: number;
  /** True for names in folders that IIS loads code from. */
  locate(evidencePath: string): boolean;
  looksLike(head: Uint8Array): boolean;
  parse(bytes: Uint8Array, fileName: string): { readonly facts: PeFacts | null; readonly problems: readonly ParseProblem[] };
  inspect(bytes: Uint8Array, fileName: string): Omit<InspectDocument, 'schema' | 'sha256' | 'size'>;
  events(facts: PeFacts): readonly ArtifactEvent[];
}

/** What the rows of a log are in the timeline. */
export type LogSource = 'iis-log' | 'httperr' | 'ftp-log';

/** Logs are read by the spool workers; the artifact says which files are logs, where they belong, and what a line means. */
export interface LogArtifact extends ArtifactInfo {
  readonly reads: 'log';
  /** How its lines are written; artifacts of one format differ in who writes them. */
  readonly format: 'w3c' | 'iis' | 'ncsa' | 'httperr';
  /** Of a file whose place does not say. */
  readonly source: LogSource;
  /** Whether lines have times in the server's zone, which no line names. */
  readonly localTime: boolean;
  /** Bytes that `looksLike` wants to see. */
  readonly headBytes: number;
  /** By its place; `siteId` is the number in `W3SVC<n>`. */
  locate(evidencePath: string): { readonly siteId: number | null; readonly source: LogSource } | null;
  looksLike(head: Uint8Array): boolean;
  /** A reader of one file's lines, from its start or from the state in which an earlier one was left. */
  lines(options: LineOptions, from: ReaderState): LineReader;
  /** What had to be assumed to read the lines, as a sentence for a person; null: nothing. */
  assumed?(state: ReaderState): string | null;
}

/** What a configuration file is a copy of, told by where it lies. */
export interface CopyPlace {
  /** `live`: it is no copy. */
  readonly series: 'live' | 'history' | 'pool' | 'backup';
  /** Windows path of the original, with `%windir%` for the folder of Windows. */
  readonly original: string;
  /** What the copy is called: folder of the history, pool, backup or file. */
  readonly name: string;
  /** Number of a history copy and the folder that its numbers belong to. */
  readonly number: number | null;
  readonly folder: string | null;
  /** Name of the Windows.old folder that it lies in, or null. `original` is the path that it had before. */
  readonly oldWindows: string | null;
}

/** Saved copies of the configuration: the files are read by the configuration artifact; this says in which order they came. */
export interface HistoryArtifact extends ArtifactInfo {
  readonly reads: 'history';
  locate(evidencePath: string): { readonly id: string; readonly order: number } | null;
  /** By its Windows path; null for a path that no configuration file has. */
  copyOf(path: string): CopyPlace | null;
  /** When a copy was saved, as far as that can be told. `modified`: content time as UTC text, or null. */
  momentOf(order: number, modified: string | null, fidelity: TimeFidelity): Moment;
  /** True when file times run against the order. */
  outOfOrder(copies: readonly { readonly order: number; readonly modified: bigint | null }[]): boolean;
}

/** One line of a file that brings code into an application. */
export interface CodeEntry {
  /** Assembly, virtual path, or what the file is called. */
  readonly name: string;
  /** Managed type, or null. */
  readonly type: string | null;
  readonly line: number;
  readonly column: number;
  readonly attributes: readonly { readonly name: string; readonly value: string }[];
}

/** A small file that brings code into an application without a line of configuration. */
export interface CodeListArtifact extends ArtifactInfo {
  readonly reads: 'code-list';
  readonly maxBytes: number;
  /** What its lines are called where configuration has a section: `preStartInitList`. */
  readonly section: string;
  locate(evidencePath: string): boolean;
  parse(bytes: Uint8Array): { readonly entries: readonly CodeEntry[]; readonly problems: readonly ParseProblem[] };
}

/** Signed lists of hashes: what a file's own bytes do not say of its signature. */
export interface CatalogArtifact extends ArtifactInfo {
  readonly reads: 'catalog';
  readonly maxBytes: number;
  locate(evidencePath: string): boolean;
  looksLike(head: Uint8Array): boolean;
  /** A reader that looks for these hashes (lower-case hex) in one catalog after the other; it never throws for any bytes. */
  reader(digests: Iterable<string>): (bytes: Uint8Array) => {
    readonly facts: CatalogFacts | null;
    readonly hits: readonly CatalogMember[];
    /** Of the catalog itself; empty without a hit. */
    readonly signatures: readonly SignatureFacts[];
    readonly problems: readonly ParseProblem[];
  };
}

/** Files that tell of one request each, with the modules that IIS called for it. */
export interface TraceArtifact extends ArtifactInfo {
  readonly reads: 'trace';
  readonly maxBytes: number;
  /** Bytes that `looksLike` wants to see. */
  readonly headBytes: number;
  /** By its place; `siteId` is the number in `W3SVC<n>`. */
  locate(evidencePath: string): { readonly siteId: number | null } | null;
  looksLike(head: Uint8Array): boolean;
  parse(bytes: Uint8Array): ParsedTrace;
}

export type Artifact = CatalogArtifact | CodeListArtifact | ConfigurationArtifact | HistoryArtifact | ImageArtifact | LogArtifact | TraceArtifact;
