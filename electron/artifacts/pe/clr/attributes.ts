import { bytesAsText } from '../../../../shared/base/bytes-as-text.ts';
import type { ClrFacts, StartMethod } from '../../../../shared/model/pe/index.ts';
import { HTTP_APPLICATION, PRE_APPLICATION_START, subscribedEvent } from './aspnet.ts';
import { compressed } from './heaps.ts';
import type { OpenTables } from './metadata.ts';
import { decodeAs, token } from './tables.ts';

const MAX_ATTRIBUTES = 1024;
const MAX_STARTS = 16;
const MAX_ARGUMENT = 4096;
const PUBLIC_STATIC = 0x16;
const ACCESS_STATIC = 0x17;

/** An attribute of the assembly or of its module: type name, row and arguments as bytes. */
export interface OwnAttribute { readonly type: string; readonly row: number; readonly value: Uint8Array }

/** Attributes of the assembly and the module, in table order; the first of an absurd number. */
export function ownAttributes({ tables, heaps, types }: OpenTables): OwnAttribute[] {
  const out: OwnAttribute[] = [];
  const parent = tables.column('CustomAttribute', 'parent');
  const constructor = tables.column('CustomAttribute', 'type');
  for (let row = 1; row <= tables.rows('CustomAttribute') && out.length < MAX_ATTRIBUTES; row++) {
    const { table } = decodeAs('HasCustomAttribute', parent(row));
    if (table !== 'Assembly' && table !== 'Module') continue;
    const type = types.name(types.declaring(decodeAs('CustomAttributeType', constructor(row))));
    out.push({ type, row, value: heaps.blob(tables.cell('CustomAttribute', row, 'value')) });
  }
  return out;
}

/** HttpApplication events that the code subscribes to: MemberRefs to its `add_X` and `AddOnXAsync`, in table order; with the row of the first. */
export function readEvents({ tables, heaps, types }: OpenTables): Map<string, number> {
  const events = new Map<string, number>();
  const owner = tables.column('MemberRef', 'class');
  const name = tables.column('MemberRef', 'name');
  const isApplication = new Map<number, boolean>();
  for (let row = 1; row <= tables.rows('MemberRef'); row++) {
    const coded = owner(row);
    const own = isApplication.get(coded) ?? types.name(decodeAs('MemberRefParent', coded)) === HTTP_APPLICATION;
    isApplication.set(coded, own);
    const event = own ? subscribedEvent(heaps.string(name(row))) : null;
    if (event !== null && !events.has(event)) events.set(event, row);
  }
  return events;
}

/**
 * Targets of `[assembly: PreApplicationStartMethod(typeof(Type), "Method")]`. The type is written as the compiler
 * stored it; a mention of the own assembly behind the comma is left out.
 */
export function readStartMethods(open: OpenTables, attributes: readonly OwnAttribute[], assembly: string): StartMethod[] {
  return attributes.filter((a) => a.type === PRE_APPLICATION_START).slice(0, MAX_STARTS).map(({ value, row }) => {
    const [type, method] = stringArguments(value, 2);
    const [name = '', owner] = (type ?? '').split(/,\s*/);
    const own = owner === undefined || owner === assembly;
    const target = `${own ? name : (type ?? '')}::${method ?? ''}`;
    return { target, token: token('CustomAttribute', row), ...(own ? findMethod(open, name, method ?? '') : { state: 'other-assembly', method: null }) };
  });
}

function findMethod(open: OpenTables, type: string, method: string): Pick<StartMethod, 'state' | 'method'> {
  const { tables, heaps, types } = open;
  let other: number | null = null;
  for (let row = 1; row <= tables.rows('TypeDef'); row++) {
    if (types.name({ table: 'TypeDef', row }) !== type) continue;
    // Only the first of that name, as the runtime takes it: thousands of types may share one name and all methods.
    for (const candidate of types.methodsOf(row)) {
      if (heaps.string(tables.cell('MethodDef', candidate, 'name')) !== method) continue;
      const callable = (tables.cell('MethodDef', candidate, 'flags') & ACCESS_STATIC) === PUBLIC_STATIC && heaps.blob(tables.cell('MethodDef', candidate, 'signature'))[1] === 0;
      if (callable) return { state: 'found', method: token('MethodDef', candidate) };
      other ??= candidate;
    }
    break;
  }
  return other === null ? { state: 'missing', method: null } : { state: 'not-callable', method: token('MethodDef', other) };
}

/** Facts that stand in attributes of the assembly. */
export function attributeFacts(attributes: readonly OwnAttribute[]): Pick<ClrFacts, 'targetFramework' | 'guid' | 'debugBuild'> {
  const value = (type: string): Uint8Array | undefined => attributes.find((a) => a.type === type)?.value;
  const text = (type: string): string | null => stringArguments(value(type) ?? new Uint8Array(), 1)[0] ?? null;
  return {
    targetFramework: text('System.Runtime.Versioning.TargetFrameworkAttribute'),
    guid: text('System.Runtime.InteropServices.GuidAttribute'),
    debugBuild: debugBuild(value('System.Diagnostics.DebuggableAttribute')),
  };
}

/** Arguments are DebuggingModes in four bytes (0x100: DisableOptimizations) or two flags (tracking, optimiser off): the second byte tells both times. */
function debugBuild(value: Uint8Array | undefined): boolean | null {
  if (value === undefined || value[0] !== 1 || value[1] !== 0 || value.length < 6) return null;
  return ((value[3] ?? 0) & 1) !== 0;
}

/** Fixed arguments of an attribute blob (II.23.3) that are strings or types; null for one that is null or not there. */
export function stringArguments(blob: Uint8Array, count: number): (string | null)[] {
  const out: (string | null)[] = [];
  let at = 2;
  if (blob[0] !== 1 || blob[1] !== 0) return out;
  for (let i = 0; i < count; i++) {
    const length = blob[at] === 0xff ? null : compressed(blob, at);
    out.push(length === null ? null : bytesAsText(blob.subarray(length.next, length.next + Math.min(length.value, MAX_ARGUMENT))));
    at = length === null ? at + 1 : length.next + length.value;
  }
  return out;
}

