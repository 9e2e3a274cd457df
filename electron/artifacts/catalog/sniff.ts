import { OutOfBounds, Malformed } from '../kit/bytes.ts';
import type { Likelihood } from '../kit/likelihood.ts';
import { Tlv } from './tlv.ts';

/** 1.2.840.113549.1.7.2 and 1.3.6.1.4.1.311.10.1 with their headers, one character for each byte. */
const SIGNED_DATA = '\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02';
const TRUST_LIST = '\x06\x09\x2b\x06\x01\x04\x01\x82\x37\x0a\x01';
/** Version and digest algorithms stand before the kind of content. */
const NEAR = 256;

/** `yes`: signed data whose content is a list of trusted subjects; `maybe`: any signed data; else `no`. */
export function sniffCatalog(head: Uint8Array): Likelihood {
  if (head.length < 24 || head[0] !== 0x30) return 'no';
  try {
    // Only the header of the outermost element: the rest of the file need not be there.
    const outer = new Tlv(head).header(0);
    const text = String.fromCharCode(...head.subarray(outer, outer + NEAR));
    if (!text.startsWith(SIGNED_DATA)) return 'no';
    return text.includes(TRUST_LIST) ? 'yes' : 'maybe';
  } catch (error) {
    if (error instanceof OutOfBounds || error instanceof Malformed) return 'no';
    throw error;
  }
}
