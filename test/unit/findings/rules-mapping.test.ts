import { describe, expect, it } from 'vitest';
import { runsAnything } from '../../../electron/knowledge/index.ts';
import { TestServer, ofRule } from '../../helpers/model.ts';

const ASP = '%windir%\\system32\\inetsrv\\asp.dll';
const PAGE = 'System.Web.UI.PageHandlerFactory';

describe('stock code behind other URLs', () => {
  const found = async (server: TestServer): Promise<string[]> => (await server.evaluate()).findings.filter((f) => f.rule === 'stock-name-other-image').map((f) => `${f.severity} ${/"([^"]*)" \((?:dir|site|app|server)/.exec(f.title)?.[1] ?? f.title}`);

  it('is medium in a folder below an application, low for content elsewhere, info for an extension of its own', async () => {
    const upload = { scope: 'dir:Shop/uploads', file: 'D/web/shop/uploads/web.config' };
    const site = { scope: 'site:Shop', file: 'D/web/shop/web.config' };
    const server = new TestServer().stock().handler('a', { image: ASP, urlPath: '*.config', ...upload }).handler('b', { type: PAGE, urlPath: '*.jpg', ...upload })
      .handler('c', { type: PAGE, urlPath: '*.png', ...site }).handler('d', { type: PAGE, urlPath: '*.html', ...site });
    expect(await found(server)).toEqual(['medium *.config', 'medium *.jpg', 'low *.png', 'info *.html']);
  });

  it('is nothing for what Windows maps, for wildcard maps and for code that runs no file', async () => {
    const server = new TestServer().stock().handler('ASPClassic', { image: ASP, urlPath: '*.asp' }).handler('x', { image: ASP, urlPath: '*.CER' }).handler('P', { type: PAGE, urlPath: '*.aspx' })
      .handler('W', { image: '%windir%\\Microsoft.NET\\Framework64\\v4.0.30319\\aspnet_isapi.dll', urlPath: '*' }).handler('T', { type: 'System.Web.Handlers.TransferRequestHandler', urlPath: 'logo.png' });
    expect(await found(server)).toEqual([]);
  });
});

describe('programs that run whatever they are given', () => {
  it('are high as a CGI program, medium when only permitted', async () => {
    const shell = new TestServer().stock().handler('P', { image: 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe|-enc AAAA' }).handler('Q', { image: '%windir%\\system32\\Cmd.exe' });
    expect(ofRule(await shell.evaluate(), 'unknown-component').sort()).toEqual(['high P', 'high Q']);
    const permitted = new TestServer().stock().entry('cgi', 'security/isapiCgiRestriction', null, 'C:\\Windows\\System32\\cmd.exe', {}, 'path');
    expect(ofRule(await permitted.evaluate(), 'unknown-component')).toEqual(['medium C:\\Windows\\System32\\cmd.exe']);
    const own = new TestServer().stock().handler('R', { image: 'C:\\Program Files\\V\\report.exe' });
    expect(ofRule(await own.evaluate(), 'unknown-component')).toEqual(['low R']);
  });

  it.each([
    ['cmd.exe', 'cmd.exe'], ['"C:\\a b\\cmd.exe" /c dir', 'cmd.exe'], ['C:/Windows/System32/PowerShell.EXE|-enc A', 'PowerShell.EXE'], ['C:\\php\\php-cgi.exe', null], ['', null], ['C:\\x\\mycmd.exe', null],
  ])('%s', (image, name) => expect(runsAnything(image)).toBe(name));
});

describe('a folder whose files can be written and run', () => {
  it('is medium, a whole site low', async () => {
    const server = new TestServer().stock();
    const fact = { group: 'code' as const, setting: 'accessPolicy', owner: '', value: 'Read, Write, Execute', section: 'system.webServer/handlers' };
    const ref = { path: null, evidencePath: 'x', line: 1, column: 1, sha256: 'a' };
    for (const scope of ['site:Shop', 'dir:Shop/uploads', 'location "Shop"', 'location "Shop/uploads"']) server.settings.push({ ...fact, scope, ref });
    expect((await server.evaluate()).findings.filter((f) => f.rule === 'code-loading-setting').map((f) => `${f.severity} ${/\((.*)\)$/.exec(f.title)?.[1] ?? ''}`).sort()).toEqual([
      'low location "Shop"', 'low site:Shop', 'medium dir:Shop/uploads', 'medium location "Shop/uploads"',
    ]);
  });
});
