/** The parts of the package `tlsh` that this folder uses; it has no types of its own. */
declare module 'tlsh/lib/buckets/pearson-hash.js' {
  /** Pearson's hash of numbers from 0 to 255. */
  export default function pearson(values: readonly number[]): number;
}

declare module 'tlsh/lib/buckets/quartiles.js' {
  interface Quartiles {
    getFirst(): number;
  }
  const create: new (buckets: readonly number[]) => Quartiles;
  export default create;
}

declare module 'tlsh/lib/buckets/processed-buckets.js' {
  interface Value<T> {
    getValue(): T;
  }
  export default class ProcessedBuckets {
    constructor(checksum: readonly number[], buckets: readonly number[], length: number, quartiles: { getFirst(): number });
    buildDigest(): { getChecksum(): Value<readonly number[]>; getLValue(): Value<number>; getQ(): Value<number>; getBody(): { getValue(index: number): number } };
  }
}
