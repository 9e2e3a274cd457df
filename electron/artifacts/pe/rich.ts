import type { PeFacts } from '../../../shared/model/pe/index.ts';
import { md5Hex } from '../kit/digest.ts';
import type { Image } from './image.ts';

const RICH = 0x68636952;
const DANS = 0x536e6144;
/** Microsoft's linker puts the structure right behind its 0x80-byte DOS stub; pefile's hash looks nowhere else. */
const USUAL_START = 0x80;
const DOS_HEADER = 0x40;
/** The longest known ones have some hundred entries. */
const MAX_ENTRIES = 1024;

export interface RichFacts {
  /** MD5 over the decoded structure from `DanS` up to `Rich`, as pefile and VirusTotal compute it. */
  readonly hash: string | null;
  readonly rich: PeFacts['rich'];
}

/**
 * The Rich header: what Microsoft's linker notes of the tools that made the parts of the file (undocumented; described by
 * D. Pistelli, "Microsoft's Rich Signature", 2004/2010). Its key is a checksum over the DOS header and its own entries;
 * one that does not fit is an anomaly.
 */
export function readRich(image: Image): RichFacts {
  const none: RichFacts = { hash: null, rich: null };
  const { view, headers } = image;
  const end = find(image, USUAL_START, RICH, 0) ?? find(image, DOS_HEADER, RICH, 0);
  if (end === null || !view.has(end, 8) || end >= headers.peOffset) return none;
  const key = view.u32(end + 4);
  const start = find(image, DOS_HEADER, DANS, key);
  if (start === null || start + 16 > end) {
    image.anomaly('rich-broken', end, 'a Rich header ends here, but its beginning is not where its key says: it was overwritten or made up');
    return none;
  }
  const entries: NonNullable<PeFacts['rich']>['entries'] = [];
  for (let at = start + 16; at + 8 <= end && entries.length < MAX_ENTRIES; at += 8) {
    const tool = (view.u32(at) ^ key) >>> 0;
    entries.push({ product: tool >>> 16, build: tool & 0xffff, count: (view.u32(at + 4) ^ key) >>> 0, offset: at });
  }
  const holds = checksum(image, start, end, key) === key;
  if (!holds) image.anomaly('rich-checksum', end + 4, 'the Rich header does not fit the DOS header: one of the two was changed or taken from another file');
  return { hash: start === USUAL_START ? hash(image, end, key) : null, rich: { offset: start, length: end + 8 - start, key, holds, entries } };
}

/** First place from `from` up to the optional header where a masked 32-bit value stands. */
function find({ view, headers }: Image, from: number, value: number, mask: number): number | null {
  const masked = (value ^ mask) >>> 0;
  for (let at = from; at + 4 <= Math.min(headers.optionalOffset, view.length); at += 4) if (view.u32(at) === masked) return at;
  return null;
}

/** Null where the three words of padding behind `DanS` are not the mask: pefile computes none then. */
function hash({ view }: Image, end: number, key: number): string | null {
  const mask = view.u32(USUAL_START + 4);
  if (mask !== key || view.u32(USUAL_START + 8) !== mask || view.u32(USUAL_START + 12) !== mask) return null;
  const clear = new Uint8Array(end - USUAL_START);
  for (let i = 0; i < clear.length; i++) clear[i] = view.u8(USUAL_START + i) ^ ((key >>> ((i % 4) * 8)) & 0xff);
  return md5Hex(clear);
}

const rol = (value: number, by: number): number => ((value << (by % 32)) | (value >>> ((32 - (by % 32)) % 32))) >>> 0;

function checksum({ view }: Image, start: number, end: number, key: number): number {
  let sum = start;
  // e_lfanew itself is not part of the sum: the linker did not know it yet.
  for (let i = 0; i < start; i++) if (i < 0x3c || i > 0x3f) sum = (sum + rol(view.u8(i), i)) >>> 0;
  for (let at = start + 16; at + 8 <= end; at += 8) {
    sum = (sum + rol((view.u32(at) ^ key) >>> 0, (view.u32(at + 4) ^ key) >>> 0)) >>> 0;
  }
  return sum;
}
