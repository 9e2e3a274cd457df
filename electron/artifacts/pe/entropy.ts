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

/** Shannon entropy of bytes in bits per byte, rounded to four decimals so that every machine prints the same. */
export function shannon(bytes: Uint8Array): number {
  if (bytes.length === 0) return 0;
  let sum = 0;
  const counts = histogram(bytes);
  for (let i = 0; i < 256; i++) {
    const count = counts[i] as number;
    if (count > 0) sum -= (count / bytes.length) * Math.log2(count / bytes.length);
  }
  return Math.round(sum * 10_000) / 10_000 + 0;
}

/** Made once: for a section of a kilobyte the making would cost more than the counting. */
const NO_QUADS = new Uint32Array(0);
const TABLES = new Uint32Array(1024);

/**
 * How often each byte value occurs. Four bytes are read at a time and counted in four tables: equal bytes often follow each
 * other, and counting one twice in a row in the same place has to wait for the first.
 */
function histogram(bytes: Uint8Array): Uint32Array {
  const tables = TABLES.fill(0);
  const head = Math.min(bytes.length, (4 - (bytes.byteOffset % 4)) % 4);
  // Fewer bytes than lead to the next multiple of four are all head, and no table of words begins between multiples.
  const quads = bytes.length - head < 4 ? NO_QUADS : new Uint32Array(bytes.buffer, bytes.byteOffset + head, (bytes.length - head) >> 2);
  for (let i = 0; i < quads.length; i++) {
    const quad = quads[i] as number;
    tables[quad & 0xff] = (tables[quad & 0xff] as number) + 1;
    tables[256 + ((quad >>> 8) & 0xff)] = (tables[256 + ((quad >>> 8) & 0xff)] as number) + 1;
    tables[512 + ((quad >>> 16) & 0xff)] = (tables[512 + ((quad >>> 16) & 0xff)] as number) + 1;
    tables[768 + (quad >>> 24)] = (tables[768 + (quad >>> 24)] as number) + 1;
  }
  const rest = head + quads.length * 4;
  for (const byte of bytes.subarray(0, head)) tables[byte] = (tables[byte] as number) + 1;
  for (const byte of bytes.subarray(rest)) tables[byte] = (tables[byte] as number) + 1;
  for (let i = 0; i < 256; i++) tables[i] = (tables[i] as number) + (tables[256 + i] as number) + (tables[512 + i] as number) + (tables[768 + i] as number);
  return tables.subarray(0, 256);
}
