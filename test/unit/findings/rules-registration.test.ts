import { describe, expect, it } from 'vitest';
import { TestServer, managedPe, ofRule } from '../../helpers/model.ts';

const CACHE = 'C:\\ProgramData\\Microsoft\\Cache\\cachehttp.dll';
const OWN = { scope: 'site:Shop', file: 'D/web/shop/web.config' };

describe('unknown-component', () => {
  it('says nothing about a stock server', async () => {
    const result = await new TestServer().stock().evaluate();
    expect(result.findings.filter((f) => f.severity !== 'info')).toEqual([]);
    expect(result.components.every((c) => c.origin === 'stock')).toBe(true);
  });

  it('takes a native module in an open folder for high, one below Program Files for medium', async () => {
    const result = await new TestServer().stock()
      .globalModule('TraceReq', 'C:\\ProgramData\\w3tr.dll').module('TraceReq')
      .globalModule('ContosoAudit', 'C:\\Program Files\\Contoso\\auditmod.dll').module('ContosoAudit').evaluate();
    expect(ofRule(result, 'unknown-component')).toEqual(['high TraceReq', 'medium ContosoAudit']);
  });

  it('adds history to an odd place', async () => {
    const server = new TestServer().copy('c1').copy('c2').stock().globalModule('Zeta', 'E:\\apps\\zeta.dll').module('Zeta');
    expect(ofRule(await server.evaluate(), 'unknown-component')).toEqual(['medium Zeta']);
    server.change('added', 'native-module', 'globalModules', 'Zeta', 'c1', 'c2');
    expect(ofRule(await server.evaluate(), 'unknown-component')).toEqual(['high Zeta']);
  });

  it('sees an unknown entry in front of the stock block', async () => {
    const result = await new TestServer().globalModule('First', 'E:\\apps\\first.dll').module('First').stock().evaluate();
    expect(ofRule(result, 'unknown-component')).toEqual(['high First']);
    expect(result.findings.some((f) => f.supports.some((s) => s.includes('before the stock entries')))).toBe(true);
  });

  it('leaves a managed module of an application at info, and lifts it when it poses as .NET or serves the whole server', async () => {
    const result = await new TestServer().stock()
      .module('Correlation', { type: 'Contoso.Api.Correlation, Contoso.Api', preCondition: 'managedHandler', ...OWN })
      .module('Posing', { type: 'System.Web.Extended.PosingModule, Posing', ...OWN })
      .module('Everywhere', { type: 'Vendor.Everywhere, Vendor' }).evaluate();
    expect(ofRule(result, 'unknown-component').sort()).toEqual(['info Correlation', 'medium Everywhere', 'medium Posing']);
  });

  it('knows products by name and image, and not by name alone', async () => {
    const result = await new TestServer().stock()
      .globalModule('RewriteModule', '%SystemRoot%\\system32\\inetsrv\\rewrite.dll').module('RewriteModule')
      .globalModule('AspNetCoreModuleV2', '%ProgramFiles%\\IIS\\Asp.Net Core Module\\V2\\aspnetcorev2.dll').module('AspNetCoreModuleV2')
      .handler('PHP', { image: 'C:\\PHP\\php-cgi.exe|-d host=x' }).evaluate();
    expect(result.findings.filter((f) => f.severity !== 'info')).toEqual([]);
    const fake = await new TestServer().stock().globalModule('RewriteModule', 'C:\\ProgramData\\rewrite.dll').module('RewriteModule').evaluate();
    expect(ofRule(fake, 'unknown-component')).toEqual(['high RewriteModule']);
    expect(ofRule(fake, 'stock-name-other-image')).toEqual(['medium RewriteModule']);
  });
});

describe('names', () => {
  it('stock-name-other-image: the name of a stock module leads to another file', async () => {
    const result = await new TestServer().globalModule('HttpCacheModule', CACHE).module('HttpCacheModule').evaluate();
    expect(ofRule(result, 'stock-name-other-image')).toEqual(['medium HttpCacheModule'])
    expect(ofRule(result, 'unknown-component')).toEqual(['high HttpCacheModule']);
    expect(ofRule(await new TestServer().stock().evaluate(), 'stock-name-other-image')).toEqual([]);
  });

  it('look-alike-name: letters, additions and folders; not for known products', async () => {
    const result = await new TestServer().stock()
      .globalModule('HttpCacheExtModule', CACHE).module('HttpCacheExtModule')
      .globalModule('Q', 'C:\\Windows\\System32\\inetsvr\\q.dll').module('Q').evaluate();
    expect(ofRule(result, 'look-alike-name').sort()).toEqual(['medium HttpCacheExtModule', 'medium Q']);
    const known = await new TestServer().stock().globalModule('AspNetCoreModule', '%windir%\\System32\\inetsrv\\aspnetcore.dll').evaluate();
    expect(ofRule(known, 'look-alike-name')).toEqual([]);
  });

  it('case-only-clone: IIS takes the two as different', async () => {
    const result = await new TestServer().stock().globalModule('httploggingmodule', '%windir%\\System32\\inetsrv\\loghttp2.dll').module('httploggingmodule').evaluate();
    expect(ofRule(result, 'case-only-clone')).toEqual(['medium httploggingmodule'])
    expect(ofRule(result, 'unknown-component')).toEqual(['high httploggingmodule']);
    expect(ofRule(await new TestServer().stock().evaluate(), 'case-only-clone')).toEqual([]);
  });
});

