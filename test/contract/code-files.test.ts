import { readFileSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEngine, type TestEngine } from '../helpers/engine.ts';
import { makeTree, type MadeTree } from '../helpers/tree.ts';

const ASP = 'C:\\WINDOWS\\system32\\inetsrv\\asp.dll';
const METABASE = `<?xml version ="1.0"?>
<configuration xmlns="urn:microsoft-catalog:XML_Metabase_V64_0">
<MBProperty>
<IIsFilters	Location ="/LM/W3SVC/Filters"
		FilterLoadOrder="flt">
</IIsFilters>
<IIsFilter	Location ="/LM/W3SVC/Filters/flt"
		FilterPath="C:\\WINDOWS\\Temp\\flt.dll">
</IIsFilter>
<IIsWebService	Location ="/LM/W3SVC"
		ScriptMaps=".asp,${ASP},5,GET"
		WebSvcExtRestrictionList="0,*.dll
			1,${ASP},0,ASP,Active Server Pages">
</IIsWebService>
<IIsWebServer	Location ="/LM/W3SVC/1"
		ServerComment="Shop">
</IIsWebServer>
<IIsWebVirtualDir	Location ="/LM/W3SVC/1/ROOT"
		AppRoot="/LM/W3SVC/1/ROOT"
		Path="D:\\shop">
</IIsWebVirtualDir>
</MBProperty>
</configuration>
`;
const INETSRV = 'C/WINDOWS/system32/inetsrv';
const CODEGEN = 'C/Windows/Microsoft.NET/Framework64/v4.0.30319/Temporary ASP.NET Files/root/1a2b/3c4d';
const imaging = readFileSync('test/fixtures/components/bin/clr/Shop.Imaging.dll');
const LATER = `<configuration><system.applicationHost><applicationPools><add name="P" managedRuntimeVersion="v4.0" /></applicationPools><sites><site name="Shop" id="1"><application path="/" applicationPool="P"><virtualDirectory path="/" physicalPath="D:\\shop" /></application></site></sites></system.applicationHost></configuration>`;

const trees: MadeTree[] = [];
let engine: TestEngine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(async () => {
  await engine.close();
  for (const tree of trees) await tree.cleanup();
});

async function read(name: string, files: Parameters<typeof makeTree>[0]): Promise<MadeTree> {
  const tree = await makeTree(files);
  trees.push(tree);
  await engine.ask('case.create', { path: path.join(engine.folder, `${name}.iiscase`), evidence: tree.dir });
  expect(await engine.ask('job.wait', {})).toMatchObject({ outcome: 'done' });
  return tree;
}

const components = async (): Promise<string[]> =>
  (await engine.ask('component.list', {})).components.map((c) => `${c.kind} ${c.name ?? ''} ${c.fileStatus} ${c.registrations.map((r) => `${r.section}:${r.line}`).join(' ')} ${c.loadedBy.length}`);

describe('a server of IIS 6', () => {
  it('has sites, components, lists and a history, and the same in the case alone', async () => {
    const tree = await read('iis6', {
      [`${INETSRV}/MetaBase.xml`]: METABASE,
      [`${INETSRV}/History/MetaBase_0000000010_0000000000.xml`]: METABASE.replace('.asp,', '.old,'),
      [`${INETSRV}/History/MetaBase_0000000009_0000000001.xml`]: METABASE.replace('FilterLoadOrder="flt"', 'FilterLoadOrder=""'),
      [`${INETSRV}/asp.dll`]: 'MZ',
    });
    expect((await engine.ask('case.info', {})).servers).toMatchObject([{ iisVersion: '6.0', sites: [{ name: 'Shop', applications: [{ path: '/', pipeline: 'Classic' }] }], configuration: { evidencePath: `${INETSRV}/MetaBase.xml` } }]);
    expect(await components()).toEqual(['isapi-filter flt not-collected MetaBase/Filters:7 1', 'isapi-extension .asp present MetaBase/ScriptMaps:11 MetaBase/WebSvcExtRestrictionList:13 1']);
    const look = async () => ({
      now: (await engine.ask('config.effective', { site: 'shop', app: '/' })).handlers.entries.map((e) => [e.name, e.from.line]),
      earlier: (await engine.ask('config.effective', { site: 'Shop', app: '/', asOf: 'MetaBase_0000000010_0000000000' })).handlers.entries.map((e) => e.name),
      changes: (await engine.ask('config.history', {})).changes.map((c) => `${c.from} ${c.what} ${c.name}`),
    });
    const { note } = await engine.ask('config.effective', { site: 'Shop', app: '/', asOf: 'MetaBase_0000000010_0000000000' });
    expect(note).toMatch(/^The metabase is that of MetaBase_0000000010_0000000000/);
    expect(note).not.toMatch(/other file/);
    const asRead = await look();
    expect(asRead).toEqual({
      now: [['.asp', 11]], earlier: ['.old'],
      changes: [
        'MetaBase_0000000009_0000000001 added .old', 'MetaBase_0000000009_0000000001 changed <FilterLoadOrder>', 'MetaBase_0000000009_0000000001 removed .asp',
        'MetaBase_0000000010_0000000000 added .asp', 'MetaBase_0000000010_0000000000 removed .old',
      ],
    });
    await engine.ask('case.close', {});
    await rename(tree.dir, `${tree.dir}-elsewhere`);
    await engine.ask('case.open', { path: path.join(engine.folder, 'iis6.iiscase') });
    expect(await look()).toEqual(asRead);
  });

  it('is not made of a metabase beside applicationHost.config', async () => {
    await read('both', { [`${INETSRV}/MetaBase.xml`]: METABASE, 'C/Windows/System32/inetsrv/config/applicationHost.config': LATER });
    expect(await components()).toEqual([]);
    expect((await engine.ask('evidence.problems', { limit: 10, offset: 0 })).problems.map((p) => p.message)).toEqual(expect.arrayContaining([expect.stringContaining('left over from IIS 6')]));
  });
});

describe('code that no configuration registers', () => {
  it('is listed, with what became of the files of a start code list', async () => {
    const full = (name: string): string => `${name}, Version=1.0.0.0, Culture=neutral, PublicKeyToken=null\r\n`;
    await read('aspnet', {
      'C/Windows/System32/inetsrv/config/applicationHost.config': LATER,
      'D/shop/global.asax': '<%@ Application Inherits="Shop.Global" %>',
      'D/shop/App_Code/a.cs': 'class A { }',
      'D/shop/bin/Shop.Imaging.dll': imaging,
      [`${CODEGEN}/preStartInitList.web`]: full('Shop.Imaging') + full('Gone'),
      [`${CODEGEN}/assembly/dl3/5e6f/Gone.DLL`]: imaging,
    });
    expect(await components()).toEqual(expect.arrayContaining([
      'managed-module global.asax none global.asax:1 1', 'other App_Code (1 file) none App_Code:1 1', 'other Shop.Imaging present preStartInitList:1 1', 'other Gone absent preStartInitList:2 0',
    ]));
    const { findings } = await engine.ask('finding.list', {});
    expect(findings.filter((f) => f.rule === 'pre-start-list').map((f) => `${f.severity} ${f.title}`)).toEqual([
      'medium Assembly "Gone" ran code at application start, and its file is gone', 'low Assembly "Shop.Imaging" runs code at application start',
    ]);
    expect((await engine.ask('evidence.intake', {})).rows.filter((row) => row.files > 0).map((row) => row.artifact)).toEqual(expect.arrayContaining(['prestart-list', 'global-asax']));
  });
});
