import { describe, expect, it } from 'vitest';
import { loadStates, originOf } from '../../../electron/components/index.ts';
import { TestServer, managedPe, nativeModulePe, pe } from '../../helpers/model.ts';

const ASPNET = '%windir%\\Microsoft.NET\\Framework64\\v4.0.30319\\aspnet_isapi.dll';
const byName = (server: TestServer, name: string | null) => server.join().filter((c) => c.name === name);

describe('joinComponents: what is one component', () => {
  it('joins the <modules> entry to the globalModules entry of exactly that name', () => {
    const server = new TestServer().globalModule('A', 'C:\\v\\a.dll').module('A').module('a');
    const [one] = byName(server, 'A');
    expect(one?.registrations.map((r) => r.section)).toEqual(['system.webServer/globalModules', 'system.webServer/modules']);
    expect(byName(server, 'a')).toMatchObject([{ image: null, fileStatus: 'none', origin: 'unknown' }]);
  });

  it('joins handlers, permissions and FastCGI arguments by image, whatever the spelling', () => {
    const server = new TestServer().restriction('c:\\windows\\microsoft.net\\framework64\\v4.0.30319\\ASPNET_isapi.dll').handler('svc', { image: ASPNET }).handler('xamlx', { image: ASPNET })
      .handler('P1', { image: 'C:\\PHP\\php-cgi.exe|-d a' }).handler('P2', { image: 'c:\\php\\PHP-cgi.exe|-d b' });
    expect(server.join().map((c) => [c.kind, c.name, c.registrations.length, c.origin])).toEqual([['isapi-extension', 'svc', 3, 'stock'], ['cgi', 'P1', 2, 'known-product']]);
  });

  it('joins managed modules by type and name, handlers by type', () => {
    const server = new TestServer().module('M', { type: 'A.B, C, Version=1.0.0.0' }).module('M', { type: 'A.B,C', scope: 'site:Shop' }).module('N', { type: 'A.B, C' })
      .handler('H1', { type: 'X.Y' }).handler('H2', { type: 'X.Y' });
    expect(server.join().map((c) => [c.kind, c.name, c.registrations.length])).toEqual([['managed-module', 'M', 2], ['managed-module', 'N', 1], ['managed-handler', 'H1', 2]]);
  });

  it('tells filters of one name and two images apart', () => {
    expect(new TestServer().filter('F', 'C:\\a\\f.dll').filter('F', 'C:\\b\\f.dll').join()).toHaveLength(2);
  });

  it('keeps ids when entries move, and gives another id for another image', () => {
    const id = (server: TestServer): string | undefined => byName(server, 'A')[0]?.id;
    const one = id(new TestServer().globalModule('A', 'C:\\v\\a.dll'));
    expect(one).toMatch(/^c-[0-9a-f]{12}$/);
    expect(id(new TestServer().stock().globalModule('A', 'c:\\V\\A.dll', { line: 900 }))).toBe(one);
    expect(id(new TestServer().globalModule('A', 'C:\\v\\b.dll'))).not.toBe(one);
  });
});

