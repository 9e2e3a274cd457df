import { describe, expect, test } from 'vitest';
import { copyMoment, copyNumber, copyOf, locateCopy, outOfOrder } from '../../../../electron/artifacts/config-history/index.ts';
import { renamedFrom } from '../../../../electron/artifacts/kit/config-names.ts';
import { locateConfig, looksLikeConfig, parseConfig, sniffConfig } from '../../../../electron/artifacts/iis-config/index.ts';

describe('by place', () => {
  test.each([
    ['C/Windows/System32/inetsrv/config/applicationHost.config', 'applicationHost', null],
    ['c/windows/system32/INETSRV/config/APPLICATIONHOST.CONFIG', 'applicationHost', null],
    ['C/inetpub/wwwroot/Web.config', 'webConfig', null],
    ['C/Windows/System32/inetsrv/config/redirection.config', 'redirection', null],
    ['C/Windows/System32/inetsrv/config/administration.config', 'administration', null],
    ['C/Windows/Microsoft.NET/Framework64/v4.0.30319/Config/machine.config', 'machine', null],
    ['C/Windows/Microsoft.NET/Framework/v2.0.50727/CONFIG/web.config', 'rootWebConfig', null],
    ['C/inetpub/history/CFGHistory_0000000012/applicationHost.config', 'history', 'CFGHistory_0000000012'],
    ['C/inetpub/temp/appPools/My Pool/My Pool.config', 'poolCopy', 'My Pool'],
    ['C/inetpub/temp/appPools/DefaultAppPool.config', 'poolCopy', 'DefaultAppPool'],
    ['C/Windows/System32/inetsrv/backup/before/applicationHost.config', 'backup', 'before'],
    ['C/Windows/System32/inetsrv/config/Export/applicationHost.config', 'backup', 'config/Export'],
    ['C/Windows/System32/inetsrv/config - Copy/applicationHost.config', 'backup', 'config - Copy'],
    ['C/Windows/System32/inetsrv/config/applicationHost.config.bak', 'backup', 'applicationHost.config.bak'],
    ['C/inetpub/wwwroot/web.config.bak', 'backup', 'web.config.bak'],
    ['D/pools/appPools/Shop/Shop.config', 'poolCopy', 'Shop'],
    ['C/Windows/System32/inetsrv/config/schema/IIS_schema.xml', 'schema', null],
  ])('%s', (path, kind, copy) => {
    expect(locateConfig(path)).toEqual({ kind, copy });
  });
  test.each(['C/inetpub/wwwroot/web.Release.config', 'C/inetpub/wwwroot/web.config.transform', 'C/x/app.config', 'C/x/notweb.config2', ''])('not %s', (path) => {
    expect(locateConfig(path)).toBeNull();
  });
});

describe('by content', () => {
  const kind = (text: string): string | null => sniffConfig(parseConfig(new TextEncoder().encode(text)).document);
  test.each([
    ['<configuration><system.applicationHost /></configuration>', 'applicationHost'],
    ['<configuration><system.webServer><globalModules /></system.webServer></configuration>', 'applicationHost'],
    ['<configuration><system.webServer><handlers /></system.webServer></configuration>', 'webConfig'],
    ['<configuration><location path="."><system.web /></location></configuration>', 'webConfig'],
    ['<configuration><configurationRedirection enabled="true" path="x" /></configuration>', 'redirection'],
    ['<configuration><moduleProviders /></configuration>', 'administration'],
    ['<configuration><configSections><sectionGroup name="system.web"><section name="httpModules" /></sectionGroup></configSections></configuration>', 'machine'],
    ['<configSchema><sectionSchema name="x" /></configSchema>', 'schema'],
    ['<html />', null], ['', null], ['configuration', null],
  ])('%s', (text, expected) => {
    expect(kind(text)).toBe(expected);
  });
  test('the first bytes, also of UTF-16', () => {
    expect(looksLikeConfig(new TextEncoder().encode('<?xml version="1.0"?>\n<configuration>'))).toBe(true);
    expect(looksLikeConfig(Buffer.from('<configuration>', 'utf16le'))).toBe(true);
    expect(looksLikeConfig(new TextEncoder().encode('#Fields: date'))).toBe(false);
    expect(looksLikeConfig(new TextEncoder().encode('<?xml version="1.0"?><svg></svg>'))).toBe(false);
  });
});

