import { expect, test } from 'vitest';
import { loadedBy, registrations } from '../../../electron/iis/index.ts';
import { host, serverFiles, serverOf, webConfig } from './support.ts';

const SCHEME = '<httpCompression><scheme name="evil" dll="C:\\x\\evil.dll" /></httpCompression>';
const declared = (mode: 'Allow' | 'Deny'): string => host({ locked: SCHEME }).replace('<section name="handlers"', `<section name="httpCompression" overrideModeDefault="${mode}" /><section name="handlers"`);

function fate(applicationHost: string, others: Record<string, string>, image: RegExp): { loaded: readonly string[]; dormant: string | undefined } {
  const files = serverFiles(applicationHost, others);
  const lines = registrations(files, serverOf(files)).filter((line) => image.test(line.image ?? ''));
  const [line] = lines;
  if (line === undefined || lines.length !== 1) throw new Error(`${lines.length} lines`);
  const { loadedBy: loaded, dormant } = loadedBy(files, serverOf(files), lines);
  return { loaded: (loaded.get(line.key) ?? []).map((by) => by.application), dormant: dormant.get(line.key) };
}

test('a setting of the server reaches every application that does not take it out', () => {
  expect(fate(declared('Allow'), {}, /evil/).loaded).toEqual(['/', '/app']);
  const removed = { 'C:\\app\\web.config': webConfig('<httpCompression><clear /></httpCompression>') };
  expect(fate(declared('Allow'), removed, /evil/).loaded).toEqual(['/']);
});

test('a setting in a section that the server keeps to itself is refused', () => {
  const own = { 'C:\\app\\web.config': webConfig('<httpCompression><scheme name="own" dll="C:\\x\\own.dll" /></httpCompression>') };
  expect(fate(declared('Allow'), own, /own/)).toMatchObject({ loaded: ['/app'] });
  expect(fate(declared('Deny'), own, /own/)).toMatchObject({ loaded: [], dormant: expect.stringMatching(/locked at a parent level/) });
});

test('a setting in a web.config that the pool does not read reaches nothing', () => {
  const own = { 'C:\\app\\web.config': webConfig('<httpCompression><scheme name="own" dll="C:\\x\\own.dll" /></httpCompression>') };
  const off = declared('Allow').replace('<add name="P" ', '<add name="P" enableConfigurationOverride="false" ');
  expect(fate(off, own, /own/)).toMatchObject({ loaded: [], dormant: expect.stringMatching(/web\.config files are ignored here/) });
});
