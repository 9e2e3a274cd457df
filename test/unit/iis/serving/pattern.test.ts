import { describe, expect, test } from 'vitest';
import { pathPattern, verbsOf } from '../../../../electron/iis/serving/pattern.ts';
import { urlPath } from '../../../../electron/iis/serving/url.ts';

function fits(pattern: string, path: string): number {
  const url = urlPath(path);
  return url === null ? -2 : pathPattern(pattern).fit(url.folded, url.folder);
}

describe('path of a handler', () => {
  test.each([
    ['*', '/', 0], ['*', '/a/b', 1],
    ['*.aspx', '/a/b.aspx', 1], ['*.aspx', '/A/B.ASPX', 1], ['*.aspx', '/a/b.aspx/method', 1], ['*.aspx', '/a/b.asp', -1], ['*.aspx', '/aspx', -1],
    ['*.asp', '/a.aspx', -1],
    ['trace.axd', '/trace.axd', 0], ['trace.axd', '/app/Trace.axd', 1], ['trace.axd', '/xtrace.axd', -1], ['trace.axd', '/trace.axd/7', 0],
    ['*_AppService.axd', '/Auth_AppService.axd', 0],
    ['x/*.axd', '/app/x/y.axd', 2], ['x/*.axd', '/app/z/y.axd', -1], ['/x/*.axd', '/x/y.axd', 1], ['/x/*.axd', '/a/x/y.axd', -1],
    ['*.php, *.phtml', '/a.phtml', 0], ['*.php,*.phtml', '/a.ph', -1],
    ['*.', '/', 0], ['*.', '/a/b', 1], ['*.', '/a.b/c', 1], ['*.', '/a/b.c', -1],
    ['?.htm', '/a.htm', 0], ['?.htm', '/ab.htm', -1], ['a*b*c', '/axxbyyc', 0], ['a*b*c', '/axxcyyb', -1],
    ['', '/a', -1],
  ])('%s on %s', (pattern, path, at) => {
    expect(fits(pattern, path)).toBe(at);
  });

  test('a pattern of many stars ends soon on a long name', () => {
    expect(fits('*a'.repeat(500), `/${'a'.repeat(5000)}b`)).toBe(-1);
  });

  test('verbs', () => {
    expect(verbsOf('*')).toBeNull();
    expect([...(verbsOf('GET, HEAD,POST') ?? [])]).toEqual(['GET', 'HEAD', 'POST']);
  });
});

describe('paths of rows', () => {
  test.each([
    ['/a/./b/../c', ['a', 'c'], false], ['/a//b/', ['a', 'b'], true], ['/', [], true], ['/..', [], true], ['/a\\b', ['a', 'b'], false], ['/a?b/c', ['a'], false],
  ])('%s', (path, parts, folder) => {
    expect(urlPath(path)).toMatchObject({ parts, folder });
  });
  test.each(['*', 'host:443', ''])('%s is none', (path) => expect(urlPath(path)).toBeNull());
});
