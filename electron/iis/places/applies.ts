import { foldCase } from '../../../shared/base/compare.ts';
import { attributeValue, childNamed, type ConfigElement } from '../../../shared/model/index.ts';
import type { ConfigurationFiles } from '../configuration-files.ts';
import { type ApplicationLayout, inheritedValue, layoutOf, type ServerLayout, type SiteLayout, siteNamed } from '../layout.ts';
import type { RawRegistration } from '../registration.ts';
import { reachedBy, type Reached } from './reach.ts';
import { HOST_CONFIG } from './server-wide.ts';
import { isTrue } from '../sections.ts';

/** The applications in which the line of a setting (kind `other`, or a process of fastCgi) takes effect. */
export function applicationsOf(line: RawRegistration, layout: ServerLayout): readonly Reached[] {
  if (line.configPath === null || outOfPlace(line) !== null) return [];
  return reachedBy(line, line.configPath, layout).filter(({ site, application }) => settingApplies(line, layout, site, application));
}

/** Why a section is not read from the file in which it stands, or null. */
function outOfPlace({ reader, section }: RawRegistration): string | null {
  if (reader?.kind === 'folder' && /^system\.(?:applicationHost|ftpServer)\//.test(section)) return 'the section may stand in applicationHost.config only (500.19)';
  if ((reader?.kind === 'runtime' || reader?.kind === 'pools') && /^system\.(?:webServer|applicationHost|ftpServer)\//.test(section)) return 'IIS reads its own sections from applicationHost.config on, not from the files of .NET';
  return null;
}

/**
 * Whether a line takes effect in an application that its path reaches: the application runs in its pool and has the
 * .NET version that reads its file, and what the setting needs besides is switched on.
 */
function settingApplies(line: RawRegistration, layout: ServerLayout, site: SiteLayout, application: ApplicationLayout): boolean {
  const { pool } = application;
  if (line.pool !== null && foldCase(pool.name) !== line.pool) return false;
  if (line.reader?.kind === 'management' || (line.reader?.kind === 'runtime' && (line.reader.clr !== pool.clr || line.reader.bitness !== pool.bitness))) return false;
  if (line.reader?.kind === 'pools' && !line.reader.pools.has(foldCase(pool.name))) return false;
  if (isManagedSetting(line) && pool.clr === '') return false;
  if (isHostConfig(line) && pool.clrConfigFile !== null && foldCase(pool.clrConfigFile) !== foldCase(line.path ?? '')) return false;
  return switchedOn(line, layout, site, application);
}

/** Aspnet.config, which the CLRConfigFile of a pool replaces, its own or that of all pools. */
function isHostConfig(line: RawRegistration): boolean {
  return line.reader?.kind === 'runtime' && line.path !== null && foldCase(line.path).endsWith(`\\${foldCase(HOST_CONFIG)}`);
}

/** Sections of the .NET Framework, which no process without managed code reads. */
function isManagedSetting(line: RawRegistration): boolean {
  return !/^(?:system\.(?:webServer|applicationHost|ftpServer)\/|configProtectedData$)/.test(line.section);
}

/** What some settings need besides their line. Names as in IIS_schema.xml. */
function switchedOn(line: RawRegistration, layout: ServerLayout, site: SiteLayout, application: ApplicationLayout): boolean {
  switch (line.section) {
    case 'system.applicationHost/applicationPools':
      if (line.name === 'CLRConfigFile' && application.pool.clr === '' && !application.pool.clrByDefault) return false;
      return line.pool !== null || !poolOverrides(application.pool.element, line.name ?? '');
    case 'system.applicationHost/sites':
      return logsThrough(line, layout, site);
    case 'system.applicationHost/serviceAutoStartProviders':
      return autoStarts(line.name ?? '', application.element, [childNamed(site.element, 'applicationDefaults'), layout.applicationDefaults]);
    case 'system.webServer/tracing/traceFailedRequests':
      return customActions(layout, site) === null;
    case 'system.ftpServer/providerDefinitions':
      return false;
    default:
      return true;
  }
}

/** A pool's own attribute, or its own variable of that name (set or removed), replaces what applicationPoolDefaults says. */
function poolOverrides(pool: ConfigElement | null, name: string): boolean {
  if (pool === null) return false;
  if (attributeValue(pool, name) !== undefined) return true;
  const failure = childNamed(pool, 'failure');
  if (failure && attributeValue(failure, name) !== undefined) return true;
  const variables = childNamed(pool, 'environmentVariables')?.children ?? [];
  return variables.some((variable) => foldCase(attributeValue(variable, 'name') ?? '') === foldCase(name));
}

const child = (element: ConfigElement | null, name: string): ConfigElement | undefined => (element ? childNamed(element, name) : undefined);

/** A custom log plug-in is loaded only for logFormat="Custom"; a site's own class id goes before that of the defaults. */
function logsThrough(line: RawRegistration, layout: ServerLayout, site: SiteLayout): boolean {
  const [own, defaults] = [child(site.element, 'logFile'), child(layout.siteDefaults, 'logFile')];
  if (!/^(?:custom|3)$/i.test(inheritedValue('logFormat', own, defaults) ?? '')) return false;
  return line.configPath !== '' || (own ? attributeValue(own, 'customLogPluginClsid') : undefined) === undefined;
}

function autoStarts(provider: string, application: ConfigElement, defaults: readonly (ConfigElement | null | undefined)[]): boolean {
  return isTrue(inheritedValue('serviceAutoStartEnabled', application, ...defaults)) && inheritedValue('serviceAutoStartProvider', application, ...defaults) === provider;
}

/** Why a site runs no custom action of failed-request tracing, or null when it does. */
function customActions(layout: ServerLayout, site: SiteLayout): string | null {
  const tracing = [child(site.element, 'traceFailedRequestsLogging'), child(layout.siteDefaults, 'traceFailedRequestsLogging')];
  if (!isTrue(inheritedValue('customActionsEnabled', ...tracing))) return `traceFailedRequestsLogging@customActionsEnabled of site "${site.name}" is not true`;
  return isTrue(inheritedValue('enabled', ...tracing)) ? null : `failed-request tracing of site "${site.name}" is not enabled`;
}

/** Why the line of a setting takes effect in no application, where that has a reason of its own; null otherwise. */
export function settingDormant(line: RawRegistration, layout: ServerLayout): string | null {
  if (line.reader?.kind === 'management') return 'no worker process reads administration.config: IIS Manager (inetmgr.exe) and the Web Management Service (wmsvc.exe) do';
  if (line.section === 'system.ftpServer/providerDefinitions') return 'no worker process loads it: the FTP service does';
  const misplaced = outOfPlace(line);
  if (misplaced !== null) return misplaced;
  if (line.configPath === null) return null;
  const { reader } = line;
  if (line.kind !== 'other' && reader?.kind !== 'runtime') return null;
  const sites = line.configPath === '' ? layout.sites : [siteNamed(layout, line.configPath.split('/', 1)[0] ?? '')].filter((site) => site !== null);
  const pools = sites.flatMap((site) => site.applications.map((application) => application.pool));
  if (pools.length === 0) return null;
  if (reader?.kind === 'runtime' && !pools.some((pool) => pool.clr === reader.clr && pool.bitness === reader.bitness)) {
    return `only ${reader.bitness}-bit pools of .NET ${reader.clr} read this file, and no application runs in one`;
  }
  if (reader?.kind === 'pools' && !pools.some((pool) => reader.pools.has(foldCase(pool.name)))) return 'no application runs in a pool that names this file as its CLRConfigFile';
  if (line.kind !== 'other') return null;
  if (isHostConfig(line)) return 'every pool that would read Aspnet.config has a CLRConfigFile instead';
  const readers = reader?.kind === 'pools' ? pools.filter((pool) => reader.pools.has(foldCase(pool.name))) : pools;
  if (isManagedSetting(line) && readers.every((pool) => pool.clr === '')) return 'no application that reads it runs managed code';
  switch (line.section) {
    case 'system.applicationHost/sites':
      return 'no site that it is for has logFormat="Custom"';
    case 'system.applicationHost/serviceAutoStartProviders':
      return `no application has serviceAutoStartEnabled="true" and serviceAutoStartProvider="${line.name ?? ''}"`;
    case 'system.webServer/tracing/traceFailedRequests':
      return sites.map((site) => customActions(layout, site)).find((reason) => reason !== null) ?? null;
    case 'system.applicationHost/applicationPools':
      if (line.pool === null && pools.every((pool) => poolOverrides(pool.element, line.name ?? ''))) return 'every pool with an application sets its own value';
      return line.name === 'CLRConfigFile' && pools.some((pool) => line.pool === null || foldCase(pool.name) === line.pool) ? 'the pools that it is for run no managed code, so nothing reads the file' : null;
    default:
      return null;
  }
}

/**
 * What becomes of the line of a setting in one application: in effect, in effect in others only, or nowhere with the
 * reason. Null for lines of the lists, which the lists answer for.
 */
export function settingState(files: ConfigurationFiles, line: RawRegistration, site: string, application: string): { readonly state: 'effective' | 'dormant' | 'elsewhere'; readonly why: string | null } | null {
  if (line.kind !== 'other') return null;
  const layout = layoutOf(files);
  const where = applicationsOf(line, layout);
  if (where.some((one) => one.site.name === site && one.application.path === application)) return { state: 'effective', why: null };
  const why = where.length === 0 ? settingDormant(line, layout) : null;
  return why === null ? { state: 'elsewhere', why: `it stands at ${line.scope}, where this application does not read it` } : { state: 'dormant', why };
}
