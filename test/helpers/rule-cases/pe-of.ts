import { z } from 'zod';
import { Bytes, latin1 } from '../../fixtures/pe/bytes.ts';
import { image, type Part } from '../../fixtures/pe/image.ts';
import { LEAST, TABLE, clrPart, type Cell } from '../../fixtures/pe/parts/clr.ts';
import { resourcesPart, versionInfo, versionTree } from '../../fixtures/pe/parts/resources.ts';
import { exportsPart, importsPart } from '../../fixtures/pe/parts/symbols.ts';
import { debugPart, rsds } from '../../fixtures/pe/parts/various.ts';

/** A program file in a few words; everything that is not said is what a linker writes. */
export const PeSpec = z.strictObject({
  bitness: z.union([z.literal(32), z.literal(64)]).default(64),
  /** TimeDateStamp, UTC. */
  built: z.string().default('2023-11-14T22:13:20Z'),
  exports: z.array(z.string()).default([]),
  /** Functions by DLL. */
  imports: z.record(z.string(), z.array(z.string())).default({}),
  /** Texts of the data section, each closed by a zero; `utf16` those of two bytes a character. */
  strings: z.array(z.string()).default([]),
  utf16: z.array(z.string()).default([]),
  pdb: z.string().nullable().default(null),
  version: z.record(z.string(), z.string()).nullable().default(null),
  /** An assembly with its public types and the interface of System.Web (or base type) that each implements. */
  clr: z.strictObject({
    assembly: z.string(),
    types: z.array(z.strictObject({ name: z.string(), implements: z.string() })).default([]),
    /** Members of other types that the code calls: `System.Diagnostics.Process.Start`. */
    calls: z.array(z.string()).default([]),
  }).nullable().default(null),
});
export type PeSpec = z.input<typeof PeSpec>;

const BLANK = { name: '.text', data: new Uint8Array(0x200).fill(0xc3), characteristics: 0x6000_0020 };
const split = (full: string): readonly [space: string, name: string] => {
  const dot = full.lastIndexOf('.');
  return dot < 0 ? ['', full] : [full.slice(0, dot), full.slice(dot + 1)];
};

/** The bytes of the file. */
export function peOf(spec: PeSpec): Uint8Array {
  const { bitness, built, exports, imports, strings, utf16, pdb, version, clr } = PeSpec.parse(spec);
  const parts: Part[] = [];
  if (exports.length > 0) parts.push(exportsPart({ functions: exports.map(() => 0x1000), names: exports.map((name, i) => [name, i] as const).sort(([a], [b]) => (a < b ? -1 : 1)) }));
  const dlls = Object.entries(imports);
  if (dlls.length > 0) parts.push(importsPart({ dlls }));
  if (version !== null) parts.push(resourcesPart(versionTree(versionInfo(Object.entries(version)))));
  if (pdb !== null) parts.push(debugPart([{ type: 2, data: rsds(pdb) }]));
  if (clr !== null) parts.push(assembly(clr));
  const texts = Buffer.concat([...strings.map((s) => latin1(`${s}\0`)), ...utf16.map((s) => Buffer.from(`${s}\0`, 'utf16le'))]);
  return image({
    plus: bitness === 64, stamp: Math.floor(new Date(built).getTime() / 1000),
    sections: texts.length === 0 ? [BLANK] : [BLANK, { name: '.data', data: texts, characteristics: 0xc000_0040 }],
    ...(parts.length === 0 ? {} : { parts }),
  });
}

/** Tables of an assembly: its types after `<Module>`, one method each, references to System.Web and to what the code calls. */
function assembly({ assembly: name, types, calls }: NonNullable<z.infer<typeof PeSpec>['clr']>): Part {
  const refs: Cell[][] = [];
  const at = new Map<string, number>();
  const typeRef = (full: string): number => {
    const known = at.get(full);
    if (known !== undefined) return known;
    const [space, short] = split(full);
    // ResolutionScope: AssemblyRef row 1, tag 2.
    refs.push([(1 << 2) | 2, short, space]);
    at.set(full, refs.length);
    return refs.length;
  };
  const object = typeRef('System.Object');
  const interfaces = types.map((t, i) => [i + 2, (typeRef(t.implements) << 2) | 1]);
  const members = calls.map((call) => {
    const [type, member] = split(call);
    // MemberRefParent: TypeRef, tag 1.
    return [(typeRef(type) << 3) | 1, member, 0];
  });
  const typeDefs = types.map((t): Cell[] => {
    const [space, short] = split(t.name);
    // Extends: TypeDefOrRef, TypeRef has tag 1. Public class.
    return [0x10_0001, short, space, (object << 2) | 1, 1, 1];
  });
  const tables: Record<number, readonly (readonly Cell[])[]> = {
    ...LEAST,
    [TABLE.module]: [[0, `${name}.dll`, 1, 0, 0]],
    [TABLE.typeRef]: refs,
    [TABLE.typeDef]: [[0, '<Module>', '', 0, 1, 1], ...typeDefs],
    [TABLE.assembly]: [[0x8004, 1, 0, 0, 0, 0, 0, name, 0]],
    [TABLE.assemblyRef]: [[4, 0, 0, 0, 0, 0, 'System.Web', 0, 0]],
  };
  if (interfaces.length > 0) tables[TABLE.interfaceImpl] = interfaces;
  if (members.length > 0) tables[TABLE.memberRef] = members;
  return clrPart({ tables, blob: new Bytes().u8(0, 0).done() });
}
