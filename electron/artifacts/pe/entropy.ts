import type { PeFacts } from '../../../shared/model/pe/index.ts';
import type { ByteView } from '../kit/bytes.ts';
import { md5Hex, sha256Hex } from '../kit/digest.ts';
import { LimitReached } from '../kit/findings.ts';
import { type Section, mappedOffset } from './sections.ts';
import type { Headers } from './headers.ts';

/** Overlapping sections may count the same bytes again; four times the file is more than any honest one needs. */
const BUDGET_FACTOR = 4;

interface Measured {
  readonly entropy: number;
  readonly sha256: string | null;
  readonly md5: string | null;
}

const UNMEASURED: Measured = { entropy: 0, sha256: null, md5: null };

/**
 * The sections with their Shannon entropy in bits per byte (0 to 8, four decimals) and hashes over the bytes that the file
 * holds; a section without bytes has no hashes.
 * @throws LimitReached when overlapping sections would make us count the file over and over; later sections get 0 and no hashes.
 */
export function measureSections(view: ByteView, headers: Headers, sections: readonly Section[], out: PeFacts['sections']): void {
  let budget = view.length * BUDGET_FACTOR + 0x10000;
  const known = new Map<string, Measured>();
  let skipped = 0;
  for (const section of sections) {
    const start = Math.min(mappedOffset(section, headers), view.length);
    // Windows maps whole sectors, but what belongs to the section ends where its header says.
    const end = Math.max(start, Math.min(section.rawOffset + section.rawSize, view.length));
    const key = `${start}:${end}`;
    let measured = known.get(key);
    if (measured === undefined && end - start <= budget) {
      budget -= end - start + 256;
      measured = measure(view.bytes.subarray(start, end));
      known.set(key, measured);
    }
    if (measured === undefined) skipped += 1;
    const { name, rva, virtualSize, rawOffset, rawSize, at, characteristics } = section;
    out.push({ name, rva, virtualSize, rawOffset, rawSize, at, characteristics, ...(measured ?? UNMEASURED) });
  }
  if (skipped > 0) throw new LimitReached(`the entropy of ${skipped} overlapping sections was not measured`);
}

const measure = (bytes: Uint8Array): Measured => (bytes.length === 0 ? UNMEASURED : { entropy: shannon(bytes), sha256: sha256Hex(bytes), md5: md5Hex(bytes) });

/** From this length on, counting pairs of bytes pays for its larger table. */
const WORTH_PAIRS = 256 * 1024;

/** Shannon entropy of bytes in bits per byte, rounded to four decimals so that every machine prints the same. */
export function shannon(bytes: Uint8Array): number {
  if (bytes.length === 0) return 0;
  let sum = 0;
  for (const count of histogram(bytes)) if (count > 0) sum -= (count / bytes.length) * Math.log2(count / bytes.length);
  return Math.round(sum * 10_000) / 10_000 + 0;
}

/** How often each byte value occurs. Large aligned data is counted two bytes at a time: the loop is what costs. */
function histogram(bytes: Uint8Array): Uint32Array {
  const counts = new Uint32Array(256);
  let from = 0;
  if (bytes.length >= WORTH_PAIRS && bytes.byteOffset % 2 === 0) {
    const pairs = new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.length >> 1);
    const pairCounts = new Uint32Array(0x10000);
    for (let i = 0; i < pairs.length; i++) pairCounts[pairs[i] as number] = (pairCounts[pairs[i] as number] as number) + 1;
    for (let pair = 0; pair < 0x10000; pair++) {
      const count = pairCounts[pair] as number;
      counts[pair & 0xff] = (counts[pair & 0xff] as number) + count;
      counts[pair >> 8] = (counts[pair >> 8] as number) + count;
    }
    from = pairs.length * 2;
  }
  for (let i = from; i < bytes.length; i++) counts[bytes[i] as number] = (counts[bytes[i] as number] as number) + 1;
  return counts;
}
