import { foldCase } from '../../shared/base/compare.ts';
import type { Application, FileStatus, Server } from '../../shared/model/index.ts';
import { parseTypeName } from '../knowledge/index.ts';
import type { ImageFacts, ImageIndex } from './facts.ts';
import { gacFile, strongName } from './gac.ts';

const answers = new WeakMap<Server, Map<string, Application | null>>();

/** The application that a registration's scope belongs to, or null for the server and for sites that are not known. */
export function applicationOf(server: Server, scope: string): Application | null {
  let known = answers.get(server);
  if (known === undefined) answers.set(server, (known = new Map()));
  let found = known.get(scope);
  if (found === undefined) known.set(scope, (found = findApplication(server, scope)));
  return found;
}

function findApplication(server: Server, scope: string): Application | null {
  const m = /^(?:site|app|dir):(.*)$/s.exec(scope);
  if (m === null) return null;
  const whole = m[1] ?? '';
  for (const site of server.sites) {
    if (whole !== site.name && !whole.startsWith(`${site.name}/`)) continue;
    const path = foldCase(whole.slice(site.name.length) || '/');
    const inside = site.applications.filter((a) => {
      const app = foldCase(a.path);
      return app === '/' || path === app || path.startsWith(`${app}/`);
    });
    return inside.sort((a, b) => b.path.length - a.path.length)[0] ?? null;
  }
  return null;
}

/** The `bin` folder that an application looks into for the types of a scope, or null where that is not known. */
export function binOf(server: Server, scope: string): string | null {
  const root = applicationOf(server, scope)?.physicalPath.path ?? null;
  return root === null ? null : `${root.replace(/[\\/]+$/, '')}\\bin`;
}

const folders = new WeakMap<ImageIndex, ReadonlyMap<string, readonly ImageFacts[]>>();

/** The files by folded folder: every managed registration asks for one `bin`, and there may be thousands of each. */
function byFolder(images: ImageIndex): ReadonlyMap<string, readonly ImageFacts[]> {
  const known = folders.get(images);
  if (known !== undefined) return known;
  const map = new Map<string, ImageFacts[]>();
  for (const facts of images.all) {
    if (facts.place.path === null) continue;
    const path = foldCase(facts.place.path);
    const folder = path.slice(0, path.lastIndexOf('\\'));
    const list = map.get(folder);
    if (list === undefined) map.set(folder, [facts]);
    else list.push(facts);
  }
  folders.set(images, map);
  return map;
}

export interface AssemblyFile { readonly facts: ImageFacts | null; readonly status: FileStatus }

const NONE: AssemblyFile = { facts: null, status: 'none' };

/**
 * The file that holds a managed type: the assembly of that name in the `bin` of the application, or the one file of
 * the evidence that has the type. ASP.NET loads from the global assembly cache too, so a strong name that is not in
 * `bin` is looked for there, and is "absent" only where both were collected.
 */
export function assemblyOf(type: string, scopes: readonly string[], server: Server, images: ImageIndex): AssemblyFile {
  const { type: full, assembly: written, token } = parseTypeName(type);
  // Source code of the application, compiled by ASP.NET: no file of that name exists.
  const assembly = written !== null && /^(?:__code|App_(?:Code|Global.*|SubCode.*))$/i.test(written) ? null : written;
  const holds = (f: ImageFacts): boolean => f.pe?.clr?.httpTypes.some((t) => t.type === full) === true;
  const named = (f: ImageFacts): boolean => assembly !== null && foldCase(f.pe?.clr?.assembly ?? '') === foldCase(assembly);
  const bins = scopes.map((scope) => binOf(server, scope)).filter((bin) => bin !== null);
  let open = false;
  for (const bin of bins) {
    const inBin = byFolder(images).get(foldCase(bin)) ?? [];
    const found = inBin.find(named) ?? inBin.find(holds);
    if (found !== undefined) return { facts: found, status: 'present' };
    if (assembly === null) continue;
    const direct = images.lookup(`${bin}\\${assembly}.dll`, 64);
    // A folder that was not collected says nothing of an assembly that the cache may hold.
    if (token === null || (direct.status !== 'absent' && direct.status !== 'not-collected')) return { facts: direct, status: direct.status };
    if (direct.status === 'not-collected') open = true;
  }
  if (bins.length === 0) {
    const candidates = images.all.filter((f) => named(f) || (assembly === null && holds(f)));
    const only = candidates[0];
    if (only !== undefined && candidates.length === 1) return { facts: only, status: 'present' };
  }
  if (assembly === null) return NONE;
  const strong = strongName(type);
  if (strong === null) return { facts: null, status: 'not-collected' };
  const [application] = scopes.map((scope) => applicationOf(server, scope)).filter((a) => a !== null);
  const cached = gacFile(strong, application?.clr ?? '', application?.bitness ?? 64, images);
  return cached.status === 'absent' && open ? { facts: null, status: 'not-collected' } : cached;
}