test.each([
  ['applicationHost.config.old', 'applicationHost.config'], ['applicationHost - Copy.config', 'applicationHost.config'], ['applicationHost - Copy (2).config', 'applicationHost.config'],
  ['Copy of web.config', 'web.config'], ['web.config.20230102-1200', 'web.config'], ['web.config~', 'web.config'], ['web_old.config', 'web.config'], ['web.config - Kopie', 'web.config'], ['web.bak', 'web.config'],
  ['redirection.config.orig', 'redirection.config'], ['web.config', null], ['web.debug.config', null], ['webshop.config', null], ['web.config.xdt', null], ['website.old.config', null], ['', null],
])('a renamed file: %s', (name, original) => {
  expect(renamedFrom(name)).toBe(original);
});

describe('what a file is a copy of', () => {
  const config = '%windir%\\System32\\inetsrv\\config\\';
  test.each([
    ['C:\\inetpub\\history\\CFGHISTORY_0000000012\\applicationHost.config', { series: 'history', original: `${config}applicationHost.config`, name: 'CFGHISTORY_0000000012', number: 12, folder: 'C:\\inetpub\\history' }],
    ['D:\\cfg\\CFGHistory_0000000002\\administration.config', { series: 'history', original: `${config}administration.config`, name: 'CFGHistory_0000000002', folder: 'D:\\cfg' }],
    ['C:\\inetpub\\temp\\appPools\\My Pool\\My Pool.config', { series: 'pool', name: 'My Pool', original: `${config}applicationHost.config` }],
    ['C:\\inetpub\\temp\\appPools\\Old.config', { series: 'pool', name: 'Old' }],
    ['C:\\Windows\\System32\\inetsrv\\backup\\before\\applicationHost.config', { series: 'backup', name: 'before', original: `${config}applicationHost.config` }],
    ['C:\\Windows\\System32\\inetsrv\\config\\Export\\applicationHost.config', { series: 'backup', name: 'config\\Export' }],
    ['C:\\Windows\\System32\\inetsrv\\config\\applicationHost.config.bak', { series: 'backup', name: 'applicationHost.config.bak', original: 'C:\\Windows\\System32\\inetsrv\\config\\applicationHost.config' }],
    ['C:\\Windows.old.000\\Windows\\System32\\inetsrv\\config\\applicationHost.config', { series: 'live', oldWindows: 'Windows.old.000', original: 'C:\\Windows\\System32\\inetsrv\\config\\applicationHost.config' }],
    ['C:\\www\\web.config.bak', { series: 'backup', original: 'C:\\www\\web.config', name: 'web.config.bak' }],
    ['C:\\www\\web.config', { series: 'live', original: 'C:\\www\\web.config' }],
  ])('%s', (path, expected) => {
    expect(copyOf(path)).toMatchObject(expected);
  });
});

describe('history copies', () => {
  test('folder, number and spelling', () => {
    expect(locateCopy('D/custom/CFGHISTORY_0000000007/ApplicationHost.config')).toEqual({ id: 'CFGHISTORY_0000000007', order: 7, folder: 'D/custom/CFGHISTORY_0000000007' });
    expect(locateCopy('D/custom/CFGHISTORY_0000000007/administration.config')).toBeNull();
    expect(copyNumber('C:\\inetpub\\history\\CFGHISTORY_0000000019')).toBe(19);
    expect(copyNumber('C:\\inetpub\\history')).toBeNull();
  });
  test('the number gives the order; the time is as good as the collection kept it', () => {
    expect(copyMoment(3, '2026-03-02T14:11:58Z', 'full')).toEqual({ time: '2026-03-02T14:11:58Z', from: 'file-time', fidelity: 'mtime-only', order: 3 });
    expect(copyMoment(3, '2026-03-02T14:11:58Z', 'none')).toEqual({ time: null, from: 'history-order', fidelity: 'order-only', order: 3 });
    expect(outOfOrder([{ order: 2, modified: 5n }, { order: 1, modified: 3n }])).toBe(false);
    expect(outOfOrder([{ order: 1, modified: 5n }, { order: 2, modified: 3n }])).toBe(true);
  });
});
