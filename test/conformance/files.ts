import type { ConfigurationFile, ConfigurationFiles } from '../../electron/iis/index.ts';
import { APPLICATION_HOST, configurationFile, serverFiles } from '../unit/iis/support.ts';
import type { ConformanceCase } from './case.ts';

const NET = 'C:\\Windows\\Microsoft.NET';
const SCHEMA_FOLDER = APPLICATION_HOST.replace('applicationHost.config', 'schema');
/** The first has the text of the case; the others are there and define nothing. */
const SCHEMA_FILES = ['IIS_schema.xml', 'ASPNET_schema.xml', 'FX_schema.xml'] as const;
const EMPTY_SCHEMA = '<configSchema />';
/** Short names of files that lie outside the folders of the sites. */
const NAMED: ReadonlyMap<string, string> = new Map([
  ['host', APPLICATION_HOST],
  ['administration', APPLICATION_HOST.replace('applicationHost', 'administration')],
  ['redirection', APPLICATION_HOST.replace('applicationHost', 'redirection')],
  ...(['v4.0.30319', 'v2.0.50727', 'v1.1.4322'] as const).flatMap((version): [string, string][] => {
    const short = version === 'v4.0.30319' ? '' : version.slice(0, 4);
    return [
      [`machine${short}`, `${NET}\\Framework64\\${version}\\Config\\machine.config`], [`root${short}`, `${NET}\\Framework64\\${version}\\Config\\web.config`],
      [`machine32${short}`, `${NET}\\Framework\\${version}\\Config\\machine.config`], [`root32${short}`, `${NET}\\Framework\\${version}\\Config\\web.config`],
    ];
  }),
]);

/** Full Windows path of a file of a case. */
export function pathOf(name: string): string {
  const known = NAMED.get(name);
  if (known !== undefined) return known;
  if (name.startsWith('\\\\')) return name;
  const path = `C:\\${name.replaceAll('/', '\\')}`;
  return /\.(?:config|xml)$/.test(name) ? path : `${path}\\web.config`;
}

/** The files of a case as the engine sees them. */
export function filesOf({ host, files = {}, schema, inForceElsewhere }: Pick<ConformanceCase, 'host' | 'files' | 'schema' | 'inForceElsewhere'>): ConfigurationFiles {
  const texts = Object.fromEntries(Object.entries(files).map(([name, content]) => [pathOf(name), content instanceof Uint8Array ? '' : content]));
  const bytes = new Map<string, ConfigurationFile>();
  for (const [name, content] of Object.entries(files)) {
    if (content instanceof Uint8Array) bytes.set(pathOf(name).toUpperCase(), configurationFile(pathOf(name), content));
  }
  const base = serverFiles(host, texts);
  const schemaFiles = schema === undefined ? [] : [schema, EMPTY_SCHEMA, EMPTY_SCHEMA].map((text, index) => configurationFile(`${SCHEMA_FOLDER}\\${SCHEMA_FILES[index]}`, text));
  return { ...base, at: (path) => bytes.get(path.toUpperCase()) ?? base.at(path), schemaFiles: () => schemaFiles, ...(inForceElsewhere === undefined ? {} : { notInForce: base.place(inForceElsewhere) }) };
}

/** Attributes of the `<section>` lines of an applicationHost.config as installed; null leaves the line out. */
const DECLARED = {
  globalModules: 'allowDefinition="AppHostOnly" overrideModeDefault="Deny"',
  handlers: 'overrideModeDefault="Deny"',
  isapiFilters: 'allowDefinition="MachineToApplication" overrideModeDefault="Deny"',
  modules: 'allowDefinition="MachineToApplication" overrideModeDefault="Deny"',
  fastCgi: 'allowDefinition="AppHostOnly" overrideModeDefault="Deny"',
  staticContent: 'overrideModeDefault="Allow"',
  isapiCgiRestriction: 'allowDefinition="AppHostOnly" overrideModeDefault="Deny"',
} as const;

export interface HostParts {
  readonly declare?: Partial<Record<keyof typeof DECLARED, string | null>>;
  readonly pools?: string;
  readonly sites?: string;
  /** Content of globalModules. */
  readonly globalModules?: string;
  /** More of system.webServer at the root of the file. */
  readonly root?: string;
  /** system.webServer inside `<location path="" overrideMode="Allow">`; null for a minimal install, which has no such tag. */
  readonly unlocked?: string | null;
  /** More of the file, behind everything else: location tags, mostly. */
  readonly more?: string;
}

