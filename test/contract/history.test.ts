import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Output } from '../../shared/contract/index.ts';
import { HistoryDocument } from '../../shared/contract/cli/documents.ts';
import { mainLine } from '../../shared/model/index.ts';
import { startEngine, type TestEngine } from '../helpers/engine.ts';
import { makeTree, type MadeTree, type Tree } from '../helpers/tree.ts';

const STOCK = [['HttpLoggingModule', '%windir%\\System32\\inetsrv\\loghttp.dll'], ['StaticFileModule', '%windir%\\System32\\inetsrv\\static.dll']] as const;
const EVIL = [...STOCK, ['Evil', 'C:\\ProgramData\\evil.dll']] as const;
const POOLS = '<add name="P1" managedRuntimeVersion="v4.0"><processModel userName="u" password="hunter2" /></add><add name="P2" />';
const SITE = (name: string, id: number, pool: string, folder: string): string => `<site name="${name}" id="${id}"><application path="/" applicationPool="${pool}"><virtualDirectory path="/" physicalPath="${folder}" /></application></site>`;
const SITES = SITE('Main', 1, 'P1', 'C:\\inetpub\\wwwroot') + SITE('Other', 2, 'P2', 'D:\\other');

function host(modules: readonly (readonly [string, string])[], { sites = SITES, pools = POOLS, more = '' } = {}): string {
  return `<?xml version="1.0"?>
<configuration>
  <configSections><sectionGroup name="system.webServer"><section name="globalModules" overrideModeDefault="Deny" /><section name="modules" /><section name="handlers" /></sectionGroup></configSections>
  <system.applicationHost><applicationPools>${pools}</applicationPools><sites>${sites}</sites></system.applicationHost>
  <system.webServer>
    <globalModules>
${modules.map(([name, image]) => `      <add name="${name}" image="${image}" />`).join('\n')}
    </globalModules>${more}
    <modules><add name="HttpLoggingModule" /></modules>
  </system.webServer>
</configuration>
`;
}

const CONFIG = 'C/Windows/System32/inetsrv/config/applicationHost.config';
const web = (content: string): string => `<configuration><system.webServer>${content}</system.webServer></configuration>`;
const at = (content: string, day: string, year = 2026): Tree[string] => ({ content, mtime: `${year}-${day}T10:00:00Z` });
const TREE: Tree = {
  [CONFIG]: at(host(STOCK), '03-10'),
  'C/inetpub/history/CFGHISTORY_0000000001/applicationHost.config': at(host(STOCK), '01-01'),
  'C/inetpub/history/CFGHISTORY_0000000002/applicationHost.config': at(host(STOCK, { more: '<httpLogging dontLog="true" />' }), '02-01'),
  'C/inetpub/history/CFGHISTORY_0000000003/applicationHost.config': at(host(STOCK, { more: '\n<!-- again --><httpLogging  dontLog="TRUE"/>' }), '02-02'),
  [`VSS1/${CONFIG}`]: at(host(EVIL), '02-20'),
  'VSS1/C/inetpub/history/CFGHISTORY_0000000001/applicationHost.config': at(host(STOCK), '01-01'),
  'VSS1/C/inetpub/wwwroot/web.config': at(web('<modules><add name="Shell" type="Shell.Mod, Shell" /></modules>'), '02-19'),
  'VSS1/C/inetpub/wwwroot/up/web.config': at(web('<handlers><add name="x" path="*.txt" verb="*" type="Evil.H, Evil" /></handlers>'), '02-18'),
  'C/inetpub/wwwroot/web.config': at(web('<modules />'), '03-09'),
  'C/inetpub/wwwroot/web.config.bak': at(web('<modules><clear /></modules>'), '01-09'),
  'C/inetpub/wwwroot/up/a.txt': at('x', '01-02'),
  'C/inetpub/temp/appPools/P1/P1.config': at(host([...EVIL, ['Evil2', 'C:\\Temp\\e2.dll']], { pools: '<add name="P1" managedRuntimeVersion="v4.0" />', sites: SITE('Main', 1, 'P1', 'C:\\inetpub\\wwwroot') }), '02-25'),
  'C/inetpub/temp/appPools/P2/P2.config': at(host(STOCK, { pools: '<add name="P2" />', sites: SITE('Other', 2, 'P2', 'D:\\other') }), '03-11'),
  [`${CONFIG}.bak`]: at(host(STOCK).slice(0, 400), '01-05'),
  'C/Windows.old/Windows/System32/inetsrv/config/applicationHost.config': at(host(STOCK.slice(0, 1)), '01-01', 2024),
};

