import { Bytes, joined } from '../../fixtures/pe/bytes.ts';
import type { Part } from '../../fixtures/pe/image.ts';
import { type Cell, TABLE, clrPart } from '../../fixtures/pe/parts/clr.ts';
import type { ScenarioImage } from './scenario.ts';

type Assembly = NonNullable<ScenarioImage['assembly']>;

/** Tags of coded indexes (ECMA-335 II.24.2.6). */
const typeRefAsParent = (row: number): number => (row << 3) | 1;
const typeDefOrRef = (row: number): number => (row << 2) | 1;
const inAssembly = (row: number): number => (row << 2) | 2;
const ofAssembly = (1 << 5) | 14;
const byMemberRef = (row: number): number => (row << 3) | 3;
const PUBLIC_STATIC = 0x16;
const PUBLIC_VIRTUAL = 0x46;

const split = (name: string): readonly [space: string, type: string] => {
  const dot = name.lastIndexOf('.');
  return dot < 0 ? ['', name] : [name.slice(0, dot), name.slice(dot + 1)];
};

/** A heap of blobs; each is found by the index that it was given. */
class Blobs {
  readonly bytes = new Bytes().u8(0, 0);
  add(content: Uint8Array): number {
    const at = this.bytes.length;
    if (content.length < 0x80) this.bytes.u8(at, content.length);
    else this.bytes.u8(at, 0x80 | (content.length >> 8)).u8(at + 1, content.length & 0xff);
    this.bytes.put(this.bytes.length, content);
    return at;
  }
}

const short = (text: string): Uint8Array => joined(Uint8Array.of(text.length), Buffer.from(text, 'latin1'));

/** As long as those of 1,024 bits; the token is the end of its SHA-1 (II.6.3). */
const publicKey = (text: string): Uint8Array => Buffer.from(text.padEnd(160, '.'));

/** Metadata of an assembly whose types implement, call and say what is described. Methods have no body. */
export function assemblyPart(described: Assembly, texts: readonly string[]): Part {
  const blobs = new Blobs();
  const nothing = blobs.add(Uint8Array.of(0, 0, 1));
  const owners = [...new Set([
    ...described.types.flatMap((t) => t.implements), ...described.calls.map((c) => c.split('::', 1)[0] ?? ''),
    ...(described.start === undefined ? [] : ['System.Web.PreApplicationStartMethodAttribute']),
  ])];
  const row = (name: string): number => owners.indexOf(name) + 1;
  let method = 1;
  const types: Cell[][] = [[0, '<Module>', 0, 0, 1, 1]];
  const methods: Cell[][] = [];
  const implemented: Cell[][] = [];
  for (const { name, implements: interfaces, methods: own } of described.types) {
    const [space, type] = split(name);
    types.push([1, type, space, 0, 1, method]);
    for (const m of own) methods.push([0, 0, m === described.start?.method ? PUBLIC_STATIC : PUBLIC_VIRTUAL, m, m === described.start?.method ? blobs.add(Uint8Array.of(0, 0, 1)) : nothing, 1]);
    method += own.length;
    for (const i of interfaces) implemented.push([types.length, typeDefOrRef(row(i))]);
  }
  const members: Cell[][] = described.calls.map((call) => [typeRefAsParent(row(call.split('::', 1)[0] ?? '')), call.split('::')[1] ?? '', nothing]);
  const { start } = described;
  const attributes: Cell[][] = [];
  if (start !== undefined) {
    members.push([typeRefAsParent(row('System.Web.PreApplicationStartMethodAttribute')), '.ctor', nothing]);
    attributes.push([ofAssembly, byMemberRef(members.length), blobs.add(joined(Uint8Array.of(1, 0), short(start.type), short(start.method), Uint8Array.of(0, 0)))]);
  }
  const key = described.key === undefined ? 0 : blobs.add(publicKey(described.key));
  const literals = new Blobs();
  for (const text of texts) literals.add(joined(Buffer.from(text, 'utf16le'), Uint8Array.of(0)));
  const before = blobs.bytes.done(4);
  const heap = literals.bytes.done(4);
  const [major = 1, minor = 0, build = 0, revision = 0] = described.version.split('.').map(Number);
  const all: readonly (readonly [number, readonly (readonly Cell[])[]])[] = [
    [TABLE.module, [[0, `${described.name}.dll`, 1, 0, 0]]],
    [TABLE.typeRef, owners.map((o) => [inAssembly(/^System\.(?!Web)/.test(o) ? 1 : 2), split(o)[1], split(o)[0]])],
    [TABLE.typeDef, types], [TABLE.method, methods], [TABLE.interfaceImpl, implemented], [TABLE.memberRef, members], [TABLE.attribute, attributes],
    [TABLE.assembly, [[0x8004, major, minor, build, revision, key === 0 ? 0 : 1, key, described.name, 0]]],
    [TABLE.assemblyRef, [[4, 0, 0, 0, 0, 0, 'mscorlib', 0, 0], [4, 0, 0, 0, 0, 0, 'System.Web', 0, 0]]],
  ];
  const tables = Object.fromEntries(all.filter(([, rows]) => rows.length > 0));
  return clrPart({
    tables, blob: joined(before, heap),
    // Literals lie behind the blobs, in a stream of their own.
    streams: (usual) => [
      ...usual.map((s) => (s.name === '#Blob' ? { ...s, size: before.length } : s)),
      { name: '#US', offset: (usual.find((s) => s.name === '#Blob')?.offset ?? 0) + before.length, size: heap.length },
    ],
  });
}
