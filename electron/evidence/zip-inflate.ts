import { Readable } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import { CHUNK } from './bounds.ts';
import { inflateByLibrary } from './zip-deflate64.ts';
import type { ZipBytes } from './zip-file.ts';
import type { ZipData } from './zip-directory.ts';

/** Local file header without name and extra field (APPNOTE.TXT 4.3.7). */
const LOCAL_HEADER = 30;
const SIGNATURE = 0x04034b50;
const ENCRYPTED = 1;

/**
 * The bytes of an entry, pulled: nothing is inflated before it is asked for. Stops after `limit` bytes; an entry read
 * to its end is compared with its declared size and checksum. Leaving the loop early ends the inflating.
 * @throws Error with the reason for damaged data.
 */
export async function* inflate(file: ZipBytes, data: ZipData, limit: number): AsyncGenerator<Uint8Array> {
  if (data.deflate64 !== null) {
    yield* inflateByLibrary(data.deflate64, limit);
    return;
  }
  const start = await dataStart(file, data);
  const chunks = data.method === 0 ? ranges(file, start, data.compressedSize) : inflateRanges(ranges(file, start, data.compressedSize));
  let total = 0;
  let sum = 0;
  for await (const chunk of chunks) {
    total += chunk.length;
    if (total > data.size) throw new Error(`it holds more than the ${data.size} bytes that the directory declares`);
    sum = crc32(chunk, sum);
    const over = total - limit;
    if (over < chunk.length) yield over > 0 ? chunk.subarray(0, chunk.length - over) : chunk;
    if (total >= limit && limit < data.size) return;
  }
  if (total !== data.size) throw new Error(`it holds ${total} bytes, the directory declares ${data.size}`);
  if (data.crc !== null && sum !== data.crc) throw new Error('its checksum is not the one in the directory');
}

/** Where the data begins. The local header must not contradict the directory: two readers would see two files. */
async function dataStart(file: ZipBytes, data: ZipData): Promise<number> {
  const header = Buffer.from(await file.readUint8Array(data.offset, LOCAL_HEADER));
  if (header.length < LOCAL_HEADER || header.readUInt32LE(0) !== SIGNATURE) throw new Error('there is no header where the directory points to');
  const encrypted = (header.readUInt16LE(6) & ENCRYPTED) !== 0;
  if (encrypted || header.readUInt16LE(8) !== data.method) throw new Error('its header contradicts the directory');
  const nameLength = header.readUInt16LE(26);
  const name = await file.readUint8Array(data.offset + LOCAL_HEADER, nameLength);
  if (crc32(name) !== data.nameSum) throw new Error('its header has another name than the directory');
  return data.offset + LOCAL_HEADER + nameLength + header.readUInt16LE(28);
}

async function* ranges(file: ZipBytes, start: number, length: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < length; ) {
    const chunk = await file.readUint8Array(start + at, Math.min(CHUNK, length - at));
    if (chunk.length === 0) return;
    yield chunk;
    at += chunk.length;
  }
}

async function* inflateRanges(compressed: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  const source = Readable.from(compressed, { objectMode: true, highWaterMark: 1 });
  const inflater = createInflateRaw({ chunkSize: CHUNK });
  source.on('error', (error) => inflater.destroy(error));
  source.pipe(inflater);
  try {
    for await (const chunk of inflater) yield chunk as Uint8Array;
  } finally {
    source.destroy();
    inflater.destroy();
  }
}
