import { describe, expect, test } from 'vitest';
import { verdictOf } from '../../../../electron/iis/serving/verdict.ts';
import { webConfig } from '../support.ts';
import { DOCUMENTS, space, STOCK_HANDLERS } from './support.ts';

type Options = Parameters<typeof space>[0];
const verdict = (path: string, verb: string, options: Options = {}): string => verdictOf(space(options).serve(path, verb), verb);
const FILES = ['C:\\www\\a.png', 'C:\\www\\up\\b.txt', 'C:\\www\\default.aspx', 'C:\\www\\form.asp'];

describe('answers of 2xx', () => {
  test.each([
    ['/a.png', 'GET', 'explained'], ['/a.png', 'POST', 'write-to-file'], ['/a.png', 'OPTIONS', 'explained'],
    ['/gone.png', 'GET', 'no-file'], ['/gone.png', 'POST', 'no-file'], ['/gone.asp', 'GET', 'no-file'], ['/form.asp', 'POST', 'explained'],
    // A page that is compiled, or a route, needs no file.
    ['/gone.aspx', 'GET', 'explained'], ['/shop/7', 'GET', 'explained'], ['/', 'GET', 'explained'], ['/up/', 'GET', 'explained'],
    ['*', 'GET', 'unknown'],
  ])('%s %s: %s', (path, verb, expected) => {
    expect(verdict(path, verb, { files: FILES })).toBe(expected);
  });
  const noRoutes = STOCK_HANDLERS.replace(/<add name="Extensionless"[^>]*>/, '');
  test('folders without routes: a document or a list, else nothing', () => {
    expect(verdict('/', 'GET', { files: FILES, handlers: noRoutes })).toBe('explained');
    expect(verdict('/up/', 'GET', { files: FILES, handlers: noRoutes })).toBe('no-file');
    expect(verdict('/up/', 'POST', { files: FILES, handlers: noRoutes })).toBe('write-to-file');
    expect(verdict('/up/', 'GET', { files: FILES, handlers: noRoutes, more: `${DOCUMENTS}<directoryBrowse enabled="true" />` })).toBe('explained');
    expect(verdict('/slot/kw', 'GET', { files: FILES, handlers: noRoutes })).toBe('no-file');
  });
  test('a wildcard handler, a rewrite rule, an error page and what is not collected explain it or leave it open', () => {
    expect(verdict('/gone.png', 'GET', { files: FILES, handlers: `<add name="Core" path="*" verb="*" modules="AspNetCoreModuleV2" />${STOCK_HANDLERS}` })).toBe('explained');
    const rule = webConfig('<rewrite><rules><rule name="R"><action type="Rewrite" url="x" /></rule></rules></rewrite>');
    expect(verdict('/gone.png', 'GET', { files: FILES, others: { 'C:\\www\\web.config': rule } })).toBe('elsewhere');
    expect(verdict('/gone.png', 'GET', { uncollected: ['C:\\www'] })).toBe('unknown');
    expect(verdict('/gone.png', 'GET', { others: { 'C:\\www\\web.config': webConfig('<handlers><add name="Asp" path="x" verb="*" type="T" /></handlers>') } })).toBe('unknown');
  });
});
