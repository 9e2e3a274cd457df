import type { Application, LoadedBy, Place, Registration, Server, Site } from '../../shared/model/index.ts';
import { foldCase } from '../../shared/base/compare.ts';
import type { CodeEntry } from '../artifacts/kit/definition.ts';

/** A file that brings code into an application without a line of configuration, after reading. */
export interface CodeFile {
  readonly place: Place;
  readonly sha256: string;
  /** `preStartInitList`, `global.asax` or `compiled`. */
  readonly section: string;
  readonly entries: readonly CodeEntry[];
  /** Content time of the file as UTC text, or null. */
  readonly modified: string | null;
  /** Of a list in a folder of compiled code: the copies of assemblies that ASP.NET made beside it, by file name without ending. */
  readonly shadowCopies: readonly { readonly name: string; readonly place: Place }[];
}

/** A folder of an application whose source files ASP.NET compiles: App_Code, App_GlobalResources. */
export interface CodeFolder {
  readonly name: string;
  /** Windows path of the folder. */
  readonly path: string;
  readonly files: number;
  readonly first: Place;
}

/** Folders below an application that hold code without a line of configuration (Microsoft, ASP.NET Web Project Folder Structure). */
export const CODE_FOLDERS = ['App_Code', 'App_GlobalResources'] as const;

/** Sections of what needs no configuration: an inventory of code that belongs to the application. */
const INVENTORY: ReadonlySet<string> = new Set(['global.asax', 'compiled', ...CODE_FOLDERS]);

/** True for registrations that only list an application's own code; nothing speaks against it by itself. */
const isInventory = (section: string): boolean => INVENTORY.has(section);

/** What lines of preStartInitList.web are called. */
export const PRE_START = 'preStartInitList';

/** True for everything that no configuration registers: rules about configuration entries pass it over. */
export const needsNoEntry = (section: string): boolean => section === PRE_START || isInventory(section);

/** An application with its site. */
export interface Owner { readonly site: Site; readonly application: Application }

export const ownersOf = (server: Server): readonly Owner[] => server.sites.flatMap((site) => site.applications.map((application) => ({ site, application })));

export const scopeOfOwner = ({ site, application }: Owner): string => (application.path === '/' ? `site:${site.name}` : `app:${site.name}${application.path}`);

/** Applications by their folded root folder; several may share one. */
export function byRoot(server: Server): ReadonlyMap<string, readonly Owner[]> {
  const map = new Map<string, Owner[]>();
  for (const owner of ownersOf(server)) {
    const root = foldCase((owner.application.physicalPath.path ?? '').replace(/[\\/]+$/, ''));
    if (root === '') continue;
    const list = map.get(root);
    if (list === undefined) map.set(root, [owner]);
    else list.push(owner);
  }
  return map;
}

const CODEGEN = /^(.*\\TEMPORARY ASP\.NET FILES)\\([^\\]+)\\[0-9A-F]{1,8}\\[0-9A-F]{1,8}\\PRESTARTINITLIST\.WEB$/;
const FRAMEWORK = /\\MICROSOFT\.NET\\FRAMEWORK(64)?\\V(\d\.\d)/;

/**
 * The applications that a folder of compiled code can belong to. ASP.NET names it after the virtual path (`root`, else
 * the path without its first slash, `/` as `_`, lower case; ConstructSimpleAppName in the reference source of
 * System.Web); two numbers below it tell sites apart, and nothing in the evidence says how they were made.
 */
export function ownersOfCodegen(server: Server, path: string): readonly Owner[] {
  const folded = foldCase(path);
  const match = CODEGEN.exec(folded);
  if (match === null) return [];
  const framework = FRAMEWORK.exec(folded);
  return ownersOf(server).filter(({ application }) => {
    const name = application.path === '/' ? 'ROOT' : foldCase(application.path.slice(1).replaceAll('/', '_'));
    if (name !== match[2] || application.clr === '') return false;
    if (framework === null) return true;
    return application.clr === `v${framework[2]}` && application.bitness === (framework[1] === undefined ? 32 : 64);
  });
}

/** A line of a code file as a registration. */
export function registrationOf(file: CodeFile, entry: CodeEntry, scope: string): Registration {
  return {
    ...file.place, line: entry.line, column: entry.column, section: file.section, scope, sha256: file.sha256,
    attributes: entry.attributes.map((a) => ({ name: a.name, value: a.value })),
  };
}

/** Applications with managed code load what belongs to them. */
export function loadingOf(owners: readonly Owner[]): { readonly loadedBy: LoadedBy[]; readonly dormant: string | null } {
  const loadedBy = owners.filter((o) => o.application.clr !== '').map((o): LoadedBy => ({ site: o.site.name, application: o.application.path, pool: o.application.pool }));
  const [first] = owners;
  return { loadedBy, dormant: loadedBy.length > 0 || first === undefined ? null : `pool "${first.application.pool}" runs no managed code` };
}
