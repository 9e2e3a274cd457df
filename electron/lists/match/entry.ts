import type { AnalystList, EvidenceRef, Indicator, IndicatorKind, Moment } from '../../../shared/model/index.ts';
import { UNKNOWN_MOMENT } from '../../../shared/model/index.ts';

/** One line of one list. */
export interface Entry { readonly list: Pick<AnalystList, 'id' | 'name'>; readonly indicator: Indicator }

/** Where a line of a list was met. */
export interface Hit {
  readonly entry: Entry;
  /** Of what kind the place is: what a hit says depends on it. */
  readonly source: 'file' | 'registration' | 'log' | 'trace' | 'server';
  readonly server: string | null;
  /** Id of a component of which it is the file or the registration. */
  readonly component: string | null;
  /** Groups what is about one thing: a component, a file, one line in the logs. */
  readonly about: string;
  /** The fact, as a part of a sentence: `is the SHA-256 of C:\...\x.dll`. */
  readonly where: string;
  readonly refs: readonly EvidenceRef[];
  readonly first: Moment;
  /** Rows of logs or traces, 1 elsewhere. */
  readonly count: number;
}

export const UNDATED: Moment = UNKNOWN_MOMENT;

/** What each kind is called in a sentence. */
export const KIND_WORDS: Readonly<Record<IndicatorKind, string>> = {
  sha256: 'SHA-256', sha1: 'SHA-1', md5: 'MD5', imphash: 'imphash', 'file-name': 'file name', path: 'path', ip: 'address', 'url-path': 'URL path', 'user-agent': 'user agent', header: 'header',
  'module-name': 'module name', type: 'type', pdb: 'PDB path', mvid: 'MVID', signer: 'signer', text: 'text',
};
