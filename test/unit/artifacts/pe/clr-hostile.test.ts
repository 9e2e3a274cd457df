import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteView, rva } from '../../../../electron/artifacts/kit/bytes.ts';
import { clrCapabilities } from '../../../../electron/artifacts/pe/clr/capabilities.ts';
import { readClr } from '../../../../electron/artifacts/pe/clr/facts.ts';
import { Heaps } from '../../../../electron/artifacts/pe/clr/heaps.ts';
import { type Inheritance, readInheritance } from '../../../../electron/artifacts/pe/clr/inheritance.ts';
import { obfuscationMarks } from '../../../../electron/artifacts/pe/clr/marks.ts';
import { readPInvokes } from '../../../../electron/artifacts/pe/clr/members.ts';
import { openMetadata } from '../../../../electron/artifacts/pe/clr/metadata.ts';
import type { MetadataRoot, StreamHeader } from '../../../../electron/artifacts/pe/clr/root.ts';
import { MetadataTables } from '../../../../electron/artifacts/pe/clr/tables.ts';
import { TypeIndex } from '../../../../electron/artifacts/pe/clr/types.ts';
import { readUserStrings } from '../../../../electron/artifacts/pe/clr/user-strings.ts';
import { ClrFacts } from '../../../../shared/model/index.ts';
import { openImage } from './clr-image.ts';
import { fixture } from './fixtures.ts';

const u16 = (...values: number[]): number[] => values.flatMap((v) => [v & 0xff, v >> 8]);

/** Tables from row counts by table id and raw rows, over heaps of strings. */
function open(rows: Readonly<Record<number, number>>, body: readonly number[], strings: string | Uint8Array = '\0A\0', extra = 0): { tables: MetadataTables; heaps: Heaps; types: TypeIndex } {
  const ids = Object.keys(rows).map(Number).sort((a, b) => a - b);
  const stream = Buffer.alloc(24 + ids.length * 4 + body.length);
  stream[6] = extra;
  stream.writeBigUInt64LE(ids.reduce((mask, id) => mask | (1n << BigInt(id)), 0n), 8);
  for (const [i, id] of ids.entries()) stream.writeUInt32LE(rows[id] ?? 0, 24 + i * 4);
  stream.set(body, 24 + ids.length * 4);
  const tables = new MetadataTables(new ByteView(new Uint8Array(stream)));
  const heaps = new Heaps(new Map([['#Strings', new ByteView(typeof strings === 'string' ? new TextEncoder().encode(strings) : strings)]]));
  return { tables, heaps, types: new TypeIndex(tables, heaps) };
}

const NOWHERE = { rva: rva(0), size: 0, at: 0 };
const root = (headers: readonly StreamHeader[], streams: ReadonlyMap<string, ByteView> = new Map()): MetadataRoot => ({ runtime: 'v4.0.30319', flags: 1, streams, headers, resources: NOWHERE, strongName: NOWHERE, nativeHeader: NOWHERE });
const stream = (name: string, at = 0): StreamHeader => ({ name, offset: 0, length: 0, at });
const repeat = (count: number, row: readonly number[]): number[] => Array.from({ length: count }, () => row).flat();

describe('metadata that lies', () => {
  it('types that all implement each other and a module inherit it once each', () => {
    const count = 300;
    const typeDefs = repeat(count, [0, 0, 0, 0, ...u16(1, 0, 0, 1, 1)]);
    const circle = Array.from({ length: count }, (_, i) => u16(i + 1, (((i + 1) % count) + 1) << 2)).flat();
    const tables = open({ 0x01: 1, 0x02: count, 0x09: count + 1 }, [...u16(0, 3, 15), ...typeDefs, ...circle, ...u16(1, (1 << 2) | 1)], '\0A\0IHttpModule\0System.Web\0');
    const out: Inheritance = { httpTypes: [], httpInterfaces: [], openTypes: [] };
    readInheritance(tables, '', () => ({ name: '', token: null }), out);
    expect(out.httpTypes).toHaveLength(count);
  });

  it('a huge table of native functions stops at its bound and keeps what came before', () => {
    const out: ClrFacts['pinvokes'] = [];
    // ImplMap: flags, member (MethodDef 1), name, module.
    const tables = open({ 0x06: 1, 0x1a: 1, 0x1c: 20_000 }, [...repeat(1, [0, 0, 0, 0, ...u16(0, 0, 1, 0, 1)]), ...u16(1), ...repeat(20_000, u16(0, 3, 1, 1))]);
    expect(() => readPInvokes(tables, out)).toThrow('more than 5000 declared native functions');
    expect([out.length, out[0]]).toEqual([5000, { dll: 'A', name: 'A', method: '::A', token: '0x06000001' }]);
  });

  it('literals: padding is passed over, a length that leads nowhere ends the list', () => {
    const out = { count: 0, first: [] as { text: string; offset: number }[] };
    const heap = Uint8Array.from([0, 0, 0, 3, 0x41, 0, 0, 1, 0, 5, 0x3d, 0xd8, 0x42, 0, 1, 0x7f, 0x41]);
    readUserStrings(root([{ ...stream('#US'), offset: 100 }], new Map([['#US', new ByteView(heap)]])), out);
    expect(out).toEqual({ count: 3, first: [{ text: 'A', offset: 104 }, { text: '', offset: 108 }, { text: '\\uD83DB', offset: 110 }] });
  });
});

