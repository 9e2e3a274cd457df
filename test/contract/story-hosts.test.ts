import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Output } from '../../shared/contract/index.ts';
import { startEngine, triage, type TestEngine } from '../helpers/engine.ts';
import { peOf } from '../helpers/rule-cases/pe-of.ts';
import { makeTree, type MadeTree, type Tree } from '../helpers/tree.ts';
import { host } from '../unit/iis/support.ts';

const CONFIG = 'C/Windows/System32/inetsrv/config/applicationHost.config';
const POOL = '<add name="ShopPool" managedRuntimeVersion="v4.0" />';
const SITES = '<site name="Shop" id="2"><application path="/" applicationPool="ShopPool"><virtualDirectory path="/" physicalPath="D:\\web\\shop" /></application></site>';
const dll = peOf({ exports: ['RegisterModule'], strings: ['one program'], built: '2026-03-01T08:00:00Z' });

/** A server with stock modules and, where it is given, one more. */
function configuration(name: string | null, image = ''): string {
  const own = name === null ? ['', ''] : [`<add name="${name}" image="${image}" />`, `<add name="${name}" />`];
  const stock = ['RequestFilteringModule', 'StaticFileModule'];
  return host({
    pools: POOL, sites: SITES, globalModules: `<add name="RequestFilteringModule" image="%windir%\\System32\\inetsrv\\modrqflt.dll" /><add name="StaticFileModule" image="%windir%\\System32\\inetsrv\\static.dll" />${own[0]}`,
    unlocked: `<modules>${stock.map((n) => `<add name="${n}" lockItem="true" />`).join('')}${own[1]}</modules><handlers accessPolicy="Read, Script"><add name="StaticFile" path="*" verb="*" modules="StaticFileModule" /></handlers>`,
  });
}

const CACHE = configuration('CacheHelper', 'C:\\ProgramData\\Cache\\cachehelp.dll');
const TREE: Tree = {
  [`WEB01/${CONFIG}`]: { content: CACHE, mtime: '2026-03-02T14:09:00Z' },
  'WEB01/C/inetpub/history/CFGHISTORY_0000000001/applicationHost.config': { content: configuration(null), mtime: '2026-03-02T14:01:00Z' },
  'WEB01/C/inetpub/history/CFGHISTORY_0000000002/applicationHost.config': { content: CACHE, mtime: '2026-03-02T14:09:00Z' },
  'WEB01/C/inetpub/temp/appPools/ShopPool/ShopPool.config': { content: CACHE, mtime: '2026-03-02T14:10:00Z' },
  'WEB01/C/inetpub/logs/FailedReqLogFiles/W3SVC2/fr000001.xml': readFileSync(path.resolve(import.meta.dirname, '../artifacts/freb/good/input/fr000001.xml')),
  'WEB01/C/ProgramData/Cache/cachehelp.dll': { content: dll, mtime: '2026-03-02T14:05:00Z' },
  [`WEB02/${CONFIG}`]: { content: configuration('TraceUpdate', 'C:\\Windows\\Temp\\trcupd.dll'), mtime: '2026-03-05T03:03:00Z' },
  'WEB02/C/Windows/Temp/trcupd.dll': { content: dll, mtime: '2026-03-05T03:02:00Z' },
  [`WEB03/${CONFIG}`]: { content: configuration(null), mtime: '2026-01-01T00:00:00Z' },
};

let engine: TestEngine;
let tree: MadeTree;
let found: Output<'run.triage'>;
beforeAll(async () => {
  engine = await startEngine();
  tree = await makeTree(TREE);
  found = await triage(engine, tree.dir);
}, 120_000);
afterAll(async () => {
  await engine.close();
  await tree.cleanup();
});

const idOf = (name: string): string => found.components.find((c) => c.name === name)?.id ?? name;

describe('stories on several hosts', () => {
  it('a trace proves that the module ran, between the start of the pool and the end', async () => {
    const { steps, arrows } = await engine.ask('story.component', { id: idOf('CacheHelper') });
    expect(steps.map((s) => [s.kind, s.moment.time, s.refs[0]?.evidencePath])).toEqual([
      ['built', '2026-03-01T08:00:00Z', 'WEB01/C/ProgramData/Cache/cachehelp.dll'], ['file-written', '2026-03-02T14:05:00Z', 'WEB01/C/ProgramData/Cache/cachehelp.dll'],
      ['configured', '2026-03-02T14:09:00Z', 'WEB01/C/inetpub/history/CFGHISTORY_0000000002/applicationHost.config'], ['pool-started', '2026-03-02T14:10:00Z', 'WEB01/C/inetpub/temp/appPools/ShopPool/ShopPool.config'],
      ['first-served', '2026-03-02T14:11:58.1Z', 'WEB01/C/inetpub/logs/FailedReqLogFiles/W3SVC2/fr000001.xml'], ['last-served', '2026-03-02T14:11:58.1Z', 'WEB01/C/inetpub/logs/FailedReqLogFiles/W3SVC2/fr000001.xml'],
    ]);
    expect(steps.every((s) => s.event !== null)).toBe(true);
    expect(arrows.map((a) => a.sentence)).toEqual(['1 day 6 h later', 'at most 4 minutes later', 'between 1 minute and 9 minutes later', '1 minute 58 s later', 'the same record']);
  });

  it('the same bytes under another name are found on the other host, by story and by rule', async () => {
    const { traits } = await engine.ask('story.shared', { id: idOf('CacheHelper') });
    expect(traits[0]).toMatchObject({ by: 'sha256', components: [{ id: idOf('TraceUpdate'), name: 'TraceUpdate' }] });
    expect(found.findings.filter((f) => f.rule === 'shared-image').map((f) => [f.severity, f.component])).toEqual(expect.arrayContaining([['low', idOf('CacheHelper')], ['low', idOf('TraceUpdate')]]));
  });

  it('what one host alone has comes first', async () => {
    const { rows, servers, note } = await engine.ask('story.stack', {});
    expect(servers).toBe(3);
    expect(note).toBeNull();
    expect(rows.map((r) => `${r.name ?? r.what} ${r.servers.length}/${r.of}`)).toEqual(['CacheHelper 1/3', 'TraceUpdate 1/3', ...rows.slice(2).map((r) => `${r.name ?? r.what} 3/3`)]);
  });
});
