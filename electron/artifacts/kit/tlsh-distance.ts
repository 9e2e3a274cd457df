/**
 * TLSH of the usual form: one checksum byte, the length's logarithm, two quartile ratios, 128 buckets of two bits each;
 * 70 hexadecimal digits, with or without the version mark `T1` in front.
 * J. Oliver, C. Cheng, Y. Chen: TLSH - A Locality Sensitive Hash (CTC 2013), sections 3 and 4.
 */
const DIGEST = /^(?:T1)?([0-9a-f]{70})$/i;
const BODY_AT = 3;

/** Distance of two bytes, each four pairs of bits: pairs that differ by 3 count 6. */
const PAIRS = Uint8Array.from({ length: 256 * 256 }, (_, index) => {
  let sum = 0;
  for (let shift = 0; shift < 8; shift += 2) {
    const apart = Math.abs(((index >> (8 + shift)) & 3) - ((index >> shift) & 3));
    sum += apart === 3 ? 6 : apart;
  }
  return sum;
});

/** The digest as 35 bytes, or null when the text is none. */
export function tlshBytes(digest: string): Uint8Array | null {
  const hex = DIGEST.exec(digest)?.[1];
  return hex === undefined ? null : Uint8Array.from({ length: 35 }, (_, i) => Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16));
}

/**
 * How far two digests are apart, lengths included: 0 is equal as far as TLSH can tell, 30 and less is very near, unrelated
 * files have a hundred and more.
 * @param a and b as `tlshBytes` gives them
 */
export function tlshDistance(a: Uint8Array, b: Uint8Array): number {
  let sum = at(a, 0) === at(b, 0) ? 0 : 1;
  const length = around(swapped(at(a, 1)), swapped(at(b, 1)), 256);
  sum += length <= 1 ? length : length * 12;
  for (const shift of [0, 4]) {
    const ratio = around((at(a, 2) >> shift) & 15, (at(b, 2) >> shift) & 15, 16);
    sum += ratio <= 1 ? ratio : (ratio - 1) * 12;
  }
  for (let i = BODY_AT; i < 35; i++) sum += at(PAIRS, (at(a, i) << 8) | at(b, i));
  return sum;
}

function at(bytes: Uint8Array, index: number): number {
  return bytes[index] ?? 0;
}

/** The written digest has the halves of the length byte in the other order. */
function swapped(byte: number): number {
  return ((byte & 15) << 4) | (byte >> 4);
}

/** Distance on a ring of `size` values. */
function around(a: number, b: number, size: number): number {
  const apart = Math.abs(a - b);
  return Math.min(apart, size - apart);
}