describe('joinComponents: files', () => {
  it('reads both bitnesses where a 32-bit pool loads it', () => {
    const server = new TestServer().file('C:\\Windows\\System32\\inetsrv\\x.dll').file('C:\\Windows\\SysWOW64\\inetsrv\\x.dll').globalModule('X', '%windir%\\System32\\inetsrv\\x.dll');
    expect(byName(server, 'X')).toMatchObject([{ file: { path: 'C:\\Windows\\System32\\inetsrv\\x.dll' }, file32: { path: 'C:\\Windows\\SysWOW64\\inetsrv\\x.dll' }, fileStatus: 'present', entryPoints: ['RegisterModule'] }]);
    const narrow = new TestServer().file('C:\\Windows\\SysWOW64\\inetsrv\\x.dll').globalModule('X', '%windir%\\System32\\inetsrv\\x.dll', { preCondition: 'bitness32' });
    expect(byName(narrow, 'X')).toMatchObject([{ file: { path: 'C:\\Windows\\SysWOW64\\inetsrv\\x.dll' }, file32: null }]);
  });

  it('looks where the processes that load it look: a 32-bit handler with a permission, a 32-bit pool', () => {
    const files = () => new TestServer().file('C:\\Windows\\System32\\x.dll').file('C:\\Windows\\SysWOW64\\x.dll').restriction('%windir%\\System32\\x.dll');
    for (const server of [files().handler('X', { image: '%windir%\\System32\\x.dll', preCondition: 'bitness32' }), files().handler('X', { image: '%windir%\\System32\\x.dll', scope: 'app:Shop/api' })]) {
      expect(byName(server, 'X')).toMatchObject([{ file: { path: 'C:\\Windows\\SysWOW64\\x.dll' }, file32: null }]);
    }
  });

  it('finds the assembly of a managed type in the bin of its application', () => {
    const server = new TestServer().handler('Img', { type: 'Shop.Imaging.ResizeHandler, Shop.Imaging', scope: 'site:Shop' })
      .file('D:\\web\\shop\\bin\\Shop.Imaging.dll', managedPe('Shop.Imaging', [['Shop.Imaging.ResizeHandler', 'System.Web.IHttpHandler']]));
    expect(server.join()).toMatchObject([{ name: 'Img', fileStatus: 'present', file: { path: 'D:\\web\\shop\\bin\\Shop.Imaging.dll' }, entryPoints: ['Shop.Imaging.ResizeHandler (System.Web.IHttpHandler)'] }]);
  });

  it('never calls anything absent without a Windows tree, nor a strong name that may be in the assembly cache', () => {
    const server = new TestServer().folder('C:\\v').globalModule('X', 'C:\\v\\x.dll');
    expect(byName(server, 'X')).toMatchObject([{ fileStatus: 'absent' }]);
    server.loose = true;
    expect(byName(server, 'X')).toMatchObject([{ fileStatus: 'not-collected' }]);
    const strong = new TestServer().folder('D:\\web\\shop\\bin').module('M', { type: 'V.M, V, Version=1.0.0.0, Culture=neutral, PublicKeyToken=0123456789abcdef', scope: 'site:Shop' });
    expect(byName(strong, 'M')).toMatchObject([{ fileStatus: 'not-collected' }]);
  });

  it('adds what nothing registers, once, after the rest', () => {
    const server = new TestServer().file('D:\\b.dll', nativeModulePe()).file('D:\\a.dll', pe({ kinds: ['isapi-filter', 'isapi-extension'], entryPoints: ['GetFilterVersion'] })).file('D:\\plain.dll', pe()).stock();
    expect(server.join().slice(-2).map((c) => [c.kind, c.name, c.registrations.length])).toEqual([['isapi-filter', 'a.dll', 0], ['native-module', 'b.dll', 0]]);
  });
});

