import { describe, expect, it } from 'vitest';
import { applicationCode, type CodeFile } from '../../../electron/components/index.ts';
import { evaluateRules } from '../../../electron/findings/index.ts';
import { SHA, TestServer } from '../../helpers/model.ts';

function codeFile(path: string, section: string, type: string | null = null): CodeFile {
  const place = { path, evidencePath: path.replace(':', '').replaceAll('\\', '/') };
  return { place, sha256: SHA, section, modified: null, shadowCopies: [], entries: [{ name: section, type, line: 2, column: 3, attributes: [{ name: 'Inherits', value: type ?? '' }] }] };
}

const folder = (path: string, files: number) => ({ name: path.slice(path.lastIndexOf('\\') + 1), path, files, first: { path: `${path}\\a.cs`, evidencePath: 'x/a.cs' } });

describe('code that needs no line of configuration', () => {
  const server = new TestServer();
  const components = applicationCode({
    server: server.server, images: server.images,
    files: [codeFile('d:\\WEB\\shop\\Global.asax', 'global.asax', 'Shop.Global'), codeFile('D:\\web\\shop\\sub\\global.asax', 'global.asax'), codeFile('D:\\web\\api\\bin\\a.compiled', 'compiled'), codeFile('D:\\web\\api\\bin\\b.compiled', 'compiled')],
    folders: [folder('D:\\web\\api\\App_Code', 3), folder('D:\\web\\other\\App_Code', 1)],
  });

  it('is one component for global.asax, at the root of the application only', () => {
    expect(components.filter((c) => c.kind === 'managed-module')).toMatchObject([{ name: 'global.asax', type: 'Shop.Global', loadedBy: [{ site: 'Shop', application: '/' }], registrations: [{ section: 'global.asax', scope: 'site:Shop', line: 2, column: 3 }] }]);
  });

  it('is one component for all sources and precompiled pages of an application', () => {
    expect(components.filter((c) => c.kind === 'other')).toMatchObject([{ name: 'App_Code (3 files), precompiled pages (2)', loadedBy: [{ application: '/api' }] }]);
    expect(components.filter((c) => c.kind === 'other')[0]?.registrations.map((r) => r.section)).toEqual(['App_Code', 'compiled', 'compiled']);
  });

  it('is an inventory: nothing is found against it', async () => {
    expect(await evaluateRules({ ...server.facts(), components })).toEqual([]);
  });

  it('has ids of its own', () => {
    expect(new Set(components.map((c) => c.id)).size).toBe(components.length);
  });

  it('is not loaded where the pool runs no managed code', () => {
    const bare = new TestServer();
    bare.server = { ...bare.server, sites: bare.server.sites.map((s) => ({ ...s, applications: s.applications.map((a) => ({ ...a, clr: '' })) })) };
    expect(applicationCode({ server: bare.server, images: bare.images, files: [codeFile('D:\\web\\shop\\global.asax', 'global.asax')], folders: [] })).toMatchObject([{ loadedBy: [], dormant: 'pool "ShopPool" runs no managed code' }]);
  });
});
