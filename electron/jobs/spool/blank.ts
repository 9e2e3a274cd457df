/** Whether nothing but spaces, tabs, CRs and NULs stands between two positions. */
export function isBlank(b: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (b[i] !== 0x20 && b[i] !== 0x09 && b[i] !== 0x0d && b[i] !== 0) return false;
  return true;
}

/** Position after the NULs that begin at `from`. */
export function nulsEnd(b: Uint8Array, from: number, to: number): number {
  let at = from;
  while (at < to && b[at] === 0) at += 1;
  return at;
}
