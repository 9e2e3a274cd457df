import { describe, expect, it } from 'vitest';
import type { LogFacts } from '../../../electron/findings/index.ts';
import { TestServer, ofRule, ref } from '../../helpers/model.ts';

const withCopies = (): TestServer => new TestServer().copy('c1', '2026-02-28T09:16:52Z').copy('c2', '2026-03-02T14:03:40Z').copy('live', '2026-03-03T01:22:47Z').stock();

describe('history', () => {
  it('appeared-in-history: unknown components only', async () => {
    const result = await withCopies().globalModule('Zeta', 'C:\\Program Files\\Z\\z.dll').module('Zeta')
      .globalModule('CorsModule', '%windir%\\System32\\inetsrv\\iiscors.dll').module('CorsModule')
      .change('added', 'native-module', 'globalModules', 'Zeta', 'c1', 'c2').change('added', 'native-module', 'globalModules', 'CorsModule', 'c1', 'c2').evaluate();
    expect(ofRule(result, 'appeared-in-history')).toEqual(['low Zeta']);
    expect(result.components.find((c) => c.name === 'Zeta')?.firstSeen).toMatchObject({ time: '2026-03-02T14:03:40Z', from: 'history-order', order: 2 });
  });

  it('appeared-in-history: tells a component that came from an entry of one that was there', async () => {
    const result = await withCopies().globalModule('Zeta', 'C:\\Program Files\\Z\\z.dll').module('Zeta').change('added', 'module', 'modules', 'Zeta', 'c2', 'live').evaluate();
    const titles = result.findings.filter((f) => f.rule === 'appeared-in-history').map((f) => f.title);
    expect(titles).toEqual(['An entry of native module "Zeta" (C:\\Program Files\\Z\\z.dll) was added between copy c2 and the file in force of the configuration (modules, server)']);
    expect(result.findings.find((f) => f.rule === 'unknown-component')?.supports.join(' ')).not.toContain('It was added');
  });

  it('removed-again: came and went in an open folder is high; a removed product is nothing', async () => {
    const before = 'name="TraceReqModule" image="C:\\Windows\\Temp\\w3tr.dll"';
    const result = await withCopies()
      .change('added', 'native-module', 'globalModules', 'TraceReqModule', 'c1', 'c2', { after: before })
      .change('removed', 'native-module', 'globalModules', 'TraceReqModule', 'c2', 'live', { before })
      .change('removed', 'native-module', 'globalModules', 'CorsModule', 'c2', 'live', { before: 'name="CorsModule" image="%windir%\\System32\\inetsrv\\iiscors.dll"' })
      .change('removed', 'native-module', 'modules', 'TraceReqModule', 'c2', 'live', { before: 'name="TraceReqModule"' }).evaluate();
    expect(ofRule(result, 'removed-again')).toEqual(['high -']);
    expect(result.findings.find((f) => f.rule === 'removed-again')?.title).toContain('TraceReqModule');
  });

  it('removed-again: code that took the place of other code for a while; an update is nothing', async () => {
    const stock = 'image="%windir%\\System32\\inetsrv\\static.dll" name="StaticFileModule"';
    const evil = 'image="C:\\Windows\\Temp\\static.dll" name="StaticFileModule"';
    const swapped = await withCopies()
      .change('changed', 'native-module', 'globalModules', 'StaticFileModule', 'c1', 'c2', { before: stock, after: evil })
      .change('changed', 'native-module', 'globalModules', 'StaticFileModule', 'c2', 'live', { before: evil, after: stock }).evaluate();
    expect(swapped.findings.filter((f) => f.rule === 'removed-again').map((f) => [f.severity, f.title])).toEqual([
      ['high', 'Native module "StaticFileModule" (C:\\Windows\\Temp\\static.dll) was replaced between copy c2 and the file in force of the configuration'],
    ]);
    const updated = await withCopies()
      .change('changed', 'native-module', 'globalModules', 'Zeta', 'c1', 'c2', { before: 'image="C:\\Program Files\\Z\\1\\z.dll" name="Zeta"', after: 'image="C:\\Program Files\\Z\\2\\z.dll" name="Zeta"' }).evaluate();
    expect(ofRule(updated, 'removed-again')).toEqual([]);
  });

  it('an entry of a web.config has the history of its own copies, not that of applicationHost.config', async () => {
    const server = withCopies().module('Mine', { type: 'A.B, A', scope: 'site:Shop', file: 'D/web/shop/web.config' }).change('added', 'module', 'modules', 'Mine', 'c1', 'c2');
    const last = server.changes.pop();
    if (last !== undefined) server.changes.push({ ...last, scope: 'Shop' });
    expect(ofRule(await server.evaluate(), 'appeared-in-history')).toEqual([]);
  });

  it('removed-again: settings that load or admit code, though they stand in no list of components', async () => {
    const pool = 'name="P"';
    const loaded = 'CLRConfigFile="C:\\x.config" managedRuntimeLoader="C:\\Windows\\Temp\\l.dll" name="P"';
    const result = await withCopies()
      .change('changed', 'pool', 'applicationPools', 'P', 'c1', 'c2', { before: pool, after: loaded }).change('changed', 'pool', 'applicationPools', 'P', 'c2', 'live', { before: loaded, after: pool })
      .change('added', 'section', 'security/isapiCgiRestriction', 'isapiCgiRestriction', 'c1', 'c2', { after: 'notListedIsapisAllowed="true"' }).change('removed', 'section', 'security/isapiCgiRestriction', 'isapiCgiRestriction', 'c2', 'live', { before: 'notListedIsapisAllowed="true"' })
      .change('removed', 'environment-variable', 'applicationPools', 'COR_PROFILER', 'c2', 'live', { before: 'name="COR_PROFILER" value="{1}"' })
      .change('added', 'environment-variable', 'applicationPools', 'COLOUR', 'c1', 'c2', { after: 'name="COLOUR" value="red"' }).change('removed', 'environment-variable', 'applicationPools', 'COLOUR', 'c2', 'live', { before: 'name="COLOUR" value="red"' })
      .change('changed', 'other', 'httpCompression', 'gzip', 'c2', 'live', { before: 'dll="%Windir%\\system32\\inetsrv\\gzip.dll" name="gzip"', after: 'dll="C:\\g.dll" name="gzip"' }).evaluate();
    const found = result.findings.filter((f) => f.rule === 'removed-again');
    expect(found.map((f) => `${f.severity} ${f.title.split(' ', 1)[0]} ${f.first.time}`)).toEqual([
      'high managedRuntimeLoader 2026-03-02T14:03:40Z', 'medium CLRConfigFile 2026-03-02T14:03:40Z', 'medium notListedIsapisAllowed 2026-03-02T14:03:40Z', 'low COR_PROFILER 2026-03-02T14:03:40Z',
    ]);
    expect(found[0]?.title).toBe('managedRuntimeLoader "C:\\Windows\\Temp\\l.dll" (applicationPools, P) was removed between copy c2 and the file in force of the configuration');
    expect(found[2]?.title).toMatch(/^notListedIsapisAllowed "true" \(isapiCgiRestriction\) was removed/);
    const still = await withCopies().change('changed', 'pool', 'applicationPools', 'P', 'c1', 'c2', { before: loaded, after: pool }).change('changed', 'pool', 'applicationPools', 'P', 'c2', 'live', { before: pool, after: loaded }).evaluate();
    expect(ofRule(still, 'removed-again')).toEqual([]);
  });

  it('removed-again: an entry that came back is not removed', async () => {
    const result = await withCopies().globalModule('Z', 'C:\\Program Files\\Z\\z.dll').module('Z')
      .change('removed', 'native-module', 'globalModules', 'Z', 'c1', 'c2', { before: 'name="Z" image="C:\\Z\\z.dll"' })
      .change('added', 'native-module', 'globalModules', 'Z', 'c2', 'live').evaluate();
    expect(ofRule(result, 'removed-again')).toEqual([]);
  });

  it('active-not-configured: a pool still runs with what the configuration lost', async () => {
    const server = withCopies();
    const extra = new TestServer().globalModule('Gone', 'C:\\ProgramData\\gone.dll').registrations;
    server.active.push({ pool: 'ShopPool', ref: ref(1, 'C/inetpub/temp/appPools/ShopPool/ShopPool.config'), registrations: [...server.registrations, ...extra] });
    expect(ofRule(await server.evaluate(), 'active-not-configured')).toEqual(['high -']);
    server.active.splice(0, 1, { pool: 'ShopPool', ref: ref(1), registrations: server.registrations });
    expect(ofRule(await server.evaluate(), 'active-not-configured')).toEqual([]);
  });
});

