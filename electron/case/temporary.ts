import { mkdtemp, rm } from 'node:fs/promises';
import { rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** A case file that lives until it is closed or saved under a name. */
export async function temporaryCase(): Promise<{ readonly path: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'iisight-case-'));
  const atExit = (): void => rmSync(folder, { recursive: true, force: true });
  process.once('exit', atExit);
  return {
    path: path.join(folder, 'unsaved.iiscase'),
    remove: async () => {
      process.removeListener('exit', atExit);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
