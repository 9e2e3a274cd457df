import type { ReactNode } from 'react';
import { visible } from '../../shared/base/visible.ts';

/** The part of an evidence reference that is shown. */
export interface Ref {
  readonly path: string | null;
  readonly evidencePath: string;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  readonly offset?: number | undefined;
  readonly sha256: string;
}

/** `applicationHost.config line 312` or `cachehttp.dll at 0x120`. */
export function refWords(ref: Pick<Ref, 'path' | 'evidencePath' | 'line' | 'offset'>): string {
  const name = visible(fileName(ref.path ?? ref.evidencePath));
  if (ref.line !== undefined) return `${name} line ${ref.line}`;
  if (ref.offset !== undefined) return `${name} at 0x${ref.offset.toString(16).toUpperCase()}`;
  return name;
}

/** A citation that stands on its own: path on the server, path in the evidence, position, hash. */
export function citation(ref: Ref): string {
  const at = ref.line !== undefined ? `, line ${ref.line}${ref.column === undefined ? '' : `, column ${ref.column}`}` : ref.offset !== undefined ? `, offset ${ref.offset}` : '';
  return `${visible(ref.path ?? ref.evidencePath)} (evidence: ${visible(ref.evidencePath)}${at}; SHA-256 ${ref.sha256 === '' ? 'not computed' : ref.sha256})`;
}

export function fileName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/')) + 1);
}

/** Leads from a fact to its place in the evidence. */
export function SourceLink({ source, onOpen }: { readonly source: Ref; readonly onOpen: (source: Ref) => void }): ReactNode {
  return (
    <button type="button" className="source-link" title={citation(source)} onClick={() => onOpen(source)}>
      {refWords(source)}
    </button>
  );
}

export function SourceList({ refs, onOpen, label }: { readonly refs: readonly Ref[]; readonly onOpen: (source: Ref) => void; readonly label: string }): ReactNode {
  return (
    <ul className="source-list" aria-label={label}>
      {refs.map((ref, i) => (
        <li key={`${ref.evidencePath} ${ref.line ?? ref.offset ?? 0} ${i}`}>
          <SourceLink source={ref} onOpen={onOpen} />
          <span className="quiet mono"> {visible(ref.path ?? ref.evidencePath)}</span>
        </li>
      ))}
    </ul>
  );
}
