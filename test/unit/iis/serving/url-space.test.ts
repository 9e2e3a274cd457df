import { describe, expect, test } from 'vitest';
import { SERVING_ASSUMED } from '../../../../electron/iis/serving/assumed.ts';
import { webConfig } from '../support.ts';
import { handlerOf, MODULES, space, STOCK_HANDLERS } from './support.ts';

const CLASSIC = '<add name="P" managedRuntimeVersion="v4.0" managedPipelineMode="Classic" />';

describe('handler of a request', () => {
  test('a page that is there, its file and the modules that see it', () => {
    const served = space({ files: ['C:\\www\\Up\\page.aspx'] }).serve('/up/PAGE.aspx', 'GET');
    expect(handlerOf(served)).toBe('Pages');
    expect(served.file).toMatchObject({ status: 'present', path: 'C:\\www\\up\\PAGE.aspx' });
    expect(served.modules.map((m) => m.name)).toContain('Auth');
    expect(served.reason).toBeNull();
  });
  test('a static file does not reach a module for managed handlers', () => {
    const served = space({ files: ['C:\\www\\a.txt'] }).serve('/a.txt', 'GET');
    expect(handlerOf(served)).toBe('StaticFile');
    expect(served.modules.map((m) => m.name)).not.toContain('Auth');
  });
  test('runAllManagedModulesForAllRequests makes it see static files too', () => {
    const modules = MODULES.replace('<modules>', '<modules runAllManagedModulesForAllRequests="true">');
    expect(space({ modules, files: ['C:\\www\\a.txt'] }).serve('/a.txt', 'GET').modules.map((m) => m.name)).toContain('Auth');
  });
  test('the longest application path decides, and its folder', () => {
    const served = space({ files: ['C:\\app\\x.aspx'] }).serve('/APP/x.aspx', 'GET');
    expect(served.application?.path).toBe('/app');
    expect(served.file?.path).toBe('C:\\app\\x.aspx');
    expect(space().serve('/apple/x.aspx', 'GET').application?.path).toBe('/');
  });
  test('a virtual directory leads elsewhere', () => {
    const sites = '<site name="Main" id="1"><application path="/" applicationPool="P"><virtualDirectory path="/" physicalPath="C:\\www" /><virtualDirectory path="/pics" physicalPath="D:\\p" /></application></site>';
    expect(space({ sites, files: ['D:\\p\\a.png'] }).serve('/pics/a.png', 'GET').file).toMatchObject({ path: 'D:\\p\\a.png', status: 'present' });
  });
  test('path info behind the name that the pattern fits', () => {
    const served = space({ files: ['C:\\www\\a.aspx'] }).serve('/a.aspx/Method/7', 'POST');
    expect(handlerOf(served)).toBe('Pages');
    expect(served.pathInfo).toBe('/Method/7');
    expect(served.file).toMatchObject({ path: 'C:\\www\\a.aspx', status: 'present' });
    expect(served.assumptions).toContain(SERVING_ASSUMED.pathInfo);
  });
  test('a verb that no entry of the extension has goes on to the next that fits', () => {
    expect(handlerOf(space({ files: ['C:\\www\\a.aspx'] }).serve('/a.aspx', 'PROPFIND'))).toBe('StaticFile');
  });
  test('preconditions: Classic pools run the ISAPI mapping', () => {
    const served = space({ pools: CLASSIC, files: ['C:\\www\\a.aspx'] }).serve('/a.aspx', 'GET');
    expect(handlerOf(served)).toBe('PagesClassic');
    expect(served.fits[0]?.mapping.managed).toBe(false);
    expect(served.assumptions).toContain(SERVING_ASSUMED.classic);
  });
  test('a handler that lacks its permission is chosen and fails', () => {
    const entry = space({ files: ['C:\\www\\a.asp'] }).serve('/a.asp', 'GET').fits[0]?.mapping.entry;
    expect(entry).toMatchObject({ name: 'Asp', state: 'dormant' });
    expect(entry?.why).toMatch(/404\.2/);
  });
  test('resourceType: no file, so the core answers; what needs none would answer', () => {
    const served = space().serve('/gone.asp', 'GET');
    expect(served.fits.map((f) => [f.mapping.entry.name, f.absent])).toEqual([['Asp', true], ['StaticFile', true]]);
    expect(served.assumptions).toContain(SERVING_ASSUMED.absent);
    expect(space().serve('/gone.aspx', 'GET').fits.map((f) => [f.mapping.entry.name, f.absent])).toEqual([['Pages', false]]);
  });
  test('resourceType File passes over a folder', () => {
    const handlers = `<add name="F" path="*" verb="*" type="T" resourceType="File" />${STOCK_HANDLERS}`;
    expect(handlerOf(space({ handlers, files: ['C:\\www\\dir.x\\a.txt'] }).serve('/dir.x/', 'GET'))).toBe('StaticFile');
    expect(handlerOf(space({ handlers, files: ['C:\\www\\dir.x\\a.txt'] }).serve('/dir.x/a.txt', 'GET'))).toBe('F');
  });
  test('extensionless URLs: the transfer handler, then what stands behind it', () => {
    const served = space().serve('/shop/7', 'GET');
    expect(served.fits.map((f) => f.mapping.entry.name)).toEqual(['Extensionless', 'StaticFile']);
    expect(served.assumptions).toContain(SERVING_ASSUMED.transfer);
  });
  test('a folder is answered through its first default document', () => {
    const served = space({ files: ['C:\\www\\default.aspx'] }).serve('/', 'GET');
    expect(served).toMatchObject({ document: 'default.aspx', file: { path: 'C:\\www\\default.aspx', status: 'present' } });
    expect(handlerOf(served)).toBe('Pages');
    expect(space({ files: ['C:\\www\\sub\\x.txt'] }).serve('/sub', 'GET').assumptions).toContain(SERVING_ASSUMED.slash);
  });
  test('a web.config of a sub-folder decides there and below, and not beside it', () => {
    const others = { 'C:\\www\\up\\web.config': webConfig('<handlers><add name="Png" path="*.png" verb="*" type="T.Evil" /></handlers>') };
    expect(handlerOf(space({ others }).serve('/up/deep/a.png', 'GET'))).toBe('Png');
    expect(handlerOf(space({ others }).serve('/other/a.png', 'GET'))).toBe('StaticFile');
  });
  test('a location tag for one file', () => {
    const locations = '<location path="Main/only.txt"><system.webServer><handlers><add name="One" path="*" verb="*" type="T.One" /></handlers></system.webServer></location>';
    expect(handlerOf(space({ locations }).serve('/ONLY.txt', 'GET'))).toBe('One');
    expect(handlerOf(space({ locations }).serve('/other.txt', 'GET'))).toBe('StaticFile');
  });
  test('blanks of a name are "+" in the log', () => {
    const served = space({ files: ['C:\\www\\my file.txt'] }).serve('/my+file.txt', 'GET');
    expect(served.file?.status).toBe('present');
    expect(served.assumptions).toContain(SERVING_ASSUMED.plus);
  });
  test('names that Windows reads otherwise', () => {
    expect(space({ files: ['C:\\www\\a.txt'] }).serve('/a.txt.', 'GET').file?.status).toBe('present');
    expect(space({ files: ['C:\\www\\a.txt'] }).serve('/a.txt::$DATA', 'GET').file?.status).toBe('absent');
  });
  test('what is not collected is no proof of absence', () => {
    const served = space({ uncollected: ['C:\\www'] }).serve('/x/a.asp', 'GET');
    expect(served.file?.status).toBe('not-collected');
    expect(served.fits[0]?.absent).toBe(false);
    expect(served.assumptions).toContain(SERVING_ASSUMED.notCollected);
  });
  test('a broken configuration gives the reason, and no handler', () => {
    const served = space({ others: { 'C:\\www\\web.config': webConfig('<handlers><add name="Pages" path="x" verb="*" type="T" /></handlers>') } }).serve('/a.aspx', 'GET');
    expect(served.reason).toMatch(/500\.19/);
    expect(served.fits).toEqual([]);
  });
  test('what is no path', () => expect(space().serve('*', 'OPTIONS').reason).not.toBeNull());
});

