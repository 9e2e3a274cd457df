import type { ConfigElement } from '../../../shared/model/index.ts';
import type { FoundCode } from '../registration.ts';
import { adds, type Reader, typeSetting, value } from './found.ts';
import { HOSTING } from './hosting.ts';
import { LISTS } from './lists.ts';
import { MANAGEMENT, readFtpProviders } from './management.ts';
import { readPools } from './pools.ts';
import { readHandlersOfSections, readProtection } from './protection.ts';
import { readRuntime } from './runtime.ts';
import { readSites } from './sites.ts';
import { typesBelow } from './types.ts';

/** OWIN starts the class that this setting names (Microsoft.Owin.Host.SystemWeb); `owin:AppStartup` may also be a mere name. */
function readAppSettings(section: ConfigElement): FoundCode[] {
  return adds(section).flatMap((element) => {
    const key = value(element, 'key') ?? '';
    const found = /^owin:appStartup$/i.test(key) && /\w\.\w/.test(value(element, 'value') ?? '') ? typeSetting(element, 'value', { name: key }) : null;
    return found === null ? [] : [found];
  });
}

/** Places of which the whole section is known, by its full name. */
const KNOWN: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ...LISTS,
  ...HOSTING,
  ['system.applicationHost/applicationPools', readPools],
  ['system.applicationHost/sites', readSites],
  ['system.ftpServer/providerDefinitions', readFtpProviders],
  ['configProtectedData', readProtection],
  ['configSections', readHandlersOfSections],
  ['runtime', readRuntime],
  ['appSettings', readAppSettings],
]);

const ADMINISTRATION: ReadonlyMap<string, Reader> = new Map(MANAGEMENT);

/** Groups of sections: below them stand sections, not entries. `system.webServer` of IIS is known section by section. */
const GROUPS: ReadonlySet<string> = new Set([
  'system.web', 'system.web/caching', 'system.net', 'system.net/mailSettings', 'system.serviceModel', 'system.serviceModel.activation', 'system.web.extensions', 'system.web.extensions/scripting',
  'system.web.extensions/scripting/webServices', 'system.xml.serialization', 'system.runtime.serialization', 'system.runtime.caching', 'system.transactions',
]);

/** Sections without code: plain text, and what IIS itself reads. */
const WITHOUT_CODE: ReadonlySet<string> = new Set(['location', 'connectionStrings', 'startup', 'mscorlib', 'strongNames', 'assemblyBinding', 'satelliteassemblies', 'windows', 'configurationRedirection', 'EncryptedData']);

/** Sections of .NET, and of products, in which any attribute may name a type. */
const typesOfPlatform: Reader = (section) => typesBelow(section, false);
const typesOfProduct: Reader = (section) => typesBelow(section, true);

export type FileKind = 'configuration' | 'administration';

/** Steps of paths that lead to a known section without being one. */
function leading(known: ReadonlyMap<string, Reader>): ReadonlySet<string> {
  const steps = new Set<string>();
  for (const section of known.keys()) for (let at = section.indexOf('/'); at >= 0; at = section.indexOf('/', at + 1)) steps.add(section.slice(0, at));
  return steps;
}

const LEADING: Readonly<Record<FileKind, ReadonlySet<string>>> = { configuration: leading(KNOWN), administration: leading(ADMINISTRATION) };

/** How a section that stands in a file is read; null for a group, undefined where it names no code. */
function readerOf(path: string, kind: FileKind, group: (path: string) => boolean): Reader | null | undefined {
  const known = (kind === 'administration' ? ADMINISTRATION : KNOWN).get(path);
  if (known) return known;
  if (kind === 'administration') return path === 'configProtectedData' ? readProtection : LEADING.administration.has(path) ? null : undefined;
  if (GROUPS.has(path)) return null;
  const [top = ''] = path.split('/', 1);
  if (/^system\.(?:webServer|applicationHost|ftpServer)$/.test(top)) return LEADING.configuration.has(path) ? null : undefined;
  if (WITHOUT_CODE.has(path)) return undefined;
  if (/^(?:system|microsoft)\./.test(top)) return typesOfPlatform;
  return group(path) ? null : typesOfProduct;
}

/** Names of the groups that a file declares, besides those of .NET. */
function declaredGroups(root: ConfigElement): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (element: ConfigElement, prefix: string, depth: number): void => {
    for (const child of element.children) {
      if (child.name !== 'sectionGroup' || depth > 20) continue;
      const path = `${prefix}${value(child, 'name') ?? ''}`;
      found.add(path);
      visit(child, `${path}/`, depth + 1);
    }
  };
  for (const child of root.children) if (child.name === 'configSections') visit(child, '', 0);
  return found;
}

/** The sections of a file that can name code, each with how it is read, in the order in which they first appear. Linear in what stands above the entries. */
export function codeSectionsOf(root: ConfigElement, kind: FileKind): ReadonlyMap<string, Reader> {
  const found = new Map<string, Reader>();
  const groups = declaredGroups(root);
  const visit = (elements: readonly ConfigElement[], prefix: string): void => {
    for (const element of elements) {
      const path = prefix + element.name;
      if (found.has(path)) continue;
      const reader = readerOf(path, kind, (name) => groups.has(name));
      if (reader) found.set(path, reader);
      else if (reader === null) visit(element.children, `${path}/`);
    }
  };
  visit(root.children, '');
  // Location tags do not nest.
  for (const child of root.children) if (child.name === 'location') visit(child.children, '');
  return found;
}
