import { describe, expect, test } from 'vitest';
import { verdictOf } from '../../../../electron/iis/serving/verdict.ts';
import { webConfig } from '../support.ts';
import { DOCUMENTS, space, STOCK_HANDLERS } from './support.ts';

type Options = Parameters<typeof space>[0];
const verdict = (path: string, verb: string, options: Options = {}): string => verdictOf(space(options).serve(path, verb), verb, path);
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
  const noRoute = { files: FILES, handlers: noRoutes };
  test.each([
    // Letter case, escapes, blanks, dots at the end, path info, folders: the same file.
    ['/A.PNG', 'GET', 'explained'], ['/%61.png', 'GET', 'explained'], ['/a.png.', 'GET', 'explained'], ['/up/./b.txt', 'GET', 'explained'], ['/form.asp/7/x', 'POST', 'explained'],
    // What the log could not write, and what certificates are proved with and is taken away again.
    ['/Stra?e.pdf', 'GET', 'unknown'], ['/Stra\ufffde.pdf', 'GET', 'unknown'], ['/.well-known/acme-challenge/k3', 'GET', 'elsewhere'], ['/.well-known/acme-challenge/k3', 'POST', 'no-file'],
  ])('%s %s: %s, as a path can be written', (path, verb, expected) => {
    expect(verdict(path, verb, noRoute)).toBe(expected);
  });
  test('a name that a file system keeps composed otherwise', () => {
    expect(verdict('/caf\u00e9.png', 'GET', { files: ['C:\\www\\cafe\u0301.png'], handlers: noRoutes })).toBe('explained');
  });
  test('WebDAV, a filter that rewrites, virtual directories', () => {
    const dav = '<add name="WebDAV" path="*" verb="PROPFIND,PUT,DELETE,MOVE,LOCK" modules="WebDAVModule" resourceType="Unspecified" />';
    expect(verdict('/up/new.docx', 'PUT', { ...noRoute, handlers: `${dav}${noRoutes}` })).toBe('explained');
    const filter = (image: string): string => `${DOCUMENTS}<isapiFilters><filter name="F" path="${image}" /></isapiFilters>`;
    expect(verdict('/gone.png', 'GET', { ...noRoute, more: filter('C:\\rw\\ISAPI_Rewrite.dll') })).toBe('elsewhere');
    expect(verdict('/gone.png', 'GET', { ...noRoute, more: filter('C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\aspnet_filter.dll') })).toBe('no-file');
    const sites = '<site name="Shop" id="1"><application path="/" applicationPool="P"><virtualDirectory path="/" physicalPath="C:\\www" /><virtualDirectory path="/media" physicalPath="D:\\media" /></application></site>';
    expect(verdict('/media/x.jpg', 'GET', { handlers: noRoutes, sites, files: ['D:\\media\\x.jpg'] })).toBe('explained');
    expect(verdict('/media/y.jpg', 'GET', { handlers: noRoutes, sites, uncollected: ['D:\\media'] })).toBe('unknown');
  });
});
