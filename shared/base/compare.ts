/**
 * Ordering that is the same on every machine. `localeCompare` and a bare `toLowerCase` in a Turkish locale are not,
 * so results that are read out in court never use them.
 */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Orders by several keys: the first comparison that is not equal decides. */
export function compareBy<T>(...keys: ReadonlyArray<(item: T) => string | number>): (a: T, b: T) => number {
  return (a, b) => {
    for (const key of keys) {
      const x = key(a);
      const y = key(b);
      if (x < y) return -1;
      if (x > y) return 1;
    }
    return 0;
  };
}

/**
 * Case folding for Windows names: upper-cases each UTF-16 unit on its own where the result is one unit, as NTFS's
 * upcase table does. Two names are the same file when their folds are equal.
 */
export function foldCase(name: string): string {
  // The common case first: ASCII needs no per-unit work and folds the same in every locale.
  if (/^[\x20-\x7e]*$/.test(name)) return name.toUpperCase();
  let out = '';
  for (let i = 0; i < name.length; i++) {
    const unit = name.charAt(i);
    const upper = unit.toUpperCase();
    out += upper.length === 1 ? upper : unit;
  }
  return out;
}
