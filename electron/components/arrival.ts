import type { ConfigChange, ConfigCopy, Registration } from '../../shared/model/index.ts';
import { canonicalImage, typeKey } from '../knowledge/index.ts';
import { entryAttribute } from './entry-text.ts';
import { changesAbout } from './registration.ts';

/** Attributes that name code, as the sections call them. */
const CODE_ATTRIBUTES = [
  'image', 'scriptProcessor', 'path', 'dll', 'fullPath', 'type', 'managedRuntimeLoader', 'CLRConfigFile', 'customLogPluginClsid', 'customActionExe', 'protocolManagerDll', 'value',
] as const;
const SECTIONS_WITH_PATH = /\/(?:isapiFilters|isapiCgiRestriction)$/;

interface Code { readonly attribute: string; readonly value: string }

const keyOf = (attribute: string, value: string): string => (attribute === 'type' ? typeKey(value) : canonicalImage(value));

/** The code that an entry names, or null for an entry that only switches something on. */
function codeOf(r: Registration): Code | null {
  for (const attribute of CODE_ATTRIBUTES) {
    // The path of a handler is a URL.
    if (attribute === 'path' && !SECTIONS_WITH_PATH.test(r.section)) continue;
    const value = r.attributes.find((a) => a.name === attribute)?.value ?? '';
    if (value !== '') return { attribute, value };
  }
  return null;
}

/** Whether the entry as a copy has it names the same code; a text that was not kept says nothing against it. */
function sameCode(code: Code | null, text: string | null): boolean {
  if (code === null || text === null) return true;
  const value = entryAttribute(text, code.attribute);
  return value !== null && keyOf(code.attribute, value) === keyOf(code.attribute, code.value);
}

/** The first change that made the entry name its code; null when the oldest copy has it already. */
function arrivalOfEntry(r: Registration, host: string | null, changes: readonly ConfigChange[], copies: readonly ConfigCopy[]): ConfigChange | null {
  const own = changesAbout([r], host, changes, copies).filter((c) => c.what !== 'reordered');
  const [first] = own;
  if (first === undefined) return null;
  const code = codeOf(r);
  if (first.what !== 'added' && sameCode(code, first.before)) return null;
  return own.find((c) => c.what !== 'removed' && sameCode(code, c.after)) ?? null;
}

/**
 * The change with which the component came: none of its entries in the copy before names its code, one in the copy
 * after does. Entries that only switch a native module on do not count where others name its image.
 * @returns null when the oldest copy has it, or when nothing is known: an entry in a file without copies has no history
 */
export function arrivalOf(registrations: readonly Registration[], host: string | null, changes: readonly ConfigChange[], copies: readonly ConfigCopy[]): ConfigChange | null {
  if (changes.length === 0) return null;
  const naming = registrations.filter((r) => codeOf(r) !== null);
  const entries = naming.length > 0 ? naming : registrations;
  const arrivals = entries.map((r) => arrivalOfEntry(r, host, changes, copies));
  if (arrivals.includes(null)) return null;
  const order = placesOf(changes);
  return arrivals.toSorted((a, b) => (a === null || b === null ? 0 : (order.get(a) ?? 0) - (order.get(b) ?? 0)))[0] ?? null;
}

const places = new WeakMap<readonly ConfigChange[], ReadonlyMap<ConfigChange, number>>();

/** Where each change stands in their order; every component asks. */
function placesOf(changes: readonly ConfigChange[]): ReadonlyMap<ConfigChange, number> {
  const known = places.get(changes) ?? new Map(changes.map((c, i) => [c, i]));
  places.set(changes, known);
  return known;
}
