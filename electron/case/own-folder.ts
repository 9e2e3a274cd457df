import { createHash } from 'node:crypto';
import { readdirSync, rmSync, lstatSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/** A folder of ours among the system's temporary ones; gone when it is removed or the process ends. */
export interface OwnFolder {
  readonly path: string;
  remove(): Promise<void>;
}

/**
 * Makes a folder for this process alone. Folders that a killed process left are removed first: they hold parts of
 * evidence, which is nobody's business once the case is closed.
 */
export async function makeOwnFolder(kind: 'work' | 'case'): Promise<OwnFolder> {
  sweep();
  const folder = await mkdtemp(path.join(os.tmpdir(), `iisight-${kind}-${machine()}-${process.pid}-`));
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

const NAME = /^iisight-(?:work|case)-([0-9a-f]{8})-(\d{1,10})-[A-Za-z0-9]{6}$/;

/** Numbers of processes say something on their own machine only; containers that share a folder have names of their own. */
function machine(): string {
  return createHash('sha256').update(os.hostname()).digest('hex').slice(0, 8);
}

function sweep(): void {
  const mine = machine();
  for (const name of names(os.tmpdir())) {
    const [, where, pid] = NAME.exec(name) ?? [];
    if (where !== mine || pid === undefined || isAlive(Number(pid))) continue;
    const folder = path.join(os.tmpdir(), name);
    try {
      const found = lstatSync(folder);
      if (found.isDirectory() && (process.getuid === undefined || found.uid === process.getuid())) rmSync(folder, { recursive: true, force: true });
    } catch {
      // Somebody else removes it, or it is not ours to remove.
    }
  }
}

function names(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of another user is alive too.
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}
