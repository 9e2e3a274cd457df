import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { ImageRow } from '../../shared/contract/image.ts';
import { SAMPLE, startEngine, triage, type TestEngine } from '../helpers/engine.ts';

const CACHE = 'C/ProgramData/Microsoft/Cache/cachehttp.dll';
const COPY = 'C/inetpub/temp/copy.dll';
let engine: TestEngine;
let folder: string;
let images: ImageRow[];

/** The sample with a second copy of one module, and one that differs by a few bytes behind its end. */
beforeAll(async () => {
  engine = await startEngine();
  folder = mkdtempSync(path.join(os.tmpdir(), 'iisight-images-'));
  cpSync(SAMPLE, path.join(folder, 'ev'), { recursive: true, preserveTimestamps: true });
  const bytes = readFileSync(path.join(SAMPLE, CACHE));
  mkdirSync(path.join(folder, 'ev/C/inetpub/temp'), { recursive: true });
  const bin = path.dirname(CACHE);
  writeFileSync(path.join(folder, 'ev', COPY), bytes);
  writeFileSync(path.join(folder, 'ev', bin, 'near.dll'), Buffer.concat([bytes, Buffer.from('appended: https://drop.example/a')]));
  await triage(engine, path.join(folder, 'ev'));
  ({ images } = await engine.ask('image.list', {}));
});
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

const named = (end: string): ImageRow => {
  const row = images.find((image) => image.places.some((place) => place.evidencePath.endsWith(end)));
  if (row === undefined) throw new Error(`${end} is not listed`);
  return row;
};

