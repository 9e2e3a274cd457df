import type { Component, Finding, Missing, Server } from '../../../shared/model/index.ts';
import { joinComponents, type ImageIndex, type LoadState, type RawRegistration } from '../../components/index.ts';
import { attachFindings, collectSettings, evaluateRules, type ActiveCopy, type LogFacts, type SettingsFile } from '../../findings/index.ts';
import { configurationFilesOf } from '../model/configuration-files-of.ts';
import { loadedBy, readLooseWebConfig, registrations, webConfigsOf, type ConfigurationFile, type RawRegistration as ConfigurationLine } from '../../iis/index.ts';
import type { ServerModel } from '../model/case-model.ts';
import { missingOf } from './missing.ts';

/** What is known of one server once its files are read; logs may still be missing. */
export interface ServerFacts {
  readonly model: ServerModel;
  readonly registrations: readonly RawRegistration[];
  readonly images: ImageIndex;
  readonly components: readonly Component[];
  readonly missing: readonly Missing[];
}

export function serverFacts(model: ServerModel, images: ImageIndex): ServerFacts {
  const lines = registrations(model.files, model.server);
  const loading = loadedBy(model.files, model.server, lines);
  const keys = new Map<RawRegistration, string>();
  const found = lines.map((line) => {
    const registration = toRegistration(line);
    keys.set(registration, line.key);
    return registration;
  });
  const components = joinComponents({
    server: model.server,
    registrations: found,
    loadState: (r) => loadState(loading, keys.get(r)),
    images,
    copies: model.copies.map((c) => c.copy),
    changes: model.changes,
    loose: model.host === null,
  });
  return { model, registrations: found, images, components, missing: missingOf(model.server, model.host, components, images) };
}

/** Runs the rules; `logs` is null until requests can be asked for. */
export async function findingsOf(facts: ServerFacts, logs: LogFacts | null): Promise<{ components: Component[]; findings: Finding[] }> {
  const { server, files, copies, changes, host } = facts.model;
  const documents = settingsFiles(facts);
  const findings = await evaluateRules({
    server,
    components: facts.components,
    registrations: facts.registrations,
    complete: files.applicationHost.document.complete,
    loose: host === null,
    copies: copies.map((c) => c.copy),
    changes,
    settings: documents.flatMap(collectSettings),
    active: activeCopies(facts.model),
    images: facts.images,
    missing: facts.missing,
    logs,
  });
  return { components: attachFindings(facts.components, findings), findings };
}

/** The server's own file and every web.config in force, each with the scope that its place gives it. */
function settingsFiles({ registrations: lines, model: { files } }: ServerFacts): SettingsFile[] {
  const scopes = new Map(lines.map((r) => [r.ref.evidencePath, r.scope]));
  const of = (file: ConfigurationFile, scope: string): SettingsFile => ({ path: file.path, evidencePath: file.evidencePath, sha256: file.sha256, root: file.document.root, scope });
  return [of(files.applicationHost, 'server'), ...webConfigsOf(files).map(({ file, configPath }) => of(file, scopes.get(file.evidencePath) ?? `dir:${configPath}`))];
}

function activeCopies({ poolCopies, server, host }: ServerModel): ActiveCopy[] {
  return poolCopies.flatMap(({ configuration, role }) => {
    const root = configuration.document.root;
    if (root === null || host === null) return [];
    const alone = configurationFilesOf(host.view, new Map(), configuration);
    const ref = { path: configuration.path, evidencePath: configuration.evidencePath, line: root.line, column: root.column, sha256: configuration.sha256 };
    return [{ pool: role.copy ?? '', ref, registrations: registrations(alone, server).map(toRegistration) }];
  });
}

/** Registrations of web.config files that no site of the evidence points at: nothing says where they run. */
export function orphanComponents(server: Server, orphans: readonly ConfigurationFile[], images: ImageIndex): Component[] {
  return joinComponents({
    server,
    registrations: orphans.flatMap((file) => readLooseWebConfig(file, server.id).map(toRegistration)),
    loadState: () => ({ loadedBy: [], dormant: 'no site of the evidence points at this web.config' }),
    images,
    copies: [],
    changes: [],
    loose: true,
  });
}

function toRegistration(line: ConfigurationLine): RawRegistration {
  const { kind, name, image, type, section, scope, attributes, path, evidencePath, line: at, column, sha256 } = line;
  return { kind, name, image, type, section, scope, attributes, ref: { path, evidencePath, line: at, column, sha256 } };
}

function loadState(loading: ReturnType<typeof loadedBy>, key: string | undefined): LoadState {
  if (key === undefined) return { loadedBy: [], dormant: null };
  return { loadedBy: loading.loadedBy.get(key) ?? [], dormant: loading.dormant.get(key) ?? null };
}