let engine: TestEngine;
let tree: MadeTree;
let history: Output<'config.history'>;
beforeAll(async () => {
  engine = await startEngine();
  tree = await makeTree(TREE);
  await engine.ask('case.create', { path: null, evidence: tree.dir });
  expect(await engine.ask('job.wait', {})).toMatchObject({ outcome: 'done' });
  history = await engine.ask('config.history', {});
});
afterAll(async () => {
  await engine.close();
  await tree.cleanup();
});

const words = (c: Output<'config.history'>['changes'][number]): string => `${c.from} > ${c.to}: ${c.what} ${c.kind} ${c.scope} ${c.name}`;

describe('history of a server', () => {
  it('orders the copies of every kind, each file with its own line', () => {
    expect(() => HistoryDocument.parse({ schema: 'iisight.history/1', ...history })).not.toThrow();
    expect(history.copies.map((c) => `${c.series} ${c.id}`)).toEqual([
      'old-windows old-windows:Windows.old', 'history CFGHISTORY_0000000001', 'backup backup:applicationHost.config.bak', 'history CFGHISTORY_0000000002', 'history CFGHISTORY_0000000003', 'shadow shadow:VSS1',
      'pool pool:P1', 'pool pool:P2', 'live live',
      'shadow shadow:VSS1:C:\\inetpub\\wwwroot\\up\\web.config', 'backup backup:web.config.bak:C:\\inetpub\\wwwroot\\web.config', 'shadow shadow:VSS1:C:\\inetpub\\wwwroot\\web.config', 'live live:C:\\inetpub\\wwwroot\\web.config',
    ]);
    expect(history.copies.find((c) => c.id === 'pool:P2')?.equals).toBe('live');
    expect(new Set(history.copies.map((c) => c.server)).size).toBe(1);
  });

  it('answers the same from the saved case', async () => {
    const file = `${engine.folder}/history.iiscase`;
    await engine.ask('case.saveAs', { path: file, replace: false });
    await engine.ask('case.open', { path: file });
    expect(await engine.ask('config.history', {})).toEqual(history);
  });

  it('tells what changed in meaning; what pools were started with moves nothing else', () => {
    expect(history.changes.map(words)).toEqual([
      'old-windows:Windows.old > CFGHISTORY_0000000001: added native-module server StaticFileModule',
      'CFGHISTORY_0000000001 > CFGHISTORY_0000000002: added logging server httpLogging',
      'CFGHISTORY_0000000003 > shadow:VSS1: removed logging server httpLogging',
      'CFGHISTORY_0000000003 > shadow:VSS1: added native-module server Evil',
      'shadow:VSS1 > live: removed native-module server Evil',
      'shadow:VSS1:C:\\inetpub\\wwwroot\\up\\web.config > absent:C:\\inetpub\\wwwroot\\up\\web.config: removed handler Main/up x',
      'backup:web.config.bak:C:\\inetpub\\wwwroot\\web.config > shadow:VSS1:C:\\inetpub\\wwwroot\\web.config: removed module Main <clear>',
      'backup:web.config.bak:C:\\inetpub\\wwwroot\\web.config > shadow:VSS1:C:\\inetpub\\wwwroot\\web.config: added module Main Shell',
      'shadow:VSS1:C:\\inetpub\\wwwroot\\web.config > live:C:\\inetpub\\wwwroot\\web.config: removed module Main Shell',
      'pool:P1 > live: removed native-module server Evil', 'pool:P1 > live: removed native-module server Evil2',
    ]);
  });

  it('makes no host and no log of a shadow copy, and says which copy is damaged', async () => {
    const { servers, problems } = await engine.ask('run.triage', {});
    expect(servers).toHaveLength(1);
    expect(problems.filter((p) => p.kind === 'anomaly').map((p) => p.evidencePath)).toEqual([`${CONFIG}.bak`]);
  });

  it('finds what came and went in every kind of copy, with both lines', async () => {
    const { findings } = await engine.ask('run.triage', {});
    const gone = findings.filter((f) => f.rule === 'removed-again');
    expect(gone.map((f) => `${f.severity} ${/"([^"]*)"/.exec(f.title)?.[1]}`).toSorted()).toEqual(['high Evil', 'high Evil2', 'low Shell', 'low x']);
    expect(gone.find((f) => f.title.includes('"Shell"'))?.refs.map((r) => r.evidencePath)).toContain('VSS1/C/inetpub/wwwroot/web.config');
    expect(findings.filter((f) => f.rule === 'active-not-configured').map((f) => f.title).toSorted()).toEqual([expect.stringContaining('"Evil"'), expect.stringContaining('"Evil2"')]);
    expect(findings.filter((f) => f.rule === 'appeared-in-history')).toEqual([]);
  });

  it('has an event for every copy and every change once', async () => {
    const { events } = await engine.ask('timeline.page', { filter: 'source:config-history', limit: 200, offset: 0 });
    const count = (what: string): number => events.filter((e) => e.what === what).length;
    expect([count('config copy saved'), count('pool started with configuration'), count('config backup'), count('config in a shadow copy'), count('config of an earlier Windows')]).toEqual([3, 2, 2, 3, 1]);
    expect(events.filter((e) => e.message.includes('Evil removed'))).toHaveLength(1);
    expect(events.find((e) => e.message.includes('Evil added'))?.fields.map((f) => f.name)).toContain('line');
  });
});

