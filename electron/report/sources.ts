import type { EvidenceRef } from '../../shared/model/index.ts';
import { MAX_EACH } from './bounds.ts';
import { value } from './blocks.ts';

/** A file that something in the report cites. */
interface Source { readonly path: string | null; readonly evidencePath: string; readonly sha256: string }

/**
 * The files that the report cites, numbered in the order in which they are first cited: a citation is short, and each
 * file's full paths and hash stand once.
 */
export class Sources {
  readonly #numbers = new Map<string, number>();
  readonly #all: Source[] = [];

  /** `applicationHost.config [S3], line 252, column 13`. */
  cite(ref: EvidenceRef): string {
    return `${value(nameOf(ref.evidencePath))} [S${this.#number(ref)}]${positionOf(ref)}`;
  }

  /** One a line. */
  citeAll(refs: readonly EvidenceRef[], most: number = MAX_EACH): string {
    const lines = refs.slice(0, most).map((ref) => this.cite(ref));
    if (refs.length > most) lines.push(`and ${refs.length - most} more places`);
    return [...new Set(lines)].join('\n');
  }

  get all(): readonly Source[] {
    return this.#all;
  }

  #number({ path, evidencePath, sha256 }: EvidenceRef): number {
    const key = `${sha256} ${evidencePath}`;
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#all.push({ path, evidencePath, sha256 });
    this.#numbers.set(key, this.#all.length);
    return this.#all.length;
  }
}

/** `, line 3, column 9`, `, offset 4096 (12 bytes)`: whatever is known of the position. */
function positionOf({ line, column, offset, length }: EvidenceRef): string {
  const parts: string[] = [];
  if (line !== undefined) parts.push(`line ${line}${column === undefined ? '' : `, column ${column}`}`);
  if (offset !== undefined) parts.push(`offset ${offset}${length === undefined || length === 0 ? '' : ` (${length} ${length === 1 ? 'byte' : 'bytes'})`}`);
  return parts.length === 0 ? '' : `, ${parts.join(', ')}`;
}

function nameOf(evidencePath: string): string {
  return evidencePath.slice(evidencePath.lastIndexOf('/') + 1);
}
