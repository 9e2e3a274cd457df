import * as fc from 'fast-check';
import { TestServer, managedPe } from './model.ts';

const name = fc.constantFrom('HttpCacheModule', 'HttpCacheExtModule', 'httpcachemodule', 'RewriteModule', 'X', '__proto__', 'Session', 'Zeta', '');
const image = fc.constantFrom('%windir%\\System32\\inetsrv\\cachhttp.dll', 'C:\\ProgramData\\a.dll', 'relative.dll', '\\\\?\\C:\\x\\y.dll', '\\\\s\\h\\y.dll', 'C:\\PROGRA~1\\V\\s.dll', '', 'C:/a/../b.dll', 'x.dll:y');
const type = fc.constantFrom('System.Web.SessionState.SessionStateModule', 'A.B, C', 'System.Evil.Type', 'Microsoft.Exchange.Evil, E', ', , ,', 'A`1[[B, C]], D');
const scope = fc.constantFrom('server', 'app:Shop/', 'app:Shop/api', 'site:Shop', 'dir:Nowhere/x', 'app:');

/** Entries that are as odd as evidence can be: clones, empty names, bad paths, unknown scopes, unmatched history. */
export const randomEntries = fc.array(fc.tuple(name, image, type, scope, fc.nat(7)), { maxLength: 12 });

/** The same server for the same entries. */
export function serverOf(entries: ReadonlyArray<readonly [string, string, string, string, number]>): TestServer {
  const server = new TestServer().copy('c1').copy('c2');
  entries.forEach(([n, i, t, s, pick], index) => {
    if (pick === 0) server.globalModule(n, i, { scope: s });
    else if (pick === 1) server.module(n, { scope: s });
    else if (pick === 2) server.module(n, { type: t, scope: s });
    else if (pick === 3) server.filter(n, i, { scope: s });
    else if (pick === 4) server.handler(n, { image: i, scope: s });
    else if (pick === 5) server.change('added', 'native-module', 'globalModules', n, 'c1', 'c2');
    else if (pick === 6) server.change('removed', 'native-module', 'globalModules', n, 'c1', 'c2', { before: `name="${n}" image="${i}"` });
    else server.file(`D:\\web\\${index}.dll`, managedPe(t, [[t, 'System.Web.IHttpModule']]));
  });
  return server;
}