describe('program files of a case', () => {
  it('are listed once per content, with places and components, in order of sha256', async () => {
    expect(images.map((image) => image.sha256)).toEqual([...new Set(images.map((image) => image.sha256))].sort());
    expect(images.every((image) => image.places.length > 0)).toBe(true);
    const { components } = await engine.ask('component.list', {});
    const row = named('cachehttp.dll');
    expect(row.places.map((place) => place.evidencePath)).toContain(CACHE);
    const owners = components.filter((component) => component.file?.sha256 === row.sha256).map((component) => component.id);
    expect(components.find((component) => component.file?.evidencePath === CACHE)?.id).toBe(owners[0]);
    expect(row).toMatchObject({ size: 5120, machine: 'x64', isDll: true, kinds: ['native-module'], managed: false, components: owners, oddities: 1 });
  });

  it('are given with all facts; an unknown one is refused', async () => {
    const row = named('cachehttp.dll');
    const got = await engine.ask('image.get', { sha256: row.sha256 });
    expect(got).toMatchObject({ row, facts: { entryPoints: ['RegisterModule'] } });
    expect(await engine.refusal('image.get', { sha256: '0'.repeat(64) })).toMatchObject({ kind: 'usage' });
  });

  it('share exact values, each told as the other file has it', async () => {
    const row = named('cachehttp.dll');
    const { facts } = await engine.ask('image.get', { sha256: row.sha256 });
    const same = async (by: Parameters<typeof engine.ask<'image.same'>>[1]['by'], value: string): Promise<string[]> =>
      (await engine.ask('image.same', { by, value })).images.map((image) => image.sha256);
    const both = [row.sha256, named('near.dll').sha256].sort();
    for (const [by, value] of [
      ['imphash', facts.imphash?.toUpperCase()], ['section', facts.sections[0]?.sha256], ['version', `OriginalFilename=${facts.versionInfo['OriginalFilename']}`],
      ['linker-stamp', `0x${facts.timestamp.value.toString(16)}`], ['resource', facts.resources[0]?.sha256],
    ] as const) expect(await same(by, value ?? ''), by).toEqual(both);
    const exporting = await engine.ask('image.same', { by: 'export-set', value: facts.identity?.exportSet ?? '' });
    expect(exporting.images.map((image) => image.sha256)).toEqual(expect.arrayContaining(both));
    expect(exporting.note).toContain('without being related');
    for (const [by, value] of [['sha256', row.sha256], ['sha1', facts.identity?.sha1], ['md5', facts.identity?.md5]] as const) expect(await same(by, value ?? ''), by).toEqual([row.sha256]);
    expect(await same('pdb', 'C:\\nowhere.pdb')).toEqual([]);
  });

  it('are near others by TLSH, nearest first', async () => {
    const row = named('cachehttp.dll');
    const { facts } = await engine.ask('image.get', { sha256: row.sha256 });
    const { images: near } = await engine.ask('image.same', { by: 'tlsh', value: facts.identity?.tlsh ?? '' });
    expect(near.slice(0, 2).map((image) => image.sha256)).toEqual([row.sha256, named('near.dll').sha256]);
    expect(near[0]?.distance).toBe(0);
    expect(near.map((image) => image.distance ?? -1)).toEqual(near.map((image) => image.distance ?? -1).sort((a, b) => a - b));
    expect(near.every((image) => (image.distance ?? 99) <= 50)).toBe(true);
    expect(await engine.refusal('image.same', { by: 'tlsh', value: 'none' })).toMatchObject({ kind: 'usage' });
  });

  it('have nothing in common where there is nothing, and little where everybody has it', async () => {
    const empty = await engine.ask('image.same', { by: 'section', value: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' });
    expect(empty).toEqual({ images: [], note: expect.stringContaining('no bytes') as string });
    expect(await engine.ask('image.same', { by: 'version', value: 'Comments= ' })).toMatchObject({ images: [], note: expect.stringContaining('empty') as string });
    expect((await engine.ask('image.same', { by: 'imphash', value: 'dae02f32a21e03ce65412f6e56942daa' })).note).toContain('.NET');
  });
});

describe('strings of a program file', () => {
  const ask = { evidencePath: CACHE, offset: 0, limit: 1000 };

  it('stand at their offsets, in pages', async () => {
    const all = await engine.ask('image.strings', ask);
    const bytes = readFileSync(path.join(SAMPLE, CACHE));
    expect(all).toMatchObject({ available: true, reason: null, capped: false, total: all.strings.length });
    for (const { offset, length, encoding, text } of all.strings) expect(bytes.subarray(offset, offset + length).toString(encoding === 'utf16' ? 'utf16le' : 'latin1')).toBe(text);
    expect(all.strings.map((s) => s.text)).toContain('RegisterModule');
    const page = await engine.ask('image.strings', { ...ask, offset: 3, limit: 2 });
    expect(page).toMatchObject({ total: all.total, strings: all.strings.slice(3, 5) });
    expect((await engine.ask('image.strings', { ...ask, offset: all.total })).strings).toEqual([]);
  });

  it('are filtered by text without letter case, by encoding and by length', async () => {
    const all = await engine.ask('image.strings', ask);
    const expected = all.strings.filter((s) => s.text.toLowerCase().includes('registermod'));
    expect(expected.length).toBeGreaterThan(0);
    expect(await engine.ask('image.strings', { ...ask, text: 'registerMOD' })).toMatchObject({ strings: expected, total: expected.length });
    const wide = await engine.ask('image.strings', { ...ask, encoding: 'utf16' });
    expect(wide.strings).toEqual(all.strings.filter((s) => s.encoding === 'utf16'));
    expect(wide.total).toBeGreaterThan(0);
    expect((await engine.ask('image.strings', { ...ask, text: 'ä' })).total).toBe(0);
    expect((await engine.ask('image.strings', { ...ask, minimum: 30 })).strings).toEqual(all.strings.filter((s) => s.text.length >= 30));
  });

  it('are not at hand when the file has changed, or the evidence is gone, and the answer says so', async () => {
    expect(await engine.refusal('image.strings', { ...ask, evidencePath: 'C/nowhere.dll' })).toMatchObject({ kind: 'usage' });
    const target = path.join(engine.folder, 'images.iiscase');
    await engine.ask('case.saveAs', { path: target });
    const near = { ...ask, evidencePath: `${path.dirname(CACHE)}/near.dll` };
    writeFileSync(path.join(folder, 'ev', near.evidencePath), Buffer.alloc(readFileSync(path.join(folder, 'ev', near.evidencePath)).length));
    expect(await engine.ask('image.strings', near)).toMatchObject({ available: false, reason: 'the file has changed since it was read', strings: [], total: 0 });
    rmSync(path.join(folder, 'ev'), { recursive: true });
    await engine.ask('case.open', { path: target });
    expect(await engine.ask('image.strings', ask)).toMatchObject({ available: false, reason: 'evidence not attached' });
    expect((await engine.ask('image.list', {})).images.map((image) => image.sha256)).toEqual(images.map((image) => image.sha256));
  });
});