describe('effective lists as of a copy of any kind', () => {
  const modules = async (asOf: string): Promise<{ names: string[]; global: string[]; note: string | null | undefined }> => {
    const answer = await engine.ask('config.effective', { site: 'Main', app: '/', asOf });
    return { names: answer.modules.entries.map((e) => e.name), global: answer.globalModules.entries.map((e) => e.name), note: answer.note };
  };
  it('takes the web.config of the same shadow copy', async () => {
    expect(await modules('shadow:VSS1')).toMatchObject({ names: ['HttpLoggingModule', 'Shell'], global: ['HttpLoggingModule', 'StaticFileModule', 'Evil'] });
  });
  it('takes what a pool was started with, and web.config files of that time', async () => {
    const then = await modules('pool:P1');
    expect(then.global).toEqual(['HttpLoggingModule', 'StaticFileModule', 'Evil', 'Evil2']);
    expect(then.names).toContain('Shell');
    expect(then.note).toMatch(/that of pool:P1.*left out.*up\\web\.config/s);
  });
  it('goes by a moment, and refuses what no copy covers', async () => {
    expect((await modules('2026-02-21T00:00:00Z')).global).toContain('Evil');
    expect((await modules('2026-02-10T00:00:00Z')).global).not.toContain('Evil');
    expect((await modules('2026-04-01T00:00:00Z')).names).toEqual(['HttpLoggingModule']);
    expect((await engine.refusal('config.effective', { site: 'Main', app: '/', asOf: '2020-01-01T00:00:00Z' })).message).toMatch(/nor a moment/);
    expect((await engine.refusal('config.effective', { site: 'Main', app: '/', asOf: 'backup:applicationHost.config.bak' })).message).toMatch(/damaged/);
  });
});

describe('effective lists as of a pool', () => {
  it('say what is assumed of such a copy', async () => {
    expect((await engine.ask('config.effective', { site: 'Main', app: '/', asOf: 'pool:P1' })).note).toMatch(/It is assumed that such a copy/);
    expect((await engine.ask('config.effective', { site: 'Main', app: '/', asOf: 'shadow:VSS1' })).note).not.toMatch(/assumed/);
  });
});

describe('the graph at a copy', () => {
  it('goes along applicationHost.config only', async () => {
    const then = await engine.ask('graph.view', { asOf: 'shadow:VSS1' });
    expect(then.copies.map((c) => c.id)).not.toContain('pool:P1');
    expect(then.copies.at(-1)?.id).toBe('live');
    expect(then.nodes.filter((n) => n.historyOnly === true).map((n) => n.label).toSorted()).toEqual(['Evil', 'Shell', 'x']);
    const before = await engine.ask('graph.view', { asOf: 'CFGHISTORY_0000000002' });
    expect(before.nodes.filter((n) => n.historyOnly === true)).toEqual([]);
  });
});

describe('two files compared', () => {
  it('by meaning and by line, without secrets', async () => {
    const { changes, lines, capped } = await engine.ask('config.diff', { from: CONFIG, to: `VSS1/${CONFIG}` });
    expect(changes.map(words)).toEqual(['live > shadow:VSS1: added native-module server Evil']);
    expect(lines.filter((l) => l.what !== 'same')).toEqual([{ what: 'added', left: null, right: 9, text: '      <add name="Evil" image="C:\\ProgramData\\evil.dll" />' }]);
    expect(lines).toHaveLength(7);
    expect(capped).toBe(false);
    const pools = await engine.ask('config.diff', { from: CONFIG, to: 'C/inetpub/temp/appPools/P2/P2.config' });
    expect(JSON.stringify(pools)).not.toContain('hunter2');
    expect((await engine.refusal('config.diff', { from: CONFIG, to: 'nothing' })).message).toMatch(/no configuration file/);
  });
});

