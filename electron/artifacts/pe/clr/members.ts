import { type ClrFacts, HTTP_TYPES } from '../../../../shared/model/pe/index.ts';
import { LimitReached } from '../../kit/findings.ts';
import type { Image } from '../image.ts';
import type { OpenTables } from './metadata.ts';
import type { MetadataRoot } from './root.ts';
import { decodeAs, token } from './tables.ts';

const MAX_PINVOKES = 5000;
const MAX_RESOURCES = 5000;
const MAX_FORWARDS = 2000;
const FORWARDER = 0x0020_0000;

/** Functions of native code that managed code declares (ImplMap, II.22.22), in table order. */
export function readPInvokes({ tables, heaps, types }: OpenTables, out: ClrFacts['pinvokes']): void {
  const member = tables.column('ImplMap', 'member');
  const name = tables.column('ImplMap', 'name');
  const scope = tables.column('ImplMap', 'scope');
  for (let row = 1; row <= tables.rows('ImplMap'); row++) {
    if (out.length >= MAX_PINVOKES) throw new LimitReached(`more than ${MAX_PINVOKES} declared native functions`);
    const { table, row: at } = decodeAs('MemberForwarded', member(row));
    if (table === null) continue;
    const method = table === 'MethodDef' ? types.methodName(at) : heaps.string(tables.cell('Field', at, 'name'));
    const pinvoke = { dll: heaps.string(tables.cell('ModuleRef', scope(row), 'name')), name: heaps.string(name(row)), method, token: token(table, at) };
    // Thousands of rows may point at the same long names.
    heaps.charge(pinvoke.dll.length + pinvoke.name.length + method.length);
    out.push(pinvoke);
  }
}

/** Manifest resources (II.22.24); size and file offset of the data of those that lie in this file. */
export function readResources(image: Image, root: MetadataRoot, { tables, heaps }: OpenTables, out: ClrFacts['resources']): void {
  const directory = root.resources;
  const start = directory.rva === 0 ? null : image.map.offset(directory.rva);
  const end = start === null ? 0 : start + Math.min(directory.size, image.map.available(directory.rva));
  for (let row = 1; row <= tables.rows('ManifestResource'); row++) {
    if (out.length >= MAX_RESOURCES) throw new LimitReached(`more than ${MAX_RESOURCES} resources`);
    const name = heaps.string(tables.cell('ManifestResource', row, 'name'));
    heaps.charge(name.length);
    const elsewhere = tables.coded('ManifestResource', row, 'implementation').row !== 0;
    const at = (start ?? 0) + tables.cell('ManifestResource', row, 'offset');
    const inside = !elsewhere && start !== null && at + 4 <= end && image.view.has(at, 4);
    if (!elsewhere && !inside) image.problems.add('malformed', `the resource ${name} does not lie among the resources of the file`, directory.at);
    const size = inside ? image.view.u32(at) : null;
    if (size !== null && at + 4 + size > end) image.problems.add('truncated', `the resource ${name} claims ${size} bytes, ${end - at - 4} are there`, at);
    out.push({ name, size, offset: inside ? at + 4 : null });
  }
}

/** Types that are forwarded to another assembly (II.22.14); what is forwarded to the platform's plain assemblies is left out. */
export function readForwards({ tables, heaps }: OpenTables, isPlain: (reference: number) => boolean, out: ClrFacts['forwards']): void {
  const flags = tables.column('ExportedType', 'flags');
  const implementation = tables.column('ExportedType', 'implementation');
  for (let row = 1; row <= tables.rows('ExportedType'); row++) {
    const target = decodeAs('Implementation', implementation(row));
    if ((flags(row) & FORWARDER) === 0 || target.table !== 'AssemblyRef' || isPlain(target.row)) continue;
    const namespace = heaps.string(tables.cell('ExportedType', row, 'namespace'));
    const name = heaps.string(tables.cell('ExportedType', row, 'name'));
    const type = namespace === '' ? name : `${namespace}.${name}`;
    if (HTTP_TYPES.has(type)) continue;
    if (out.length >= MAX_FORWARDS) throw new LimitReached(`more than ${MAX_FORWARDS} forwarded types`);
    const assembly = heaps.string(tables.cell('AssemblyRef', target.row, 'name'));
    heaps.charge(type.length + assembly.length);
    out.push({ type, assembly });
  }
}
