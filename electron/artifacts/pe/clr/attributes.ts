import { bytesAsText } from '../../../../shared/base/bytes-as-text.ts';
import { HTTP_APPLICATION, PRE_APPLICATION_START, subscribedEvent } from './aspnet.ts';
import { type Heaps, compressed } from './heaps.ts';
import type { MetadataTables, Target } from './tables.ts';
import type { TypeIndex } from './types.ts';

const MAX_ATTRIBUTES = 64;
const MAX_ARGUMENT = 4096;

/** HttpApplication events that the code subscribes to: MemberRefs to its `add_X` and `AddOnXAsync`, in table order. */
export function readEvents(tables: MetadataTables, heaps: Heaps, types: TypeIndex): string[] {
  const events = new Set<string>();
  const isApplication = new Map<string, boolean>();
  for (let row = 1; row <= tables.rows('MemberRef'); row++) {
    const owner = tables.coded('MemberRef', row, 'class');
    const key = `${owner.table}:${owner.row}`;
    const own = isApplication.get(key) ?? types.name(owner) === HTTP_APPLICATION;
    isApplication.set(key, own);
    const event = own ? subscribedEvent(heaps.string(tables.cell('MemberRef', row, 'name'))) : null;
    if (event !== null) events.add(event);
  }
  return [...events];
}

/**
 * `Type::Method` of each `[assembly: PreApplicationStartMethod(typeof(Type), "Method")]`. The type is written as the
 * compiler stored it; a mention of the own assembly behind the comma is left out.
 */
export function readPreApplicationStart(tables: MetadataTables, heaps: Heaps, types: TypeIndex, assembly: string): string[] {
  const out: string[] = [];
  for (let row = 1; row <= tables.rows('CustomAttribute') && out.length < MAX_ATTRIBUTES; row++) {
    if (tables.coded('CustomAttribute', row, 'parent').table !== 'Assembly') continue;
    const constructor = tables.coded('CustomAttribute', row, 'type');
    if (types.name(ownerOf(tables, constructor)) !== PRE_APPLICATION_START) continue;
    const [type, method] = stringArguments(heaps.blob(tables.cell('CustomAttribute', row, 'value')), 2);
    const [name = '', owner] = (type ?? '').split(/,\s*/);
    out.push(`${owner === undefined || owner === assembly ? name : (type ?? '')}::${method ?? ''}`);
  }
  return out;
}

function ownerOf(tables: MetadataTables, constructor: Target): Target {
  if (constructor.table === 'MemberRef') return tables.coded('MemberRef', constructor.row, 'class');
  if (constructor.table !== 'MethodDef') return { table: null, row: 0 };
  // The attribute is defined in this module: its type is the last one whose methods begin at or before the constructor.
  let low = 1;
  let high = tables.rows('TypeDef');
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (tables.cell('TypeDef', middle, 'methods') <= constructor.row) low = middle;
    else high = middle - 1;
  }
  return { table: 'TypeDef', row: low };
}

/** Fixed arguments of an attribute blob (II.23.3) that are strings or types; null for one that is null or not there. */
function stringArguments(blob: Uint8Array, count: number): (string | null)[] {
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
