import { expect, it } from 'vitest';
import type { ImageSummary } from '../../../../electron/case/image-summaries.ts';
import { comparable, emptyValue, valuesOf, weakValue } from '../../../../electron/jobs/images/shared-values.ts';

const summary: ImageSummary = {
  sha256: 'f'.repeat(64), machine: 'x64', isDll: true, kinds: [], timestamp: { value: 0x5f000000, time: '2020-07-04T03:08:32Z' }, imphash: 'aa', richHash: null,
  sections: [{ sha256: 'cc', entropy: 0 }, { sha256: null, entropy: 0 }, { sha256: 'dd', entropy: 5 }], pdb: ['C:\\Build\\a.pdb', 'b.pdb'], versionInfo: { CompanyName: 'Example', Comments: '' },
  identity: { md5: 'm', sha1: 's', tlsh: null, exportSet: null }, mvid: null, assembly: 'Shop', anomalies: 0, obfuscation: 0, hides: 0, remarks: 0, status: 'valid',
  signers: [{ subject: 'CN=A', thumbprint: 'ab' }], signedBy: [{ subject: 'CN=A', thumbprint: 'ab' }, { subject: 'CN=B', thumbprint: 'cd' }],
};

it('a file has several values of a kind', () => {
  expect(valuesOf('section', summary)).toEqual(['cc', 'dd']);
  expect(valuesOf('pdb', summary)).toEqual(['C:\\Build\\a.pdb', 'b.pdb']);
  expect(valuesOf('version', summary)).toEqual(['CompanyName=Example', 'Comments=']);
  expect(valuesOf('signer', summary)).toEqual(expect.arrayContaining(['ab', 'cd', 'CN=A', 'CN=B']));
  expect(valuesOf('linker-stamp', summary)).toEqual(['1593835520', '2020-07-04T03:08:32Z']);
  for (const by of ['rich', 'mvid', 'export-set'] as const) expect(valuesOf(by, summary)).toEqual([]);
});

it('values are compared as Windows and .NET compare them', () => {
  expect(comparable('pdb', 'c:\\build\\A.pdb')).toBe(comparable('pdb', 'C:\\Build\\a.PDB'));
  expect(comparable('assembly', 'SHOP')).toBe(comparable('assembly', 'Shop'));
  expect(comparable('imphash', 'AB')).toBe('ab');
  expect(comparable('version', 'CompanyName=A')).not.toBe(comparable('version', 'CompanyName=a'));
  expect(comparable('linker-stamp', '0x5F000000')).toBe('1593835520');
  expect(comparable('signer', 'AB01')).toBe('ab01');
  expect(comparable('signer', 'CN=A')).toBe('CN=A');
});

it('nothing is no common ground, and what everybody has says little', () => {
  const empty = [['md5', 'd41d8cd98f00b204e9800998ecf8427e'], ['mvid', '00000000-0000-0000-0000-000000000000'], ['version', 'Comments='], ['linker-stamp', '0'], ['linker-stamp', '4294967295'], ['pdb', ' ']] as const;
  expect(empty.map(([by, value]) => emptyValue(by, value) === null)).toEqual(empty.map(() => false));
  expect(emptyValue('section', 'cc')).toBeNull();
  expect(weakValue('section', 'cc', [summary])).toContain('one byte over and over');
  expect(weakValue('section', 'dd', [summary])).toBeNull();
  expect(weakValue('imphash', 'f34d5f2d4577ed6d9ceec516c1f5a744', [])).toContain('.NET');
  expect(weakValue('rich', 'aa', [summary])).toBeNull();
});
