/** Numbers in [0, 1) that are the same on every run (linear congruential, Numerical Recipes constants). */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const VALUES = [0, 1, 0x7f, 0xff, 0x1000, 0xffff, 0x10000, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff];

/** A damaged copy: bytes set, 32-bit fields set to awkward values or to offsets, pieces copied, sometimes cut. */
export function mutate(bytes: Uint8Array, next: () => number): Uint8Array {
  const copy = Buffer.from(bytes);
  const below = (limit: number): number => Math.floor(next() * limit);
  for (let left = 1 + below(12); left > 0; left--) {
    // Headers matter most: every second change falls into the first kilobyte.
    const at = below(next() < 0.5 ? Math.min(1024, copy.length) : copy.length);
    const how = next();
    if (how < 0.4) copy[at] = below(256);
    else if (how < 0.8 && at + 4 <= copy.length) copy.writeUInt32LE(next() < 0.5 ? (VALUES[below(VALUES.length)] ?? 0) : below(copy.length * 2), at);
    else copy.copyWithin(below(copy.length), at, at + below(64));
  }
  return new Uint8Array(next() < 0.1 ? copy.subarray(0, below(copy.length)) : copy);
}
