import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** A file of ours in the work folder, for a program of the analyst's to read. */
export interface ScratchFile {
  readonly path: string;
  remove(): Promise<void>;
}

/** Writes bytes under a name that nothing of the evidence decides. @param folder the work folder of the engine */
export async function scratchFile(folder: string, ending: 'bin' | 'yar', bytes: Uint8Array): Promise<ScratchFile> {
  const place = path.join(folder, `${randomUUID()}.${ending}`);
  await writeFile(place, bytes, { mode: 0o600, flag: 'wx' });
  return { path: place, remove: () => rm(place, { force: true }) };
}
