import { foldCase } from '../../shared/base/compare.ts';
import framework from './framework.json' with { type: 'json' };
import stock from './stock.json' with { type: 'json' };
import { canonicalImage } from './image-path.ts';
import { parseTypeName } from './type-name.ts';

interface NativeEntry { readonly name: string; readonly image: string; readonly preCondition: string }

const INETSRV = '?:\\WINDOWS\\SYSTEM32\\INETSRV';

/** IIS Express and hosted web core install the same files in a folder that this variable names. */
const EXPRESS = '%IIS_BIN%';

function native(entries: ReadonlyArray<{ name: string; image: string; preCondition?: string }>): ReadonlyMap<string, NativeEntry> {
  return new Map(entries.map((e) => [e.name, { name: e.name, image: canonicalImage(e.image), preCondition: e.preCondition ?? '' }]));
}

const globalModules = native(stock.globalModules);
const roles = new Map(stock.globalModules.map((m) => [m.name, { role: m.role, since: 'since' in m && m.since !== undefined ? m.since : null, download: 'download' in m && m.download === true }]));
const filters = native(stock.isapiFilters.map(({ path, ...rest }) => ({ ...rest, image: path })));
const extensionImages: ReadonlySet<string> = new Set(
  [...stock.restrictions, ...stock.handlers.flatMap((h) => ('scriptProcessor' in h && h.scriptProcessor !== undefined ? [h.scriptProcessor] : []))].map(canonicalImage),
);
const types: ReadonlySet<string> = new Set([...stock.types, ...framework.types]);
const assemblyKey = (assembly: string, token: string): string => `${foldCase(assembly)}\0${token}`;
/** Strong names that the global assembly cache holds on every Windows: nothing of a bin folder is loaded under them. */
const platformAssemblies: ReadonlySet<string> = new Set(Object.entries(framework.assemblies).flatMap(([token, names]) => names.map((name) => assemblyKey(name, token))));
const platformNames: ReadonlySet<string> = new Set(Object.values(framework.assemblies).flat().map(foldCase));
const schemes: ReadonlyMap<string, string> = new Map(stock.compressionSchemes.map((s) => [s.name, canonicalImage(s.dll)]));
const settingImages: ReadonlyMap<string, readonly string[]> = new Map(stock.settingImages.map((s) => [s.section, s.images.map(canonicalImage)]));
const slug = (path: string, code: string): string => `${foldCase(path)}\0${code}`;
/** What each stock handler answers with which code; verbs differ between versions. */
const mappings: ReadonlySet<string> = new Set(
  stock.handlers.flatMap((h) => [
    ...('scriptProcessor' in h && h.scriptProcessor !== undefined ? [slug(h.path, imageFile(h.scriptProcessor))] : []),
    ...('type' in h && h.type !== undefined ? [slug(h.path, parseTypeName(h.type).type)] : []),
  ]),
);
const handlerNames: ReadonlySet<string> = new Set(stock.handlers.map((h) => h.name));
const moduleNames: ReadonlySet<string> = new Set([...stock.globalModules.map((m) => m.name), ...stock.modules.map((m) => m.name)]);
const lockedModules: ReadonlySet<string> = new Set(stock.modules.filter((m) => 'lockItem' in m && m.lockItem === true).map((m) => m.name));
const inetsrvFiles: ReadonlySet<string> = new Set(stock.inetsrvFiles.map(foldCase));
const frameworkFiles: ReadonlySet<string> = new Set(
  [...globalModules.values(), ...filters.values()].map((e) => e.image).concat([...extensionImages]).filter((image) => !image.startsWith(INETSRV)),
);

/** File name of an image, folded: the two bitnesses and versions of one file count as one. */
function imageFile(image: string): string {
  const canonical = canonicalImage(image);
  return canonical.slice(canonical.lastIndexOf('\\') + 1);
}

function sameImage(wanted: string, image: string): boolean {
  if (wanted === image) return true;
  return image.startsWith(`${EXPRESS}\\`) && wanted === `${INETSRV}\\${image.slice(EXPRESS.length + 1)}`;
}

