import { describe, expect, it } from 'vitest';
import { collectSettings } from '../../../electron/findings/index.ts';
import type { ConfigElement } from '../../../shared/model/index.ts';

let line = 0;
function el(name: string, attributes: Readonly<Record<string, string>> = {}, children: readonly ConfigElement[] = []): ConfigElement {
  line += 1;
  return { name, line, column: 1, endLine: line, attributes: Object.entries(attributes).map(([key, value]) => ({ name: key, value, line, column: 5 })), children };
}
const read = (...children: ConfigElement[]) =>
  collectSettings({ path: null, evidencePath: 'a.config', sha256: 'x', root: el('configuration', {}, children), scope: 'server' }).map((s) => [s.setting, s.value, s.scope, s.known]);
const pools = (...children: ConfigElement[]) => el('system.applicationHost', {}, [el('applicationPools', {}, children)]);

describe('collectSettings', () => {
  it('reads pools: loader, CLR configuration, profiler variables, failure programs', () => {
    expect(read(pools(
      el('add', { name: 'A', managedRuntimeLoader: 'webengine4.dll' }),
      el('add', { name: 'B', managedRuntimeLoader: 'evil.dll', CLRConfigFile: 'C:\\Program Files\\Microsoft\\Exchange Server\\V15\\bin\\X_CLRConfig.config' }, [
        el('environmentVariables', {}, [el('add', { name: 'COR_PROFILER_PATH', value: 'C:\\p.dll' }), el('add', { name: 'ASPNETCORE_ENVIRONMENT', value: 'x' })]),
        el('failure', { orphanActionExe: 'C:\\o.exe' }),
      ]),
      el('applicationPoolDefaults', { managedRuntimeLoader: '' }),
    ))).toEqual([
      ['managedRuntimeLoader', 'evil.dll', 'server', null],
      ['CLRConfigFile', 'C:\\Program Files\\Microsoft\\Exchange Server\\V15\\bin\\X_CLRConfig.config', 'server', 'Exchange Server'],
      ['environment variable COR_PROFILER_PATH', 'C:\\p.dll', 'server', null],
      ['orphanActionExe', 'C:\\o.exe', 'server', null],
    ]);
  });

  it('knows the compression schemes of Windows and of products', () => {
    const scheme = (name: string, dll: string) => el('system.webServer', {}, [el('httpCompression', {}, [el('scheme', { name, dll })])]);
    expect(read(scheme('gzip', '%Windir%\\system32\\inetsrv\\gzip.dll'))).toEqual([]);
    expect(read(scheme('xpress', '%windir%\\system32\\inetsrv\\suscomp.dll'))).toEqual([['dll', '%windir%\\system32\\inetsrv\\suscomp.dll', 'server', 'Windows Server Update Services']]);
    expect(read(el('location', { path: 'Shop' }, [scheme('gzip', 'C:\\x\\gzip.dll')]))).toEqual([['dll', 'C:\\x\\gzip.dll', 'location "Shop"', null]]);
  });

  it('reads logging switches by place', () => {
    const off = el('system.webServer', {}, [el('httpLogging', { dontLog: 'true' })]);
    expect(read(el('location', { path: '.' }, [off]), el('location', { path: 'Shop/x' }, [off]))).toEqual([['dontLog', 'true', 'server', null], ['dontLog', 'true', 'location "Shop/x"', null]]);
    expect(read(el('system.webServer', {}, [el('httpLogging', { dontLog: 'false' })]))).toEqual([]);
    expect(read(el('system.applicationHost', {}, [el('sites', {}, [el('site', { name: 'S' }, [el('logFile', { enabled: 'false' })])])]))).toEqual([['enabled', 'false', 'server', null]]);
  });

  it('says nothing about a file without a root and does not follow endless depth', () => {
    expect(collectSettings({ path: null, evidencePath: '', sha256: '', root: null, scope: 'server' })).toEqual([]);
    let deep = el('add', { name: 'x', managedRuntimeLoader: 'y' });
    for (let i = 0; i < 5000; i++) deep = el('add', {}, [deep]);
    expect(read(pools(deep))).toEqual([]);
  });
});
