import { describe, expect, it } from 'vitest';
import { ByteView, OutOfBounds } from '../../../../electron/artifacts/kit/bytes.ts';
import { subscribedEvent } from '../../../../electron/artifacts/pe/clr/aspnet.ts';
import { Heaps, compressed } from '../../../../electron/artifacts/pe/clr/heaps.ts';
import { MetadataTables, decodeTypeDefOrRef } from '../../../../electron/artifacts/pe/clr/tables.ts';
import { type Inheritance, readInheritance } from '../../../../electron/artifacts/pe/clr/inheritance.ts';
import { TypeIndex } from '../../../../electron/artifacts/pe/clr/types.ts';
import { kindsOf } from '../../../../electron/artifacts/pe/kinds.ts';
import { ClrFacts } from '../../../../shared/model/pe/index.ts';

/** A #~ stream: the row counts of the tables named by id, then raw bytes. */
function tablesStream(rows: Readonly<Record<number, number>>, body: readonly number[], heapSizes = 0): MetadataTables {
  const ids = Object.keys(rows).map(Number).sort((a, b) => a - b);
  const extra = (heapSizes & 0x40) === 0 ? 0 : 4;
  const stream = Buffer.alloc(24 + ids.length * 4 + extra + body.length);
  stream[6] = heapSizes;
  stream.writeBigUInt64LE(ids.reduce((mask, id) => mask | (1n << BigInt(id)), 0n), 8);
  for (const [i, id] of ids.entries()) stream.writeUInt32LE(rows[id] ?? 0, 24 + i * 4);
  stream.set(body, 24 + ids.length * 4 + extra);
  return new MetadataTables(new ByteView(new Uint8Array(stream)));
}

const u16 = (...values: number[]): number[] => values.flatMap((v) => [v & 0xff, v >> 8]);
const strings = (text: string): ReadonlyMap<string, ByteView> => new Map([['#Strings', new ByteView(new TextEncoder().encode(text))]]);

describe('metadata tables', () => {
  it('widens columns with the heaps and with the tables they point to', () => {
    // Module (10 bytes with small heaps), then AssemblyRef whose name is the seventh column.
    const small = tablesStream({ 0x00: 1, 0x23: 1 }, [...u16(0, 7, 1, 0, 0), ...u16(4, 3, 2, 1), 0, 0, 0, 0, ...u16(0, 9, 0, 0)]);
    expect([small.cell('Module', 1, 'name'), small.cell('AssemblyRef', 1, 'major'), small.cell('AssemblyRef', 1, 'name')]).toEqual([7, 4, 9]);
    const wide = tablesStream({ 0x00: 1 }, [...u16(0), 7, 0, 1, 0, ...u16(1, 0, 0)], 1);
    expect([wide.cell('Module', 1, 'name'), wide.cell('Module', 1, 'mvid')]).toEqual([0x10007, 1]);
    const shifted = tablesStream({ 0x00: 1 }, u16(0, 7, 1, 0, 0), 0x40);
    expect(shifted.cell('Module', 1, 'name')).toBe(7);
    // 70,000 TypeRefs make the indexes that may point at them four bytes wide, their own scope column too: rows of 8 bytes.
    const many = tablesStream({ 0x01: 70_000, 0x0a: 1 }, [...Array.from({ length: 560_000 }, () => 0), 9, 0, 1, 0, ...u16(5, 0)]);
    expect(many.coded('MemberRef', 1, 'class')).toEqual({ table: 'TypeRef', row: 0x2001 });
    expect(many.cell('MemberRef', 1, 'name')).toBe(5);
  });

  it('reads only the rows that are there and says which tables are short', () => {
    const short = tablesStream({ 0x00: 0xffff_ffff }, u16(0, 7, 1, 0, 0));
    expect([short.rows('Module'), short.short, short.cell('Module', 2, 'name'), short.cell('Module', 0, 'name')]).toEqual([1, ['Module'], 0, 0]);
    expect(tablesStream({ 0x00: 1, 0x3f: 1 }, u16(0, 7, 1, 0, 0)).unknownTable).toBe(0x3f);
    expect(() => new MetadataTables(new ByteView(new Uint8Array(8)))).toThrow(OutOfBounds);
  });

  it('decodes coded indexes', () => {
    expect([decodeTypeDefOrRef(0x0c), decodeTypeDefOrRef(0x0d), decodeTypeDefOrRef(0x0e), decodeTypeDefOrRef(0x0f)]).toEqual([
      { table: 'TypeDef', row: 3 }, { table: 'TypeRef', row: 3 }, { table: 'TypeSpec', row: 3 }, { table: null, row: 3 },
    ]);
  });
});