describe('settings', () => {
  const POOLS = 'system.applicationHost/applicationPools';
  const SCHEMES = 'system.webServer/httpCompression';

  it('code-loading-setting: values that nobody known writes', async () => {
    const result = await new TestServer().stock()
      .setting(POOLS, 'managedRuntimeLoader', 'evil.dll').setting(POOLS, 'CLRConfigFile', 'C:\\x.config').setting(POOLS, 'COR_PROFILER_PATH', 'C:\\p.dll').setting(POOLS, 'PATH', 'C:\\p')
      .setting(SCHEMES, 'gzip', 'C:\\x\\gzip.dll', { scope: 'site:Shop' })
      .setting('system.webServer/rewrite/providers', 'P', null, { type: 'A.B, C' }).evaluate();
    expect(ofRule(result, 'code-loading-setting').sort()).toEqual(['high gzip', 'high managedRuntimeLoader', 'low P', 'low PATH', 'medium CLRConfigFile', 'medium COR_PROFILER_PATH']);
  });

  it('code-loading-setting: silent for Windows and for products', async () => {
    const result = await new TestServer().stock()
      .setting(POOLS, 'CLRConfigFile', 'F:\\Program Files\\Microsoft\\Exchange\\bin\\X_CLRConfig.config').setting(POOLS, 'CLRConfigFile', '%IIS_USER_HOME%\\config\\aspnet.config')
      .setting(SCHEMES, 'gzip', '%Windir%\\system32\\inetsrv\\gzip.dll').setting(SCHEMES, 'xpress', '%windir%\\system32\\inetsrv\\suscomp.dll').evaluate();
    expect(ofRule(result, 'code-loading-setting')).toEqual([]);
  });

  it('code-loading-setting: open permissions are low', async () => {
    const server = new TestServer().stock();
    server.settings.push({ group: 'code', setting: 'notListedIsapisAllowed', owner: '', value: 'true', section: 'system.webServer/security/isapiCgiRestriction', scope: 'server', ref: ref(50) });
    expect(ofRule(await server.evaluate(), 'code-loading-setting')).toEqual(['low -']);
  });

  it('logging-switched-off: server and site medium, one path low', async () => {
    const server = new TestServer().stock();
    const off = { group: 'logging' as const, setting: 'dontLog', owner: '', value: 'true', section: 'system.webServer/httpLogging' };
    server.settings.push({ ...off, scope: 'server', ref: ref(60) }, { ...off, scope: 'location "Shop"', ref: ref(61) }, { ...off, scope: 'location "Shop/health"', ref: ref(62) });
    expect(ofRule(await server.evaluate(), 'logging-switched-off')).toEqual(['medium -', 'medium -', 'low -']);
    expect(ofRule(await new TestServer().stock().evaluate(), 'logging-switched-off')).toEqual([]);
  });

  it('logging-switched-off: the configuration history, when it was switched off, and weaker settings', async () => {
    const server = withCopies();
    const section = 'system.applicationHost/configHistory';
    const fact = { group: 'logging' as const, owner: '', section, scope: 'server', ref: ref(40) };
    server.settings.push({ ...fact, setting: 'enabled', value: 'false' }, { ...fact, setting: 'path', value: 'E:\\x' });
    server.change('changed', 'logging', 'x', 'configHistory', 'c2', 'live', { before: 'enabled="true"', after: 'enabled="false"' });
    const [last] = server.changes.splice(-1);
    if (last !== undefined) server.changes.push({ ...last, section });
    const result = await server.evaluate();
    expect(ofRule(result, 'logging-switched-off')).toEqual(['medium -', 'info -']);
    const found = result.findings.find((f) => f.rule === 'logging-switched-off');
    expect(found).toMatchObject({ title: 'configHistory enabled is "false" (server): changes of the configuration leave no copy', first: { time: '2026-03-03T01:22:47Z' } });
    expect(found?.supports).toContain('It came between copy c2 and the file in force.');
  });

  it('logging-switched-off: a site whose log goes to event tracing, and tracing of failed requests that went', async () => {
    const server = withCopies();
    const section = 'system.applicationHost/sites';
    server.settings.push({ group: 'logging', setting: 'logTargetW3C', value: 'ETW', owner: 'site "Shop"', section, scope: 'server', ref: ref(40) });
    const change = (name: string, before: string, after: string): void => {
      server.change('changed', 'logging', 'x', name, 'c1', 'c2', { before, after });
      const [last] = server.changes.splice(-1);
      if (last !== undefined) server.changes.push({ ...last, section, scope: 'Shop' });
    };
    change('logFile', 'logTargetW3C="File,ETW"', 'logTargetW3C="ETW"');
    change('traceFailedRequestsLogging', 'directory="x" enabled="true"', 'directory="x" enabled="false"');
    const { findings } = await server.evaluate();
    expect(findings.filter((f) => f.rule === 'logging-switched-off').map((f) => [f.severity, f.title])).toEqual([
      ['medium', 'logTargetW3C is "ETW" for site "Shop" (server): requests go to event tracing, not to a log file'],
      ['low', 'Failed request tracing was switched off between copy c1 and copy c2 of the configuration (Shop)'],
    ]);
    expect(findings.find((f) => f.severity === 'medium')?.supports).toContain('It came between copy c1 and copy c2.');
  });

  it('logging-switched-off: is dated by the copy in which it went off, with the lines of both changes', async () => {
    const server = new TestServer().copy('c1', '2026-02-28T09:16:52Z').copy('c2', '2026-03-01T14:03:40Z').copy('c3', '2026-03-02T14:03:40Z').copy('live', '2026-03-03T01:22:47Z')
      .change('added', 'logging', 'system.webServer/httpLogging', 'httpLogging', 'c1', 'c2', { after: 'dontLog="true"' })
      .change('removed', 'logging', 'system.webServer/httpLogging', 'httpLogging', 'c3', 'live', { before: 'dontLog="true"' });
    const found = (await server.evaluate()).findings.find((f) => f.rule === 'logging-switched-off');
    expect(found?.first).toMatchObject({ time: '2026-03-01T14:03:40Z', order: 2 });
    expect(found?.supports[0]).toBe('It was switched off between copy c1 and copy c2.');
    expect(found?.title).toContain('off in copy c3');
  });

  it('logging-switched-off: off in one copy, on again later', async () => {
    const server = withCopies().change('changed', 'logging', 'httpLogging', 'dontLog', 'c2', 'live', { before: 'dontLog="true"', after: 'dontLog="false"' });
    expect(ofRule(await server.evaluate(), 'logging-switched-off')).toEqual(['medium -']);
  });
});

