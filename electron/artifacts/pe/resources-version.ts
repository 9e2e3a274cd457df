import { NtExecutable, NtExecutableResource } from 'pe-library';
import { Resource } from 'resedit';
import { rva as asRva } from '../kit/bytes.ts';
import { directory } from './headers.ts';
import type { Image } from './image.ts';
import { mappedOffset } from './sections.ts';
import type { ResourceTree } from './resource-tree.ts';
import type { FieldList } from './fields/field-list.ts';
import { versionFields } from './fields/version.ts';
import { type VersionStrings, readVersionStrings } from './version-block.ts';

/** The library copies the whole file. */
const MAX_LIBRARY_FILE = 64 * 1024 * 1024;

/**
 * Version strings of the first VERSIONINFO resource. A file that is regular in everything the library relies on goes
 * through `pe-library` and `resedit`; all others, such as those with COFF symbols, through our own bounded reader.
 */
export function readVersionInfo(image: Image, tree: ResourceTree, fields: FieldList): Record<string, string> {
  const blob = tree.versions[0];
  if (!blob) return {};
  const all = tree.versions.map(({ offset, size }) => readVersionStrings(image.view.slice(offset, size)));
  const own = all[0] ?? { strings: new Map<string, string>(), regular: false, damaged: false, places: [], fixed: null };
  const strings = passesGate(image, tree, all) ? (throughLibrary(image) ?? own.strings) : own.strings;
  if (own.damaged) image.problems.add('malformed', 'the version information is damaged; what could be read is shown', blob.offset);
  image.problems.guard('version information', blob.offset, () => versionFields(fields, blob.offset, own));
  // fromEntries defines own properties, so a string named __proto__ stays a string.
  return Object.fromEntries(strings);
}

/**
 * What the library must never be given: claimed sizes beyond the file and sections or resources that share bytes (it
 * allocates and copies each first), COFF symbols (it refuses), resource trees that it would find elsewhere than we did,
 * and version blocks whose lengths would keep it busy without end.
 */
export function passesGate(image: Image, tree: ResourceTree, strings: readonly VersionStrings[]): boolean {
  const { view, headers, sections } = image;
  const root = directory(headers, 'resources')?.rva ?? asRva(0);
  const holders = sections.filter((s) => root >= s.rva && root < s.rva + s.virtualSize);
  const raw = sections.reduce((sum, s) => sum + s.rawSize, 0);
  return (
    view.length <= MAX_LIBRARY_FILE && raw <= view.length && tree.bytes <= view.length && image.problems.list.length === 0 &&
    // The library keeps strings as properties of an object, so one named __proto__ would be lost.
    tree.regular && strings.every((s) => s.regular && !s.strings.has('__proto__')) &&
    headers.symbolTable === 0 && headers.symbolCount === 0 && headers.directories.length === 16 &&
    holders.length === 1 && holders[0]?.rva === root && holders[0].rawOffset === image.map.offset(root) &&
    sections.every((s) => mappedOffset(s, headers) === s.rawOffset && s.rawOffset + s.rawSize <= view.length)
  );
}

/** Version strings as `resedit` reads them, or null (with a problem) when it refuses the file after all. */
export function throughLibrary(image: Image): ReadonlyMap<string, string> | null {
  try {
    // An exact copy: given a view, the library would read the memory around it. A Buffer's own `slice` makes such a view.
    const executable = NtExecutable.from(new Uint8Array(image.view.bytes).buffer, { ignoreCert: true });
    const [info] = Resource.VersionInfo.fromEntries(NtExecutableResource.from(executable, true).entries);
    const strings = new Map<string, string>();
    for (const language of info?.getAllLanguagesForStringValues() ?? []) {
      for (const [name, text] of Object.entries(info?.getStringValues(language) ?? {})) if (!strings.has(name)) strings.set(name, text);
    }
    return strings;
  } catch (error) {
    image.problems.add('unsupported', `the resource library refused the file: ${error instanceof Error ? error.message : 'unknown error'}`);
    return null;
  }
}
