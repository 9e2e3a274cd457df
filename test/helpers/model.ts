import type { CatalogCount, ImageFacts, ImageIndex, LoadState, RawRegistration } from '../../electron/components/index.ts';
import { joinComponents } from '../../electron/components/index.ts';
import { attachFindings, evaluateRules, type ActiveCopy, type LogFacts, type RuleFacts, type SettingFact } from '../../electron/findings/index.ts';
import { foldCase } from '../../shared/base/compare.ts';
import { ClrFacts, PeFacts } from '../../shared/model/index.ts';
import type { Authenticode, Component, ComponentKind, ConfigChange, ConfigCopy, FileStatus, Finding, Server } from '../../shared/model/index.ts';

export const HOST_CONFIG = 'C/Windows/System32/inetsrv/config/applicationHost.config';
export const SHA = 'a'.repeat(64);

export const ref = (line: number, evidencePath: string = HOST_CONFIG) => ({ path: null, evidencePath, line, column: 5, sha256: SHA });

/** A PE with nothing in it but what the test names. */
export function pe(part: Partial<PeFacts> = {}): PeFacts {
  return PeFacts.parse({
    machine: 'x64', isDll: true, timestamp: { value: 1, time: '2020-01-01T00:00:00Z', offset: 0 }, imphash: null, richHash: null, exports: [], imports: [],
    delayImports: [], sections: [], pdb: [], versionInfo: {}, clr: null, entryPoints: [], kinds: [], certificateTable: null, anomalies: [], ...part,
  });
}

export const nativeModulePe = (): PeFacts => pe({ entryPoints: ['RegisterModule'], kinds: ['native-module'] });

export function managedPe(assembly: string, types: ReadonlyArray<readonly [string, string]>, part: Partial<PeFacts> = {}): PeFacts {
  return pe({
    kinds: types.some(([, i]) => i.endsWith('IHttpModule')) ? ['managed-module'] : ['managed-handler'],
    clr: ClrFacts.parse({
      assembly, version: '1.0.0.0', mvid: '0', publicKeyToken: null, runtime: 'v4.0.30319', references: [], events: [], preApplicationStart: [], mixedMode: false,
      httpTypes: types.map(([type, implemented]) => ({ type, implements: [implemented] })),
    }),
    ...part,
  });
}

const SITES: Server['sites'] = [
  {
    name: 'Shop', id: 1, bindings: ['http *:80:'], logDirectory: { path: null, evidencePath: '' }, logFormat: 'W3C', logEnabled: true, source: ref(400),
    applications: [
      { path: '/', pool: 'ShopPool', pipeline: 'Integrated', clr: 'v4.0', bitness: 64, physicalPath: { path: 'D:\\web\\shop', evidencePath: 'D/web/shop' }, virtualDirectories: [], source: ref(401) },
      { path: '/api', pool: 'ApiPool', pipeline: 'Integrated', clr: 'v4.0', bitness: 32, physicalPath: { path: 'D:\\web\\api', evidencePath: 'D/web/api' }, virtualDirectories: [], source: ref(405) },
    ],
  },
];

/** Expands what tests write; enough for `%windir%`, `%SystemRoot%` and `%ProgramFiles%`. */
const expand = (path: string): string => path.replace(/%(?:windir|SystemRoot)%/i, 'C:\\Windows').replace(/%ProgramFiles%/i, 'C:\\Program Files');

interface EntryOptions {
  readonly scope?: string; readonly type?: string; readonly preCondition?: string; readonly lockItem?: boolean; readonly line?: number; readonly file?: string; readonly urlPath?: string;
}

/** A synthetic server, built up in a few lines and then evaluated. */
export class TestServer {
  readonly registrations: RawRegistration[] = [];
  readonly changes: ConfigChange[] = [];
  readonly copies: ConfigCopy[] = [];
  readonly settings: SettingFact[] = [];
  readonly active: ActiveCopy[] = [];
  readonly collected = new Set<string>();
  readonly files = new Map<string, ImageFacts>();
  server: Server = { id: 's1', name: 'WEB01', iisVersion: '10.0', sites: SITES, pools: [{ name: 'ShopPool', pipeline: 'Integrated', clr: 'v4.0', bitness: 64, identity: null, source: ref(380) }, { name: 'ApiPool', pipeline: 'Integrated', clr: 'v4.0', bitness: 32, identity: null, source: ref(381) }], configuration: ref(1), redirected: false };
  logs: LogFacts | null = null;
  catalogs: CatalogCount = { read: 0, unread: 0 };
  loose = false;
  complete = true;
  #line = 100;