export const POOL = '<add name="P" managedRuntimeVersion="v4.0" />';
export const CLASSIC = '<add name="P" managedRuntimeVersion="v4.0" managedPipelineMode="Classic" />';
export const application = (path: string, folder: string, pool = 'P', directories = ''): string =>
  `<application path="${path}" applicationPool="${pool}"><virtualDirectory path="/" physicalPath="C:\\${folder}" />${directories}</application>`;
export const site = (content: string, name = 'Main', id = 1): string => `<site name="${name}" id="${id}">${content}</site>`;
/** Site `Main` on C:\www with the application `/app` on C:\app, both in pool `P`: 64-bit, Integrated, v4.0. */
export const SITES = site(application('/', 'www') + application('/app', 'app'));

export const MODULES_AB = '<modules>\n<add name="A" />\n<add name="B" />\n</modules>';
export const HANDLER_H = '<handlers accessPolicy="Read, Script">\n<add name="H" path="h.axd" verb="*" type="T.H" />\n</handlers>';
export const GLOBAL = ['A', 'B', 'IsapiModule', 'CgiModule', 'FastCgiModule', 'IsapiFilterModule'].map((name) => `<add name="${name}" image="%windir%\\System32\\inetsrv\\${name.toLowerCase()}.dll" />`).join('\n');

/** An applicationHost.config as the installer lays it out: modules A and B and handler H, unlocked as with ASP.NET installed. */
export function appHost(parts: HostParts = {}): string {
  const section = (name: keyof typeof DECLARED): string => {
    const attributes = parts.declare?.[name] === undefined ? DECLARED[name] : parts.declare[name];
    return attributes === null ? '' : `<section name="${name}" ${attributes} />\n`;
  };
  const unlocked = parts.unlocked === undefined ? `${MODULES_AB}\n${HANDLER_H}` : parts.unlocked;
  return `<?xml version="1.0" encoding="UTF-8"?>
<configuration>
<configSections>
<sectionGroup name="system.applicationHost">
<section name="applicationPools" allowDefinition="AppHostOnly" overrideModeDefault="Deny" />
<section name="sites" allowDefinition="AppHostOnly" overrideModeDefault="Deny" />
</sectionGroup>
<sectionGroup name="system.webServer">
${section('globalModules')}${section('handlers')}${section('isapiFilters')}${section('modules')}${section('fastCgi')}${section('staticContent')}<sectionGroup name="security">
${section('isapiCgiRestriction')}</sectionGroup>
</sectionGroup>
</configSections>
<system.applicationHost>
<applicationPools>${parts.pools ?? POOL}</applicationPools>
<sites>${parts.sites ?? SITES}</sites>
</system.applicationHost>
<system.webServer>
<globalModules>
${parts.globalModules ?? GLOBAL}
</globalModules>
${parts.root ?? ''}
</system.webServer>
${unlocked === null ? '' : `<location path="" overrideMode="Allow"><system.webServer>\n${unlocked}\n</system.webServer></location>`}
${parts.more ?? ''}
</configuration>`;
}

/** A location tag; its content begins on the tag's second line. */
export const location = (path: string | null, content: string, attributes = ''): string =>
  `<location${path === null ? '' : ` path="${path}"`} ${attributes}><system.webServer>\n${content}\n</system.webServer></location>`;
/** A web.config of system.webServer: its content begins on line 2. */
export const web = (content: string): string => `<configuration><system.webServer>\n${content}\n</system.webServer></configuration>`;
/** A web.config, machine.config or root web.config of anything: content from line 2. */
export const configuration = (content: string): string => `<configuration>\n${content}\n</configuration>`;
/** The same for system.web. */
export const systemWeb = (content: string): string => `<configuration><system.web>\n${content}\n</system.web></configuration>`;
export const modules = (...entries: readonly string[]): string => web(`<modules>\n${entries.join('\n')}\n</modules>`);
export const handlers = (...entries: readonly string[]): string => web(`<handlers>\n${entries.join('\n')}\n</handlers>`);
export const managed = (name: string, more = ''): string => `<add name="${name}" type="T.${name}" ${more}/>`;
export const handler = (name: string, more = ''): string => `<add name="${name}" path="${name}.axd" verb="*" type="T.${name}" ${more}/>`;
