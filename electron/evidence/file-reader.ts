import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { CHUNK } from './bounds.ts';
import { faultOf } from './faults.ts';
import { EvidenceUnreadable, type EvidenceReader } from './source.ts';

/** Flags for every open of evidence: never for writing, never through a link, never waiting for a FIFO's writer. */
const READ_FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** Reading must not change the access time where the system lets us ask for that (the owner of the file, or root). */
const QUIET_FLAGS = READ_FLAGS | (constants.O_NOATIME ?? 0);

/**
 * Opens a plain file for bounded reads.
 * @param name for messages only.
 * @throws EvidenceUnreadable for links, folders, devices, FIFOs, sockets and whatever the system refuses.
 */
export async function openFileReader(location: string | Buffer, name: string): Promise<EvidenceReader> {
  const handle = await openQuietly(location, name);
  try {
    const stat = await handle.stat({ bigint: true });
    if (!stat.isFile()) throw new EvidenceUnreadable({ kind: 'unreadable', message: `${name} is not a plain file; it was not read` });
    return new FileReader(handle, Number(stat.size), stat.mtimeNs / 100n, name);
  } catch (error) {
    await handle.close();
    throw error instanceof EvidenceUnreadable ? error : new EvidenceUnreadable(faultOf(error, name));
  }
}

async function openQuietly(location: string | Buffer, name: string): Promise<FileHandle> {
  try {
    return await open(location, QUIET_FLAGS);
  } catch (error) {
    if (codeOf(error) === 'EPERM') {
      try {
        return await open(location, READ_FLAGS);
      } catch (second) {
        throw new EvidenceUnreadable(faultOf(second, name));
      }
    }
    throw new EvidenceUnreadable(faultOf(error, name));
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** A plain file on the disk. `size` is the size at the time of opening; a later change shows in what is read. */
class FileReader implements EvidenceReader {
  readonly size: number;
  readonly modified: bigint;
  private readonly handle: FileHandle;
  private readonly name: string;

  constructor(handle: FileHandle, size: number, modified: bigint, name: string) {
    this.handle = handle;
    this.size = size;
    this.modified = modified;
    this.name = name;
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    const buffer = Buffer.allocUnsafe(Math.max(0, Math.min(length, Math.max(0, this.size - offset) + 1)));
    let filled = 0;
    try {
      while (filled < buffer.length) {
        const { bytesRead } = await this.handle.read(buffer, filled, buffer.length - filled, offset + filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
    } catch (error) {
      throw new EvidenceUnreadable(faultOf(error, this.name));
    }
    return buffer.subarray(0, filled);
  }

  async *stream(start = 0): AsyncIterable<Uint8Array> {
    for (let at = start; at < this.size; ) {
      const chunk = await this.read(at, Math.min(CHUNK, this.size - at));
      if (chunk.length === 0) return;
      yield chunk;
      at += chunk.length;
    }
  }

  close(): Promise<void> {
    return this.handle.close();
  }
}
