import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** What the compiler says of a copy of the sources with some of them taken away. */
function compile(folder: string, layer: string): string {
  const run = spawnSync(process.execPath, [path.join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', path.join(folder, `build/tsconfig/${layer}.json`)], { encoding: 'utf8' });
  return run.stdout;
}

describe('the shape', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'iisight-shape-'));
    for (const name of ['electron', 'shared', 'build/tsconfig', 'package.json']) cpSync(path.join(ROOT, name), path.join(folder, name), { recursive: true });
    symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('compiles without shell, preload and renderer: the command line needs none of them', () => {
    rmSync(path.join(folder, 'electron/shell'), { recursive: true });
    rmSync(path.join(folder, 'electron/preload'), { recursive: true });
    rmSync(path.join(folder, 'electron/main.ts'));
    expect(compile(folder, 'core')).toBe('');
  });

  // The log workers read one format: the W3C artifact and jobs/spool go together.
  it.each(['iis-config', 'config-history', 'pe', 'catalog'])('compiles without the artifact %s and its lines in the registry', (id) => {
    rmSync(path.join(folder, 'electron/artifacts', id), { recursive: true });
    const registry = path.join(folder, 'electron/artifacts/registry.ts');
    const name = new RegExp(`import \\{ (\\w+) \\} from './${id}/`).exec(readFileSync(registry, 'utf8'))?.[1] ?? 'none';
    const lines = readFileSync(registry, 'utf8').split('\n').filter((line) => !line.includes(`./${id}/`) && line.trim() !== `${name},`);
    writeFileSync(registry, lines.join('\n'));
    expect(compile(folder, 'core')).toBe('');
  });
});