describe('joinComponents: when and where', () => {
  const copies = (): TestServer => new TestServer().copy('c1', '2026-02-28T09:00:00Z').copy('c2', '2026-03-02T14:00:00Z').copy('live', '2026-03-03T01:00:00Z');

  it('takes the copy that has it after one that has not, over a file time', () => {
    const server = copies().file('C:\\v\\x.dll', nativeModulePe(), '2016-07-16T13:18:44Z').globalModule('X', 'C:\\v\\x.dll').change('added', 'native-module', 'globalModules', 'X', 'c1', 'c2');
    expect(byName(server, 'X')[0]?.firstSeen).toEqual({ time: '2026-03-02T14:00:00Z', from: 'history-order', fidelity: 'mtime-only', order: 2 });
  });

  it('takes the earlier of first copy and file time where every copy has it', () => {
    const old = copies().file('C:\\v\\x.dll', nativeModulePe(), '2020-01-01T00:00:00Z').globalModule('X', 'C:\\v\\x.dll');
    expect(byName(old, 'X')[0]?.firstSeen).toMatchObject({ time: '2020-01-01T00:00:00Z', from: 'file-time' });
    const later = copies().file('C:\\v\\x.dll', nativeModulePe(), '2026-03-01T00:00:00Z').globalModule('X', 'C:\\v\\x.dll');
    expect(byName(later, 'X')[0]?.firstSeen).toMatchObject({ order: 1 });
  });

  it('uses the linker stamp only when there is nothing else, and says so', () => {
    const server = new TestServer().file('C:\\v\\x.dll').globalModule('X', 'C:\\v\\x.dll');
    expect(byName(server, 'X')[0]?.firstSeen).toEqual({ time: '2020-01-01T00:00:00Z', from: 'pe', fidelity: 'forgeable' });
    expect(byName(new TestServer().globalModule('Y', 'C:\\v\\y.dll'), 'Y')[0]?.firstSeen.from).toBe('none');
  });

  it('does not take a new entry of a known component for its arrival, and takes other code in an old entry for one', () => {
    const enabled = copies().globalModule('X', 'C:\\v\\x.dll').module('X').change('added', 'module', 'modules', 'X', 'c2', 'live');
    expect(byName(enabled, 'X')[0]?.firstSeen).toMatchObject({ time: '2026-02-28T09:00:00Z', order: 1 });
    const second = copies().handler('H1', { image: 'C:\\v\\x.dll' }).handler('H2', { image: 'C:\\v\\x.dll' }).change('added', 'handler', 'handlers', 'H2', 'c2', 'live');
    expect(byName(second, 'H1')[0]?.firstSeen).toMatchObject({ order: 1 });
    const swapped = copies().globalModule('X', 'C:\\v\\x.dll')
      .change('changed', 'native-module', 'globalModules', 'X', 'c1', 'c2', { before: 'image="C:\\v\\old.dll" name="X"', after: 'image="C:\\v\\x.dll" name="X"' });
    expect(byName(swapped, 'X')[0]?.firstSeen).toMatchObject({ time: '2026-03-02T14:00:00Z', order: 2 });
    const other = copies().globalModule('X', 'C:\\v\\x.dll', { preCondition: 'bitness64' })
      .change('changed', 'native-module', 'globalModules', 'X', 'c1', 'c2', { before: 'image="c:\\V\\X.dll" name="X"', after: 'image="C:\\v\\x.dll" name="X" preCondition="bitness64"' });
    expect(byName(other, 'X')[0]?.firstSeen).toMatchObject({ order: 1 });
  });

  it('gives a web.config no history: a change of the same name elsewhere is not its own', () => {
    const server = copies().module('M', { type: 'V.M, V', scope: 'site:Shop', file: 'D/web/shop/web.config' }).change('added', 'module', 'modules', 'M', 'c1', 'c2');
    expect(byName(server, 'M')[0]?.firstSeen.from).toBe('none');
  });

  it('is dormant only when no registration is in use', () => {
    const server = new TestServer().module('M', { type: 'V.M, V', scope: 'site:Nowhere' });
    expect(byName(server, 'M')).toMatchObject([{ loadedBy: [], dormant: 'no application reads this file' }]);
    server.module('M', { type: 'V.M, V', scope: 'app:Shop/api' });
    expect(byName(server, 'M')).toMatchObject([{ loadedBy: [{ site: 'Shop', application: '/api', pool: 'ApiPool' }], dormant: null }]);
  });

  it('takes a permission for what it is: it loads nothing', () => {
    const path = 'D:\\web\\hdr.dll';
    expect(new TestServer().restriction(path).join()).toMatchObject([{ loadedBy: [], dormant: 'permitted to run, but no handler names it' }]);
    const used = new TestServer().restriction(path).handler('HDR', { image: path, scope: 'app:Shop/api' });
    expect(byName(used, 'HDR')).toMatchObject([{ loadedBy: [{ site: 'Shop', application: '/api', pool: 'ApiPool' }], dormant: null }]);
  });

  it('looks load states up by the line', () => {
    const [r] = new TestServer().globalModule('X', 'x').registrations;
    if (r === undefined) throw new Error('one registration');
    const by = { site: 's', application: '/', pool: 'p' };
    expect(loadStates({ loadedBy: new Map([[r.key, [by]]]), dormant: new Map() })(r)).toEqual({ loadedBy: [by], dormant: null });
    expect(loadStates({ loadedBy: new Map(), dormant: new Map([[r.key, 'why']]) })(r)).toEqual({ loadedBy: [], dormant: 'why' });
  });
});

describe('originOf', () => {
  it.each([
    ['stock', { kind: 'native-module', name: 'StaticFileModule', image: '%windir%\\SysWOW64\\inetsrv\\static.dll', type: null }],
    ['unknown', { kind: 'native-module', name: 'Other', image: '%windir%\\System32\\inetsrv\\static.dll', type: null }],
    ['unknown', { kind: 'native-module', name: 'StaticFileModule', image: '%windir%\\System32\\inetsrv\\static.dll:x', type: null }],
    ['stock', { kind: 'managed-handler', name: 'Anything', image: null, type: 'System.Web.UI.PageHandlerFactory' }],
    ['unknown', { kind: 'managed-module', name: 'Session', image: null, type: 'Evil.Session, Evil' }],
    ['unknown', { kind: 'managed-module', name: 'S', image: null, type: 'System.Web.SessionState.SessionStateModule, System.Web, Version=4.0.0.0, Culture=neutral, PublicKeyToken=0123456789abcdef' }],
    ['stock', { kind: 'isapi-extension', name: 'ISAPI-dll', image: null, type: null }],
    ['unknown', { kind: 'isapi-extension', name: 'pictures', image: null, type: null }],
    ['stock', { kind: 'other', name: 'gzip', image: '%Windir%\\system32\\inetsrv\\gzip.dll', type: null, section: 'system.webServer/httpCompression' }],
    ['unknown', { kind: 'other', name: 'gzip', image: '%Windir%\\system32\\inetsrv\\gzip.dll', type: null, section: 'system.applicationHost/listenerAdapters' }],
  ] as const)('%s: %o', (origin, subject) => {
    const judged = originOf(subject);
    expect(judged.origin).toBe(origin);
    if (origin !== 'unknown') expect(judged.reason).toContain('content not verified');
  });
});
