import { describe, expect, it } from 'vitest';
import { globMatches, networkRange, parseAddress, v6Key } from '../../../shared/query/index.ts';

describe('addresses', () => {
  it.each([
    ['203.0.113.9', 4, 0xcb007109n],
    ['::ffff:203.0.113.9', 4, 0xcb007109n],
    ['::1', 6, 1n],
    ['::', 6, 0n],
    ['2001:DB8::1', 6, 0x20010db8000000000000000000000001n],
    ['1:2:3:4:5:6:7:8', 6, 0x00010002000300040005000600070008n],
    ['fe80::1%5', 6, 0xfe800000000000000000000000000001n],
    ['64:ff9b::192.0.2.33', 6, 0x0064ff9b0000000000000000c0000221n],
  ])('%s', (text, version, value) => {
    expect(parseAddress(text)).toEqual({ version, value });
  });

  it.each(['', '1.2.3', '1.2.3.4.5', '01.2.3.4', '256.1.1.1', '1:2:3:4:5:6:7:8:9', '1::2::3', ':::', '1:2', 'g::1', '1:2:3:4:5:6:7::8:9', '-', 'localhost'])(
    '"%s" is none', (text) => {
      expect(parseAddress(text)).toBeNull();
    },
  );

  it('gives the ends of a network', () => {
    expect(networkRange('10.1.2.3', 8, 4)).toEqual({ from: 0x0a000000n, to: 0x0affffffn });
    expect(networkRange('10.1.2.3', 0, 4)).toEqual({ from: 0n, to: 0xffffffffn });
    expect(networkRange('10.1.2.3', 33, 4)).toBeNull();
    expect(networkRange('::1', 64, 4)).toBeNull();
    expect(v6Key(255n)).toBe('000000000000000000000000000000ff');
  });
});

describe('globMatches', () => {
  it.each([
    ['*', '', true], ['?', '', false], ['a*c', 'abbc', true], ['a*c', 'abbd', false], ['*b*', 'abc', true], ['a?c', 'a\u{1F600}c', true], ['a', 'ab', false],
  ])('%s against %s', (pattern, text, result) => {
    expect(globMatches(pattern, text)).toBe(result);
  });

  it('cannot be made to hang', () => {
    expect(globMatches(`${'*a'.repeat(50)}b`, 'a'.repeat(20_000))).toBe(false);
  });
});