describe('what else may have answered', () => {
  test.each([
    ['<rewrite><rules><rule name="Front"><action type="Rewrite" url="index.php" /></rule></rules></rewrite>', /"Front"/],
    ['<httpErrors errorMode="Custom"><remove statusCode="404" /><error statusCode="404" path="/e.aspx" responseMode="ExecuteURL" /></httpErrors>', /httpErrors/],
    ['<httpRedirect enabled="true" destination="http://x" />', /httpRedirect/],
    ['<modules runAllManagedModulesForAllRequests="true"><add name="R" type="System.Web.Routing.UrlRoutingModule" /></modules>', /route/],
  ])('%s', (content, words) => {
    const served = space({ others: { 'C:\\www\\web.config': webConfig(content) } }).serve('/x.txt', 'GET');
    expect(served.detours.any.join(' ')).toMatch(words);
  });
  test('redirect rules and rules that are off give no answer', () => {
    const rules = '<rewrite><rules><rule name="A" enabled="false"><action type="Rewrite" url="x" /></rule><rule name="B"><action type="Redirect" url="x" /></rule></rules></rewrite>';
    expect(space({ others: { 'C:\\www\\web.config': webConfig(rules) } }).serve('/x.txt', 'GET').detours.any).toEqual([]);
  });
});

test('a hundred thousand paths need the lists of one place', () => {
  const one = space({ files: ['C:\\www\\a.aspx'] });
  const names = new Set<string | null>();
  for (let i = 0; i < 100_000; i++) names.add(handlerOf(one.serve(`/f${i % 977}/p${i}.aspx`, 'GET')));
  expect([...names]).toEqual(['Pages']);
});
