import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type UrlSpace, urlSpace } from '../../../../electron/iis/index.ts';
import { corpus } from '../../../helpers/corpus.ts';
import { serverFiles, serverOf } from '../support.ts';

/** A mail server as its installer leaves it: two sites, forty applications, the stock handlers of IIS 10 with .NET. */
function exchange(): UrlSpace {
  const files = serverFiles(readFileSync(corpus.file('config', 'microsoft+CSS-Exchange', 'Shared', 'Tests', 'Data', 'E19_applicationHost_Default.config')));
  const server = serverOf(files);
  const space = urlSpace(files, server.id, 'Default Web Site', (path) => ({ status: /\.(?:png|aspx|asmx)$/.test(path) ? 'present' : 'absent', place: { path, evidencePath: '' } }));
  if ('reason' in space) throw new Error(space.reason);
  return space;
}

describe.skipIf(!corpus.present)('a real server (corpus)', () => {
  test.each([
    ['/owa/auth/logon.aspx', 'GET', '/owa', 'PageHandlerFactory-Integrated-4.0'],
    ['/EWS/Exchange.asmx', 'POST', '/EWS', 'WebServiceHandlerFactory-Integrated-4.0'],
    ['/x.svc/method', 'POST', '/', 'svc-Integrated-4.0'],
    ['/powershell', 'POST', '/PowerShell', 'ExtensionlessUrlHandler-Integrated-4.0'],
    ['/mapi/emsmdb/', 'POST', '/mapi', 'ExtensionlessUrlHandler-Integrated-4.0'],
    ['/owa/logo.png', 'GET', '/owa', 'StaticFile'],
    ['/anything', 'OPTIONS', '/', 'OPTIONSVerbHandler'],
    ['/trace.axd', 'GET', '/', 'TraceHandler-Integrated-4.0'],
  ])('%s %s', (path, verb, application, handler) => {
    const served = exchange().serve(path, verb);
    expect([served.application?.path, served.fits[0]?.mapping.entry.name]).toEqual([application, handler]);
  });
  test('managed modules see what a managed handler answers, and nothing of a static file', () => {
    const space = exchange();
    const managed = (path: string): number => space.serve(path, 'GET').modules.filter((m) => m.type !== null && m.runsFor === 'requests for managed handlers').length;
    expect(managed('/owa/auth/logon.aspx')).toBeGreaterThan(10);
    expect(managed('/owa/logo.png')).toBe(0);
  });
});
