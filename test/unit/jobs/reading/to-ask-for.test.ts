import { describe, expect, it } from 'vitest';
import type { InventoryEntry } from '../../../../electron/evidence/source.ts';
import { findHosts, type Host } from '../../../../electron/jobs/reading/hosts.ts';
import { toAskFor } from '../../../../electron/jobs/reading/to-ask-for.ts';
import type { Missing } from '../../../../shared/model/index.ts';
import { nativeModulePe, pe, TestServer } from '../../../helpers/model.ts';

const entry = (evidencePath: string): InventoryEntry => ({ evidencePath, type: 'file', size: 1, modified: null, created: null, problem: null });

/** A host of which these files were collected. */
function hostWith(...paths: readonly string[]): Host {
  const [host] = findHosts(['C/Windows/System32/inetsrv/config/applicationHost.config', ...paths].map(entry)).hosts;
  if (host === undefined) throw new Error('no host');
  return host;
}

const WEB = ['D/web/shop/web.config', 'D/web/api/web.config'];
const asked = (server: TestServer, host: Host = hostWith(...WEB)): Missing[] => toAskFor(server.server, host, server.join(), server.images);
const told = (missing: readonly Missing[]): string[] => missing.map((m) => `${m.what}: ${m.path ?? ''}`);

describe('evidence to ask for', () => {
  it('is nothing where nothing is unknown', () => {
    expect(told(asked(new TestServer().stock()))).toEqual([]);
  });

  it('names what would decide about an unknown module, once, with the component', () => {
    const missing = asked(new TestServer().stock().globalModule('A', 'C:\\Program Files\\V\\a.dll').module('A').globalModule('B', 'C:\\Program Files\\V\\b.dll').module('B'));
    expect(told(missing)).toEqual([
      'event log: C:\\Windows\\System32\\winevt\\Logs\\Application.evtx',
      'event log: C:\\Windows\\System32\\winevt\\Logs\\Microsoft-IIS-Configuration%4Operational.evtx',
      'configuration history: C:\\inetpub\\history',
      'pool configurations: C:\\inetpub\\temp\\appPools',
    ]);
    for (const { why } of missing) expect(why).toContain('A, B');
  });

  it('does not ask for what is there', () => {
    const server = new TestServer().stock().globalModule('A', 'C:\\Program Files\\V\\a.dll').module('A');
    const host = hostWith(...WEB, 'C/Windows/System32/winevt/Logs/Application.evtx', 'C/Windows/System32/winevt/Logs/Microsoft-IIS-Configuration%4Operational.evtx', 'C/inetpub/history/CFGHISTORY_0000000003/applicationHost.config', 'C/inetpub/temp/appPools/P/P.config');
    expect(told(asked(server, host))).toEqual([]);
  });

  it('asks for the file table where times were lost or do not fit, of that drive', () => {
    const server = new TestServer().stock().globalModule('A', 'E:\\apps\\a.dll').module('A').file('E:\\apps\\a.dll', nativeModulePe());
    expect(told(asked(server))).toContain('file table: E:\\$MFT');
    const fitting = new TestServer().stock().globalModule('A', 'E:\\apps\\a.dll').module('A').file('E:\\apps\\a.dll', nativeModulePe(), '2021-01-01T00:00:00Z');
    expect(told(asked(fitting)).join()).not.toContain('$MFT');
    const early = new TestServer().stock().globalModule('A', 'E:\\apps\\a.dll').module('A').file('E:\\apps\\a.dll', nativeModulePe(), '2019-01-01T00:00:00Z');
    expect(told(asked(early))).toContain('file table: E:\\$MFT');
  });

  it('asks for the journal where a file is gone', () => {
    const server = new TestServer().stock().globalModule('A', 'E:\\apps\\a.dll').module('A').folder('E:\\apps');
    expect(told(asked(server))).toContain('change journal: E:\\$Extend\\$UsnJrnl');
  });

  it('asks for the registry where IIS 7 reads filters from it, or a class id stands for a file', () => {
    const old = new TestServer().stock();
    old.server = { ...old.server, iisVersion: '7.5' };
    expect(told(asked(old))).toEqual(['registry: C:\\Windows\\System32\\config\\SYSTEM']);
    const plug = new TestServer().stock().setting('system.applicationHost/sites', 'customLogPluginClsid', null);
    const [line] = plug.registrations.splice(-1);
    if (line === undefined) throw new Error('no line');
    plug.registrations.push({ ...line, attributes: [{ name: 'customLogPluginClsid', value: '{01234567-89AB-CDEF-0123-456789ABCDEF}' }] });
    const [hive] = asked(plug);
    expect(hive).toMatchObject({ what: 'registry', path: 'C:\\Windows\\System32\\config\\SOFTWARE', why: expect.stringContaining('{01234567-89AB-CDEF-0123-456789ABCDEF}') as string });
  });

  it('names the exact file of a type whose application was not collected, and the application once for each site', () => {
    const server = new TestServer().stock().module('M', { type: 'V.M, V.Web', scope: 'app:Shop/api' });
    expect(told(asked(server, hostWith()))).toEqual(['assembly: D:\\web\\api\\bin\\V.Web.dll', 'application folder: D:\\web\\shop']);
    expect(asked(server, hostWith()).at(-1)?.why).toContain('and 1 more of this site');
  });

  it('asks for the configuration of .NET where a pool in Classic mode reads it', () => {
    const server = new TestServer().stock();
    server.server = { ...server.server, pools: server.server.pools.map((p) => (p.name === 'ApiPool' ? { ...p, pipeline: 'Classic' as const } : p)) };
    expect(told(asked(server))).toEqual([
      'configuration: C:\\Windows\\Microsoft.NET\\Framework\\v4.0.30319\\Config\\web.config',
      'configuration: C:\\Windows\\Microsoft.NET\\Framework\\v4.0.30319\\Config\\machine.config',
    ]);
  });

  it('asks for the environment of the services where a profiler is switched on that nothing names', () => {
    const server = new TestServer().stock().setting('system.applicationHost/applicationPools', 'COR_ENABLE_PROFILING', null).file('C:\\x.dll', pe());
    expect(told(asked(server))).toContain('registry: C:\\Windows\\System32\\config\\SYSTEM');
  });
});
