import { foldCase } from '../../../shared/base/compare.ts';
import type { Component, ComponentLooks, Finding, Missing, Place, Server } from '../../../shared/model/index.ts';
import { applicationCode, type CatalogCount, type CatalogIndex, type CodeFile, joinComponents, loadStates, NO_CATALOGS, type ImageIndex } from '../../components/index.ts';
import { attachFindings, collectSettings, judge, collectLooks, type ActiveCopy, type LogFacts, type RuleFacts, type SettingFact, type SettingsFile, type TracedModule } from '../../findings/index.ts';
import { configurationFilesOf } from '../model/configuration-files-of.ts';
import { logFolders, METABASE_SECTIONS, metabaseOf, openRestrictions, loadedBy, readLooseWebConfig, redirectionOf, refOf, registrations, schemaOf, sectionFate, webConfigsOf, type ConfigurationFile, type RawRegistration } from '../../iis/index.ts';
import type { BareServer, ServerModel } from '../model/case-model.ts';
import type { ServerHistory } from '../model/server-history.ts';
import { codeFilesOf, codeFoldersOf } from './code-files.ts';
import { missingOf } from './missing.ts';

/** What is known of one server once its files are read; logs may still be missing. */
export interface ServerFacts {
  readonly server: Server;
  /** Null where no applicationHost.config says what runs. */
  readonly model: ServerModel | null;
  /** What copies tell, also where the file in force is not in the evidence. */
  readonly history: ServerHistory | null;
  readonly loose: boolean;
  readonly registrations: readonly RawRegistration[];
  readonly images: ImageIndex;
  readonly components: readonly Component[];
  readonly missing: readonly Missing[];
  readonly settings: readonly SettingFact[];
  /** Catalogs that say something of this server's files. */
  readonly catalogs: CatalogCount;
  /** Modules that traces of requests name and no list has. */
  readonly traced?: readonly TracedModule[];
}

export function serverFacts(model: ServerModel, images: ImageIndex, codeFiles: readonly CodeFile[] = [], index: CatalogIndex = NO_CATALOGS): ServerFacts {
  const catalogs = catalogsOf(index, model.server);
  const found = registrations(model.files, model.server);
  const registered = joinComponents({
    server: model.server,
    registrations: found,
    loadState: loadStates(loadedBy(model.files, model.server, found)),
    images,
    copies: model.copies.map((c) => c.copy),
    changes: model.changes,
    loose: model.host === null,
  });
  const { host } = model;
  const brought = host === null ? [] : applicationCode({ server: model.server, files: codeFilesOf(host, codeFiles), folders: codeFoldersOf(host, model.server), images });
  const components = [...registered, ...brought];
  return {
    server: model.server,
    model,
    history: model,
    loose: model.host === null,
    registrations: found,
    images,
    components,
    catalogs,
    missing: missingOf(model.server, model.host, components, images, model.files.notInForce ?? null, catalogs, logFolders(model.files).filter((f) => f.writes === 'ftp-log')),
    settings: [...settingsFiles(found, model).flatMap(collectSettings), ...metabaseSettings(model)],
  };
}

/** Those of the server itself, and loose ones, which may be its own too. */
function catalogsOf(index: CatalogIndex, server: Server): CatalogCount {
  const own = index.count(server.id);
  const loose = index.count(null);
  return { read: own.read + loose.read, unread: own.unread + loose.unread };
}

/** What a metabase lets run without naming it. */
function metabaseSettings({ files }: ServerModel): SettingFact[] {
  const metabase = metabaseOf(files.applicationHost);
  if (metabase === null) return [];
  const { path, evidencePath, sha256 } = metabase;
  return openRestrictions(metabase).map((entry) => ({
    group: 'code', setting: 'WebSvcExtRestrictionList', owner: '', value: `1,${entry.path}`, section: METABASE_SECTIONS.restrictions, scope: 'server',
    ref: { path, evidencePath, line: entry.line, column: entry.column, sha256 },
  }));
}

/** What the rules say of one server; `looks` gives what they saw of its components, of stock ones without a finding only where `all` is asked for. */
interface FoundIn { readonly components: Component[]; readonly findings: Finding[]; readonly looks: (all: boolean) => ComponentLooks[] }

