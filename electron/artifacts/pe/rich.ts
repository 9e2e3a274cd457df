import { md5Hex } from '../kit/digest.ts';
import type { Image } from './image.ts';

const RICH = 0x68636952;
const DANS = 0x536e6144;
/** Microsoft's linker puts the structure right behind its 0x80-byte DOS stub; pefile's hash looks nowhere else. */
const START = 0x80;

/**
 * MD5 over the decoded Rich header from `DanS` up to `Rich`, as pefile and VirusTotal compute it; null without one.
 * The key of a genuine header is a checksum over the DOS header and its entries; another key is an anomaly.
 */
export function richHash(image: Image): string | null {
  const { view, headers } = image;
  const end = findRich(image);
  if (end === null || end - START < 16 || !view.has(end, 8)) return null;
  const key = view.u32(end + 4);
  const first = view.u32(START + 4);
  if (((view.u32(START) ^ first) >>> 0) !== DANS || view.u32(START + 8) !== first || view.u32(START + 12) !== first) return null;
  const clear = new Uint8Array(end - START);
  for (let i = 0; i < clear.length; i++) clear[i] = view.u8(START + i) ^ ((key >>> ((i % 4) * 8)) & 0xff);
  if (checksum(image, end, key) !== key && headers.peOffset > end) {
    image.anomaly('rich-checksum', end + 4, 'the Rich header does not fit the DOS header: one of the two was changed or taken from another file');
  }
  return md5Hex(clear);
}

function findRich({ view, headers }: Image): number | null {
  for (let at = START; at + 4 <= Math.min(headers.optionalOffset, view.length); at += 4) if (view.u32(at) === RICH) return at;
  return null;
}

const rol = (value: number, by: number): number => ((value << (by % 32)) | (value >>> ((32 - (by % 32)) % 32))) >>> 0;

function checksum({ view }: Image, end: number, key: number): number {
  let sum = START;
  // e_lfanew itself is not part of the sum: the linker did not know it yet.
  for (let i = 0; i < START; i++) if (i < 0x3c || i > 0x3f) sum = (sum + rol(view.u8(i), i)) >>> 0;
  for (let at = START + 16; at + 8 <= end; at += 8) {
    sum = (sum + rol((view.u32(at) ^ key) >>> 0, (view.u32(at + 4) ^ key) >>> 0)) >>> 0;
  }
  return sum;
}
