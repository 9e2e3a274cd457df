import { describe, expect, it } from 'vitest';
import type { Authenticode } from '../../../shared/model/index.ts';
import { nativeModulePe, ofRule, TestServer, verdict } from '../../helpers/model.ts';

const INETSRV = 'C:\\Windows\\System32\\inetsrv';
const STOCK = ['loghttp.dll', 'cachuri.dll', 'cachhttp.dll', 'static.dll', 'modrqflt.dll'];

/** The stock server with all its files; those that are named have another verdict than `rest`. */
function stockServer(rest: Authenticode, named: Readonly<Record<string, Authenticode>> = {}): TestServer {
  const server = new TestServer().stock();
  for (const file of STOCK) server.file(`${INETSRV}\\${file}`, nativeModulePe(), null, named[file] ?? rest);
  return server;
}

describe('files of Windows', () => {
  const rule = async (server: TestServer, read: number): Promise<string[]> => {
    server.catalogs = { read, unread: 0 };
    return ofRule(await server.evaluate(), 'stock-image-not-microsoft');
  };

  it('that catalogs name, or that Microsoft signed, are not told', async () => {
    expect(await rule(stockServer(verdict('catalog'), { 'cachhttp.dll': verdict('valid') }), 900)).toEqual([]);
    expect(await rule(stockServer(verdict('catalog'), { 'cachhttp.dll': verdict('expired', { anchor: 'Microsoft Root Certificate Authority 2010' }) }), 900)).toEqual([]);
  });

  it('without signature are told where catalogs name the others', async () => {
    expect(await rule(stockServer(verdict('catalog'), { 'cachhttp.dll': verdict('unsigned') }), 900)).toEqual(['high HttpCacheModule']);
    expect(await rule(stockServer(verdict('unsigned'), { 'cachhttp.dll': verdict('catalog') }), 900)).toHaveLength(4);
    expect(new Set((await rule(stockServer(verdict('unsigned'), { 'cachhttp.dll': verdict('catalog') }), 900)).map((f) => f.split(' ')[0]))).toEqual(new Set(['medium']));
  });

  it('accuse nobody where there are no catalogs, and hardly where they name no file of Windows', async () => {
    expect(await rule(stockServer(verdict('unsigned')), 0)).toEqual([]);
    const few = await rule(stockServer(verdict('unsigned')), 3);
    expect(few).toHaveLength(5);
    expect(new Set(few.map((f) => f.split(' ')[0]))).toEqual(new Set(['info']));
  });

  it('that somebody else signed are told with or without catalogs', async () => {
    const other = (status: string): TestServer => stockServer(verdict('catalog'), { 'static.dll': verdict(status, { signer: 'CN=Example Ltd, O=Example Ltd', anchor: null }) });
    expect(await rule(other('valid'), 900)).toEqual(['high StaticFileModule']);
    expect(await rule(other('valid-untrusted-root'), 900)).toEqual(['high StaticFileModule']);
    expect(await rule(other('valid'), 0)).toEqual(['medium StaticFileModule']);
  });

  it('are not Microsoft\'s by a name that only contains Microsoft\'s', async () => {
    const forged = verdict('valid', { signer: 'CN=Updates\\, O\\=Microsoft Corporation, O=Example Ltd' });
    expect(await rule(stockServer(verdict('catalog'), { 'static.dll': forged }), 900)).toEqual(['high StaticFileModule']);
  });

  it.each([
    ['another authority vouches for the name', 'valid', { anchor: 'DigiCert Trusted Root G4' }],
    ['its certificate was not issued for code', 'wrong-usage', { anchor: 'Microsoft Root Certificate Authority 2010' }],
    ['its chain does not count, though it leads to Microsoft', 'valid-untrusted-root', { anchor: 'Microsoft Root Certificate Authority 2010' }],
    ['Microsoft signs in that name what others hand in', 'valid', { anchor: 'Microsoft Root Certificate Authority 2010', signer: 'CN=Microsoft Windows Hardware Compatibility Publisher, O=Microsoft Corporation, C=US' }],
    ['Microsoft issues to everybody there', 'valid', { anchor: 'Microsoft Identity Verification Root Certificate Authority 2020' }],
  ] as const)('are not Microsoft\'s where %s', async (_, status, part) => {
    expect(await rule(stockServer(verdict('catalog'), { 'static.dll': verdict(status, part) }), 900)).toEqual(['high StaticFileModule']);
  });

  it('say how much the catalogs say, and which file it is', async () => {
    const server = stockServer(verdict('catalog'), { 'cachhttp.dll': verdict('unsigned') });
    server.catalogs = { read: 900, unread: 2 };
    const [found] = (await server.evaluate()).findings.filter((f) => f.rule === 'stock-image-not-microsoft');
    expect(found?.supports.join(' ')).toContain('900 catalogs were read: they name 4 of 5 files of Windows that have no signature of their own, and not this one. 2 more could not be read whole.');
    expect(found?.refs[0]?.evidencePath).toBe('C/Windows/System32/inetsrv/cachhttp.dll');
  });
});