/** Runs the rules; `logs` is null until requests can be asked for, `questions` are there when all of them can. */
export async function findingsOf(facts: ServerFacts, logs: LogFacts | null, questions: Pick<RuleFacts, 'handled' | 'hidden' | 'unserved'> = {}): Promise<FoundIn> {
  const { model } = facts;
  const asked: RuleFacts = {
    server: facts.server,
    components: facts.components,
    registrations: facts.registrations,
    complete: model?.files.applicationHost.document.complete ?? false,
    loose: facts.loose,
    copies: facts.history?.copies.map((c) => c.copy) ?? [],
    changes: facts.history?.changes ?? [],
    poolChanges: facts.history?.poolChanges ?? [],
    settings: facts.settings,
    active: model === null ? [] : activeCopies(model),
    ...(model === null ? {} : { schema: schemaOf(model.files), ...redirectionFacts(model), ...hostFacts(model) }),
    images: facts.images,
    missing: facts.missing,
    catalogs: facts.catalogs,
    ...questions,
    ...(facts.traced === undefined ? {} : { traced: facts.traced }),
    logs,
  };
  const verdict = await judge(asked);
  const { findings } = verdict;
  return { components: attachFindings(facts.components, findings), findings, looks: (all) => collectLooks(asked, verdict, all) };
}

/** Configuration redirection, where it is on, and whether the file that it leads to was read. */
function redirectionFacts({ files }: ServerModel): Pick<RuleFacts, 'redirection'> {
  const found = redirectionOf(files);
  return found === null ? {} : { redirection: { folder: found.folder, read: (files.notInForce ?? null) === null, ref: refOf(found.file, found.element) } };
}

/** What rules may ask of the files of the host beside those that were read. The component store is listed when the first rule asks. */
function hostFacts({ host }: ServerModel): Pick<RuleFacts, 'resolve' | 'stored'> {
  if (host === null) return {};
  const { view } = host;
  let store: ReadonlyMap<string, Place> | null = null;
  const key = (name: string, size: number): string => `${foldCase(name)}\u0000${size}`;
  return {
    resolve: (path) => {
      const found = view.resolve(path, 64);
      return { status: found.status, place: { path: found.path ?? view.expand(path, 64), evidencePath: found.entry?.evidencePath ?? '' } };
    },
    stored: (name, size) => {
      store ??= new Map(view.below('%windir%\\WinSxS').filter((e) => e.type === 'file').map((e) => [key(e.evidencePath.slice(e.evidencePath.lastIndexOf('/') + 1), e.size), { path: view.windowsPath(e.evidencePath), evidencePath: e.evidencePath }]));
      return store.get(key(name, size)) ?? null;
    },
  };
}

/** The server's own file and every web.config in force, each with the scope that its place gives it. */
function settingsFiles(lines: readonly RawRegistration[], { files }: ServerModel): SettingsFile[] {
  const scopes = new Map(lines.map((r) => [r.evidencePath, r.scope]));
  return [settingsFile(files.applicationHost, 'server'), ...webConfigsOf(files).map(({ file, configPath }): SettingsFile => ({
    ...settingsFile(file, scopes.get(file.evidencePath) ?? `dir:${configPath}`),
    fate: (section, location) => sectionFate(files, { evidencePath: file.evidencePath, configPath, location, section }),
  }))];
}

function settingsFile(file: ConfigurationFile, scope: string): SettingsFile {
  return { path: file.path, evidencePath: file.evidencePath, sha256: file.sha256, root: file.document.root, scope };
}

function activeCopies({ poolCopies, server, host, copies }: ServerModel): ActiveCopy[] {
  const equals = new Map(copies.map(({ copy }) => [copy.evidencePath, copy.equals]));
  return poolCopies.flatMap(({ configuration, role }) => {
    const root = configuration.document.root;
    if (root === null || host === null) return [];
    const alone = configurationFilesOf(host.view, new Map(), configuration);
    const ref = { path: configuration.path, evidencePath: configuration.evidencePath, line: root.line, column: root.column, sha256: configuration.sha256 };
    return [{ pool: role.copy ?? '', equals: equals.get(configuration.evidencePath), ref, registrations: registrations(alone, server) }];
  });
}

/** Files without the applicationHost.config that says where they apply: what they name is listed, nothing says that it runs. */
export function bareFacts({ server, host, files, history }: BareServer, images: ImageIndex, index: CatalogIndex = NO_CATALOGS): ServerFacts {
  const found = files.flatMap((file) => readLooseWebConfig(file, server.id));
  const components = joinComponents({
    server,
    registrations: found,
    loadState: () => ({ loadedBy: [], dormant: 'no site of the evidence points at this file' }),
    images,
    copies: [],
    changes: [],
    loose: true,
  });
  const missing: Missing[] = host === null ? [] : [{
    path: host.view.expand('%windir%\\System32\\inetsrv\\config\\applicationHost.config', 64), evidencePath: '', what: 'configuration',
    why: 'applicationHost.config was not collected: nothing says which components run', server: server.id,
  }];
  return { server, model: null, history, loose: true, registrations: found, images, components, missing, catalogs: catalogsOf(index, server), settings: files.map((f) => settingsFile(f, 'unassigned')).flatMap(collectSettings) };
}