/** The entries that Windows itself writes, asked one question at a time. Images may be in any spelling. */
export const STOCK = {
  source: { title: stock.title, source: stock.source, date: stock.date, licence: stock.licence },
  frameworkSource: { title: framework.title, source: framework.source, date: framework.date, licence: framework.licence },
  globalModule: (name: string, image: string): boolean => sameImage(globalModules.get(name)?.image ?? '\0', canonicalImage(image)),
  filter: (name: string, image: string): boolean => sameImage(filters.get(name)?.image ?? '\0', canonicalImage(image)),
  /** The role service that installs a stock module, and the first version of IIS that has it where that is not 7.0; null for other names. */
  roleOf: (name: string): { readonly role: string; readonly since: string | null; readonly download: boolean } | null => roles.get(name) ?? null,
  /** The preCondition that Windows writes with a stock module or filter, or null where the name is none. */
  preConditionOf: (kind: 'module' | 'filter', name: string): string | null => (kind === 'filter' ? filters : globalModules).get(name)?.preCondition ?? null,
  /** ISAPI extensions and the permissions for them go by their image alone; handler names are free. */
  extension: (image: string): boolean => {
    const canonical = canonicalImage(image);
    return extensionImages.has(canonical) || (canonical.startsWith(`${EXPRESS}\\`) && extensionImages.has(`${INETSRV}\\${canonical.slice(EXPRESS.length + 1)}`));
  },
  /** Whether Windows itself maps this URL path to this script processor or type. */
  mapping: (path: string, image: string | null, type: string | null): boolean => mappings.has(slug(path, type !== null ? parseTypeName(type).type : imageFile(image ?? ''))),
  /** Full name of a type of the .NET Framework itself, without its assembly. */
  type: (name: string): boolean => types.has(name),
  /** A type reference (or `*, Assembly, ...`) that leads into the platform: by its strong name, or without an assembly by its exact name. */
  platformType: (reference: string): boolean => {
    const { type, assembly, token } = parseTypeName(reference);
    if (assembly === null) return types.has(type);
    // The runtime has one of its own, whatever is written behind the name.
    if (foldCase(assembly) === 'MSCORLIB') return true;
    return token !== null && platformAssemblies.has(assemblyKey(assembly, token));
  },
  /** Simple name of an assembly that is in the global assembly cache of every Windows. */
  platformAssembly: (name: string): boolean => platformNames.has(foldCase(name)),
  /** The same for the lists of modules and handlers, where an assembly of the platform without its token counts too: only its exact types. */
  listType: (reference: string): boolean => {
    const { type, assembly, token } = parseTypeName(reference);
    if (!types.has(type)) return false;
    return assembly === null || (token === null ? platformNames.has(foldCase(assembly)) : platformAssemblies.has(assemblyKey(assembly, token)));
  },
  compressionScheme: (name: string, dll: string): boolean => sameImage(schemes.get(name) ?? '\0', canonicalImage(dll)),
  /** DLLs that Windows names in settings: stores of WebDAV, protocol managers of the process activation service. */
  settingImage: (section: string, image: string): boolean => (settingImages.get(section) ?? []).some((wanted) => sameImage(wanted, canonicalImage(image))),
  isModuleName: (name: string): boolean => moduleNames.has(name),
  isFilterName: (name: string): boolean => filters.has(name),
  isHandlerName: (name: string): boolean => handlerNames.has(name),
  isGlobalModuleName: (name: string): boolean => globalModules.has(name),
  /** Where Windows keeps the module of this name (canonical), or null. */
  imageOf: (name: string): string | null => globalModules.get(name)?.image ?? filters.get(name)?.image ?? null,
  /** Native `<modules>` entries that Windows writes with lockItem="true". */
  locksModule: (name: string): boolean => lockedModules.has(name),
  /** A file that an IIS or .NET role installs, at its own place: the name and the folder both fit. */
  roleFile: (image: string): boolean => {
    const canonical = canonicalImage(image);
    if (frameworkFiles.has(canonical)) return true;
    return canonical.startsWith(`${INETSRV}\\`) && inetsrvFiles.has(canonical.slice(INETSRV.length + 1));
  },
  moduleNames: [...moduleNames] as readonly string[],
  filterNames: [...filters.keys()] as readonly string[],
  fileNames: stock.inetsrvFiles as readonly string[],
} as const;