  entry(kind: ComponentKind, section: string, name: string | null, image: string | null, options: EntryOptions = {}, imageAttribute = 'image'): this {
    this.#line = options.line ?? this.#line + 1;
    const written: ReadonlyArray<readonly [string, string | null | undefined]> = [
      ['name', name], [imageAttribute, image], ['type', options.type], ['preCondition', options.preCondition], ['lockItem', options.lockItem === true ? 'true' : null], ['path', options.urlPath],
    ];
    const { file = HOST_CONFIG, scope = 'server' } = options;
    this.registrations.push({
      kind, name, image, type: options.type ?? null, section: `system.webServer/${section}`, scope, path: null, evidencePath: file, line: this.#line, column: 5, sha256: SHA,
      key: `${file}:${this.#line}:5`, server: this.server.id, preCondition: options.preCondition ?? null, verb: null, urlPath: null, configPath: scope.slice(scope.indexOf(':') + 1), pool: null,
      attributes: written.flatMap(([key, value]) => (value === null || value === undefined ? [] : [{ name: key, value }])),
    });
    return this;
  }

  globalModule(name: string, image: string, options: EntryOptions = {}): this {
    return this.entry('native-module', 'globalModules', name, image, options);
  }

  /** The `<modules>` half; with a type it is a managed module. */
  module(name: string, options: EntryOptions = {}): this {
    return this.entry(options.type === undefined ? 'native-module' : 'managed-module', 'modules', name, null, options);
  }

  filter(name: string, image: string, options: EntryOptions = {}): this {
    return this.entry('isapi-filter', 'isapiFilters', name, image, options, 'path');
  }

  handler(name: string, options: EntryOptions & { readonly image?: string } = {}): this {
    const kind = options.type !== undefined ? 'managed-handler' : options.image === undefined ? 'other' : /\.exe(?:\||$)/.test(options.image) ? 'cgi' : 'isapi-extension';
    return this.entry(kind, 'handlers', name, options.image ?? null, options, 'scriptProcessor');
  }

  restriction(image: string, options: EntryOptions = {}): this {
    return this.entry('isapi-extension', 'security/isapiCgiRestriction', null, image, options, 'path');
  }

  /** A setting that names code; `section` is the whole path. */
  setting(section: string, name: string, image: string | null, options: EntryOptions = {}): this {
    this.entry('other', section, name, image, options);
    const last = this.registrations.pop();
    if (last !== undefined) this.registrations.push({ ...last, section });
    return this;
  }

  /** A small but real stock configuration. */
  stock(): this {
    for (const [name, file] of [['HttpLoggingModule', 'loghttp.dll'], ['UriCacheModule', 'cachuri.dll'], ['HttpCacheModule', 'cachhttp.dll'], ['StaticFileModule', 'static.dll'], ['RequestFilteringModule', 'modrqflt.dll']] as const) {
      this.globalModule(name, `%windir%\\System32\\inetsrv\\${file}`);
      if (name !== 'UriCacheModule') this.module(name, { lockItem: true });
    }
    this.module('Session', { type: 'System.Web.SessionState.SessionStateModule', preCondition: 'managedHandler' });
    this.handler('PageHandlerFactory-Integrated-4.0', { type: 'System.Web.UI.PageHandlerFactory' });
    this.handler('svc-ISAPI-4.0_64bit', { image: '%windir%\\Microsoft.NET\\Framework64\\v4.0.30319\\aspnet_isapi.dll' });
    return this.filter('ASP.Net_4.0_64bit', '%windir%\\Microsoft.NET\\Framework64\\v4.0.30319\\aspnet_filter.dll');
  }

  /** A file of the evidence. */
  file(path: string, facts: PeFacts | null = nativeModulePe(), modified: string | null = null, authenticode: Authenticode | null = null): this {
    const evidencePath = path.replace(':', '').replaceAll('\\', '/');
    this.files.set(foldCase(path), { status: 'present', place: { path, evidencePath }, file: { path, evidencePath, sha256: 'b'.repeat(64), size: 4096 }, pe: facts, modified, authenticode });
    return this.folder(path.slice(0, path.lastIndexOf('\\')));
  }

