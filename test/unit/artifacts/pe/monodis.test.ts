import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readClr } from '../../../../electron/artifacts/pe/clr/facts.ts';
import { compressed } from '../../../../electron/artifacts/pe/clr/heaps.ts';
import { type OpenTables, openMetadata } from '../../../../electron/artifacts/pe/clr/metadata.ts';
import { decodeAs } from '../../../../electron/artifacts/pe/clr/tables.ts';
import { openImage } from './clr-image.ts';
import { monodis, present } from './monodis-output.ts';
import { programs } from './programs.ts';

/** Folder with unpacked npm packages, as build/scripts/pe-corpus.mjs fetches them. */
const folder = process.env['IISIGHT_PE_CORPUS'];
const fetched = folder === undefined || !existsSync(folder) ? [] : readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((e) => e.isFile() && /\.(?:dll|exe|node)$/i.test(e.name)).map((e) => path.join(e.parentPath, e.name));
const files = [...new Set([...programs(), ...fetched])].sort();
const corpus = folder === undefined ? 'IISIGHT_PE_CORPUS not set' : `${fetched.length} fetched files`;

/** monodis is started for every table of every file. */
const LONG = 30_000 + files.length * 1000;

const each = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 1);
const latin = (text: string): string => text.replaceAll("'", '');

function tableFacts({ tables, heaps, types }: OpenTables) {
  const fullName = (typeRef: number): string => {
    const scope = types.scope(typeRef);
    const prefix = scope.table === 'AssemblyRef' ? `[${heaps.string(tables.cell('AssemblyRef', scope.row, 'name'))}]` : '';
    return `${prefix}${types.name({ table: 'TypeRef', row: typeRef })}`;
  };
  const named = (coded: number): string => {
    const written = decodeAs('TypeDefOrRef', coded);
    return written.table === 'TypeRef' ? fullName(written.row) : types.name(written);
  };
  // Compilers split names like `<N.T.get_X>d__0` at a dot; monodis leaves out the namespace of nested types.
  const asPrinted = (row: number): string => {
    const name = types.name({ table: 'TypeDef', row });
    const namespace = heaps.string(tables.cell('TypeDef', row, 'namespace'));
    return name.includes('+') && namespace !== '' ? name.replace(`+${namespace}.`, '+') : name;
  };
  return {
    types: each(tables.rows('TypeDef')).map((row) => `${asPrinted(row)} ${tables.cell('TypeDef', row, 'flags').toString(16)} ${tables.cell('TypeDef', row, 'extends').toString(16)}`),
    typeReferences: each(tables.rows('TypeRef')).map((row) => latin(fullName(row))),
    interfaces: each(tables.rows('InterfaceImpl')).map((row) => latin(`${asPrinted(tables.cell('InterfaceImpl', row, 'class'))} implements ${named(tables.cell('InterfaceImpl', row, 'interface'))}`)),
    members: each(tables.rows('MemberRef')).map((row) => {
      const owner = tables.coded('MemberRef', row, 'class');
      return `${owner.table} ${owner.row} ${heaps.string(tables.cell('MemberRef', row, 'name'))}`;
    }),
    forwards: each(tables.rows('ExportedType')).flatMap((row) => {
      const target = tables.coded('ExportedType', row, 'implementation');
      const names = ['namespace', 'name'].map((column) => heaps.string(tables.cell('ExportedType', row, column)));
      return target.table === 'AssemblyRef' ? [`${names.filter((n) => n !== '').join('.')} ${target.row}`] : [];
    }),
  };
}

/** Collects differences, so that one run shows all of them. */
class Comparison {
  readonly differences: string[] = [];

  readonly compare = (what: string, own: readonly unknown[], other: readonly unknown[] = []): void => {
    if (own.length !== other.length) this.differences.push(`${what}: ${own.length} and ${other.length}`);
    const at = own.findIndex((value, i) => JSON.stringify(value) !== JSON.stringify(other[i]));
    if (at >= 0) this.differences.push(`${what} ${at}: ${JSON.stringify(own[at])} and ${JSON.stringify(other[at])}`);
  };
}

