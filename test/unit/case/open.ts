import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach } from 'vitest';
import type { CaseFile } from '../../../electron/case/case.ts';
import { createCase, openCase, type CaseOptions } from '../../../electron/case/case-file.ts';
import { openStore } from '../../../electron/store/duckdb.ts';
import type { Connection } from '../../../electron/store/store.ts';
import { caseOptions } from './child-case.ts';

export interface Workspace {
  readonly folder: () => Promise<string>;
  readonly create: (file: string, options?: Partial<CaseOptions>) => Promise<CaseFile>;
  readonly open: (file: string, options?: Partial<CaseOptions>) => Promise<CaseFile>;
  /** What somebody with the database's own tools could do to a closed case. */
  readonly tamper: (file: string, work: (connection: Connection) => Promise<void>) => Promise<void>;
}

/** A folder of its own for each test; what was opened in it is closed when the test ends. */
export function workspace(): Workspace {
  const folders: string[] = [];
  const cases: CaseFile[] = [];
  afterEach(async () => {
    for (const caseFile of cases.splice(0)) await caseFile.close().catch(() => undefined);
    for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
  });
  const kept = async (caseFile: Promise<CaseFile>): Promise<CaseFile> => {
    cases.push(await caseFile);
    return caseFile;
  };
  return {
    folder: async () => {
      const folder = await mkdtemp(path.join(os.tmpdir(), 'iisight-case-'));
      folders.push(folder);
      return folder;
    },
    create: (file, options = {}) => kept(createCase(file, { ...caseOptions(file), ...options })),
    open: (file, options = {}) => kept(openCase(file, { ...caseOptions(file), ...options })),
    tamper: async (file, work) => {
      const store = await openStore(file, caseOptions(file));
      try {
        await work(await store.connect());
      } finally {
        await store.close();
      }
    },
  };
}