describe('heaps', () => {
  it('decodes the compressed lengths of ECMA-335 II.23.2', () => {
    const decode = (...bytes: number[]): number | undefined => compressed(Uint8Array.from(bytes), 0)?.value;
    expect([decode(0x03), decode(0x7f), decode(0x80, 0x80), decode(0xae, 0x57), decode(0xbf, 0xff), decode(0xc0, 0, 0x40, 0), decode(0xdf, 0xff, 0xff, 0xff)])
      .toEqual([3, 0x7f, 0x80, 0x2e57, 0x3fff, 0x4000, 0x1fff_ffff]);
    expect([decode(), decode(0x80), decode(0xc0, 0, 0), decode(0xff, 0, 0, 0)]).toEqual([undefined, undefined, undefined, undefined]);
  });

  it('reads indexes that lead nowhere as empty', () => {
    const heaps = new Heaps(new Map([['#Blob', new ByteView(Uint8Array.from([0, 2, 7]))]]));
    expect([heaps.string(5), heaps.guid(1), [...heaps.blob(1)], [...heaps.blob(9)]]).toEqual(['', '', [], []]);
  });
});

describe('types', () => {
  // #Strings: 1 "System.Web", 12 "IHttpModule", 24 "Base", 29 "Leaf", 34 "IOwn"
  const heap = strings('\0System.Web\0IHttpModule\0Base\0Leaf\0IOwn\0');
  const inheritanceOf = (tables: MetadataTables): Inheritance => {
    const heaps = new Heaps(heap);
    const out: Inheritance = { httpTypes: [], httpInterfaces: [], openTypes: [] };
    readInheritance({ tables, heaps, types: new TypeIndex(tables, heaps) }, '', () => ({ name: '', token: null }), out);
    return out;
  };
  const typeDef = (flags: number, name: number, parent: number): number[] => [flags, 0, 0, 0, ...u16(name, 0, parent, 1, 1)];

  it('follows base types and own interfaces of the module, even in a circle', () => {
    const tables = tablesStream({ 0x01: 1, 0x02: 3, 0x09: 2 }, [
      ...u16(0, 12, 1),
      ...typeDef(0, 24, (2 << 2)), // Base extends Leaf: a circle
      ...typeDef(0, 29, (1 << 2)), // Leaf extends Base
      ...typeDef(0x20, 34, 0), // interface IOwn
      ...u16(1, 3 << 2), // Base implements IOwn
      ...u16(3, (1 << 2) | 1), // IOwn extends System.Web.IHttpModule
    ]);
    const found = inheritanceOf(tables).httpTypes;
    expect(found).toContainEqual({ type: 'Base', implements: ['System.Web.IHttpModule'] });
    expect(found.map((t) => t.type)).not.toContain('IOwn');
  });

  it('names nested types with a plus', () => {
    const tables = tablesStream({ 0x02: 2, 0x29: 1 }, [...typeDef(0, 24, 0), ...typeDef(0, 29, 0), ...u16(2, 1)]);
    expect(new TypeIndex(tables, new Heaps(heap)).name({ table: 'TypeDef', row: 2 })).toBe('Base+Leaf');
    const circle = tablesStream({ 0x02: 2, 0x29: 2 }, [...typeDef(0, 24, 0), ...typeDef(0, 29, 0), ...u16(2, 1), ...u16(1, 2)]);
    expect(new TypeIndex(circle, new Heaps(heap)).name({ table: 'TypeDef', row: 2 }).length).toBeLessThan(100);
  });

  it('knows how events are subscribed to', () => {
    expect(['add_EndRequest', 'AddOnBeginRequestAsync', 'remove_EndRequest', 'add_'].map(subscribedEvent)).toEqual(['EndRequest', 'BeginRequest', null, null]);
  });
});

describe('kinds', () => {
  const clr = ClrFacts.parse({ assembly: 'a', version: '1.0.0.0', mvid: '', publicKeyToken: null, runtime: 'v4.0.30319', references: [], httpTypes: [], events: [], preApplicationStart: [], mixedMode: true });

  it('takes a C++/CLI file with RegisterModule for a native module and for nothing else', () => {
    expect(kindsOf(['RegisterModule'], { ...clr, httpTypes: [] })).toEqual(['native-module']);
    expect(kindsOf([], { ...clr, httpTypes: [] })).toEqual([]);
  });

  it('wants both functions of a filter or an extension', () => {
    expect(kindsOf(['GetFilterVersion', 'TerminateFilter'], null)).toEqual([]);
    expect(kindsOf(['GetExtensionVersion', 'HttpExtensionProc', 'GetFilterVersion', 'HttpFilterProc'], null)).toEqual(['isapi-filter', 'isapi-extension']);
  });

  it('counts a page as a handler and a preload client as neither', () => {
    expect(kindsOf([], { ...clr, httpTypes: [{ type: 'P', implements: ['System.Web.UI.Page'] }] })).toEqual(['managed-handler']);
    expect(kindsOf([], { ...clr, httpTypes: [{ type: 'P', implements: ['System.Web.Hosting.IProcessHostPreloadClient'] }] })).toEqual([]);
  });
});