describe('copies without the file in force', () => {
  it('are told all the same', async () => {
    const other = await startEngine();
    const made = await makeTree(Object.fromEntries(Object.entries(TREE).filter(([name]) => name !== CONFIG)));
    try {
      await other.ask('case.create', { path: null, evidence: made.dir });
      await other.ask('job.wait', {});
      const { copies, changes } = await other.ask('config.history', {});
      expect(copies.map((c) => c.id)).toEqual(expect.arrayContaining(['CFGHISTORY_0000000003', 'shadow:VSS1', 'pool:P1']));
      expect(copies.map((c) => c.id)).not.toContain('live');
      expect(changes.map(words)).toContain('CFGHISTORY_0000000003 > shadow:VSS1: added native-module server Evil');
      const { findings } = await other.ask('run.triage', {});
      expect(findings.filter((f) => f.rule === 'removed-again').map((f) => /"([^"]*)"/.exec(f.title)?.[1])).toContain('Shell');
      const lists = { site: 'Main', app: '/' };
      expect(await other.ask('config.effective', lists)).toMatchObject({ globalModules: { outcome: 'not-evaluable' }, note: expect.stringMatching(/as of one of them: .*CFGHISTORY_0000000001/) as string });
      const then = await other.ask('config.effective', { ...lists, asOf: 'shadow:VSS1' });
      expect([then.pool, then.globalModules.entries.map((e) => e.name), then.modules.entries.map((e) => e.name)]).toEqual(['P1', ['HttpLoggingModule', 'StaticFileModule', 'Evil'], ['HttpLoggingModule', 'Shell']]);
      expect((await other.ask('config.effective', { ...lists, asOf: '2026-02-21T00:00:00Z' })).note).toMatch(/^applicationHost\.config is that of shadow:VSS1/);
      expect((await other.refusal('config.effective', { ...lists, asOf: 'live' })).message).toMatch(/neither a copy/);
      expect(mainLine(copies).map((c) => c.id)).toEqual(['old-windows:Windows.old', 'CFGHISTORY_0000000001', 'backup:applicationHost.config.bak', 'CFGHISTORY_0000000002', 'CFGHISTORY_0000000003', 'shadow:VSS1']);
    } finally {
      await other.close();
      await made.cleanup();
    }
  });
});

describe('what an answer as of a copy rests on', () => {
  it('names the schema that was collected, and times that run against the order', async () => {
    const other = await startEngine();
    const folder = 'C/inetpub/history/CFGHISTORY_000000000';
    const made = await makeTree({
      [CONFIG]: at(host(STOCK), '03-10'),
      'C/Windows/System32/inetsrv/config/schema/IIS_schema.xml': at('<configSchema><sectionSchema name="system.webServer/globalModules"><collection addElement="add"><attribute name="name" type="string" isUniqueKey="true" /></collection></sectionSchema></configSchema>', '01-01'),
      [`${folder}1/applicationHost.config`]: at(host(EVIL), '02-05'),
      [`${folder}2/applicationHost.config`]: at(host(STOCK), '02-01'),
    });
    try {
      await other.ask('case.create', { path: null, evidence: made.dir });
      await other.ask('job.wait', {});
      const note = async (asOf: string): Promise<string> => (await other.ask('config.effective', { site: 'Main', app: '/', asOf })).note ?? '';
      expect(await note('2026-02-02T00:00:00Z')).toMatch(/run against the order.*The schema is the one that was collected/);
      expect(await note('CFGHISTORY_0000000001')).not.toMatch(/run against/);
    } finally {
      await other.close();
      await made.cleanup();
    }
  });
});

describe('several copies that equal what a pool was started with', () => {
  it('the one that was there when it started is named', async () => {
    const other = await startEngine();
    const folder = 'C/inetpub/history/CFGHISTORY_000000000';
    const pool = { pools: '<add name="P1" managedRuntimeVersion="v4.0" />', sites: SITE('Main', 1, 'P1', 'C:\\inetpub\\wwwroot') };
    const made = await makeTree({
      [CONFIG]: at(host(STOCK), '03-10'),
      [`${folder}1/applicationHost.config`]: at(host(STOCK), '02-01'),
      [`${folder}2/applicationHost.config`]: at(host(EVIL), '02-03'),
      [`${folder}3/applicationHost.config`]: at(host(EVIL, { more: '<httpLogging dontLog="true" />' }), '02-05'),
      'C/inetpub/temp/appPools/P1/P1.config': at(host(EVIL, pool), '02-04'),
      'C/inetpub/temp/appPools/P2/P2.config': at(host(EVIL, { ...pool, pools: '<add name="P2" />', sites: SITE('Other', 2, 'P2', 'D:\\other') }), '01-04'),
    });
    try {
      await other.ask('case.create', { path: null, evidence: made.dir });
      await other.ask('job.wait', {});
      const { copies } = await other.ask('config.history', {});
      expect(copies.filter((c) => c.series === 'pool').map((c) => [c.id, c.equals, c.order])).toEqual([['pool:P1', 'CFGHISTORY_0000000002', 2], ['pool:P2', 'CFGHISTORY_0000000003', 3]]);
    } finally {
      await other.close();
      await made.cleanup();
    }
  });
});
