import { describe, expect, it } from 'vitest';
import { originOf } from '../../../electron/components/index.ts';
import { collectSettings } from '../../../electron/findings/index.ts';
import type { ConfigElement } from '../../../shared/model/index.ts';
import { ofRule, ref, TestServer } from '../../helpers/model.ts';

const TYPES = 'system.web/membership';
const one = async (server: TestServer): Promise<string[]> => ofRule(await server.evaluate(), 'code-loading-setting');

describe('code-loading-setting: how severe', () => {
  it.each([
    ['a type of the whole server', TYPES, 'M', null, { type: 'E.M, E' }, 'low'],
    ['a type of an application', TYPES, 'M', null, { type: 'E.M, E', scope: 'site:Shop' }, 'info'],
    ['a type of an application that calls itself part of .NET', TYPES, 'M', null, { type: 'System.Web.Security.Membership2, Evil', scope: 'site:Shop' }, 'low'],
    ['an application domain manager', 'runtime', 'appDomainManagerType', null, { type: 'E.M, E' }, 'medium'],
    ['a program of an application in its own folder', 'system.webServer/aspNetCore', 'processPath', 'D:\\web\\shop\\Shop.exe', { scope: 'site:Shop' }, 'info'],
    ['a program elsewhere', 'system.webServer/aspNetCore', 'processPath', 'C:\\ProgramData\\x.exe', { scope: 'site:Shop' }, 'medium'],
    ['a program of Program Files', 'system.webServer/httpPlatform', 'processPath', 'C:\\Program Files\\Java\\bin\\java.exe', { scope: 'site:Shop' }, 'low'],
    ['a shell', 'system.webServer/aspNetCore', 'processPath', 'powershell.exe', { scope: 'site:Shop' }, 'medium'],
    ['an assembly by address', 'runtime', 'codeBase of X', 'http://h/x.dll', { scope: 'site:Shop' }, 'medium'],
    ['a switch that loads nothing by itself', 'system.applicationHost/applicationPools', 'COR_ENABLE_PROFILING', null, {}, 'low'],
    ['a profiler', 'system.applicationHost/applicationPools', 'COR_PROFILER_PATH', 'C:\\p.dll', {}, 'medium'],
    ['the folder of PHP settings', 'system.webServer/fastCgi', 'PHPRC', null, {}, 'info'],
    ['a compression DLL in a web.config', 'system.webServer/httpCompression', 'br', 'C:\\br.dll', { scope: 'site:Shop' }, 'high'],
  ] as const)('%s: %#', async (_, section, name, image, options, severity) => {
    expect(await one(new TestServer().setting(section, name, image, options))).toEqual([`${severity} ${name}`]);
  });

  it.each([
    ['system.webServer/webdav/globalSettings', 'webdav_simple_prop', '%windir%\\syswow64\\inetsrv\\webdav_simple_prop.dll', {}],
    ['system.applicationHost/listenerAdapters', 'net.tcp', '%windir%\\system32\\inetsrv\\wbhstipm.dll', {}],
    ['system.webServer/aspNetCore', 'processPath', '%LAUNCHER_PATH%', { scope: 'site:Shop' }],
    ['system.webServer/iisnode', 'nodeProcessCommandLine', '%programfiles%\\nodejs\\node.exe', {}],
    ['moduleProviders', 'Rewrite', null, { type: 'Microsoft.Web.Management.Iis.Rewrite.RewriteModuleProvider, Microsoft.Web.Management.Rewrite, Version=7.2.2.1, Culture=neutral, PublicKeyToken=31BF3856AD364E35' }],
    ['system.data', 'Oracle', null, { type: 'Oracle.ManagedDataAccess.Client.OracleClientFactory, Oracle.ManagedDataAccess, Version=4.121.2.0, Culture=neutral, PublicKeyToken=89b483f429c47342' }],
    ['system.web/compilation', 'assemblies', null, { type: '*, Microsoft.Exchange.Security, Version=15.0.0.0, Culture=neutral, publicKeyToken=31bf3856ad364e35' }],
  ] as const)('%s %s is known', async (section, name, image, options) => {
    expect(await one(new TestServer().setting(section, name, image, options))).toEqual([]);
  });

  it('knows monitoring products by the class id of their profiler, and no other class id', () => {
    const profiler = (value: string): string => originOf({ kind: 'other', name: 'COR_PROFILER', image: null, type: null, section: 'system.applicationHost/applicationPools', value }).origin;
    expect(profiler('{71da0a04-7777-4ec6-9643-7d28b46a8a41}')).toBe('known-product');
    expect(profiler('{11111111-1111-1111-1111-111111111111}')).toBe('unknown');
  });
});

