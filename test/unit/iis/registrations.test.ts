import { describe, expect, test } from 'vitest';
import { loadedBy, readLooseWebConfig, readServer, registrations, type RawRegistration } from '../../../electron/iis/index.ts';
import { configurationFile, host, POOL, serverFiles, serverOf, SITE, webConfig } from './support.ts';

const brief = (all: readonly RawRegistration[]): string[] => all.map((r) => `${r.scope} ${r.kind} ${r.name ?? '-'} ${r.image ?? r.type ?? '-'}`);

describe('registrations', () => {
  test('every kind of handler, and the arguments of FastCGI are no part of the image', () => {
    const handlers = `<handlers><add name="M" path="*" verb="*" type="T.H, A" />
      <add name="I" path="*.i" verb="*" modules="IsapiModule" scriptProcessor="i.dll" />
      <add name="D" path="*.dll" verb="*" modules="IsapiModule" />
      <add name="F" path="*.php" verb="*" modules="FastCgiModule" scriptProcessor="C:\\php\\php-cgi.exe|-d host=x" />
      <add name="S" path="*" verb="*" modules="StaticFileModule,DefaultDocumentModule" /></handlers>`;
    expect(brief(readLooseWebConfig(configurationFile('C:\\x\\web.config', webConfig(handlers))))).toEqual([
      'unassigned managed-handler M T.H, A', 'unassigned isapi-extension I i.dll', 'unassigned isapi-extension D -', 'unassigned cgi F C:\\php\\php-cgi.exe',
    ]);
  });

  test('scopes, and one registration for a file that two applications share', () => {
    const sites = `<site name="Main" id="1"><application path="/" applicationPool="P"><virtualDirectory path="/" physicalPath="C:\\www" /></application>
      <application path="/two" applicationPool="P"><virtualDirectory path="/" physicalPath="C:\\WWW" /></application>
      <application path="/app" applicationPool="P"><virtualDirectory path="/" physicalPath="C:\\www\\app" /></application></site>`;
    const module = webConfig('<modules><add name="M" type="T" /></modules>');
    const handler = webConfig('<handlers><add name="H" path="*" verb="*" type="T" /></handlers>');
    const files = serverFiles(host({ sites, locations: '<location path="Main/app"><system.webServer><modules><add name="L" type="T" /></modules></system.webServer></location>' }), {
      'C:\\www\\web.config': module, 'C:\\www\\app\\web.config': module, 'C:\\www\\app\\sub\\web.config': handler,
    });
    const found = registrations(files, serverOf(files)).filter((r) => r.type !== null);
    expect(brief(found)).toEqual(['app:Main/app managed-module L T', 'site:Main managed-module M T', 'app:Main/app managed-module M T', 'dir:Main/app/sub managed-handler H T']);
  });

  test('settings that load code', () => {
    const pools = `<add name="P" managedRuntimeLoader="evil.dll" CLRConfigFile="C:\\c.config"><environmentVariables><add name="COR_PROFILER_PATH" value="p.dll" /><add name="HARMLESS" value="x" /></environmentVariables><failure orphanActionExe="o.exe" /></add>`;
    const locked = '<httpCompression><scheme name="gzip" dll="%Windir%\\system32\\inetsrv\\gzip.dll" /></httpCompression>';
    const files = serverFiles(host({ pools, locked, globalModules: '' }));
    const found = registrations(files, serverOf(files)).filter((r) => r.kind === 'other');
    expect(found.map((r) => `${r.name} ${r.image}`)).toEqual(['managedRuntimeLoader evil.dll', 'CLRConfigFile C:\\c.config', 'COR_PROFILER_PATH p.dll', 'orphanActionExe o.exe', 'gzip %Windir%\\system32\\inetsrv\\gzip.dll']);
    const loading = loadedBy(files, serverOf(files), found);
    expect(found.map((r) => loading.loadedBy.get(r.key)?.length)).toEqual([2, 2, 2, 2, 2]);
  });
});

