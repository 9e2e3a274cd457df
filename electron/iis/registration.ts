import { foldCase } from '../../shared/base/compare.ts';
import type { Bitness, ComponentKind, ConfigAttribute, ConfigElement, Registration } from '../../shared/model/index.ts';
import type { ConfigurationFile } from './configuration-files.ts';
import type { ServerLayout } from './layout.ts';
import { type ConfigPath, joinWindows, windowsFolder } from './paths.ts';
import { sourceKey } from './refs.ts';
import { shownAttributes } from './secret.ts';

/** Who reads a file other than applicationHost.config: those below its folder, those of one .NET version and bitness, the pools (folded names) that name it, or another program. */
export type FileReader =
  | { readonly kind: 'folder' }
  | { readonly kind: 'runtime'; readonly clr: string; readonly bitness: Bitness }
  | { readonly kind: 'pools'; readonly pools: ReadonlySet<string> }
  | { readonly kind: 'management' };

/** One line of configuration that names code, before it is joined to files and to other lines of the same component. */
export interface RawRegistration extends Registration {
  /** Names the source, `evidencePath:line:column` of the element, or of its attribute where one element has several; `loadedBy` is asked with it. */
  readonly key: string;
  readonly server: string;
  readonly kind: ComponentKind;
  readonly name: string | null;
  /** As written, without FastCGI arguments. */
  readonly image: string | null;
  readonly type: string | null;
  readonly preCondition: string | null;
  /** Of a handler: the URLs that it answers. (`path` is the file in which the line stands.) */
  readonly urlPath: string | null;
  readonly verb: string | null;
  /** Configuration path that the line applies to: '' for the server; null when no site points at the file. */
  readonly configPath: ConfigPath | null;
  /** Folded name of the application pool for a pool's own setting, else null. */
  readonly pool: string | null;
  /** Who reads the file, where it is not every worker process. */
  readonly reader?: FileReader | undefined;
  /** True when it stands in a location tag with inheritInChildApplications="false". */
  readonly ownApplicationOnly?: boolean | undefined;
}

/** What a reader of one section finds; where it stands is added by the walk. */
export interface FoundCode {
  readonly kind: ComponentKind;
  readonly element: ConfigElement;
  readonly name: string | null;
  readonly image?: string | null;
  readonly type?: string | null;
  readonly pool?: string | null;
  /** The attribute that names the code, where one element has several: each is then loaded, or not, for itself. */
  readonly attribute?: ConfigAttribute | null;
  /** Configuration path below the section's own that the entry is for: the site of a site's own setting. */
  readonly at?: ConfigPath;
  /** True when the image may be relative to the folder of the application: it is then given in full. */
  readonly besideFile?: boolean;
}

export interface RegistrationSite {
  readonly server: string;
  readonly file: ConfigurationFile;
  readonly section: string;
  readonly scope: string;
  readonly configPath: ConfigPath | null;
  readonly reader?: FileReader | undefined;
  readonly ownApplicationOnly?: boolean | undefined;
}

/** The line as proof and for joining. Its attributes are those of the element, secrets masked. */
export function asRegistration(found: FoundCode, where: RegistrationSite): RawRegistration {
  const { element } = found;
  const value = (name: string): string | null => element.attributes.find((a) => a.name === name)?.value ?? null;
  // Field by field: a hostile file has a hundred thousand of them, and spreading is slow.
  const { path, evidencePath } = where.file;
  const { line, column } = element;
  const isHandler = where.section === 'system.webServer/handlers' || where.section === 'system.web/httpHandlers';
  return {
    path,
    evidencePath,
    line,
    column,
    key: sourceKey({ evidencePath, line: found.attribute?.line ?? line, column: found.attribute?.column ?? column }),
    section: where.section,
    scope: where.scope,
    sha256: where.file.sha256,
    attributes: shownAttributes(element),
    server: where.server,
    kind: found.kind,
    name: found.name,
    image: found.image === undefined || found.image === null ? null : found.besideFile === true ? fullImage(found.image, where.file) : found.image,
    type: found.type ?? null,
    preCondition: value('preCondition'),
    urlPath: isHandler ? value('path') : null,
    verb: isHandler ? value('verb') : null,
    configPath: where.configPath,
    pool: found.pool ?? null,
    reader: where.reader,
    ownApplicationOnly: where.ownApplicationOnly,
  };
}

/** `.\\app.exe` in full; a bare name may lie on the search path instead and stays as it is. */
function fullImage(image: string, file: ConfigurationFile): string {
  if (file.path === null || !/[\\/]/.test(image) || /^(?:[A-Za-z]:|[\\/%]|[a-z]+:\/\/)/i.test(image)) return image;
  return joinWindows(windowsFolder(file.path), image.replace(/^(?:\.[\\/])+/, ''));
}

const scopes = new WeakMap<ServerLayout, ReadonlyMap<string, string>>();

/** Scopes of sites and applications by folded path; every line asks. Of two with one path the first counts. */
function scopesOf(layout: ServerLayout): ReadonlyMap<string, string> {
  const known = scopes.get(layout);
  if (known) return known;
  const index = new Map<string, string>();
  const add = (path: ConfigPath, scope: string): void => void (index.has(foldCase(path)) || index.set(foldCase(path), scope));
  for (const site of layout.sites) add(site.name, `site:${site.name}`);
  for (const application of layout.sites.flatMap((site) => site.applications)) if (application.path !== '/') add(application.configPath, `app:${application.configPath}`);
  scopes.set(layout, index);
  return index;
}

/** `server`, `site:NAME`, `app:NAME/PATH` or `dir:NAME/PATH` for a configuration path. */
export function scopeOf(layout: ServerLayout, path: ConfigPath): string {
  if (path === '') return 'server';
  return scopesOf(layout).get(foldCase(path)) ?? (path.includes('/') ? `dir:${path}` : `site:${path}`);
}