describe('marks of obfuscators', () => {
  const marks = (tables: ReturnType<typeof open>, headers: readonly StreamHeader[] = []): string[] => obfuscationMarks(root(headers), tables, []).map((m) => `${m.id} ${m.token}`);
  const module = u16(0, 1, 1, 0, 0);

  it('streams that do not belong', () => {
    expect(marks(open({ 0x00: 1 }, module), ['#~', '#-', '#Strings', '#Strings', '#Oops'].map((name, i) => stream(name, i)))).toEqual(['extra-streams null', 'duplicate-streams null', 'uncompressed-tables null']);
    expect(marks(open({ 0x00: 1 }, module), [stream('#~'), stream('#US')])).toEqual([]);
  });

  it('rows and header bits that compilers do not write', () => {
    expect(marks(open({ 0x00: 2 }, [...module, ...module]))).toEqual(['extra-rows 0x00000002']);
    expect(marks(open({ 0x00: 1 }, [0, 0, 0, 0, ...module], undefined, 0x40))).toEqual(['extra-table-data null']);
    expect(marks(open({}, []))).toEqual(['no-module-row null']);
  });

  it('names that cannot be shown, have no letters, or are a protector\'s', () => {
    const typeDef = (name: number): number[] => [0, 0, 0, 0, ...u16(name, 0, 0, 1, 1)];
    const one = (name: string | Uint8Array): string[] => marks(open({ 0x00: 1, 0x02: 2 }, [...module, ...typeDef(1), ...typeDef(3)], typeof name === 'string' ? `\0A\0${name}\0` : Uint8Array.from([0, 65, 0, ...name, 0])));
    expect(one('Ordinary')).toEqual([]);
    expect(one('Größe')).toEqual([]);
    expect(one('日本語')).toEqual([]);
    for (const odd of ['zero\u200bwidth', '\u202eright to left', '\ue000', 'a\u0001']) expect(one(odd), odd).toEqual(['unprintable-names 0x02000002']);
    expect(one(Uint8Array.from([0xff, 0x41]))).toEqual(['unprintable-names 0x02000002']);
    expect(one('')).toEqual(['empty-names null']);
    expect(one('<Module>{01234567-89AB-cdef-0123-456789ABCDEF}')).toEqual(['reactor-type 0x02000002']);
    expect(one('YanoAttribute')).toEqual(['protector-attribute 0x02000002']);
  });
});

describe('damaged metadata', () => {
  const good = fixture('clr/Shop.Imaging.dll');
  const image = openImage(good);
  const headers = image === null ? [] : (openMetadata(image)?.root.headers ?? []);
  const start = Math.min(...headers.map((h) => h.offset)) - 120;
  const end = Math.max(...headers.map((h) => h.offset + h.length));

  it('never throws, and what it tells has the shape of the model', () => {
    const change = fc.record({ at: fc.integer({ min: start, max: end - 1 }), value: fc.oneof(fc.constantFrom(0, 1, 0x7f, 0x80, 0xff), fc.nat(255)) });
    fc.assert(fc.property(fc.array(change, { minLength: 1, maxLength: 12 }), (changes) => {
      const bytes = good.slice();
      for (const { at, value } of changes) bytes[at] = value;
      const damaged = openImage(bytes);
      const facts = damaged === null ? null : readClr(damaged);
      if (damaged === null || facts === null) return;
      expect(ClrFacts.parse(facts)).toEqual(facts);
      for (const { proof } of clrCapabilities(damaged, facts, () => undefined)) expect(proof.token ?? proof.offset).toBeDefined();
    }), { numRuns: 800 });
  });
});
