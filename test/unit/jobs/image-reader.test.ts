import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { createImageReaders } from '../../../electron/jobs/image-reader/pool.ts';

const SHA = 'a'.repeat(64);
const REQUEST = { artifact: 'pe', evidencePath: 'x.dll' };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'iisight-images-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Readers whose thread does what `body` says with a request. */
function readers(body: string): ReturnType<typeof createImageReaders> {
  const file = path.join(folder, 'worker.mjs');
  writeFileSync(file, `import { parentPort } from 'node:worker_threads';\nconst tell = (m) => parentPort.postMessage(m);\nparentPort.on('message', (request) => { ${body} });\n`);
  return createImageReaders({ workerUrl: pathToFileURL(file), location: folder, workers: 1, patience: 50 });
}

describe('threads that read program files', () => {
  it('have as long as the disk needs, and keep the hash of a file that cannot be parsed in time', async () => {
    const pool = readers(`tell({ kind: 'parsing', sha256: '${SHA}' }); for (;;) {}`);
    expect(await pool.read(REQUEST)).toMatchObject({ sha256: SHA, facts: null, problems: [{ kind: 'limit', message: expect.stringContaining('more than 0.05 seconds') as string }] });
    await pool.close();
  });

  it('are not hurried while they read', async () => {
    const pool = readers(`setTimeout(() => tell({ kind: 'report', report: { sha256: '${SHA}', facts: null, events: [], problems: [] } }), 200);`);
    expect(await pool.read(REQUEST)).toMatchObject({ sha256: SHA, problems: [] });
    await pool.close();
  });

  it('are replaced when a file brings one down', async () => {
    const pool = readers(`if (request.evidencePath === 'x.dll') throw new Error('broken'); tell({ kind: 'report', report: { sha256: '${SHA}', facts: null, events: [], problems: [] } });`);
    expect(await pool.read(REQUEST)).toMatchObject({ sha256: null, problems: [{ message: expect.stringContaining('broken') as string }] });
    expect(await pool.read({ ...REQUEST, evidencePath: 'y.dll' })).toMatchObject({ sha256: SHA });
    await pool.close();
  });
});
