import { createHash } from 'node:crypto';
import { Malformed } from '../../kit/bytes.ts';
import { type DerNode, readDer, TAG } from '../../kit/der.ts';
import { hexOf, octetsOf, oidOf } from '../../kit/der-values.ts';
import { ByteView } from '../../kit/bytes.ts';
import type { SignatureFacts } from '../../../../shared/model/pe/signature.ts';
import type { SignedLayout, Span } from './layout.ts';

type PageHashes = NonNullable<SignatureFacts['pageHashes']>;

/** Class of a serialized object that holds page hashes, and the attributes in it by digest ("… Signature Format", "Page Hashes"). */
const PAGE_HASH_CLASS = 'a6b586d5b4a12466ae05a217da8e60d6';
const ALGORITHMS: ReadonlyMap<string, { readonly name: string; readonly size: number }> = new Map([
  ['1.3.6.1.4.1.311.2.3.1', { name: 'sha1', size: 20 }], ['1.3.6.1.4.1.311.2.3.2', { name: 'sha256', size: 32 }],
]);
/** Of memory on x86 and x64; tools also take the section alignment for it, which is 8,192 in managed programs. */
const PAGE = 4096;
const MAX_PAGE = 64 * 1024;
const MAX_WRONG = 1000;
const ZEROS = new Uint8Array(MAX_PAGE);

/**
 * Finds and checks the digests of single pages.
 * @param imageData SpcPeImageData, or undefined
 * @returns null when the signature carries none
 * @throws OutOfBounds, Malformed, LimitReached
 */
export function readPageHashes(imageData: DerNode | undefined, layout: SignedLayout): PageHashes | null {
  const file = imageData?.constructed === true ? imageData.children.find((part) => part.isContext(0)) : undefined;
  const object = file?.children.find((part) => part.isContext(1));
  if (object === undefined || !object.constructed || hexOf(octetsOf(object.child(0))) !== PAGE_HASH_CLASS) return null;
  const attributes = readDer(octetsOf(object.child(1, TAG.octets)), { nodes: 100, depth: 8 });
  for (const attribute of attributes.children) {
    const algorithm = ALGORITHMS.get(oidOf(attribute.child(0)));
    if (algorithm !== undefined) return bestOf(new ByteView(octetsOf(attribute.child(1).child(0, TAG.octets))), algorithm.name, algorithm.size, layout);
  }
  throw new Malformed(object.at, 'page hashes of an unknown kind');
}

/** By pages of memory; where those do not fit, by the section alignment. */
function bestOf(table: ByteView, algorithm: string, size: number, layout: SignedLayout): PageHashes {
  const usual = compare(table, algorithm, size, layout, PAGE);
  const { sectionAlignment } = layout.headers;
  if (usual.wrong.length === 0 || sectionAlignment <= PAGE || sectionAlignment > MAX_PAGE) return usual;
  const other = compare(table, algorithm, size, layout, sectionAlignment);
  return other.wrong.length < usual.wrong.length ? other : usual;
}

/** Each record is a file offset and a digest; the last has the end of the last page and zeros. */
function compare(table: ByteView, algorithm: string, size: number, layout: SignedLayout, pageSize: number): PageHashes {
  const count = Math.floor(table.length / (4 + size));
  const pages = pageSpans(layout, pageSize);
  const wrong: number[] = [];
  for (let i = 0; i < Math.max(count - 1, pages.length) && wrong.length < MAX_WRONG; i++) {
    const page = pages[i];
    const stored = i < count - 1 ? { offset: table.u32(i * (4 + size)), digest: hexOf(table.range(i * (4 + size) + 4, size)) } : null;
    if (page === undefined || stored === null || stored.offset !== page.at || stored.digest !== digestOf(page.spans, algorithm, layout, pageSize)) wrong.push(i);
  }
  return { algorithm, pages: Math.max(count - 1, 0), wrong };
}

interface Page {
  readonly at: number;
  readonly spans: readonly Span[];
}

/** The headers without what the image's digest leaves out, then each section in steps of one page. Sections that lie over one another are read once. */
function pageSpans({ view, headers, sections, directoryAt }: SignedLayout, pageSize: number): readonly Page[] {
  const checksum = headers.optionalOffset + 64;
  const end = Math.min(headers.sizeOfHeaders, view.length, PAGE * 16);
  const skip = directoryAt ?? end;
  const pages: Page[] = [{ at: 0, spans: [{ from: 0, until: checksum }, { from: checksum + 4, until: skip }, { from: skip + 8, until: end }] }];
  let budget = view.length;
  for (const { rawOffset, rawSize } of sections) {
    const until = Math.min(rawOffset + rawSize, view.length);
    for (let at = rawOffset; at < until && budget > 0; at += pageSize) {
      const span = { from: at, until: Math.min(at + pageSize, until) };
      pages.push({ at, spans: [span] });
      budget -= span.until - span.from;
    }
  }
  return pages;
}

/** Filled with zeros to the end of the page; the holes of the headers are closed, not filled. */
function digestOf(spans: readonly Span[], algorithm: string, { view, headers }: SignedLayout, pageSize: number): string {
  const hash = createHash(algorithm);
  for (const { from, until } of spans) if (until > from) hash.update(view.bytes.subarray(from, until));
  const last = spans.at(-1)?.until ?? 0;
  const used = spans.length > 1 ? Math.min(headers.sizeOfHeaders, last) : last - (spans[0]?.from ?? 0);
  const fill = (pageSize - (used % pageSize)) % pageSize;
  return hash.update(ZEROS.subarray(0, fill)).digest('hex');
}