describe('halves of a registration', () => {
  it('enabled-not-global: severity by what the name is', async () => {
    const server = new TestServer().copy('c1').copy('c2').stock().module('Ghost').module('WebDAVModule');
    expect(ofRule(await server.evaluate(), 'enabled-not-global').sort()).toEqual(['info WebDAVModule', 'low Ghost']);
    server.change('removed', 'native-module', 'globalModules', 'Ghost', 'c1', 'c2', { before: 'name="Ghost" image="C:\\x\\g.dll"' });
    expect(ofRule(await server.evaluate(), 'enabled-not-global').sort()).toEqual(['info WebDAVModule', 'medium Ghost']);
    server.complete = false;
    expect(ofRule(await server.evaluate(), 'enabled-not-global')).toEqual([]);
  });

  it('global-not-enabled: unknown only, stock modules may', async () => {
    const result = await new TestServer().stock().globalModule('Silent', 'C:\\Program Files\\V\\s.dll').evaluate();
    expect(ofRule(result, 'global-not-enabled')).toEqual(['low Silent']);
  });

  it('global-not-enabled: what no process loads is not said to be loaded', async () => {
    const server = new TestServer().stock().globalModule('Silent', 'C:\\Program Files\\V\\s.dll');
    const titles = async () => (await server.evaluate()).findings.filter((f) => f.rule === 'global-not-enabled').map((f) => `${f.title} | ${f.supports.at(-1) ?? ''}`);
    expect(await titles()).toEqual([expect.stringContaining('is loaded into worker processes without being on a modules list')]);
    server.loadState = () => ({ loadedBy: [], dormant: 'preCondition classicMode: no pool' });
    expect(await titles()).toEqual([expect.stringMatching(/is registered for loading and on no modules list \| At present no process loads it: preCondition classicMode: no pool\./)]);
  });

  it('enabled-not-global: a globalModules entry without an image switches nothing on', async () => {
    const result = await new TestServer().stock().entry('native-module', 'globalModules', null, null).evaluate();
    expect(ofRule(result, 'enabled-not-global')).toEqual([]);
    expect(result.components.find((c) => c.name === null && c.kind === 'native-module')?.originReason).toBe('(no name) names no image');
  });

  it('image-absent: a file that only 32-bit processes find is told and referred to', async () => {
    const server = new TestServer().stock().folder('C:\\Windows\\System32\\inetsrv').file('C:\\Windows\\SysWOW64\\inetsrv\\e.dll').globalModule('E', '%windir%\\System32\\inetsrv\\e.dll').module('E');
    const [found] = (await server.evaluate()).findings.filter((f) => f.rule === 'image-absent' && f.severity !== 'info');
    expect(found).toMatchObject({ title: expect.stringContaining('its 64-bit file is not in its folder') as string, supports: expect.arrayContaining([expect.stringContaining('SysWOW64\\inetsrv\\e.dll')]) as string[] });
    expect(found?.refs.map((r) => r.evidencePath)).toContain('C/Windows/SysWOW64/inetsrv/e.dll');
  });

  it('managed-runs-for-all: never more than info', async () => {
    const result = await new TestServer().stock().module('A', { type: 'V.A, V', ...OWN }).module('B', { type: 'V.B, V', preCondition: 'managedHandler', ...OWN }).evaluate();
    expect(ofRule(result, 'managed-runs-for-all')).toEqual(['info A']);
  });
});

