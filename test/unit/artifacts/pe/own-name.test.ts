import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { inspectPe } from '../../../../electron/artifacts/pe/index.ts';

const DLL = readFileSync(path.resolve(import.meta.dirname, '../../../fixtures/sample/evidence/C/ProgramData/Microsoft/Cache/cachehttp.dll'));

/** What is odd about the module's own name when it reads `own` (12 characters) and the file is called `file`. */
function oddities(own: string, file: string): string[] {
  const bytes = Buffer.from(DLL);
  bytes.write(own, bytes.indexOf('CacheExt.dll'), 'latin1');
  return inspectPe(bytes, file).anomalies.filter((a) => a.id === 'export-name-differs').map((a) => a.message);
}

it('compares the name that a DLL has for itself without letter case and without the path of its build', () => {
  expect(oddities('CacheExt.dll', 'cacheext.DLL')).toEqual([]);
  expect(oddities('a/b/Eext.dll', 'eext.dll')).toEqual([]);
  expect(oddities('a\\b\\Ext1.dll', 'ext1.dll')).toEqual([]);
  expect(oddities('CacheExtensi', 'cacheextensi.dll')).toEqual([]);
  expect(oddities('CacheExt.dll', 'cachehttp.dll')).toEqual(['the DLL calls itself CacheExt.dll, where it was read the file is named cachehttp.dll']);
  expect(oddities('a/b/Eext.dll', 'other.dll')).toEqual(['the DLL calls itself a/b/Eext.dll, where it was read the file is named other.dll']);
});

it('calls a program that has exports no DLL', () => {
  const bytes = Buffer.from(DLL);
  const at = bytes.readUInt32LE(0x3c) + 22;
  bytes.writeUInt16LE(bytes.readUInt16LE(at) & ~0x2000, at);
  expect(inspectPe(bytes, 'other.exe').anomalies.map((a) => a.message)).toContainEqual(expect.stringMatching(/^the program calls itself CacheExt\.dll/));
});
