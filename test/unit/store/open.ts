import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach } from 'vitest';
import { openStore, type StoreOptions } from '../../../electron/store/duckdb.ts';
import type { Store } from '../../../electron/store/store.ts';

/** A folder of its own for each test, and stores in it that are closed when the test ends. */
export function workspace(): { folder: () => Promise<string>; open: (file: string, options?: Partial<StoreOptions>) => Promise<Store> } {
  const folders: string[] = [];
  const stores: Store[] = [];
  afterEach(async () => {
    for (const store of stores.splice(0)) await store.close().catch(() => undefined);
    for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
  });
  return {
    folder: async () => {
      const folder = await mkdtemp(path.join(os.tmpdir(), 'iisight-store-'));
      folders.push(folder);
      return folder;
    },
    open: async (file, options = {}) => {
      const store = await openStore(file, { tempDirectory: path.join(path.dirname(file), 'tmp'), allowedDirectories: [], memoryLimitMb: 256, threads: 1, ...options });
      stores.push(store);
      return store;
    },
  };
}
