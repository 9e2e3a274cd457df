import { foldCase } from '../../../shared/base/compare.ts';
import type { EffectiveEntry, Place } from '../../../shared/model/index.ts';
import type { ConfigurationFiles } from '../configuration-files.ts';
import { effectiveFor } from '../effective.ts';
import { folderOf } from '../folders.ts';
import { type ApplicationLayout, applicationOf, layoutOf, type SiteLayout, siteNamed } from '../layout.ts';
import { treesOf } from '../merge/levels.ts';
import { LIST_SECTIONS } from '../merge/rule.ts';
import { sectionRule, sectionState } from '../merge/section-state.ts';
import { metabaseOf } from '../metabase/keys.ts';
import { SERVING_ASSUMED } from './assumed.ts';
import { bodiesAlong } from './bodies-along.ts';
import { decidedFor, decidedPlaces } from './decided.ts';
import { defaultDocuments } from './default-documents.ts';
import { type Detours, detoursOf } from './detours.ts';
import { type FileStatus, type Fit, fitsOf, type Mapping, mappingsOf } from './mappings.ts';
import { type UrlPath, urlPath } from './url.ts';

/** What of the evidence lies at a full Windows path. */
export type LookUp = (path: string) => { readonly status: FileStatus; readonly place: Place };

/** Who would have answered a request, by the configuration. */
export interface Served {
  /** Why nothing can be told, or null; everything else is then as far as it is known. */
  readonly reason: string | null;
  readonly assumptions: readonly string[];
  readonly application: ApplicationLayout | null;
  /** Where the path (up to path info) leads; null without an application. */
  readonly file: (Place & { readonly status: FileStatus }) | null;
  /** Handlers that fit, the first one first; the others stand behind one that passes on or has no file. */
  readonly fits: readonly Fit[];
  /** The part behind the resource, with its slash, or ''. */
  readonly pathInfo: string;
  /** File of the folder that answers in its place, or null. */
  readonly document: string | null;
  /** Modules that see the request, in their order. */
  readonly modules: readonly EffectiveEntry[];
  /** What else may have answered, in sentences. */
  readonly detours: Detours;
}

/** The lists of one decided place, ready for requests. */
interface Scope {
  readonly reason: string | null;
  readonly assumptions: readonly string[];
  readonly mappings: readonly Mapping[];
  readonly forAll: readonly EffectiveEntry[];
  readonly forManaged: readonly EffectiveEntry[];
  readonly documents: readonly string[];
  readonly detours: Detours;
}

const NO_DETOURS: Detours = { any: [], browses: false };

/** Answers for the requests of one site. What a place decides is worked out once; a request then costs microseconds. */
export class UrlSpace {
  readonly #files: ConfigurationFiles;
  readonly #server: string;
  readonly #site: SiteLayout;
  readonly #look: LookUp;
  readonly #places = new Map<ApplicationLayout, ReadonlyMap<string, string>>();
  readonly #scopes = new Map<string, Scope>();

  constructor(files: ConfigurationFiles, server: string, site: SiteLayout, look: LookUp) {
    this.#files = files;
    this.#server = server;
    this.#site = site;
    this.#look = look;
  }

