import { describe, expect, it } from 'vitest';
import { D3FEND_CHAIN, IIS_COMPONENTS, PRODUCTS, STOCK, TECHNIQUE_SOURCE, editDistance, looksLikeFile, looksLikeFolder, looksLikeModule } from '../../../electron/knowledge/index.ts';

const MS = 'Version=15.0.0.0, Culture=neutral, PublicKeyToken=31bf3856ad364e35';

describe('stock', () => {
  it('needs name and image', () => {
    expect(STOCK.globalModule('HttpLoggingModule', 'c:\\WINDOWS\\sysnative\\inetsrv\\loghttp.dll')).toBe(true);
    expect(STOCK.globalModule('HttpLoggingModule', '%IIS_BIN%\\loghttp.dll')).toBe(true);
    expect(STOCK.globalModule('HttpLoggingModule', 'C:\\Windows\\loghttp.dll')).toBe(false);
    expect(STOCK.globalModule('httploggingmodule', '%windir%\\System32\\inetsrv\\loghttp.dll')).toBe(false);
    expect(STOCK.globalModule('__proto__', '')).toBe(false);
    expect(STOCK.filter('ASP.Net_4.0_64bit', '%windir%\\Microsoft.NET\\Framework64\\v4.0.30319\\aspnet_filter.dll')).toBe(true);
  });
  it('knows role files at their own place only', () => {
    expect(STOCK.roleFile('C:\\Windows\\System32\\inetsrv\\webdav.dll')).toBe(true);
    expect(STOCK.roleFile('C:\\Windows\\Microsoft.NET\\Framework\\v2.0.50727\\webengine.dll')).toBe(true);
    expect(STOCK.roleFile('C:\\Windows\\System32\\webdav.dll')).toBe(false);
  });
  it('names source, date and licence of every data file', () => {
    for (const s of [STOCK.source, PRODUCTS.source, TECHNIQUE_SOURCE]) for (const v of Object.values(s)) expect(v.length).toBeGreaterThan(5);
  });
});

describe('products', () => {
  it('takes Exchange by folder and name, its types by list or by token', () => {
    expect(PRODUCTS.filter('Exchange OWA Cookie Authentication ISAPI Filter', 'F:\\Program Files\\Microsoft\\Exchange\\ClientAccess\\owa\\auth\\owaauth.dll')).toBe('Exchange Server');
    expect(PRODUCTS.filter('Exchange OWA Cookie Authentication ISAPI Filter', 'C:\\ProgramData\\owaauth.dll')).toBeNull();
    expect(PRODUCTS.type('Microsoft.Exchange.Clients.Owa.Core.OwaModule, Microsoft.Exchange.Clients.Owa')).toBe('Exchange Server');
    expect(PRODUCTS.type(`Microsoft.Exchange.New.Module, X, ${MS}`)).toBe('Exchange Server');
    expect(PRODUCTS.type('Microsoft.Exchange.New.Module, X')).toBeNull();
    expect(PRODUCTS.type('Microsoft.Exchange.Clients.Owa.Core.OwaModule, X, Version=1.0.0.0, Culture=neutral, PublicKeyToken=0000000000000000')).toBeNull();
    expect(PRODUCTS.module('UpData', 'C:\\Windows\\System32\\system.dll')).toBeNull();
  });
  it('keeps the technique and the class chain', () => {
    expect(IIS_COMPONENTS).toBe('T1505.004');
    expect(D3FEND_CHAIN.map((s) => s.label)).toEqual(['IIS components', 'Server software component', 'Persistence technique', 'ATT&CK enterprise technique', 'ATT&CK enterprise thing', 'ATT&CK thing', 'External threat model thing', 'ExternalThing']);
  });
});

describe('look-alikes', () => {
  it.each(['webdac.dll', 'cachehttp.dll', 'iisreqx.dll', 'l0ghttp.dll', 'cachhttp64.dll', '\u0441achhttp.dll'])('file %s', (file) => {
    expect(looksLikeFile(file)).not.toBeNull();
  });
  it.each(['webdav.dll', 'rewrite.dll', 'isapi_redirect.dll', 'cg1x.dll', 'auditmod.dll', 'aspnetcore.dll', 'requestRouter.dll', 'iis7_shib.dll', 'x'.repeat(10_000)])('not file %s', (file) => {
    expect(looksLikeFile(file)).toBeNull();
  });
  it('modules and folders', () => {
    expect(looksLikeModule('HttpCacheExtModule')?.of).toBe('HttpCacheModule');
    expect(looksLikeModule('StaticFi1eModule')?.how).toBe('characters that look alike');
    expect(looksLikeModule('ManagedEngine64_v2')).not.toBeNull();
    expect(looksLikeModule('AspNetCoreModule')).toBeNull();
    expect(looksLikeModule('ContosoAuditModule')).toBeNull();
    expect(looksLikeFolder('inetsvr')).not.toBeNull();
    expect(looksLikeFolder('inetsrv')).toBeNull();
  });
  it('counts edits, a swap as one', () => {
    expect(editDistance('abcd', 'abdc', 2)).toBe(1);
    expect(editDistance('abcd', 'wxyz', 2)).toBe(3);
    expect(editDistance('', 'ab', 2)).toBe(2);
  });
});
