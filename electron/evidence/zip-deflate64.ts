import type { FileEntry } from '@zip.js/zip.js';

/**
 * The inflated bytes of a Deflate64 entry (Windows Explorer writes it above 2 GB), which Node itself cannot inflate.
 * Pulled: nothing is inflated before it is asked for, but for what the pipeline holds.
 * Stops after `limit` bytes. Leaving the loop early cancels the inflating.
 * @throws the library's error for damaged data, a wrong checksum or a size that is not the declared one.
 */
export async function* inflateByLibrary(entry: FileEntry, limit: number): AsyncGenerator<Uint8Array> {
  const stop = new AbortController();
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  let failure: unknown = null;
  const done = entry.getData(writable, { signal: stop.signal, checkCrc32: true, useWebWorkers: false }).catch(async (error: unknown) => {
    failure = error;
    // Where the library fails before it has touched the stream, the reader below would wait for ever.
    await writable.abort(error).catch(() => undefined);
  });
  const reader = readable.getReader();
  let left = limit;
  try {
    while (left > 0) {
      const { value, done: ended } = await reader.read();
      if (ended || value === undefined) break;
      yield value.length <= left ? value : value.subarray(0, left);
      left -= value.length;
    }
    if (left === 0 && limit === entry.uncompressedSize) await drain(reader);
  } finally {
    stop.abort();
    await reader.cancel().catch(() => undefined);
    await done;
  }
  if (failure !== null && left > 0) throw failure;
}

/** After the declared size only the end may come: this is where checksum and true size are compared. */
async function drain(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  for (let extra = 0; ; ) {
    const { value, done } = await reader.read();
    if (done) return;
    extra += value?.length ?? 0;
    if (extra > 0) throw new Error('more bytes than the declared size');
  }
}
