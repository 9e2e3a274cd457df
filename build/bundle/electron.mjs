import { builtinModules } from 'node:module';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

/** The processes that run on Node: each is one file in dist/electron. */
export const entries = {
  engine: 'electron/engine.ts',
  cli: 'electron/cli/main.ts',
  main: 'electron/main.ts',
  'image-worker': 'electron/jobs/image-reader/worker.ts',
  'spool-worker': 'electron/jobs/spool/worker.ts',
  'yara-child': 'electron/jobs/yara/child.ts',
};

/** Native, provided by the host, with a file beside it (the disassembler's wasm), or made by another compiler (YARA's): never bundled. */
const external = ['electron', 'iced-x86', 'libyara-wasm', /^@duckdb\//, ...builtinModules, ...builtinModules.map((m) => `node:${m}`)];

function config(input, outDir, output, define = {}) {
  return {
    root,
    configFile: false,
    logLevel: 'warn',
    define,
    ssr: { noExternal: true, external: ['electron', 'iced-x86', 'libyara-wasm', '@duckdb/node-api'] },
    build: {
      ssr: true,
      outDir,
      emptyOutDir: false,
      target: 'node20',
      minify: false,
      sourcemap: true,
      rolldownOptions: { input, external, output },
    },
  };
}

/** Build configurations for vite's `build`, writing into `outDir`. */
export function electronConfigs(outDir, version) {
  const define = { __IISIGHT_VERSION__: JSON.stringify(version) };
  const input = Object.fromEntries(Object.entries(entries).map(([name, file]) => [name, path.join(root, file)]));
  return [
    config(input, outDir, { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' }, define),
    // A sandboxed preload script is loaded as CommonJS and can require nothing but 'electron': one file.
    config({ preload: path.join(root, 'electron/preload/preload.ts') }, outDir, { format: 'cjs', entryFileNames: 'preload.cjs', codeSplitting: false }, define),
  ];
}