  /** @param path as logged: decoded, without host; a query is left out */
  serve(path: string, verb: string): Served {
    const url = urlPath(path);
    if (url === null) return unknown('The request names no path that a handler could be chosen for.', null);
    const configPath = [this.#site.name, ...url.parts].join('/');
    const application = applicationOf(this.#site, configPath);
    if (application === null) return unknown('No application of the site has this path.', null);
    const scope = this.#scopeOf(application, foldCase(configPath));
    const assumptions = new Set(scope.assumptions);
    const paths = new Paths(this.#look, application, this.#site.name, url, assumptions);
    if (scope.reason !== null) return { ...unknown(scope.reason, application), assumptions: [...assumptions], file: paths.at(url.parts.length - 1) };
    const own = this.#choose(scope, url, verb, paths);
    const file = paths.at(own.at);
    const asFolder = file?.status === 'folder' && own.at === Math.max(0, url.parts.length - 1) && own.fits.some((f) => f.mapping.modules.includes('DefaultDocumentModule'));
    const inner = asFolder ? this.#document(scope, url, verb, file, application, assumptions) : null;
    const fits = inner?.fits ?? own.fits;
    noteFits(fits, url, assumptions, application);
    const managed = fits[0]?.mapping.managed === true;
    const pathInfo = own.at < url.parts.length - 1 ? `/${url.parts.slice(own.at + 1).join('/')}` : '';
    return {
      reason: null, assumptions: [...assumptions], application, file: inner?.file ?? file, fits, pathInfo, document: inner?.name ?? null,
      modules: managed ? scope.forManaged : scope.forAll, detours: scope.detours,
    };
  }

  #choose(scope: Scope, url: UrlPath, verb: string, paths: Paths): { readonly fits: readonly Fit[]; readonly at: number } {
    const fits = fitsOf(scope.mappings, url, verb, (at) => paths.at(at)?.status ?? 'not-collected');
    return { fits, at: fits[0]?.at ?? Math.max(0, url.parts.length - 1) };
  }

  /** The first default document that lies in the folder, and who answers for it. */
  #document(scope: Scope, url: UrlPath, verb: string, folder: Place, application: ApplicationLayout, assumptions: Set<string>): { readonly name: string; readonly file: Place & { readonly status: FileStatus }; readonly fits: readonly Fit[] } | null {
    if (!url.folder) {
      assumptions.add(SERVING_ASSUMED.slash);
      return null;
    }
    for (const name of scope.documents) {
      const inside = urlPath(`/${[...url.parts, name].join('/')}`);
      if (inside === null || folder.path === null) continue;
      const paths = new Paths(this.#look, application, this.#site.name, inside, new Set());
      const file = paths.at(inside.parts.length - 1);
      if (file?.status !== 'present') continue;
      assumptions.add(SERVING_ASSUMED.defaultDocument);
      return { name, file, fits: this.#choose(scope, inside, verb, paths).fits };
    }
    return null;
  }

  #scopeOf(application: ApplicationLayout, folded: string): Scope {
    let places = this.#places.get(application);
    if (!places) this.#places.set(application, (places = decidedPlaces(this.#files, this.#site, application)));
    const at = decidedFor(places, folded);
    let scope = this.#scopes.get(at);
    if (!scope) this.#scopes.set(at, (scope = this.#makeScope(application, at)));
    return scope;
  }

  #makeScope(application: ApplicationLayout, path: string): Scope {
    const files = this.#files;
    const tree = treesOf(files).iis(application.pool);
    const level = tree.at(this.#site, path);
    const { config } = effectiveFor(files, this.#server, this.#site, application, path);
    const { handlers, modules, isapiFilters } = config;
    const reason = [handlers, modules].flatMap((list) => (list.outcome === 'effective' ? [] : [list.reason ?? 'The lists of handlers and modules cannot be told.']))[0] ?? null;
    const working = modules.entries.filter((m) => m.state === 'effective');
    const along = (section: string): ReturnType<typeof bodiesAlong> => bodiesAlong(files, level, section, application);
    const state = sectionState(tree, sectionRule(files, LIST_SECTIONS.handlers), level, application);
    return {
      reason,
      assumptions: [...new Set([...handlers.assumed, ...modules.assumed])],
      mappings: mappingsOf(handlers.entries, state, application.pool),
      forAll: working.filter((m) => m.runsFor !== 'requests for managed handlers'),
      forManaged: working,
      documents: defaultDocuments(along('system.webServer/defaultDocument')),
      detours: detoursOf({
        rules: along('system.webServer/rewrite/rules'), globalRules: along('system.webServer/rewrite/globalRules'), proxy: along('system.webServer/proxy'),
        httpErrors: along('system.webServer/httpErrors'), redirect: along('system.webServer/httpRedirect'), browse: along('system.webServer/directoryBrowse'),
      }, working, isapiFilters.entries),
    };
  }
}

/** Files of one request, looked up once for each part that is asked for. */
class Paths {
  readonly #found = new Map<number, (Place & { readonly status: FileStatus }) | null>();
  readonly #look: LookUp;
  readonly #application: ApplicationLayout;
  readonly #site: string;
  readonly #url: UrlPath;
  readonly #assumptions: Set<string>;

  constructor(look: LookUp, application: ApplicationLayout, site: string, url: UrlPath, assumptions: Set<string>) {
    this.#look = look;
    this.#application = application;
    this.#site = site;
    this.#url = url;
    this.#assumptions = assumptions;
  }

  /** What lies at the path up to part `index`; the application's own folder for none. */
  at(index: number): (Place & { readonly status: FileStatus }) | null {
    const known = this.#found.get(index);
    if (known !== undefined) return known;
    const found = this.#find(this.#url.parts.slice(0, index + 1));
    this.#found.set(index, found);
    return found;
  }

  #find(parts: readonly string[]): (Place & { readonly status: FileStatus }) | null {
    const written = this.#resolve(parts);
    if (written === null || written.status === 'present' || written.status === 'folder') return written;
    const joined = parts.join('/');
    const others: [string, string][] = [];
    if (joined.includes('+')) others.push([joined.replaceAll('+', ' '), SERVING_ASSUMED.plus]);
    if (joined.includes('%')) others.push([decoded(joined), SERVING_ASSUMED.escaped]);
    for (const form of ['NFC', 'NFD'] as const) if (joined.normalize(form) !== joined) others.push([joined.normalize(form), SERVING_ASSUMED.composed]);
    for (const [other, assumption] of others) {
      const found = this.#resolve(other.split('/'));
      if (found === null || (found.status !== 'present' && found.status !== 'folder')) continue;
      this.#assumptions.add(assumption);
      return found;
    }
    return written;
  }

  #resolve(parts: readonly string[]): (Place & { readonly status: FileStatus }) | null {
    // Windows drops blanks and dots at the end of a name.
    const names = parts.map((part) => part.replace(/[. ]+$/, '') || part);
    const folder = folderOf(this.#application, [this.#site, ...names].join('/'));
    if (folder === null) return null;
    // No file can have such a name: IIS refuses the request.
    if (names.some((name) => FORBIDDEN.test(name))) return { path: folder.path, evidencePath: '', status: 'absent' };
    const { status, place } = this.#look(folder.path);
    return { ...place, status };
  }
}

// oxlint-disable-next-line no-control-regex -- names of Windows hold no control characters
const FORBIDDEN = /[<>:"|?*\u0000-\u001f]/;

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function noteFits(fits: readonly Fit[], url: UrlPath, assumptions: Set<string>, { pool }: ApplicationLayout): void {
  const [first] = fits;
  if (first === undefined) return;
  const { mapping } = first;
  if (first.at < url.parts.length - 1) assumptions.add(SERVING_ASSUMED.pathInfo);
  const path = mapping.entry.path ?? '';
  if (path.startsWith('/')) assumptions.add(SERVING_ASSUMED.anchored);
  else if (path.includes('/')) assumptions.add(SERVING_ASSUMED.suffix);
  if (first.absent) assumptions.add(SERVING_ASSUMED.absent);
  if (mapping.pattern.extensionless && mapping.managed) assumptions.add(SERVING_ASSUMED.transfer);
  if (mapping.resource !== 'UNSPECIFIED' && first.status === 'not-collected') assumptions.add(SERVING_ASSUMED.notCollected);
  if (pool.pipeline === 'Classic' && /\\aspnet_isapi\.dll$/i.test(mapping.entry.image ?? '')) assumptions.add(SERVING_ASSUMED.classic);
}

function unknown(reason: string, application: ApplicationLayout | null): Served {
  return { reason, assumptions: [], application, file: null, fits: [], pathInfo: '', document: null, modules: [], detours: NO_DETOURS };
}

/** The requests of one site, or why nothing can be told of them. */
export function urlSpace(files: ConfigurationFiles, server: string, siteName: string, look: LookUp): UrlSpace | { readonly reason: string } {
  if (metabaseOf(files.applicationHost) !== null) return { reason: 'The script maps of IIS 6 are not held against requests.' };
  const site = siteNamed(layoutOf(files), siteName);
  return site === null ? { reason: `The configuration has no site "${siteName}".` } : new UrlSpace(files, server, site, look);
}
