import type { EffectiveListName, Pipeline } from '../../shared/model/index.ts';

/**
 * An entry of a list: `NAME`, `NAME @FILE`, `NAME @FILE:LINE` or `NAME @FILE(TEXT)`, where TEXT stands on exactly one
 * line of the file. FILE is a name as in `CaseFiles`. A text alone means that the entry is in effect.
 */
export type ExpectedEntry = string | {
  readonly entry: string;
  /** Why the entry never runs; left out when it runs. */
  readonly dormant?: RegExp;
  /** Exactly the lines that it stands for, each written as FILE:LINE or FILE(TEXT). */
  readonly overrides?: readonly string[];
  readonly type?: string;
  readonly image?: string;
  /** Which requests a module gets. */
  readonly runsFor?: 'every request' | 'requests for managed handlers';
};

/** What a list must be. `invalid` is a 500.19 that IIS answers. */
export type ExpectedList =
  | { readonly outcome: 'effective'; readonly entries: readonly ExpectedEntry[] }
  | { readonly outcome: 'invalid'; readonly reason: RegExp }
  | { readonly outcome: 'not-evaluable'; readonly missing: readonly string[]; readonly entries?: readonly ExpectedEntry[] };

export const effective = (...entries: readonly ExpectedEntry[]): ExpectedList => ({ outcome: 'effective', entries });
export const invalid = (reason: RegExp): ExpectedList => ({ outcome: 'invalid', reason });
/** `missing`: names of the files without which nobody can tell. */
export const unknown = (...missing: readonly string[]): ExpectedList => ({ outcome: 'not-evaluable', missing });
export const dormant = (entry: string, why: RegExp): ExpectedEntry => ({ entry, dormant: why });
export const over = (entry: string, ...overrides: readonly string[]): ExpectedEntry => ({ entry, overrides });

/**
 * Files by short name: `www` is `C:\www\web.config`, `www/sub` is `C:\www\sub\web.config`, `www/m.config` is
 * `C:\www\m.config`; `machine`, `root`, `machine32`, `root32` and so on are in `files.ts`. null: not collected.
 */
export type CaseFiles = Readonly<Record<string, string | Uint8Array | null>>;

/** `documented`: a page of Microsoft says so. `schema`: a shipped schema file says so. `assumed`: neither does. */
export type Confidence = 'documented' | 'schema' | 'assumed';

export interface ConformanceCase {
  readonly id: string;
  readonly title: string;
  /** What IIS does, in one sentence. */
  readonly rule: string;
  /** Where it is written, or for an assumed case the page that leaves it open. */
  readonly reference: string;
  readonly confidence: Confidence;
  readonly host: string | Uint8Array;
  readonly files?: CaseFiles;
  /** The text of IIS_schema.xml of the server; left out when its schema was not collected. */
  readonly schema?: string;
  /** The question: site `Main`, application `/`, no path below it, unless said otherwise. */
  readonly site?: string;
  readonly app?: string;
  readonly url?: string;
  readonly expect?: Partial<Record<EffectiveListName, ExpectedList>>;
  readonly pool?: { readonly name?: string; readonly pipeline?: Pipeline; readonly clr?: string; readonly bitness?: 32 | 64 };
  /** Lines that must be among the registrations: `KIND NAME SCOPE @FILE:LINE`. */
  readonly registered?: readonly string[];
  /** Lines that must not be. */
  readonly notRegistered?: readonly string[];
  /** Sites with their applications in order: `Main: / P, /app Q`. */
  readonly sites?: readonly string[];
  /** Folder that configuration redirection points at, or null. */
  readonly redirectedTo?: string | null;
  /** The file in force lies at this path and was not collected. */
  readonly inForceElsewhere?: string;
  /** The sentence about the assumption that the answer must carry; `null` in an assumed case: the engine cannot see that it assumes. */
  readonly assumes?: RegExp | null;
}

export interface CaseGroup {
  readonly group: string;
  readonly cases: readonly ConformanceCase[];
}
