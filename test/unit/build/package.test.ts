import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const CONFIG = path.join(ROOT, 'build/package/electron-builder.yml');
const require = createRequire(import.meta.url);

interface Builder {
  /** As electron-builder keeps them after reading. */
  readonly files: readonly { readonly filter: readonly string[] }[];
  readonly extraFiles: readonly { from: string }[];
  readonly asar: boolean;
  readonly asarUnpack: readonly string[];
  readonly electronFuses: Readonly<Record<string, boolean>>;
  readonly fileAssociations: readonly { ext: string }[];
  readonly [part: string]: unknown;
}

/** electron-builder's own reader and its own check, so that a misspelt key fails here and not on the day of a release. */
async function load(): Promise<Builder> {
  const { getConfig, validateConfiguration } = require('app-builder-lib/out/util/config/config') as {
    getConfig(projectDir: string, file: string, options: null): Promise<Builder>;
    validateConfiguration(config: Builder, log: { isEnabled: boolean; add(): void }): Promise<void>;
  };
  const config = await getConfig(ROOT, CONFIG, null);
  await validateConfiguration(config, { isEnabled: false, add: () => undefined });
  return config;
}

describe('the packages', () => {
  it('are described in a way that electron-builder accepts, for the three systems', async () => {
    const config = await load();
    expect([config['win'], config['mac'], config['linux']].every((part) => part !== undefined)).toBe(true);
    expect(config.fileAssociations.map((f) => f.ext)).toEqual(['iiscase']);
    expect(config['publish']).toBe(null);
  });

  it('have every fuse that lets others into the program switched off', async () => {
    expect((await load()).electronFuses).toEqual({
      runAsNode: false, enableCookieEncryption: true, enableNodeOptionsEnvironmentVariable: false, enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true, onlyLoadAppFromAsar: true, loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false, resetAdHocDarwinSignature: true,
    });
  });

  it('hold the built program, the database, the disassembler, YARA and the licences, and no other package', async () => {
    const { files, asar, asarUnpack, extraFiles } = await load();
    expect(asar).toBe(true);
    expect(asarUnpack).toEqual(['node_modules/@duckdb/**', 'node_modules/iced-x86/**']);
    expect(files.flatMap((f) => f.filter).filter((f) => /node_modules/.test(f))).toEqual(['!node_modules/**', 'node_modules/@duckdb/**', 'node_modules/detect-libc/**', 'node_modules/iced-x86/**', 'node_modules/libyara-wasm/**']);
    const licences = extraFiles.map((f) => f.from);
    expect(licences).toEqual(['LICENSE', 'NOTICE', 'THIRD-PARTY-NOTICES.txt']);
    expect(licences.every((f) => existsSync(path.join(ROOT, f)))).toBe(true);
    // What these need beside themselves; a new need must be added to the list above.
    const needs = (name: string): string[] => Object.keys((JSON.parse(readFileSync(path.join(ROOT, 'node_modules', name, 'package.json'), 'utf8')) as { dependencies?: object }).dependencies ?? {});
    expect([...needs('@duckdb/node-api'), ...needs('@duckdb/node-bindings'), ...needs('detect-libc'), ...needs('iced-x86'), ...needs('libyara-wasm')]).toEqual(['@duckdb/node-bindings', 'detect-libc']);
  });

  it('bring the notices of the locked packages', () => {
    execFileSync(process.execPath, [path.join(ROOT, 'build/scripts/notices.mjs'), '--check'], { stdio: 'pipe' });
    const text = readFileSync(path.join(ROOT, 'THIRD-PARTY-NOTICES.txt'), 'utf8');
    for (const name of ['@duckdb/node-api', 'react', 'saxes', 'pe-library', 'ws', 'zod', '@zip.js/zip.js', 'iced-x86', 'tlsh']) expect(text).toMatch(new RegExp(`^${name} \\d`, 'm'));
    for (const name of ['vitest', 'electron-builder', 'typescript']) expect(text).not.toMatch(new RegExp(`^${name} \\d`, 'm'));
  });

  it('are under Apache-2.0, whose whole text is there', () => {
    const text = readFileSync(path.join(ROOT, 'LICENSE'), 'utf8');
    expect(text).toContain('Version 2.0, January 2004');
    expect(text).toContain('END OF TERMS AND CONDITIONS');
    expect(text.match(/^ {3}\d\. /gm)?.length).toBe(9);
  });
});

describe('the workflow', () => {
  const yaml = require('js-yaml') as { load(text: string): { permissions: object; jobs: Record<string, { strategy?: { matrix: Record<string, unknown[]> }; steps: { run?: string; uses?: string }[] }> } };
  const text = readFileSync(path.join(ROOT, '.github/workflows/test.yml'), 'utf8');
  const { jobs, permissions } = yaml.load(text);

  it('runs npm test on three systems and two versions of Node', () => {
    expect(jobs['test']?.strategy?.matrix).toEqual({ os: ['ubuntu-latest', 'windows-latest', 'macos-latest'], node: [20, 24] });
    for (const job of ['test', 'debian']) expect(jobs[job]?.steps.map((s) => s.run)).toContain('npm test');
  });

  it('runs the real Electron and makes the packages', () => {
    expect(jobs['electron']?.steps.some((s) => s.run?.includes('npx playwright test -c build/e2e/playwright.config.mjs --project=electron'))).toBe(true);
    expect(jobs['package']?.steps.some((s) => s.run?.includes('electron-builder --config build/package/electron-builder.yml'))).toBe(true);
  });

  it('needs no secret and may write nothing', () => {
    expect(text).not.toMatch(/secrets\./);
    expect(permissions).toEqual({ contents: 'read' });
  });
});
