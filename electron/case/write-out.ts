import { createHash, randomBytes } from 'node:crypto';
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { RequestError } from '../../shared/base/result.ts';
import { flushFolder } from './durable.ts';
import { refuseInside, resolvedPath } from './places.ts';

export interface WriteOutOptions {
  readonly evidenceRoots: readonly string[];
  /** Put it in the place of an existing file. */
  readonly replace?: boolean | undefined;
}

/**
 * Says whether a report or an export may be written there: before the work begins, not after it.
 * @returns the path with its links followed @throws RequestError in one sentence.
 */
export function refuseWriteOut(target: string, options: WriteOutOptions): string {
  refuseInside(target, options.evidenceRoots);
  const resolved = resolvedPath(target);
  if (isCase(resolved)) throw new RequestError('conflict', `${target} is a case, or has the name of one; nothing else is written over cases; choose another name.`);
  const found = statSync(resolved, { throwIfNoEntry: false });
  if (found !== undefined && !found.isFile()) throw new RequestError('conflict', `${target} is not a plain file.`);
  if (found !== undefined && options.replace !== true) throw new RequestError('exists', `${target} exists already.`);
  if (statSync(path.dirname(resolved), { throwIfNoEntry: false })?.isDirectory() !== true) throw new RequestError('unavailable', `The folder of ${target} does not exist.`);
  return resolved;
}

/** True for a name that cases have, and for a case of any other name: its file says what it is, and its log lies beside it. */
function isCase(file: string): boolean {
  return /\.iiscase(\.wal)?$/i.test(file) || isDatabase(file) || (file.endsWith('.wal') && isDatabase(file.slice(0, -4)));
}

/** Files of DuckDB have `DUCK` behind a checksum of eight bytes (https://duckdb.org/docs/stable/internals/storage). */
function isDatabase(file: string): boolean {
  if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true) return false;
  try {
    const fd = openSync(file, 'r');
    try {
      const head = Buffer.alloc(12);
      return readSync(fd, head, 0, 12, 0) === 12 && head.toString('latin1', 8) === 'DUCK';
    } finally {
      closeSync(fd);
    }
  } catch {
    // What cannot be read is replaced by its name alone, as the system allows it.
    return false;
  }
}

/**
 * Writes what leaves the case, so that `target` is what it was before or the whole of the new: written beside it, flushed,
 * renamed, and the folder flushed. Only the user may read it, since it holds parts of evidence.
 * @param pieces taken one by one; when they fail, nothing is left behind
 * @throws RequestError in one sentence
 */
export async function writeOut(
  target: string, pieces: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>, options: WriteOutOptions,
): Promise<{ readonly path: string; readonly bytes: number; readonly sha256: string }> {
  const resolved = refuseWriteOut(target, options);
  const temporary = path.join(path.dirname(resolved), `.${path.basename(resolved).slice(0, 100)}.${randomBytes(6).toString('hex')}.tmp`);
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    const handle = await open(temporary, 'wx', 0o600);
    try {
      for await (const piece of pieces) {
        const chunk = typeof piece === 'string' ? Buffer.from(piece, 'utf8') : piece;
        hash.update(chunk);
        bytes += chunk.length;
        for (let at = 0; at < chunk.length;) at += (await handle.write(chunk, at)).bytesWritten;
      }
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, resolved);
    await flushFolder(path.dirname(resolved));
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw writeFailure(error, target);
  }
  return { path: resolved, bytes, sha256: hash.digest('hex') };
}

/** What the system refuses is a sentence; a mistake of ours stays one. */
function writeFailure(error: unknown, target: string): unknown {
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) return error;
  const full = error.code === 'ENOSPC' || error.code === 'EDQUOT';
  return new RequestError('unavailable', full ? `No space is left for ${target}; nothing was written.` : `${target} could not be written: ${error.message}`);
}
