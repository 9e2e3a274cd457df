import { createHash } from 'node:crypto';
import { configure, ZipWriter } from '@zip.js/zip.js';
import { harmlessName, sampleSheet, type SampleFacts } from './sheet.ts';

// Workers and compression of its own are for browsers.
configure({ useWebWorkers: false });

/** What is put into the archive, before its content was read. */
export type SampleSource = Omit<SampleFacts, 'md5' | 'sha1' | 'sha256' | 'bytes'>;

/** Zips know no earlier day; a fixed one says nothing about when the archive was made. */
const NO_DATE = new Date(Date.UTC(1980, 0, 2));

/**
 * A zip with a file of the evidence and a sheet of its hashes, both encrypted with AES-256 (WinZip AE-2, which 7-Zip and
 * others open). The content passes through in pieces and is never more than bytes here.
 * @param content the file from its beginning @param taken is given the facts of what went in
 */
export async function* sampleZip(source: SampleSource, content: AsyncIterable<Uint8Array>, password: string, taken: (facts: SampleFacts) => void): AsyncGenerator<Uint8Array, void, undefined> {
  // A few pieces wait at most: whoever writes the file takes them one by one.
  const channel = new TransformStream<Uint8Array, Uint8Array>(undefined, { highWaterMark: 4 }, { highWaterMark: 4 });
  const writing = fill(channel.writable, source, content, password, taken);
  // Told where the pieces are taken, if they still are.
  writing.catch(() => undefined);
  const reader = channel.readable.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
    await writing;
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

async function fill(writable: WritableStream<Uint8Array>, source: SampleSource, content: AsyncIterable<Uint8Array>, password: string, taken: (facts: SampleFacts) => void): Promise<void> {
  try {
    const zip = new ZipWriter(writable, { password, encryptionStrength: 3, level: 6, lastModDate: NO_DATE, extendedTimestamp: false, dataDescriptor: true });
    const hashes = { md5: createHash('md5'), sha1: createHash('sha1'), sha256: createHash('sha256') };
    let bytes = 0;
    const pieces = content[Symbol.asyncIterator]();
    const name = harmlessName(source.file.evidencePath);
    await zip.add(name, new ReadableStream<Uint8Array>({
      async pull(controller) {
        const next = await pieces.next();
        if (next.done === true) return controller.close();
        for (const hash of Object.values(hashes)) hash.update(next.value);
        bytes += next.value.length;
        controller.enqueue(next.value);
      },
    }));
    const facts: SampleFacts = { ...source, md5: hashes.md5.digest('hex'), sha1: hashes.sha1.digest('hex'), sha256: hashes.sha256.digest('hex'), bytes };
    // Throws where the content is not what the case says, before the archive is whole.
    taken(facts);
    await zip.add('sheet.txt', new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(new TextEncoder().encode(sampleSheet(facts, name)));
        controller.close();
      },
    }));
    await zip.close();
  } catch (error) {
    await writable.abort(error).catch(() => undefined);
    throw error;
  }
}
