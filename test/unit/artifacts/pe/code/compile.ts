import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const SOURCES = path.join(import.meta.dirname, '../../../../fixtures/pe-code');
export const ARCHITECTURES = ['x86_64', 'i686'] as const;
export type Architecture = (typeof ARCHITECTURES)[number];
export const LEVELS = ['-O0', '-O2', '-Os'] as const;

const compiler = (architecture: Architecture, source: string): string => `${architecture}-w64-mingw32-${source.endsWith('.cpp') ? 'g++' : 'gcc'}`;

/** Whether the cross compilers are there; without them the tests that need them are skipped and listed as skipped. */
export const compilers = ARCHITECTURES.every((architecture) => ['a.c', 'a.cpp'].every((source) => spawnSync(compiler(architecture, source), ['--version']).status === 0));

/** Compiles sources to a DLL without a runtime library and returns its bytes. */
export function compile(architecture: Architecture, sources: readonly string[], options: readonly string[]): Uint8Array {
  const folder = mkdtempSync(path.join(tmpdir(), 'pe-code-'));
  const out = path.join(folder, 'out.dll');
  const [first = ''] = sources;
  const prefix = architecture === 'i686' ? '_' : '';
  const entry = first.endsWith('.s') ? `${prefix}RegisterModule` : `${prefix}DllMainCRTStartup${architecture === 'i686' ? '@12' : ''}`;
  try {
    const args = ['-shared', '-nostdlib', '-Wl,--kill-at', `-Wl,-e,${entry}`, ...options, '-o', out, ...sources.map((source) => path.join(SOURCES, source)), '-lkernel32', '-luser32'];
    const run = spawnSync(compiler(architecture, first), args, { encoding: 'utf8' });
    if (run.status !== 0) throw new Error(run.stderr);
    return new Uint8Array(readFileSync(out));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
