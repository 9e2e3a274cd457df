import type { ConfigElement, EvidenceRef, Place } from '../../shared/model/index.ts';
import type { ConfigurationFile } from './configuration-files.ts';

export function placeOf(file: ConfigurationFile): Place {
  return { path: file.path, evidencePath: file.evidencePath };
}

/** The element as proof: its file and the position of its `<`. */
export function refOf(file: ConfigurationFile, element: ConfigElement): EvidenceRef {
  return { ...placeOf(file), line: element.line, column: element.column, sha256: file.sha256 };
}

/** Names one element of one file, for look-ups. */
export function sourceKey(at: { readonly evidencePath: string; readonly line: number; readonly column: number }): string {
  return `${at.evidencePath}:${at.line}:${at.column}`;
}
