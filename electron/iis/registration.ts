import { foldCase } from '../../shared/base/compare.ts';
import type { ComponentKind, ConfigElement, Registration } from '../../shared/model/index.ts';
import type { ConfigurationFile } from './configuration-files.ts';
import type { ServerLayout } from './layout.ts';
import type { ConfigPath } from './paths.ts';
import { placeOf, sourceKey } from './refs.ts';

/** One line of configuration that names code, before it is joined to files and to other lines of the same component. */
export interface RawRegistration extends Registration {
  /** Names the source line: `evidencePath:line:column`; `loadedBy` is asked with it. */
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
}

/** What a reader of one section finds; where it stands is added by the walk. */
export interface FoundCode {
  readonly kind: ComponentKind;
  readonly element: ConfigElement;
  readonly name: string | null;
  readonly image?: string | null;
  readonly type?: string | null;
  readonly pool?: string | null;
}

export interface RegistrationSite {
  readonly server: string;
  readonly file: ConfigurationFile;
  readonly section: string;
  readonly scope: string;
  readonly configPath: ConfigPath | null;
}

export function asRegistration(found: FoundCode, where: RegistrationSite): RawRegistration {
  const { element } = found;
  const value = (name: string): string | null => element.attributes.find((a) => a.name === name)?.value ?? null;
  const place = placeOf(where.file);
  const position = { line: element.line, column: element.column };
  const isHandler = /\/(?:handlers|httpHandlers)$/.test(where.section);
  return {
    ...place,
    ...position,
    key: sourceKey({ ...place, ...position }),
    section: where.section,
    scope: where.scope,
    sha256: where.file.sha256,
    attributes: element.attributes.map((a) => ({ name: a.name, value: a.value })),
    server: where.server,
    kind: found.kind,
    name: found.name,
    image: found.image ?? null,
    type: found.type ?? null,
    preCondition: value('preCondition'),
    urlPath: isHandler ? value('path') : null,
    verb: isHandler ? value('verb') : null,
    configPath: where.configPath,
    pool: found.pool ?? null,
  };
}

/** `server`, `site:NAME`, `app:NAME/PATH` or `dir:NAME/PATH` for a configuration path. */
export function scopeOf(layout: ServerLayout, path: ConfigPath): string {
  if (path === '') return 'server';
  const folded = foldCase(path);
  for (const site of layout.sites) {
    if (foldCase(site.name) === folded) return `site:${site.name}`;
    for (const application of site.applications) {
      if (application.path !== '/' && foldCase(application.configPath) === folded) return `app:${application.configPath}`;
    }
  }
  return path.includes('/') ? `dir:${path}` : `site:${path}`;
}
