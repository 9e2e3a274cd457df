import pearson from 'tlsh/lib/buckets/pearson-hash.js';
import ProcessedBuckets from 'tlsh/lib/buckets/processed-buckets.js';
import Quartiles from 'tlsh/lib/buckets/quartiles.js';

/** Shorter input has too few windows for a digest that means anything; a larger file than this would take seconds. */
const MIN_BYTES = 256;
export const MAX_TLSH_BYTES = 64 * 1024 * 1024;

const BUCKETS = 256;
/** Buckets that make up the digest, and how many of them must be in use. */
const USED = 128;
const MIN_IN_USE = USED / 2;
const CODE_BYTES = 32;

/** Pearson's table as the package holds it, row by row for the salts of the six triplets. */
const TABLE = Uint8Array.from({ length: BUCKETS }, (_, value) => pearson([value]));

export type TlshResult = { readonly digest: string } | { readonly digest: null; readonly why: string };

/**
 * TLSH (Oliver, Cheng, Chen, "TLSH - A Locality Sensitive Hash", 2013) in the form with 128 buckets, one byte of checksum
 * and no version prefix, as `tlsh_unittest` prints it behind its `T1`. The package computes the digest from the buckets;
 * filling them is done here, because the package takes a second for each megabyte.
 */
export function tlshOf(bytes: Uint8Array): TlshResult {
  if (bytes.length < MIN_BYTES) return { digest: null, why: `it has fewer than ${MIN_BYTES} bytes` };
  if (bytes.length > MAX_TLSH_BYTES) return { digest: null, why: `it has more than ${MAX_TLSH_BYTES / 2 ** 20} MiB` };
  const { buckets, checksum } = fill(bytes);
  const inUse = buckets.subarray(0, USED).reduce((count, value) => count + (value > 0 ? 1 : 0), 0);
  if (inUse <= MIN_IN_USE) return { digest: null, why: 'its content is too uniform' };
  const counts = [...buckets];
  const quartiles = new Quartiles(counts);
  const digest = new ProcessedBuckets([checksum], counts, bytes.length, quartiles).buildDigest();
  const body = Array.from({ length: CODE_BYTES }, (_, i) => hex(digest.getBody().getValue(CODE_BYTES - 1 - i)));
  // The package's own text form assigns to undeclared variables, which modules do not allow.
  return { digest: [digest.getChecksum().getValue()[0] ?? 0, digest.getLValue().getValue(), digest.getQ().getValue()].map((value) => hex(swap(value))).join('') + body.join('') };
}

const hex = (value: number): string => value.toString(16).toUpperCase().padStart(2, '0');
const swap = (value: number): number => ((value & 0x0f) << 4) | (value >> 4);

/** Counts the six triplets of every window of five bytes. */
function fill(bytes: Uint8Array): { buckets: Uint32Array; checksum: number } {
  const buckets = new Uint32Array(BUCKETS);
  const table = TABLE;
  const [t0, t2, t3, t5, t7, t11, t13] = [0, 2, 3, 5, 7, 11, 13].map((salt) => table[salt] as number) as [number, number, number, number, number, number, number];
  let checksum = 0;
  for (let i = 4; i < bytes.length; i++) {
    const [a, b, c, d, e] = [bytes[i] as number, bytes[i - 1] as number, bytes[i - 2] as number, bytes[i - 3] as number, bytes[i - 4] as number];
    checksum = table[(table[(table[t0 ^ a] as number) ^ b] as number) ^ checksum] as number;
    const two = table[t2 ^ a] as number;
    count(buckets, table, (two ^ b) & 0xff, c);
    count(buckets, table, ((table[t3 ^ a] as number) ^ b) & 0xff, d);
    count(buckets, table, ((table[t5 ^ a] as number) ^ c) & 0xff, d);
    count(buckets, table, ((table[t7 ^ a] as number) ^ c) & 0xff, e);
    count(buckets, table, ((table[t11 ^ a] as number) ^ b) & 0xff, e);
    count(buckets, table, ((table[t13 ^ a] as number) ^ d) & 0xff, e);
  }
  return { buckets, checksum };
}

function count(buckets: Uint32Array, table: Uint8Array, at: number, last: number): void {
  const bucket = table[(table[at] as number) ^ last] as number;
  buckets[bucket] = (buckets[bucket] as number) + 1;
}
