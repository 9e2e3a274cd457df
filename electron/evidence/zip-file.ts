import { open, type FileHandle } from 'node:fs/promises';
import { Reader } from '@zip.js/zip.js';

/** What is needed of the bytes of a zip, wherever they lie. */
export type ZipBytes = Pick<Reader<unknown>, 'size' | 'readUint8Array'>;

/** Bytes of the directory are fetched ahead in pieces of this size, because the library asks for a few at a time. */
const WINDOW = 64 * 1024;

/** Random access to a zip on the disk: bounded reads from one handle that is opened for reading only. */
export class ZipFileReader extends Reader<FileHandle> {
  private readonly handle: FileHandle;
  private window: { readonly at: number; readonly bytes: Buffer } = { at: 0, bytes: Buffer.alloc(0) };

  private constructor(handle: FileHandle, size: number) {
    super(handle);
    this.handle = handle;
    this.size = size;
  }

  static async open(location: string): Promise<ZipFileReader> {
    const handle = await open(location, 'r');
    try {
      return new ZipFileReader(handle, (await handle.stat()).size);
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  override async readUint8Array(index: number, length: number): Promise<Uint8Array> {
    const wanted = Math.max(0, Math.min(length, this.size - index));
    if (wanted >= WINDOW) return this.fetch(index, wanted);
    const start = index - this.window.at;
    if (start < 0 || start + wanted > this.window.bytes.length) {
      this.window = { at: index, bytes: await this.fetch(index, Math.min(WINDOW, this.size - index)) };
    }
    const at = index - this.window.at;
    // A copy: the library keeps what it is given, and must not keep the whole window with it.
    return Uint8Array.from(this.window.bytes.subarray(at, at + wanted));
  }

  close(): Promise<void> {
    return this.handle.close();
  }

  private async fetch(index: number, length: number): Promise<Buffer> {
    const buffer = Buffer.allocUnsafe(length);
    let filled = 0;
    while (filled < length) {
      const { bytesRead } = await this.handle.read(buffer, filled, length - filled, index + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return buffer.subarray(0, filled);
  }
}