describe('requests-near-arrival', () => {
  const logs = (posts: number, path: string | null, reachBack = true): LogFacts => ({
    requestsNear: async ({ to }) => (to < '2026-03-02T14:03' ? { rows: reachBack ? 50 : 0, posts: 0, topPoster: null, ref: null } : { rows: posts, posts, topPoster: posts > 0 ? '203.0.113.66' : null, ref: posts > 0 ? ref(9, 'u_ex.log') : null }),
    firstAnsweredPaths: async ({ from }) => (path === null ? [] : [{ path, site: 'Shop', first: '2026-03-02T14:03:00Z', status: 200, asked: from, rows: 2, posts: 1, ref: ref(10, 'u_ex.log') }]),
  });
  const near = (): TestServer => new TestServer().copy('c1', '2026-03-02T12:00:00Z').copy('c2', '2026-03-02T14:03:40Z').copy('live', '2026-03-03T01:22:47Z').stock();
  const server = (): TestServer => near().globalModule('Zeta', 'C:\\ProgramData\\z.dll').module('Zeta').change('added', 'native-module', 'globalModules', 'Zeta', 'c1', 'c2');

  it('is silent without logs and for quiet ones', async () => {
    expect(ofRule(await server().evaluate(), 'requests-near-arrival')).toEqual([]);
    const quiet = server();
    quiet.logs = logs(0, null);
    expect(ofRule(await quiet.evaluate(), 'requests-near-arrival')).toEqual([]);
  });

  it('does not take the beginning of the logs for new paths, nor the oldest copy for an arrival', async () => {
    const short = server();
    short.logs = logs(0, '/b7.hdr', false);
    expect(ofRule(await short.evaluate(), 'requests-near-arrival')).toEqual([]);
    const always = near().globalModule('Old', 'C:\\ProgramData\\o.dll').module('Old');
    always.logs = logs(12, '/b7.hdr');
    expect(ofRule(await always.evaluate(), 'requests-near-arrival')).toEqual([]);
  });

  it('weighs POST requests before and new paths after', async () => {
    const both = server();
    both.logs = logs(12, '/b7.hdr');
    expect(ofRule(await both.evaluate(), 'requests-near-arrival')).toEqual(['medium Zeta']);
    const one = server();
    one.logs = logs(12, null);
    expect(ofRule(await one.evaluate(), 'requests-near-arrival')).toEqual(['low Zeta']);
  });

  it('is one finding for one moment, says when a path was asked for and when answered, and in which site', async () => {
    const two = server().filter('Odd', 'C:\\ProgramData\\o.dll').change('added', 'isapi-filter', 'isapiFilters', 'Odd', 'c1', 'c2');
    two.logs = logs(12, '/b7.hdr');
    const found = (await two.evaluate()).findings.filter((f) => f.rule === 'requests-near-arrival');
    expect(found.map((f) => f.title)).toEqual(['Requests around 2026-03-02T14:03:40Z, when native module "Zeta" (C:\\ProgramData\\z.dll) and 1 more came']);
    expect(found[0]?.supports).toEqual([
      'The change lies between 2026-03-02T12:00:00Z, when the copy without it was saved, and 2026-03-02T14:03:40Z.',
      'The same moment dates ISAPI filter "Odd" (C:\\ProgramData\\o.dll).',
      '12 POST requests in the 30 minutes before 2026-03-02T14:03:40Z; no address sent more of them than 203.0.113.66.',
      '/b7.hdr (site Shop) was answered for the first time in these logs at 2026-03-02T14:03:00Z, with status 200; it was asked for first at 2026-03-02T12:00:00Z, and not answered below 400 until then (2 rows in all, 1 POST).',
    ]);
  });

  it('ties no request to a change between copies that are months apart', async () => {
    const far = new TestServer().copy('c1', '2025-11-02T12:00:00Z').copy('c2', '2026-03-02T14:03:40Z').stock()
      .globalModule('Zeta', 'C:\\ProgramData\\z.dll').module('Zeta').change('added', 'native-module', 'globalModules', 'Zeta', 'c1', 'c2');
    far.logs = logs(12, '/b7.hdr');
    expect(ofRule(await far.evaluate(), 'requests-near-arrival')).toEqual([]);
  });
});
