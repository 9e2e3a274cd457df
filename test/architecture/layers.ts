/**
 * Who may import whom, as data. A layer is the longest matching folder; what a layer lists it may import besides
 * `shared` (and itself). Packages are listed by name; anything else is a mistake that the test names.
 */
export interface Layer {
  readonly folder: string;
  readonly imports: readonly string[];
  readonly packages: readonly string[];
}

export const LAYERS: readonly Layer[] = [
  { folder: 'shared/base', imports: [], packages: [] },
  { folder: 'shared/time', imports: ['shared/base'], packages: [] },
  { folder: 'shared/model', imports: ['shared/base', 'shared/time'], packages: ['zod'] },
  { folder: 'shared/query', imports: ['shared/base', 'shared/time', 'shared/model'], packages: ['zod'] },
  { folder: 'shared/contract', imports: ['shared/base', 'shared/time', 'shared/model', 'shared/query'], packages: ['zod'] },

  { folder: 'electron/artifacts/kit', imports: [], packages: ['node:crypto', 'saxes'] },
  { folder: 'electron/artifacts', imports: ['electron/artifacts/kit'], packages: ['node:crypto', 'node:module', 'saxes', 'pe-library', 'resedit', 'iced-x86', 'tlsh', 'zod'] },
  { folder: 'electron/knowledge', imports: [], packages: ['zod'] },
  { folder: 'electron/iis', imports: ['electron/knowledge'], packages: [] },
  { folder: 'electron/components', imports: ['electron/iis', 'electron/knowledge', 'electron/artifacts/kit'], packages: ['node:crypto'] },
  { folder: 'electron/evidence', imports: [], packages: ['node:fs', 'node:fs/promises', 'node:path', 'node:crypto', 'node:stream', 'node:buffer', 'node:zlib', '@zip.js/zip.js'] },
  { folder: 'electron/store', imports: [], packages: ['@duckdb/node-api', '@duckdb/node-bindings', 'node:path', 'node:async_hooks'] },
  { folder: 'electron/case', imports: ['electron/store'], packages: ['node:fs', 'node:fs/promises', 'node:path', 'node:crypto', 'node:os', 'zod'] },
  { folder: 'electron/timeline', imports: ['electron/store'], packages: ['node:crypto', 'node:path'] },
  { folder: 'electron/findings', imports: ['electron/components', 'electron/iis', 'electron/knowledge', 'electron/timeline'], packages: ['node:crypto', 'zod'] },
  { folder: 'electron/graph', imports: ['electron/store', 'electron/knowledge'], packages: ['node:crypto'] },
  { folder: 'electron/story', imports: ['electron/components', 'electron/knowledge', 'electron/timeline', 'electron/store'], packages: ['node:crypto'] },
  { folder: 'electron/lists', imports: ['electron/components', 'electron/knowledge', 'electron/timeline', 'electron/store', 'electron/findings'], packages: ['node:crypto', 'zod'] },
  { folder: 'electron/report', imports: ['electron/case', 'electron/findings', 'electron/knowledge', 'electron/timeline', 'electron/graph', 'electron/story', 'electron/store'], packages: ['node:crypto', '@zip.js/zip.js'] },
  {
    folder: 'electron/jobs',
    imports: [
      'electron/evidence', 'electron/artifacts', 'electron/artifacts/kit', 'electron/components', 'electron/findings', 'electron/iis', 'electron/knowledge',
      'electron/case', 'electron/timeline', 'electron/graph', 'electron/story', 'electron/lists', 'electron/report', 'electron/store',
    ],
    packages: ['node:fs', 'node:fs/promises', 'node:path', 'node:os', 'node:crypto', 'node:child_process', 'node:worker_threads', 'node:url', 'node:events', 'node:buffer', 'node:stream', 'node:string_decoder'],
  },
  // A process of its own that nothing imports: the only place that runs the rules of strangers.
  { folder: 'electron/jobs/yara/child.ts', imports: ['electron/jobs'], packages: ['node:module', 'node:worker_threads', 'libyara-wasm'] },
  {
    folder: 'electron/services',
    imports: [
      'electron/jobs', 'electron/evidence', 'electron/artifacts', 'electron/components', 'electron/findings', 'electron/iis', 'electron/knowledge',
      'electron/case', 'electron/timeline', 'electron/graph', 'electron/story', 'electron/lists', 'electron/report', 'electron/store',
    ],
    packages: ['node:path', 'node:os', 'node:crypto'],
  },
  { folder: 'electron/ipc', imports: ['electron/services'], packages: ['zod'] },
  { folder: 'electron/cli', imports: ['electron/serve'], packages: ['node:child_process', 'node:crypto', 'node:fs', 'node:fs/promises', 'node:path', 'node:os', 'node:url', 'node:util', 'node:process', 'node:events'] },
  { folder: 'electron/serve', imports: [], packages: ['node:http', 'node:fs', 'node:fs/promises', 'node:path', 'node:os', 'node:crypto', 'node:url', 'node:child_process', 'ws', 'node:events', 'node:net', 'node:stream'] },
  // The page's files and headers are the same in both hosts; they are read and declared in serve.
  { folder: 'electron/shell', imports: ['electron/serve'], packages: ['electron', 'node:fs', 'node:fs/promises', 'node:path', 'node:url', 'node:os'] },
  { folder: 'electron/preload', imports: [], packages: ['electron'] },
  // The two entries: the engine process and the Electron main process.
  { folder: 'electron/engine.ts', imports: ['electron/ipc', 'electron/services'], packages: ['node:process', 'node:path', 'node:os'] },
  { folder: 'electron/main.ts', imports: ['electron/shell'], packages: ['electron', 'node:path', 'node:url'] },

  { folder: 'renderer/theme', imports: [], packages: [] },
  { folder: 'renderer/ui', imports: ['renderer/theme'], packages: ['react', 'radix-ui', 'react-resizable-panels', 'cmdk'] },
  { folder: 'renderer/canvas', imports: ['renderer/theme'], packages: ['react', 'uplot'] },
  { folder: 'renderer/bridge', imports: [], packages: [] },
  { folder: 'renderer/state', imports: ['renderer/bridge'], packages: ['zustand', 'react'] },
  { folder: 'renderer/commands', imports: ['renderer/state'], packages: ['react'] },
  { folder: 'renderer/views', imports: ['renderer/ui', 'renderer/canvas', 'renderer/state', 'renderer/commands'], packages: ['react', 'react-resizable-panels'] },
  {
    folder: 'renderer/app',
    imports: ['renderer/views', 'renderer/ui', 'renderer/canvas', 'renderer/state', 'renderer/commands', 'renderer/bridge', 'renderer/theme'],
    packages: ['react', 'react-resizable-panels', 'cmdk', 'radix-ui'],
  },
  { folder: 'renderer/main.tsx', imports: ['renderer/app', 'renderer/bridge', 'renderer/state', 'renderer/theme'], packages: ['react', 'react-dom', 'zod', 'uplot'] },
];

export const MAX_LINES = 400;
export const MAX_MEDIAN_LINES = 120;
export const MAX_FILES_IN_FOLDER = 40;