describe('who loads what', () => {
  test('by pool, and why not', () => {
    const sites = `${SITE}<site name="Old" id="2"><application path="/" applicationPool="Q"><virtualDirectory path="/" physicalPath="C:\\old" /></application></site>`;
    const globalModules = '<add name="A" image="a.dll" preCondition="bitness32" /><add name="N" image="n.dll" preCondition="runtimeVersionv9.9" />';
    const files = serverFiles(host({ sites, globalModules, pools: `${POOL}<add name="Q" enable32BitAppOnWin64="TRUE" />`, unlocked: '<modules><add name="A" /><add name="Gone" /></modules>' }), {
      'C:\\app\\web.config': webConfig('<modules><remove name="Gone" /><add name="M" type="T" /></modules>'),
    });
    const server = serverOf(files);
    const all = registrations(files, server);
    const loading = loadedBy(files, server, all);
    const of = (name: string, section: string): RawRegistration => {
      const found = all.find((r) => r.name === name && r.section.endsWith(section));
      if (!found) throw new Error(name);
      return found;
    };
    expect(loading.loadedBy.get(of('A', 'globalModules').key)).toEqual([{ site: 'Old', application: '/', pool: 'Q' }]);
    expect(loading.loadedBy.get(of('M', '/modules').key)).toEqual([{ site: 'Main', application: '/app', pool: 'P' }]);
    expect(loading.dormant.get(of('N', 'globalModules').key)).toMatch(/runtimeVersionv9\.9/);
    expect(loading.dormant.get(of('Gone', '/modules').key)).toMatch(/not in globalModules/);
    expect(loading.dormant.has(of('A', 'globalModules').key)).toBe(false);
  });

  test('a handler of a sub-folder belongs to the application above it', () => {
    const files = serverFiles(host(), { 'C:\\www\\up\\web.config': webConfig('<handlers><add name="H" path="*" verb="*" type="T" /></handlers>') });
    const all = registrations(files, serverOf(files));
    const key = all.find((r) => r.name === 'H')?.key ?? '';
    expect(loadedBy(files, serverOf(files), all).loadedBy.get(key)).toEqual([{ site: 'Main', application: '/', pool: 'P' }]);
  });

  test('a line that was removed below says where', () => {
    const files = serverFiles(host({ sites: SITE.replace(/<application path="\/app"[^]*?<\/application>/, '') }), { 'C:\\www\\web.config': webConfig('<modules>\n<remove name="A" /></modules>') });
    const all = registrations(files, serverOf(files));
    const key = all.find((r) => r.name === 'A' && r.section.endsWith('/modules'))?.key ?? '';
    expect(loadedBy(files, serverOf(files), all).dormant.get(key)).toBe('removed at C:\\www\\web.config line 2');
  });
});

describe('server model', () => {
  test('defaults of pools, sites and logs', () => {
    const pools = '<add name="P" /><add name="C" managedPipelineMode="Classic" /><applicationPoolDefaults managedRuntimeVersion="v4.0" enable32BitAppOnWin64="true"><processModel identityType="NetworkService" /></applicationPoolDefaults>';
    const sites = `<site name="S" id="7"><application path="/"><virtualDirectory path="/" physicalPath="%SystemDrive%\\x" /></application><bindings><binding protocol="http" bindingInformation="*:80:a" /></bindings></site>
      <siteDefaults><logFile directory="D:\\logs" logFormat="NCSA" enabled="false" /></siteDefaults><applicationDefaults applicationPool="C" />`;
    const { server } = readServer(serverFiles(host({ pools, sites })), 'srv', 'WEB01');
    expect(server.pools.map((p) => [p.name, p.pipeline, p.clr, p.bitness, p.identity])).toEqual([['P', 'Integrated', 'v4.0', 32, 'NetworkService'], ['C', 'Classic', 'v4.0', 32, 'NetworkService']]);
    expect(server.sites[0]).toMatchObject({ name: 'S', id: 7, bindings: ['http *:80:a'], logDirectory: { path: 'D:\\logs\\W3SVC7' }, logFormat: 'NCSA', logEnabled: false });
    expect(server.sites[0]?.applications[0]).toMatchObject({ path: '/', pool: 'C', pipeline: 'Classic', physicalPath: { path: 'C:\\x' } });
  });
  test('names from evidence that are names of object members', () => {
    const sites = '<site name="__proto__" id="1"><application path="/constructor" applicationPool="toString"><virtualDirectory path="/" physicalPath="C:\\x" /></application></site>';
    const { server, problems } = readServer(serverFiles(host({ sites, pools: '<add name="__proto__" />' })), 'srv', null);
    expect(server.sites[0]).toMatchObject({ name: '__proto__', applications: [{ path: '/constructor', pool: 'toString' }] });
    expect(problems).toHaveLength(2);
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
  });
});
