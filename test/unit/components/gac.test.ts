import { describe, expect, it } from 'vitest';
import { gacPaths, strongName } from '../../../electron/components/index.ts';
import { managedPe, TestServer } from '../../helpers/model.ts';

const STRONG = 'Version=1.2.0.0, Culture=neutral, PublicKeyToken=0123456789abcdef';
const CLR4 = 'C:\\Windows\\Microsoft.NET\\assembly';
const CLR2 = 'C:\\Windows\\assembly';
const file = (root: string, folder: string, prefix = ''): string => `${root}\\${folder}\\Vendor\\${prefix}1.2.0.0__0123456789abcdef\\Vendor.dll`;
const SYSTEM = { 4: `${CLR4}\\GAC_MSIL\\System\\v4.0_4.0.0.0__b77a5c561934e089\\System.dll`, 2: `${CLR2}\\GAC_MSIL\\System\\2.0.0.0__b77a5c561934e089\\System.dll` };
const module = (scope = 'site:Shop'): TestServer => new TestServer().folder('D:\\web\\shop\\bin').folder('D:\\web\\api\\bin').module('M', { type: `Vendor.M, Vendor, ${STRONG}`, scope, file: 'D/web/shop/web.config' });

describe('strong names', () => {
  it.each([
    [`Vendor.M, Vendor, ${STRONG}`, { name: 'Vendor', version: '1.2.0.0', culture: '', token: '0123456789abcdef' }],
    ['Vendor, Version=1.0.0.0, Culture=de-DE, PublicKeyToken=0123456789ABCDEF', { name: 'Vendor', version: '1.0.0.0', culture: 'de-DE', token: '0123456789abcdef' }],
  ])('reads %s', (text, strong) => expect(strongName(text)).toEqual(strong));

  it.each(['Vendor', 'Vendor.M, Vendor', 'Vendor, Version=1.0.0.0, Culture=neutral, PublicKeyToken=null', 'Vendor, PublicKeyToken=0123456789abcdef', `..\\..\\evil, ${STRONG}`, `.., ${STRONG}`, STRONG])('finds none in %s', (text) => {
    expect(strongName(text)).toBeNull();
  });

  it('names the folders of each cache', () => {
    const strong = strongName(`Vendor, ${STRONG}`);
    if (strong === null) throw new Error('no name');
    expect(gacPaths(strong, 'v2.0', 32)).toEqual(['GAC_32', 'GAC_MSIL', 'GAC'].map((folder) => file('%windir%\\assembly', folder)));
    expect(gacPaths(strong, 'v4.0', 64)).toEqual([...['GAC_64', 'GAC_MSIL'].map((folder) => file('%windir%\\Microsoft.NET\\assembly', folder, 'v4.0_')), ...['GAC_64', 'GAC_MSIL', 'GAC'].map((folder) => file('%windir%\\assembly', folder))]);
  });
});

describe('types whose assembly lies in the global assembly cache', () => {
  const vendor = managedPe('Vendor', [['Vendor.M', 'System.Web.IHttpModule']]);
  const fate = (server: TestServer): unknown => server.join().filter((c) => c.name === 'M').map((c) => [c.fileStatus, c.file?.path ?? null]);

  it('are found there, bin first', () => {
    expect(fate(module().file(file(CLR4, 'GAC_MSIL', 'v4.0_'), vendor))).toEqual([['present', file(CLR4, 'GAC_MSIL', 'v4.0_')]]);
    expect(fate(module().file(file(CLR2, 'GAC_64'), vendor))).toEqual([['present', file(CLR2, 'GAC_64')]]);
    expect(fate(module().file(file(CLR4, 'GAC_MSIL', 'v4.0_'), vendor).file('D:\\web\\shop\\bin\\Vendor.dll', vendor))).toEqual([['present', 'D:\\web\\shop\\bin\\Vendor.dll']]);
  });

  it('are found there where bin was not collected, and are not called absent without it', () => {
    const open = (): TestServer => new TestServer().module('M', { type: `Vendor.M, Vendor, ${STRONG}`, scope: 'site:Shop', file: 'D/web/shop/web.config' });
    expect(fate(open().file(file(CLR4, 'GAC_MSIL', 'v4.0_'), vendor))).toEqual([['present', file(CLR4, 'GAC_MSIL', 'v4.0_')]]);
    expect(fate(open().file(SYSTEM[4], managedPe('System', [])).file(SYSTEM[2], managedPe('System', [])))).toEqual([['not-collected', null]]);
  });

  it('are looked for in the cache of the pool’s bitness only', () => {
    expect(fate(module().file(file(CLR4, 'GAC_32', 'v4.0_'), vendor))).toEqual([['not-collected', null]]);
    expect(fate(module('app:Shop/api').file(file(CLR4, 'GAC_32', 'v4.0_'), vendor))).toEqual([['present', file(CLR4, 'GAC_32', 'v4.0_')]]);
  });

  it('are absent only where both caches were collected', () => {
    expect(fate(module())).toEqual([['not-collected', null]]);
    expect(fate(module().file(SYSTEM[4], null))).toEqual([['not-collected', null]]);
    expect(fate(module().file(SYSTEM[4], null).file(SYSTEM[2], null))).toEqual([['absent', null]]);
  });
});
