import { describe, expect, it } from 'vitest';
import { collectSettings } from '../../../electron/findings/index.ts';
import type { ConfigElement } from '../../../shared/model/index.ts';

let line = 0;
function el(name: string, attributes: Readonly<Record<string, string>> = {}, children: readonly ConfigElement[] = []): ConfigElement {
  line += 1;
  return { name, line, column: 1, endLine: line, attributes: Object.entries(attributes).map(([key, value]) => ({ name: key, value, line, column: 5 })), children };
}
const read = (...children: ConfigElement[]) =>
  collectSettings({ path: null, evidencePath: 'a.config', sha256: 'x', root: el('configuration', {}, children), scope: 'server' }).map((s) => [s.setting, s.value, s.scope]);

describe('collectSettings', () => {
  it('reads permissions that admit any file', () => {
    expect(read(el('system.webServer', {}, [
      el('security', {}, [el('isapiCgiRestriction', { notListedIsapisAllowed: 'true', notListedCgisAllowed: 'false' })]),
      el('handlers', { accessPolicy: 'Read, Script, Execute, Write' }),
    ]))).toEqual([['notListedIsapisAllowed', 'true', 'server'], ['accessPolicy', 'Read, Script, Execute, Write', 'server']]);
    expect(read(el('system.webServer', {}, [el('handlers', { accessPolicy: 'Read, Script' })]))).toEqual([]);
  });

  it('reads logging switches by place', () => {
    const off = el('system.webServer', {}, [el('httpLogging', { dontLog: 'true' })]);
    expect(read(el('location', { path: '.' }, [off]), el('location', { path: 'Shop/x' }, [off]))).toEqual([['dontLog', 'true', 'server'], ['dontLog', 'true', 'location "Shop/x"']]);
    expect(read(el('system.webServer', {}, [el('httpLogging', { dontLog: 'false' })]))).toEqual([]);
    expect(read(el('system.applicationHost', {}, [el('sites', {}, [el('site', { name: 'S' }, [el('logFile', { enabled: 'false' })])])]))).toEqual([['enabled', 'false', 'server']]);
  });

  it('reads what the logs leave out, and whether changes leave a copy', () => {
    const sites = (attributes: Readonly<Record<string, string>>) => el('system.applicationHost', {}, [el('sites', {}, [el('siteDefaults', {}, [el('logFile', attributes)])])]);
    expect(read(sites({ logTargetW3C: 'ETW', logFormat: 'Custom', logExtFileFlags: 'Date, Time, UriStem' })).map(([setting]) => setting)).toEqual(['logTargetW3C', 'logFormat', 'logExtFileFlags']);
    expect(read(sites({ logTargetW3C: 'File,ETW', logFormat: 'W3C', logExtFileFlags: 'Date, Time, ClientIP, Method, UriStem, HttpStatus' }))).toEqual([]);
    const history = (attributes: Readonly<Record<string, string>>) => el('system.applicationHost', {}, [el('configHistory', attributes)]);
    expect(read(history({ enabled: 'false', path: 'E:\\x', maxHistories: '1' })).map(([setting]) => setting)).toEqual(['enabled', 'path', 'maxHistories']);
    expect(read(history({ enabled: 'true', path: '%SystemDrive%\\inetpub\\history', maxHistories: '20' }))).toEqual([]);
  });

  it('says nothing about a file without a root and does not follow endless depth', () => {
    expect(collectSettings({ path: null, evidencePath: '', sha256: '', root: null, scope: 'server' })).toEqual([]);
    let deep = el('logFile', { enabled: 'false' });
    for (let i = 0; i < 5000; i++) deep = el('site', {}, [deep]);
    expect(read(el('system.applicationHost', {}, [el('sites', {}, [deep])]))).toEqual([]);
    expect(read(el('system.applicationHost', {}, [el('sites', {}, [el('site', {}, [el('ftpServer', {}, [el('logFile', { enabled: 'false' })])])])]))).toEqual([]);
  });
});
