import { open, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { RequestError } from '../../shared/base/result.ts';
import { ArchivedSource } from './archives.ts';
import { FolderSource } from './folder.ts';
import { SingleFileSource } from './single-file.ts';
import type { EvidenceSource } from './source.ts';
import { openZipSource } from './zip.ts';

/**
 * Opens evidence by what it is: a folder, a zip (told by its first bytes, not by its name), or any other plain file.
 * The location itself may be a link, because a person chose it; nothing inside is ever followed.
 * @throws RequestError `unavailable` when there is nothing that can be read at this place.
 */
export async function openEvidence(location: string): Promise<EvidenceSource> {
  const absolute = path.resolve(location);
  try {
    const real = await realpath(absolute);
    const found = await stat(real);
    if (found.isDirectory()) return new ArchivedSource(new FolderSource(real));
    if (!found.isFile()) throw new RequestError('unavailable', `${absolute} is neither a folder nor a plain file`);
    return new ArchivedSource((await isZip(real)) ? await openZipSource(real) : new SingleFileSource(real));
  } catch (error) {
    if (error instanceof RequestError) throw error;
    throw new RequestError('unavailable', sentence(error, absolute));
  }
}

function sentence(error: unknown, location: string): string {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'ENOENT' || code === 'ENOTDIR') return `There is no evidence at ${location}: no such folder or file`;
  if (code === 'EACCES' || code === 'EPERM') return `The evidence at ${location} cannot be read: access is refused`;
  return `The evidence at ${location} cannot be opened: ${error instanceof Error ? error.message : 'unknown reason'}`;
}

/** Local file header, or the end record of an empty zip (APPNOTE.TXT 4.3.7, 4.3.16). */
async function isZip(location: string): Promise<boolean> {
  const handle = await open(location, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    const magic = bytesRead === 4 ? buffer.toString('latin1') : '';
    return magic === 'PK\u0003\u0004' || magic === 'PK\u0005\u0006';
  } finally {
    await handle.close();
  }
}