/** Where the entry of a literal begins, its length included. */
const entryOf = (bytes: Uint8Array, text: number, units: number): number => text - ([1, 2, 4].find((size) => compressed(bytes, text - size)?.next === text && (size > 1) === (units >= 64)) ?? 1);

/** A literal as our facts show it: cut, and units of broken pairs escaped. */
const shown = (text: string): string => text.slice(0, 1000).replace(/\p{Surrogate}/gu, (unit) => `\\u${unit.charCodeAt(0).toString(16).toUpperCase()}`);

/**
 * monodis goes one byte too few past a string with a length of two bytes: it reads the flag behind the text as the next
 * entry, and loses its place for a while where the flag is set. What it then leaves out cannot be compared.
 */
const losesPlace = (bytes: Uint8Array, text: number, units: number): boolean => units >= 64 && bytes[text + units * 2] !== 0;

describe.skipIf(!present)(`CLR facts equal monodis's (${present ? `present; ${corpus}` : 'absent'})`, () => {
  const managed = files.flatMap((file) => {
    const image = openImage(new Uint8Array(readFileSync(file)));
    const clr = image === null ? null : readClr(image);
    const open = image === null ? null : openMetadata(image);
    return image === null || clr === null || open?.tables === null || open === null ? [] : [{ file, image, clr, root: open.root, open: open.tables }];
  });

  it('has something to compare', () => {
    expect(managed.length).toBeGreaterThan(2);
  });

  it('assembly, module, MVID, references', () => {
    const { compare, differences } = new Comparison();
    for (const { file, clr, open } of managed) {
      const { name, version, culture, key } = monodis.assembly(file);
      const own = Buffer.from(open.heaps.blob(open.tables.cell('Assembly', 1, 'publicKey'))).toString('hex');
      compare(`${file} assembly`, [clr.assembly, clr.version, clr.culture, own], [name, version, culture, key]);
      compare(`${file} module`, [clr.module, clr.mvid.toUpperCase()], monodis.module(file));
      compare(`${file} references`, clr.references.map((r) => r.replace(/, Culture=.*/, '')), monodis.references(file));
    }
    expect(differences).toEqual([]);
  }, LONG);

  it('types, references to types, interfaces, members, forwarded types', () => {
    const { compare, differences } = new Comparison();
    for (const { file, open } of managed) {
      const own = tableFacts(open);
      compare(`${file} types`, own.types, monodis.types(file));
      compare(`${file} typeReferences`, own.typeReferences, monodis.typeReferences(file));
      compare(`${file} interfaces`, own.interfaces, monodis.interfaces(file));
      compare(`${file} members`, own.members, monodis.members(file));
      compare(`${file} forwards`, own.forwards, monodis.forwards(file));
    }
    expect(differences).toEqual([]);
  }, LONG);

  it('native functions, resources, string literals', () => {
    const { compare, differences } = new Comparison();
    for (const { file, image, clr, root } of managed) {
      compare(`${file} pinvokes`, clr.pinvokes.map((p) => `${p.method.startsWith('<Module>::') || p.method.startsWith('::') ? '' : latin(p.method)} ${p.name} ${p.dll}`), monodis.pinvokes(file));
      const start = root.resources.rva === 0 ? 0 : (image.map.offset(root.resources.rva) ?? 0);
      compare(`${file} resources`, clr.resources.flatMap((r) => (r.offset === null ? [] : [`${r.offset - start - 4} ${r.name} ${r.size}`])), monodis.resources(file));
      const heap = root.headers.find((h) => h.name === '#US')?.offset ?? 0;
      const listed = new Map(monodis.userStrings(file).map(([at, text]) => [heap + at, shown(text)]));
      const own = clr.userStrings.first.filter((s) => s.text !== '').map((s) => ({ ...s, start: entryOf(image.view.bytes, s.offset, s.text.length) }));
      const lost = own.findIndex((s) => losesPlace(image.view.bytes, s.offset, s.text.length));
      const told = own.filter((s, i) => lost < 0 || i <= lost || listed.has(s.start));
      compare(`${file} user strings`, told.map((s) => [s.start, s.text]), told.map((s) => [s.start, listed.get(s.start)]));
    }
    expect(differences).toEqual([]);
  }, LONG);
});
