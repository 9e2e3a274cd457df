import { ByteView } from '../kit/bytes.ts';
import type { Likelihood } from '../kit/likelihood.ts';

/** The PE header of nearly all files lies in the first page. */
export const HEAD_BYTES = 4096;

/** `yes`: MZ and the PE signature; `maybe`: MZ, and the PE header lies behind the bytes given; else `no`. */
export function sniffPe(head: Uint8Array): Likelihood {
  const view = new ByteView(head);
  if (!view.has(0, 2) || view.ascii(0, 2) !== 'MZ') return 'no';
  if (!view.has(0, 64)) return 'maybe';
  const at = view.u32(0x3c);
  if (!view.has(at, 4)) return 'maybe';
  return view.u32(at) === 0x4550 ? 'yes' : 'no';
}
