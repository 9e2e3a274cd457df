import type { PeFacts } from '../../../shared/model/pe/index.ts';
import { shannon } from './entropy.ts';
import type { Image } from './image.ts';

/** Up to seven bytes of padding align a certificate table. */
const PADDING = 8;

/** What lies behind the sections, as offsets in the file. */
export interface Tail {
  /** End of everything that the headers account for. */
  readonly end: number;
  /** Bytes between there and the certificate table, or the end of the file; padding of that table does not count. */
  readonly overlay: number;
  /** Where the certificate table ends, when it lies behind the sections and something follows it; else null. */
  readonly afterCertificates: number | null;
}

/** @param certificates the entry of the data directory, which holds a file offset */
export function readTail(image: Image, certificates: PeFacts['certificateTable']): Tail {
  const { view } = image;
  const end = accountedFor(image);
  const signed = certificates !== null && certificates.offset >= end && certificates.offset <= view.length;
  const overlay = signed ? certificates.offset - end : view.length - end;
  const after = signed ? certificates.offset + certificates.size : view.length;
  return { end, overlay: overlay < (signed ? PADDING : 1) ? 0 : overlay, afterCertificates: after < view.length ? after : null };
}

/** The overlay as a fact: bytes that Windows does not map and that are no signature. */
export function overlayFacts(image: Image, tail: Tail): PeFacts['overlay'] {
  const offset = tail.overlay > 0 ? tail.end : tail.afterCertificates;
  if (offset === null) return null;
  const size = tail.overlay > 0 ? tail.overlay : image.view.length - offset;
  return { offset, size, entropy: shannon(image.view.range(offset, size)) };
}

/** A COFF symbol table and its strings belong to what the headers account for. */
function accountedFor({ headers, sections, view }: Image): number {
  let end = headers.optionalOffset + headers.optionalSize + sections.length * 40;
  for (const s of sections) if (s.rawSize > 0 && s.rawOffset < view.length) end = Math.max(end, Math.min(s.rawOffset + s.rawSize, view.length));
  const strings = headers.symbolTable + headers.symbolCount * 18;
  if (headers.symbolTable >= end && view.has(strings, 4)) end = Math.min(view.length, Math.max(end, strings + view.u32(strings)));
  return Math.min(end, view.length);
}
