import { describe, expect, it } from 'vitest';
import { parsePe } from '../../../../electron/artifacts/pe/index.ts';
import { ByteView } from '../../../../electron/artifacts/kit/bytes.ts';
import { AddressMap } from '../../../../electron/artifacts/pe/address-map.ts';
import { ProblemList } from '../../../../electron/artifacts/kit/findings.ts';
import { readHeaders } from '../../../../electron/artifacts/pe/headers.ts';
import { Image } from '../../../../electron/artifacts/pe/image.ts';
import { readSections } from '../../../../electron/artifacts/pe/sections.ts';
import { type ResourceTree, readResourceTree } from '../../../../electron/artifacts/pe/resource-tree.ts';
import { passesGate, throughLibrary } from '../../../../electron/artifacts/pe/resources-version.ts';
import { type VersionStrings, readVersionStrings } from '../../../../electron/artifacts/pe/version-block.ts';
import { fixture, manifest } from './fixtures.ts';
import { mutate, random } from './mutate.ts';

interface Opened {
  image: Image;
  tree: ResourceTree;
  strings: VersionStrings[];
  gate: boolean;
}

function open(bytes: Uint8Array): Opened {
  const view = new ByteView(bytes);
  const problems = new ProblemList();
  const headers = readHeaders(view, problems);
  if (!headers) throw new Error('not a PE');
  const sections = readSections(view, headers, problems);
  const image = new Image(view, headers, sections, new AddressMap(headers, sections, view.length), problems, []);
  const tree = readResourceTree(image);
  const strings = tree.versions.map(({ offset, size }) => readVersionStrings(view.slice(offset, size)));
  return { image, tree, strings, gate: passesGate(image, tree, strings) };
}

/** Offset of UTF-16 text in a file. */
const find = (bytes: Uint8Array, text: string): number => Buffer.from(bytes).indexOf(Buffer.from(text, 'utf16le'));

describe('version information', () => {
  it.each(manifest.files)('$file reads the same through the library and through our own reader', ({ file }) => {
    const { image, strings, gate } = open(fixture(file));
    expect(gate).toBe(true);
    expect(throughLibrary(image)).toEqual(strings[0]?.strings);
  });

  it('reads a file that lies in shared memory as it reads the same file alone', () => {
    // Buffers of small files are pieces of one memory in which other files stand.
    const bytes = fixture('clr/Contoso.Api.Telemetry.dll');
    const memory = Buffer.concat([fixture('x64/shopcmp.dll'), bytes]);
    const piece = memory.subarray(memory.length - bytes.length);
    const { image, strings } = open(piece);
    expect(throughLibrary(image)).toEqual(strings[0]?.strings);
    expect(parsePe(piece)).toEqual(parsePe(new Uint8Array(bytes)));
  });

  it('keeps files with COFF symbols and lying section sizes from the library and reads them all the same', () => {
    const bytes = fixture('x64/shopcmp.dll');
    const at = Buffer.from(bytes).readUInt32LE(0x3c);
    const symbols = Buffer.from(bytes);
    symbols.writeUInt32LE(1, at + 16);
    expect(open(new Uint8Array(symbols)).gate).toBe(false);
    expect(parsePe(new Uint8Array(symbols)).facts?.versionInfo).toMatchObject({ ProductName: 'Shop response compression' });
    const cut = bytes.subarray(0, bytes.length - 1);
    expect(open(cut).gate).toBe(false);
    expect(parsePe(cut).facts?.versionInfo).toMatchObject({ ProductName: 'Shop response compression' });
  });

  // Each of these keeps the library in an endless loop or makes it read other bytes than those that were checked.
  it.each([
    ['a block of length zero', (b: Buffer) => b.writeUInt16LE(0, find(b, 'CompanyName') - 6)],
    ['a value longer than its block', (b: Buffer) => b.writeUInt16LE(1, find(b, 'CompanyName') - 4)],
    ['a binary string', (b: Buffer) => b.writeUInt16LE(2, find(b, 'CompanyName') - 2)],
    ['a table with a value', (b: Buffer) => b.writeUInt16LE(4, find(b, 'StringFileInfo') - 4)],
    ['an unknown block', (b: Buffer) => b.write('X', find(b, 'StringFileInfo'))],
  ])('keeps %s from the library', (_what, damage) => {
    const bytes = Buffer.from(fixture('x64/shopcmp.dll'));
    damage(bytes);
    expect(open(new Uint8Array(bytes)).gate).toBe(false);
    expect(parsePe(new Uint8Array(bytes)).facts?.exports).toHaveLength(4);
  });

  it('comes to an end on thousands of damaged resource sections, library included', () => {
    const whole = fixture('x64/shopcmp.dll');
    const section = parsePe(whole).facts?.sections.find((s) => s.name === '.rsrc');
    expect(section).toBeDefined();
    const [from, to] = [section?.rawOffset ?? 0, (section?.rawOffset ?? 0) + (section?.virtualSize ?? 0)];
    const next = random(7);
    let throughGate = 0;
    for (let i = 0; i < 3000; i++) {
      const copy = new Uint8Array(whole);
      const piece = mutate(whole.subarray(from, to), next);
      copy.set(piece, from);
      if (open(copy).gate) throughGate += 1;
      parsePe(copy);
    }
    expect(throughGate).toBeGreaterThan(50);
  }, 20_000);
});
