import { VERSION } from '../../../shared/base/version.ts';
import { visible } from '../../../shared/base/visible.ts';
import type { EvidenceFile, Examination } from '../../../shared/model/index.ts';
import { FIDELITY_WORDS } from '../words.ts';

/** What is known of a file that is handed over. */
export interface SampleFacts {
  readonly file: EvidenceFile;
  readonly md5: string;
  readonly sha1: string;
  readonly sha256: string;
  /** Bytes that were read. */
  readonly bytes: number;
  readonly examination: Examination | null;
  readonly caseId: string;
  readonly location: string;
}

/** The sheet that goes with the file: which content, from where, of which case. */
export function sampleSheet({ file, md5, sha1, sha256, bytes, examination, caseId, location }: SampleFacts, nameInZip: string): string {
  const rows: readonly (readonly [string, string])[] = [
    ['File in this archive', nameInZip],
    ['MD5', md5], ['SHA-1', sha1], ['SHA-256', sha256], ['Bytes', String(bytes)],
    ['Path on the server', file.path ?? 'not known'], ['Path in the evidence', file.evidencePath], ['Evidence', location],
    ['Last written', file.modified ?? 'not recorded'], ['Created', file.created ?? 'not recorded'], ['Worth of these times', FIDELITY_WORDS[file.timeFidelity]],
    ['Case number', examination?.caseNumber ?? 'not given'], ['Examiner', examination?.examiner ?? 'not given'], ['Host', examination?.hostLabel ?? 'not given'], ['Case id', caseId],
    ['Made by', `IISight ${VERSION}`],
  ];
  const width = Math.max(...rows.map(([name]) => name.length)) + 2;
  return `A file taken from evidence. It may be harmful: do not run it.\r\n\r\n${rows.map(([name, value]) => `${`${name}:`.padEnd(width)}${visible(value)}`).join('\r\n')}\r\n`;
}

/** A name that no system runs, opens or takes for a path: plain characters, and an ending that nothing is bound to. */
export function harmlessName(evidencePath: string): string {
  const name = evidencePath.slice(evidencePath.lastIndexOf('/') + 1).replace(/[^A-Za-z0-9._-]+/g, '_').replace(/^[.-]+/, '').slice(0, 100);
  return `${name === '' ? 'sample' : name}.bin`;
}
