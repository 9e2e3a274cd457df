import { createHash } from 'node:crypto';

/** JSON with sorted keys and no spaces: the same value gives the same text on every machine. `undefined` is left out. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).filter(([, field]) => field !== undefined);
    fields.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return `{${fields.map(([key, field]) => `${JSON.stringify(key)}:${canonicalJson(field)}`).join(',')}}`;
  }
  return JSON.stringify(value) ?? 'null';
}

/** Lower-case hex. */
export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

/** The digest of texts in their order; each is followed by a line break, which canonical JSON never contains. */
export class TextsDigest {
  readonly #hash = createHash('sha256');
  #count = 0;

  add(text: string): void {
    this.#hash.update(text).update('\n');
    this.#count += 1;
  }

  end(): { count: number; sha256: string } {
    return { count: this.#count, sha256: this.#hash.digest('hex') };
  }
}