describe('signatures that do not hold', () => {
  const planted = (status: string, part: Parameters<typeof verdict>[1] = {}): TestServer =>
    new TestServer().stock().globalModule('Planted', 'C:\\Program Files\\V\\p.dll').module('Planted').file('C:\\Program Files\\V\\p.dll', nativeModulePe(), null, verdict(status, part));

  it('changed after signing is severe, and so is the component', async () => {
    const result = await planted('tampered').evaluate();
    expect(ofRule(result, 'signature-tampered')).toEqual(['high Planted']);
    expect(ofRule(result, 'unknown-component')).toEqual(['high Planted']);
    const table = new TestServer().stock().globalModule('Planted', 'C:\\Program Files\\V\\p.dll').file('C:\\Program Files\\V\\p.dll', { ...nativeModulePe(), certificateTable: { offset: 4000, size: 96 } }, null, verdict('tampered', { reasons: ['the file has another digest'] }));
    const [told] = (await table.evaluate()).findings.filter((f) => f.rule === 'signature-tampered');
    expect(told?.supports).toContain('The file has another digest.');
    expect(told?.refs[0]).toMatchObject({ evidencePath: 'C/Program Files/V/p.dll', offset: 4000 });
    expect(ofRule(await planted('malformed').evaluate(), 'signature-tampered')).toEqual(['medium Planted']);
  });

  it('a self-made Microsoft is called what it is', async () => {
    const result = await planted('valid-untrusted-root').evaluate();
    expect(ofRule(result, 'untrusted-signer')).toEqual(['high Planted']);
    expect(result.findings.find((f) => f.rule === 'untrusted-signer')?.title).toContain('by a certificate that nothing shows to be Microsoft\'s');
  });

  it('a self-made Microsoft of earlier years too', async () => {
    expect(ofRule(await planted('expired').evaluate(), 'untrusted-signer')).toEqual(['high Planted']);
    const server = stockServer(verdict('catalog'), { 'static.dll': verdict('expired') });
    expect(ofRule(await server.evaluate(), 'stock-image-not-microsoft')).toEqual(['medium StaticFileModule']);
  });

  it('a chain to Microsoft that does not count is told', async () => {
    expect(ofRule(await planted('valid-untrusted-root', { anchor: 'Microsoft Root Certificate Authority 2010' }).evaluate(), 'untrusted-signer')).toEqual(['high Planted']);
  });

  it('an authority that nobody knows is common', async () => {
    expect(ofRule(await planted('valid-untrusted-root', { signer: 'CN=Example Ltd' }).evaluate(), 'untrusted-signer')).toEqual(['low Planted']);
    expect(ofRule(await planted('wrong-usage', { signer: 'CN=Example Ltd' }).evaluate(), 'untrusted-signer')).toEqual(['medium Planted']);
  });

  it('nothing is said of signatures that hold, are missing or were not looked at', async () => {
    for (const status of ['valid', 'catalog', 'unsigned', 'expired', 'not-checked'] as const) {
      const result = await planted(status, { signer: 'CN=Example Ltd', anchor: 'Example CA' }).evaluate();
      expect([...ofRule(result, 'signature-tampered'), ...ofRule(result, 'untrusted-signer'), ...ofRule(result, 'stock-image-not-microsoft')], status).toEqual([]);
    }
  });
});

describe('words', () => {
  const said = async (authenticode: Authenticode | null): Promise<string> => {
    const server = new TestServer().stock().globalModule('Planted', 'C:\\Program Files\\V\\p.dll').module('Planted').file('C:\\Program Files\\V\\p.dll', nativeModulePe(), null, authenticode);
    const found = (await server.evaluate()).findings.find((f) => f.rule === 'unknown-component');
    return [...(found?.supports ?? []), '|', ...(found?.refutes ?? [])].join(' ');
  };

  it('name signer, certificate of the list, and catalog', async () => {
    expect(await said(verdict('valid', { signer: 'CN=Example Ltd', anchor: 'Example CA' }))).toMatch(/its signature holds: signed by CN=Example Ltd, under Example CA.*\| .*if a product of that vendor is installed/);
    expect(await said(verdict('catalog'))).toContain('it is signed through the catalog C/Windows/System32/CatRoot/{X}/a.cat: signed by CN=Microsoft Windows');
    expect(await said(verdict('unsigned', { reasons: ['no catalog of the evidence names it'] }))).toMatch(/it has no signature \(no catalog of the evidence names it\)\. .*\| .*delivers the file without a signature/);
    expect(await said(null)).toMatch(/its signature was not checked\. .*\| .*A valid signature of a vendor/);
  });

  it('of two files the worse stands for the component, and each is told', async () => {
    const server = new TestServer().stock().globalModule('Planted', '%windir%\\System32\\inetsrv\\p.dll').module('Planted')
      .file(`${INETSRV}\\p.dll`, nativeModulePe(), null, verdict('valid', { signer: 'CN=Example Ltd' }))
      .file('C:\\Windows\\SysWOW64\\inetsrv\\p.dll', nativeModulePe(), null, verdict('tampered', { signer: 'CN=Example Ltd' }));
    const result = await server.evaluate();
    const component = result.components.find((c) => c.name === 'Planted');
    expect(component).toMatchObject({ signature: 'tampered', signatures: [{ which: 'file', status: 'valid' }, { which: 'file32', status: 'tampered' }] });
    const tampered = result.findings.find((f) => f.rule === 'signature-tampered');
    expect(tampered?.title).toContain('(the one that 32-bit processes load)');
    expect(tampered?.refs[0]?.evidencePath).toBe('C/Windows/SysWOW64/inetsrv/p.dll');
  });
});