describe('origin of stock entries', () => {
  it('keeps the verdict and tells other preconditions', () => {
    const engine = (preCondition: string | null): string => originOf({ kind: 'native-module', name: 'ManagedEngineV4.0_64bit', image: '%windir%\\Microsoft.NET\\Framework64\\v4.0.30319\\webengine4.dll', type: null, preCondition }).reason;
    expect(engine('bitness64,runtimeVersionv4.0, integratedMode')).toBe('name and image are those of the stock module ManagedEngineV4.0_64bit (.NET Extensibility 4.x); content not verified');
    expect(engine('integratedMode,runtimeVersionv4.0')).toContain('the preCondition "integratedMode,runtimeVersionv4.0" where Windows writes "integratedMode,runtimeVersionv4.0,bitness64"');
    expect(engine(null)).toContain('with no preCondition where');
    expect(originOf({ kind: 'native-module', name: 'StaticFileModule', image: '%windir%\\System32\\inetsrv\\static.dll', type: null, preCondition: 'bitness64' })).toMatchObject({ origin: 'stock', reason: expect.stringContaining('where Windows writes none') });
  });
  it('tells the role, and that a version does not have it', () => {
    const socket = (iisVersion: string | null): string => originOf({ kind: 'native-module', name: 'WebSocketModule', image: '%windir%\\System32\\inetsrv\\iiswsock.dll', type: null, iisVersion }).reason;
    expect(socket('10.0')).toBe('name and image are those of the stock module WebSocketModule (WebSocket Protocol); content not verified');
    expect(socket(null)).toBe(socket('10.0'));
    expect(socket('7.5')).toContain('which is part of IIS from 8.0 on (assumed), and this is IIS 7.5');
  });
  it.each([
    ['System.Web.Handlers.TraceHandler', 'stock'], ['System.Web.Handlers.TraceHandler, System.Web', 'stock'], ['System.Web.Handlers.TraceHandler, Evil', 'unknown'],
    ['System.Web.Handlers.TraceHandler, System.Web, Version=4.0.0.0, Culture=neutral, PublicKeyToken=0123456789abcdef', 'unknown'],
  ])('%s: %s', (type, origin) => {
    expect(originOf({ kind: 'managed-handler', name: 'H', image: null, type }).origin).toBe(origin);
  });
});

describe('how an entry was probably written', () => {
  const said = async (server: TestServer): Promise<string> => (await server.evaluate()).findings.filter((f) => f.rule === 'unknown-component').flatMap((f) => f.supports).join(' ');
  it('before, between and behind the stock entries', async () => {
    expect(await said(new TestServer().globalModule('X', 'C:\\Windows\\x.dll', { line: 1 }).stock())).toContain('before the stock entries');
    const between = new TestServer().globalModule('HttpLoggingModule', '%windir%\\System32\\inetsrv\\loghttp.dll', { line: 1 }).globalModule('X', 'C:\\Windows\\x.dll', { line: 2 }).globalModule('StaticFileModule', '%windir%\\System32\\inetsrv\\static.dll', { line: 3 });
    expect(await said(between)).toContain('between stock entries');
    expect(await said(new TestServer().stock().globalModule('X', 'C:\\Windows\\x.dll', { line: 900 }))).not.toMatch(/before the stock|between stock/);
  });
  it('a native modules entry without lockItem, and with it', async () => {
    const server = (lockItem: boolean): TestServer => new TestServer().stock().globalModule('X', 'C:\\Windows\\x.dll', { line: 900 }).module('X', { lockItem });
    expect(await said(server(false))).toContain('has no lockItem');
    expect(await said(server(true))).not.toContain('has no lockItem');
  });
});

describe('what admits code', () => {
  const handlers = (accessPolicy: string): ConfigElement => ({ name: 'handlers', line: 3, column: 1, endLine: 3, children: [], attributes: [{ name: 'accessPolicy', value: accessPolicy, line: 3, column: 9 }] });
  const found = async (accessPolicy: string, scope: string): Promise<string[]> => {
    const server = new TestServer();
    const root: ConfigElement = { name: 'configuration', line: 1, column: 1, endLine: 9, attributes: [], children: [{ name: 'system.webServer', line: 2, column: 1, endLine: 8, attributes: [], children: [handlers(accessPolicy)] }] };
    server.settings.push(...collectSettings({ path: null, evidencePath: ref(1).evidencePath, sha256: 'x', root, scope }));
    return (await server.evaluate()).findings.map((f) => `${f.severity} ${f.title}`);
  };
  it('Execute access makes every DLL of the tree runnable, and the finding names the place', async () => {
    expect(await found('Read, Execute, Script', 'app:Shop/api')).toEqual(['info accessPolicy is "Read, Execute, Script" (app:Shop/api)']);
    expect(await found('Read, Write, Execute', 'dir:Shop/up')).toEqual(['medium accessPolicy is "Read, Write, Execute" (dir:Shop/up)']);
    expect(await found('Read, Script', 'dir:Shop/up')).toEqual([]);
  });
  it('what IIS does not take is told as such', async () => {
    const server = new TestServer();
    const facts = { owner: '', scope: 'app:Shop/api', ref: ref(3), unread: '500.19: locked' };
    server.settings.push({ ...facts, group: 'code', setting: 'accessPolicy', value: 'Write, Execute', section: 'system.webServer/handlers' }, { ...facts, group: 'logging', setting: 'dontLog', value: 'true', section: 'system.webServer/httpLogging' });
    const { findings } = await server.evaluate();
    expect(findings.map((f) => `${f.severity} ${f.title}`).sort()).toEqual(['info accessPolicy is "Write, Execute" (app:Shop/api): IIS does not take it there', 'info dontLog is "true" (app:Shop/api): IIS does not take it there']);
    for (const { supports } of findings) expect(supports).toContain('It has no effect as the files stand: 500.19: locked.');
  });
  it('a stock build provider for files that nobody compiles', async () => {
    const server = new TestServer().setting('system.web/compilation', '.config', null, { type: 'System.Web.Compilation.PageBuildProvider', scope: 'dir:Shop/up' });
    const [last] = server.registrations.splice(-1);
    if (last !== undefined) server.registrations.push({ ...last, attributes: [...last.attributes, { name: 'extension', value: '.config' }] });
    expect(ofRule(await server.evaluate(), 'stock-name-other-image')).toEqual(['medium .config']);
  });
});
