import { createHash, randomUUID } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'vite';

const CACHE = path.resolve(import.meta.dirname, '../../node_modules/.cache/iisight-test');

/**
 * Bundles a TypeScript entry for a child process of plain Node. Packages stay outside the bundle: it lies under
 * `node_modules`, so that the child finds them. Test files run beside each other and share the bundles: each file is put
 * in its place whole, so that a worker that starts meanwhile finds the old one or the new one.
 * @returns the path of the `.mjs` file; the same entry gives the same path.
 */
export async function bundleEntry(entry: string): Promise<string> {
  const name = `${path.basename(entry, '.ts')}-${createHash('sha256').update(path.resolve(entry)).digest('hex').slice(0, 8)}`;
  const folder = path.join(CACHE, name);
  await mkdir(folder, { recursive: true });
  const built = await build({
    configFile: false,
    logLevel: 'error',
    root: path.resolve(import.meta.dirname, '../..'),
    build: {
      ssr: path.resolve(entry), outDir: folder, write: false, target: 'node20', minify: false,
      rolldownOptions: { output: { entryFileNames: 'entry.mjs', chunkFileNames: '[name]-[hash].mjs' } },
    },
  });
  if (!('output' in built)) throw new Error(`${entry} was not bundled`);
  // The entry comes last: what it imports lies there by then.
  const chunks = built.output.flatMap((file) => (file.type === 'chunk' ? [file] : [])).sort((a, b) => Number(a.isEntry) - Number(b.isEntry));
  for (const chunk of chunks) {
    const place = path.join(folder, chunk.fileName);
    const own = `${place}.${process.pid}-${randomUUID()}`;
    await mkdir(path.dirname(place), { recursive: true });
    await writeFile(own, chunk.code);
    await rename(own, place);
  }
  return path.join(folder, 'entry.mjs');
}
