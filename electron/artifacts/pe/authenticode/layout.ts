import type { ByteView } from '../../kit/bytes.ts';
import { ProblemList } from '../../kit/findings.ts';
import { DIRECTORY, type Headers, readHeaders } from '../headers.ts';
import { readSections, type Section } from '../sections.ts';

/** A part of the file, `until` excluded. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

/** What Authenticode needs to know of an image. Offsets are file offsets. */
export interface SignedLayout {
  readonly view: ByteView;
  readonly headers: Headers;
  readonly sections: readonly Section[];
  /** The certificate table as the directory names it; null without one. It may reach past the file. */
  readonly table: { readonly offset: number; readonly size: number } | null;
  /** Where the directory's entry for it lies; null when there are fewer directories. */
  readonly directoryAt: number | null;
}

/** Null for files whose headers end early: they have no digest. */
export function readLayout(view: ByteView): SignedLayout | null {
  const problems = new ProblemList();
  const headers = readHeaders(view, problems);
  if (headers === null || !view.has(headers.optionalOffset, headers.plus ? 112 : 96) || (headers.directories.length === 0 && headers.sizeOfHeaders === 0)) return null;
  const entry = headers.directories[DIRECTORY.certificates];
  const table = entry !== undefined && entry.rva !== 0 && entry.size !== 0 ? { offset: entry.rva, size: entry.size } : null;
  return { view, headers, sections: readSections(view, headers, problems), table, directoryAt: entry?.at ?? null };
}

/**
 * The bytes that an Authenticode digest covers: the whole file in its order but for the checksum, the directory's entry
 * of the certificate table and that table ("Windows Authenticode Portable Executable Signature Format", "Calculating the
 * PE Image Hash"). Sections in order of their file pointers give the same bytes; what lies between and after them counts too.
 */
export function digestSpans(layout: SignedLayout): readonly Span[] {
  const { view, headers, table, directoryAt } = layout;
  const checksum = headers.optionalOffset + 64;
  const holes: Span[] = [{ from: checksum, until: checksum + 4 }];
  if (directoryAt !== null) holes.push({ from: directoryAt, until: directoryAt + 8 });
  if (table !== null) holes.push({ from: Math.min(table.offset, view.length), until: Math.min(table.offset + table.size, view.length) });
  const spans: Span[] = [];
  let from = 0;
  for (const hole of holes.sort((a, b) => a.from - b.from)) {
    if (hole.from > from) spans.push({ from, until: hole.from });
    from = Math.max(from, hole.until);
  }
  if (from < view.length) spans.push({ from, until: view.length });
  return spans;
}
