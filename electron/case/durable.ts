import { constants, existsSync } from 'node:fs';
import { copyFile, open, rename, rm } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { RequestError } from '../../shared/base/result.ts';
import { StoreError } from '../store/errors.ts';

/**
 * Copies a file so that `target` is either what it was before or the whole copy, also when the power goes: written
 * beside it, flushed, renamed, and the folder flushed.
 * @throws StoreError naming the target.
 */
export async function copyDurably(source: string, target: string): Promise<void> {
  const temporary = path.join(path.dirname(target), `.${path.basename(target)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    await copyFile(source, temporary, constants.COPYFILE_EXCL);
    await flush(temporary);
    await rename(temporary, target);
    await flushFolder(path.dirname(target));
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw fileError(error, target);
  }
}

async function flush(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Windows has no such thing; there the rename is made durable by the file system's journal. */
export async function flushFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * The database's side file of a case that is gone would be replayed into a new one of the same name.
 * @throws RequestError when one lies there.
 */
export function refuseLeftover(target: string): void {
  const side = `${target}.wal`;
  if (existsSync(side)) throw new RequestError('conflict', `${side} lies there from a case that was not closed; move it away or choose another name.`);
}

function fileError(error: unknown, file: string): StoreError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOSPC' || code === 'EDQUOT') return new StoreError('full', file, `No space is left for ${file}; what was saved before is untouched.`, { cause: error });
  return new StoreError('io', file, `${file} could not be written: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
}
