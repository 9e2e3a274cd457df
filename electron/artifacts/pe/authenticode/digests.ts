import { createHash, type Hash } from 'node:crypto';
import { digestSpans, type SignedLayout } from './layout.ts';

/** Small enough to stay in the processor's cache while each digest reads it. */
const CHUNK = 64 * 1024;

/** Authenticode digests of an image, lower-case hex. SHA-1 and SHA-256 are made in one pass; others when they are asked for. */
export class ImageDigests {
  readonly #layout: SignedLayout;
  readonly #made: Map<string, string>;

  constructor(layout: SignedLayout) {
    this.#layout = layout;
    this.#made = new Map(digest(layout, ['sha1', 'sha256']));
  }

  get(algorithm: string): string {
    const known = this.#made.get(algorithm);
    if (known !== undefined) return known;
    const [made = [algorithm, '']] = digest(this.#layout, [algorithm]);
    this.#made.set(...made);
    return made[1];
  }
}

function digest(layout: SignedLayout, algorithms: readonly string[]): [string, string][] {
  const hashes = algorithms.map((name): [string, Hash] => [name, createHash(name)]);
  const { bytes } = layout.view;
  const update = (part: Uint8Array): void => hashes.forEach(([, hash]) => hash.update(part));
  for (const { from, until } of digestSpans(layout)) {
    for (let at = from; at < until; at += CHUNK) update(bytes.subarray(at, Math.min(at + CHUNK, until)));
  }
  // Signing tools fill a file to a multiple of 8 bytes before they append the table; a catalog's digest is the filled file's.
  const missing = layout.table === null ? (8 - (bytes.length % 8)) % 8 : 0;
  if (missing > 0) update(new Uint8Array(missing));
  return hashes.map(([name, hash]) => [name, hash.digest('hex')]);
}
