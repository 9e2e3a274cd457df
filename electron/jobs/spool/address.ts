const DOT = 0x2e;
const ZERO = 0x30;

/** What may be an IPv4 address in dotted decimal: ASCII, so that its characters are its bytes. */
export const V4_TEXT = /^[0-9.]{7,15}$/;

/** A canonical dotted IPv4 address (no leading zeros) as a number, or -1: its text can be made from the number again. */
export function readV4(b: Uint8Array, from: number, to: number): number {
  if (to - from > 15) return -1;
  let value = 0;
  let octet = -1;
  let dots = 0;
  for (let i = from; i < to; i++) {
    const c = b[i] as number;
    if (c === DOT) {
      if (octet < 0) return -1;
      value = value * 256 + octet;
      octet = -1;
      dots += 1;
    } else if (c >= ZERO && c <= 0x39 && octet !== 0) {
      octet = octet < 0 ? c - ZERO : octet * 10 + c - ZERO;
      if (octet > 255) return -1;
    } else {
      return -1;
    }
  }
  return dots === 3 && octet >= 0 ? value * 256 + octet : -1;
}
