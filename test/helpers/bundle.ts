import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'vite';

const CACHE = path.resolve(import.meta.dirname, '../../node_modules/.cache/iisight-test');

/**
 * Bundles a TypeScript entry for a child process of plain Node. Packages stay outside the bundle: it lies under
 * `node_modules`, so that the child finds them.
 * @returns the path of the `.mjs` file; the same entry gives the same path.
 */
export async function bundleEntry(entry: string): Promise<string> {
  const name = `${path.basename(entry, '.ts')}-${createHash('sha256').update(path.resolve(entry)).digest('hex').slice(0, 8)}`;
  const folder = path.join(CACHE, name);
  await mkdir(folder, { recursive: true });
  await build({
    configFile: false,
    logLevel: 'error',
    root: path.resolve(import.meta.dirname, '../..'),
    build: {
      ssr: path.resolve(entry), outDir: folder, emptyOutDir: true, target: 'node20', minify: false,
      rolldownOptions: { output: { entryFileNames: 'entry.mjs' } },
    },
  });
  return path.join(folder, 'entry.mjs');
}
