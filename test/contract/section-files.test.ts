import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startEngine, type TestEngine } from '../helpers/engine.ts';
import { makeTree, type MadeTree } from '../helpers/tree.ts';

const HOST = `<configuration><configSections><sectionGroup name="system.webServer"><section name="handlers" /></sectionGroup></configSections>
<system.applicationHost><applicationPools><add name="P" managedRuntimeVersion="v4.0" CLRConfigFile="%SystemDrive%\\pools\\p.settings" /></applicationPools><sites><site name="Shop" id="1"><application path="/" applicationPool="P"><virtualDirectory path="/" physicalPath="D:\\shop" /></application></site></sites></system.applicationHost><system.webServer><handlers accessPolicy="Read, Script" /></system.webServer></configuration>`;

let engine: TestEngine;
let tree: MadeTree;
beforeAll(async () => {
  engine = await startEngine();
  tree = await makeTree({
    'C/Windows/System32/inetsrv/config/applicationHost.config': HOST,
    'D/shop/web.config': '<configuration><system.webServer><handlers configSource="conf\\Handlers.txt" /></system.webServer></configuration>',
    'D/shop/conf/handlers.TXT': '<handlers>\n  <add name="fromFile" path="*.src" verb="*" type="Shop.Source" />\n</handlers>',
    'C/pools/P.settings': '<?xml version="1.0"?>\n<configuration><runtime><appDomainManagerAssembly value="Evil" /><appDomainManagerType value="Evil.Manager" /></runtime></configuration>',
    'D/shop/conf/other.txt': '<handlers><add name="nobody" path="*" verb="*" type="No" /></handlers>',
  });
});
afterAll(async () => {
  await engine.close();
  await tree.cleanup();
});

it('a section that configSource puts into a file of any name is read from there, also without the evidence at hand', async () => {
  const file = path.join(engine.folder, 'sections.iiscase');
  await engine.ask('case.create', { path: file, evidence: tree.dir });
  expect(await engine.ask('job.wait', {})).toMatchObject({ outcome: 'done' });
  const ask = (): Promise<{ handlers: unknown }> => engine.ask('config.effective', { site: 'Shop', app: '/' });
  const first = await ask();
  expect(first.handlers).toMatchObject({ outcome: 'effective', missing: [], entries: [{ name: 'fromFile', from: { path: 'D:\\shop\\conf\\handlers.TXT', evidencePath: 'D/shop/conf/handlers.TXT', line: 2, column: 3 } }] });
  const { components } = await engine.ask('component.list', {});
  expect(components.filter((c) => c.name === 'fromFile')).toMatchObject([{ registrations: [{ evidencePath: 'D/shop/conf/handlers.TXT', line: 2 }], loadedBy: [{ site: 'Shop', application: '/' }] }]);
  expect(components.some((c) => c.name === 'nobody')).toBe(false);
  await engine.ask('case.close', {});
  await engine.ask('case.open', { path: file });
  expect(await ask()).toEqual(first);
});

it('the CLRConfigFile of a pool is read as configuration, and what it names is a component', async () => {
  const components = async () => (await engine.ask('component.list', {})).components.filter((c) => c.kind === 'other');
  const expected = [
    { name: 'CLRConfigFile', fileStatus: 'present', file: { evidencePath: 'C/pools/P.settings', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) } },
    { name: 'appDomainManagerType', type: 'Evil.Manager, Evil', registrations: [{ path: 'C:\\pools\\P.settings', line: 2, section: 'runtime' }], loadedBy: [{ site: 'Shop', application: '/', pool: 'P' }] },
  ];
  expect(await components()).toMatchObject(expected);
  expect((await engine.ask('evidence.problems', { limit: 100, offset: 0 })).problems).toEqual([]);
});
