import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const script = path.resolve(import.meta.dirname, '../../../build/scripts/platform-packages.mjs');
const { missingPlatformPackages } = (await import(script)) as { missingPlatformPackages(root: string, platform?: string, arch?: string, musl?: boolean): string[] };

const root = mkdtempSync(path.join(os.tmpdir(), 'iisight-parts-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
function install(name: string, optionalDependencies: Record<string, string> = {}): void {
  mkdirSync(path.join(root, 'node_modules', name), { recursive: true });
  writeFileSync(path.join(root, 'node_modules', name, 'package.json'), JSON.stringify({ name, optionalDependencies }));
}
const all = (names: readonly string[]): Record<string, string> => Object.fromEntries(names.map((n) => [n, '1.0.0']));
install('@duckdb/node-bindings', all(['win32-x64', 'win32-arm64', 'darwin-arm64', 'linux-x64', 'linux-x64-musl', 'linux-arm64'].map((p) => `@duckdb/node-bindings-${p}`)));
install('oxlint', all(['@oxlint/binding-win32-x64-msvc', '@oxlint/binding-linux-x64-gnu', '@oxlint/binding-linux-x64-musl', '@oxlint/binding-darwin-arm64']));
install('@duckdb/node-bindings-linux-x64');

describe('the native parts of this machine', () => {
  it('are named when the lock file did not bring them', () => {
    expect(missingPlatformPackages(root, 'win32', 'x64', false)).toEqual(['@duckdb/node-bindings-win32-x64@1.0.0', '@oxlint/binding-win32-x64-msvc@1.0.0']);
    expect(missingPlatformPackages(root, 'darwin', 'arm64', false)).toEqual(['@duckdb/node-bindings-darwin-arm64@1.0.0', '@oxlint/binding-darwin-arm64@1.0.0']);
    expect(missingPlatformPackages(root, 'linux', 'x64', false)).toEqual(['@oxlint/binding-linux-x64-gnu@1.0.0']);
    expect(missingPlatformPackages(root, 'linux', 'x64', true)).toEqual(['@duckdb/node-bindings-linux-x64-musl@1.0.0', '@oxlint/binding-linux-x64-musl@1.0.0']);
    expect(missingPlatformPackages(root, 'freebsd', 'x64', false)).toEqual([]);
  });

  it('are all there in this checkout', () => expect(missingPlatformPackages(path.resolve(import.meta.dirname, '../../..'))).toEqual([]));
});
