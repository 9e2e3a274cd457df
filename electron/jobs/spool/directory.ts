import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/** A folder of ours outside the evidence, for spool files and the database's sorts; gone when the engine ends. */
export interface WorkDirectory {
  readonly path: string;
  remove(): Promise<void>;
}

export async function makeWorkDirectory(): Promise<WorkDirectory> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'iisight-'));
  const atExit = (): void => rmSync(folder, { recursive: true, force: true });
  process.once('exit', atExit);
  return {
    path: folder,
    remove: async () => {
      process.removeListener('exit', atExit);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