  /** A folder that was collected, so that what is not in it is absent. */
  folder(path: string): this {
    this.collected.add(foldCase(path));
    return this;
  }

  copy(id: string, time: string | null = null): this {
    const order = this.copies.length + 1;
    this.copies.push({ id, series: 'history', of: null, server: this.server.id, order, moment: { time, from: 'history-order', fidelity: time === null ? 'order-only' : 'mtime-only', order }, sha256: SHA, path: null, evidencePath: `C/inetpub/history/${id}/applicationHost.config` });
    return this;
  }

  change(what: ConfigChange['what'], kind: string, section: string, name: string, from: string, to: string, entry: { readonly before?: string; readonly after?: string } = {}): this {
    this.changes.push({ what, kind, section: `system.webServer/${section}`, scope: 'server', name, before: entry.before ?? null, after: entry.after ?? null, from, to, refs: [ref(200, `C/inetpub/history/${to}/applicationHost.config`)] });
    return this;
  }

  get images(): ImageIndex {
    return {
      lookup: (written, bitness) => {
        const path = bitness === 32 ? expand(written).replace(/\\System32\\/i, '\\SysWOW64\\') : expand(written);
        const found = this.files.get(foldCase(path));
        if (found !== undefined) return found;
        const folder = foldCase(path.slice(0, path.lastIndexOf('\\')));
        const status: FileStatus = this.collected.has(folder) ? 'absent' : 'not-collected';
        return { status, place: { path, evidencePath: path.replace(':', '').replaceAll('\\', '/') }, file: null, pe: null, modified: null };
      },
      all: [...this.files.values()],
    };
  }

  loadState(r: RawRegistration): LoadState {
    const users = this.server.sites.flatMap((s) => s.applications.map((a) => ({ site: s.name, application: a.path, pool: a.pool })));
    if (r.scope === 'server') return { loadedBy: users, dormant: null };
    const own = users.filter((u) => r.scope === (u.application === '/' ? `site:${u.site}` : `app:${u.site}${u.application}`));
    return { loadedBy: own, dormant: own.length === 0 ? 'no application reads this file' : null };
  }

  join(): Component[] {
    const { server, registrations, images, copies, changes, loose } = this;
    return joinComponents({ server, registrations, loadState: (r) => this.loadState(r), images, copies, changes, loose });
  }

  facts(): RuleFacts {
    const { server, registrations, complete, loose, copies, changes, settings, active, images, logs, catalogs } = this;
    return { server, components: this.join(), registrations, complete, loose, copies, changes, settings, active, images, missing: [], logs, catalogs };
  }

  async evaluate(): Promise<{ readonly components: Component[]; readonly findings: Finding[] }> {
    const facts = this.facts();
    const findings = await evaluateRules(facts);
    return { components: attachFindings(facts.components, findings), findings };
  }
}

const MICROSOFT = 'CN=Microsoft Windows, O=Microsoft Corporation, L=Redmond, S=Washington, C=US';

/** A verdict in a few words; signed ones are Microsoft's unless the test names a signer. */
export function verdict(status: Authenticode['status'], part: { readonly signer?: string; readonly anchor?: string | null; readonly catalog?: string; readonly reasons?: readonly string[] } = {}): Authenticode {
  const signed = status !== 'unsigned' && status !== 'malformed' && status !== 'not-checked';
  const { signer = MICROSOFT, anchor = status === 'valid' || status === 'catalog' ? 'Microsoft Root Certificate Authority 2010' : null, catalog = status === 'catalog' ? 'C/Windows/System32/CatRoot/{X}/a.cat' : null, reasons = [] } = part;
  return {
    status, reasons: [...reasons], signers: signed ? [{ subject: signer, issuer: 'CN=Issuer', thumbprint: 'c'.repeat(40), pinnedCa: anchor }] : [],
    digestAlgorithm: signed ? 'sha256' : null, digestMatches: signed ? status !== 'tampered' : null, timestamp: null, nested: 0, catalog,
  };
}

/** Findings of one rule, as `severity name`. */
export function ofRule(result: { readonly components: readonly Component[]; readonly findings: readonly Finding[] }, rule: string): string[] {
  const names = new Map(result.components.map((c) => [c.id, c.name ?? c.image ?? '']));
  return result.findings.filter((f) => f.rule === rule).map((f) => `${f.severity} ${f.component === null ? '-' : (names.get(f.component) ?? '?')}`);
}
