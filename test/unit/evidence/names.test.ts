import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodePercent, driveName, isShadowCopy, oddWindowsName } from '../../../electron/evidence/names.ts';

describe('percent-encoded components', () => {
  it.each([
    ['C%3A', 'C:'],
    ['%5C%5C.%5CC%3A', '\\\\.\\C:'],
    ['%2E.', '..'],
    ['%2541', '%41'],
    ['100%', '100%'],
    ['%4', '%4'],
    ['%zz%41', '%zzA'],
    ['%C3%A9t%c3%a9', 'été'],
    ['%E9', '\\xE9'],
    ['plain.txt', 'plain.txt'],
  ])('%s is %s', (written, meant) => {
    expect(decodePercent(written)).toBe(meant);
  });

  it('gives back every name that was encoded', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }).filter((text) => Buffer.from(text).toString() === text), (name) => {
        const encoded = [...Buffer.from(name)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
        expect(decodePercent(encoded)).toBe(name);
      }),
    );
  });
});

describe('drive folders', () => {
  it.each([
    ['C', 'letter', 'C'],
    ['d:', 'colon', 'D'],
    ['\\\\.\\C:', 'device', 'C'],
    ['[root]', 'ftk-root', null],
  ])('%s is %s %s', (name, style, letter) => {
    expect(driveName(name)).toEqual({ style, letter });
  });

  it.each(['CD', '', '1', '[ROOT]x', 'C:\\', '\\\\server\\C'])('%j is none', (name) => {
    expect(driveName(name)).toBeNull();
  });

  it('knows shadow copies', () => {
    expect(isShadowCopy('\\\\?\\GLOBALROOT\\Device\\HarddiskVolumeShadowCopy12')).toBe(true);
    expect(isShadowCopy('\\\\.\\C:')).toBe(false);
  });
});

describe('names that Windows does not usually make', () => {
  it.each(['CON', 'nul.aspx', 'COM1', 'lpt\u00b9.txt', 'aux .txt', 'web.config.', 'x ', 'a\u0001b'])('%j', (name) => {
    expect(oddWindowsName(name)).not.toBeNull();
  });

  it.each(['console', 'COM10', 'null', '.', '..', 'a.b', 'nul_x'])('%j is usual', (name) => {
    expect(oddWindowsName(name)).toBeNull();
  });
});