describe('files', () => {
  it('outside-trusted-folder by who can write there', async () => {
    const result = await new TestServer().stock()
      .globalModule('A', 'C:\\Windows\\Temp\\a.dll').globalModule('B', 'E:\\apps\\b.dll').globalModule('C', 'C:\\Program Files\\V\\c.dll').globalModule('D', '\\\\files\\share\\d.dll')
      .globalModule('E', '%windir%\\System32\\inetsrv\\static.dll:hidden.dll').handler('F', { image: 'E:\\cgi\\f.exe' }).evaluate();
    expect(ofRule(result, 'outside-trusted-folder').sort()).toEqual(['info F', 'medium A', 'medium B', 'medium D', 'medium E']);
  });

  it('image-absent: an accusation only for an unknown file missing from a collected folder', async () => {
    const result = await new TestServer().stock().folder('C:\\Program Files\\V').globalModule('Gone', 'C:\\Program Files\\V\\gone.dll').module('Gone').evaluate();
    expect(ofRule(result, 'image-absent')).toEqual(['medium Gone', 'info -']);
    const info = result.findings.filter((f) => f.rule === 'image-absent' && f.severity === 'info');
    expect(info).toHaveLength(1);
    expect(info[0]?.title).toMatch(/^Not collected: \d+ files that the configuration names$/);
  });

  it('image-absent: counts what was not collected and what is gone apart, and says how many places it shows', async () => {
    const server = new TestServer().stock().folder('C:\\Windows\\System32\\inetsrv');
    for (let i = 0; i < 25; i++) server.globalModule(`M${i}`, `C:\\Program Files\\V${i}\\m.dll`);
    const [found] = (await server.evaluate()).findings.filter((f) => f.rule === 'image-absent');
    expect(found?.title).toBe('Not collected: 27 files that the configuration names; 5 more are not in their collected folders');
    expect(found?.refs).toHaveLength(20);
    expect(found?.supports.slice(2)).toEqual([
      '5 of 32: the folder was collected and the file is not in it. All these entries are those of stock or known components.',
      'The references show the first 20 of 32 places.',
    ]);
  });

  it('image-absent: a managed type whose assembly is not in its collected bin', async () => {
    const server = new TestServer().stock().module('M', { type: 'V.M, V', preCondition: 'managedHandler', ...OWN }).folder('D:\\web\\shop\\bin');
    expect(ofRule(await server.evaluate(), 'image-absent')).toContain('medium M');
    server.file('D:\\web\\shop\\bin\\V.dll', managedPe('V', [['V.M', 'System.Web.IHttpModule']]));
    expect(ofRule(await server.evaluate(), 'image-absent')).not.toContain('medium M');
  });

  it('unregistered-component: role files and managed types are info, native files elsewhere are not', async () => {
    const result = await new TestServer().stock()
      .file('C:\\Windows\\System32\\inetsrv\\webdav.dll').file('C:\\Windows\\System32\\inetsrv\\iisreqx.dll').file('D:\\web\\shop\\x.dll')
      .file('D:\\web\\shop\\bin\\V.dll', managedPe('V', [['V.M', 'System.Web.IHttpModule']])).evaluate();
    expect(ofRule(result, 'unregistered-component').sort()).toEqual(['info V', 'info webdav.dll', 'medium iisreqx.dll', 'medium x.dll']);
  });

  it('unregistered-component: without any configuration nothing can be said against a file', async () => {
    const server = new TestServer().file('E:\\x\\filter_x86_64.dll').file('E:\\x\\loghttp64.dll');
    server.server = { ...server.server, configuration: null };
    const result = await server.evaluate();
    expect(ofRule(result, 'unregistered-component')).toEqual(['info filter_x86_64.dll', 'info loghttp64.dll']);
    expect(result.findings.map((f) => f.severity)).toEqual(['info', 'info', 'info']);
    expect(result.findings.find((f) => f.rule === 'unregistered-component')?.title).toContain('no configuration in the evidence says whether it is');
    expect(result.components.map((c) => [c.dormant, c.originReason])).toEqual(Array.from({ length: 2 }, () => ['no configuration in the evidence says whether it is loaded', 'no role or known product installs it there']));
  });

  it('unregistered-component: covers types, not files, and says what ASP.NET starts by itself', async () => {
    const both = managedPe('V', [['V.H', 'System.Web.IHttpHandler'], ['V.M', 'System.Web.IHttpModule']]);
    const started = { ...both, clr: both.clr === null ? null : { ...both.clr, preApplicationStart: ['V.Start::Run'] } };
    const server = new TestServer().handler('H', { type: 'V.H, V', ...OWN }).file('D:\\web\\shop\\bin\\V.dll', started);
    const result = await server.evaluate();
    expect(ofRule(result, 'unregistered-component')).toEqual(['info V']);
    const found = result.findings.find((f) => f.rule === 'unregistered-component');
    expect(found?.title).toContain('code of it runs at application start');
    expect(found?.supports.slice(0, 2)).toEqual(['Entry points: V.M (System.Web.IHttpModule).', 'ASP.NET calls V.Start::Run when the application starts (PreApplicationStart): it can register modules there without any entry.']);
    server.module('M', { type: 'V.M', ...OWN });
    expect(ofRule(await server.evaluate(), 'unregistered-component')).toEqual([]);
  });

  it('unregistered-component: an assembly in the bin of each application that names its type is covered, elsewhere not', async () => {
    const v = managedPe('V', [['V.M', 'System.Web.IHttpModule']]);
    const server = new TestServer().module('M', { type: 'V.M, V', ...OWN }).module('M', { type: 'V.M, V', scope: 'app:Shop/api' })
      .file('D:\\web\\shop\\bin\\V.dll', v).file('D:\\web\\api\\bin\\V.dll', v);
    expect(ofRule(await server.evaluate(), 'unregistered-component')).toEqual([]);
    server.file('D:\\other\\bin\\V.dll', v);
    expect(ofRule(await server.evaluate(), 'unregistered-component')).toEqual(['info V']);
  });

  it('unregistered-component: a registered file is covered', async () => {
    const result = await new TestServer().file('C:\\Program Files\\V\\v.dll').globalModule('V', '%ProgramFiles%\\V\\v.dll').module('V').evaluate();
    expect(ofRule(result, 'unregistered-component')).toEqual([]);
  });
});
