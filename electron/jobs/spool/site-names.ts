import { siteOf } from '../../artifacts/kit/log-values.ts';

/** Values that are remembered, each at the one place that its bytes give it. A server has few sites. */
const PLACES = 256;

interface Known {
  readonly value: Uint8Array;
  /** UTF-8; null where the value names no site. */
  readonly name: Uint8Array | null;
}

/** The names of sites for the values in the rows of a log: each is made once, and then found by its bytes. */
export class SiteNames {
  readonly #sites: ReadonlyMap<number, string>;
  readonly #known: (Known | undefined)[] = Array.from({ length: PLACES }, () => undefined);

  constructor(sites: ReadonlyMap<number, string>) {
    this.#sites = sites;
  }

  /** @param b UTF-8; the value stands from `from` to `to` */
  nameOf(b: Uint8Array, from: number, to: number): Uint8Array | null {
    let hash = to - from;
    for (let i = from; i < to; i++) hash = Math.imul(hash ^ (b[i] as number), 0x0100_0193);
    const place = (hash ^ (hash >>> 16)) & (PLACES - 1);
    const known = this.#known[place];
    if (known !== undefined && equals(known.value, b, from, to)) return known.name;
    const value = Uint8Array.from(b.subarray(from, to));
    const name = siteOf(Buffer.from(value).toString('utf8'), this.#sites);
    const fresh: Known = { value, name: name === null || name === '' ? null : Buffer.from(name, 'utf8') };
    this.#known[place] = fresh;
    return fresh.name;
  }
}

function equals(value: Uint8Array, b: Uint8Array, from: number, to: number): boolean {
  if (value.length !== to - from) return false;
  for (let i = 0; i < value.length; i++) if (value[i] !== b[from + i]) return false;
  return true;
}
