import type { PeFacts } from '../../../shared/model/pe/index.ts';
import type { ByteView } from '../kit/bytes.ts';
import type { Headers } from './headers.ts';

/** Words that are added before the sum is taken out of the range of small integers. */
const CHUNK = 0x2000;

/**
 * The checksum of the optional header as it is stored and as ImageHlp's CheckSumMappedFile computes it: the 16-bit words of
 * the file without the field itself, folded, plus the length of the file. Null without an optional header.
 */
export function readChecksum(view: ByteView, headers: Headers): PeFacts['checksum'] {
  const offset = headers.atChecksum;
  if (!headers.hasOptional || !view.has(offset, 4)) return null;
  let sum = wordSum(view.bytes);
  // A field at an odd place spans three words; its bytes then count half a word higher.
  for (let i = 0; i < 4; i++) sum -= view.u8(offset + i) * ((offset + i) % 2 === 0 ? 1 : 0x100);
  while (sum > 0xffff) sum = (sum % 0x1_0000) + Math.floor(sum / 0x1_0000);
  return { offset, stored: view.u32(offset), computed: (sum + view.length) >>> 0 };
}

/** Sum of the little-endian 16-bit words; a last odd byte counts as a word. */
function wordSum(bytes: Uint8Array): number {
  const words = bytes.length >> 1;
  let sum = bytes.length % 2 === 1 ? (bytes[bytes.length - 1] ?? 0) : 0;
  if (bytes.byteOffset % 4 === 0) {
    const quads = new Uint32Array(bytes.buffer, bytes.byteOffset, words >> 1);
    for (let from = 0; from < quads.length; from += CHUNK) {
      const to = Math.min(from + CHUNK, quads.length);
      let low = 0;
      for (let i = from; i < to; i++) {
        const quad = quads[i] as number;
        low = (low + (quad & 0xffff) + (quad >>> 16)) | 0;
      }
      sum += low;
    }
    if (words % 2 === 1) sum += (bytes[words * 2 - 2] ?? 0) + (bytes[words * 2 - 1] ?? 0) * 0x100;
    return sum;
  }
  for (let i = 0; i < words * 2; i += 2) sum += (bytes[i] as number) + (bytes[i + 1] as number) * 0x100;
  return sum;
}
