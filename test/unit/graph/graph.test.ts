import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_NODES, answerQuestion, buildGraph, paths, wholeGraph, type GraphFacts } from '../../../electron/graph/index.ts';
import type { Graph, GraphNode } from '../../../shared/model/index.ts';
import { TestServer, ref } from '../../helpers/model.ts';
import { randomEntries, serverOf } from '../../helpers/random-server.ts';

async function factsOf(server: TestServer): Promise<GraphFacts> {
  const { components, findings } = await server.evaluate();
  return { server: server.server, components, findings, changes: server.changes, copies: server.copies };
}
const planted = (): TestServer => new TestServer().copy('c1').copy('c2').copy('live').stock()
  .globalModule('HttpCacheExtModule', 'C:\\ProgramData\\cachehttp.dll', { line: 312 }).module('HttpCacheExtModule')
  .file('C:\\ProgramData\\cachehttp.dll')
  .change('added', 'native-module', 'globalModules', 'HttpCacheExtModule', 'c1', 'c2').change('added', 'module', 'modules', 'HttpCacheExtModule', 'c1', 'c2')
  .change('added', 'native-module', 'globalModules', 'TraceReqModule', 'c1', 'c2', { after: 'image="C:\\Windows\\Temp\\w3tr.dll" name="TraceReqModule"' })
  .change('removed', 'native-module', 'globalModules', 'TraceReqModule', 'c2', 'live', { before: 'image="C:\\Windows\\Temp\\w3tr.dll" name="TraceReqModule"' });
const node = (graph: Graph, label: string): GraphNode | undefined => graph.nodes.find((n) => n.label === label);

describe('buildGraph', () => {
  it('folds stock components by kind and opens what is odd, with reasons', async () => {
    const graph = buildGraph(await factsOf(planted()));
    expect(graph.capped).toBe(false);
    expect(graph.nodes.filter((n) => n.kind === 'group').map((n) => n.label)).toEqual(expect.arrayContaining(['5 stock native modules', '1 stock managed module', '1 stock isapi extension']));
    expect(node(graph, 'HttpCacheExtModule')).toMatchObject({ kind: 'component', layer: 4, severity: 'high', absent: false });
    expect(node(graph, 'StaticFileModule')).toBeUndefined();
    const reasons = graph.edges.map((e) => e.reason);
    expect(reasons).toContain('registered at applicationHost.config line 312');
    expect(reasons).toContain('loaded in pool ShopPool: registered at applicationHost.config line 312');
    expect(reasons).toContain('exports RegisterModule');
  });

  it('runs from left to right, with ends that exist and one id each', async () => {
    const graph = buildGraph(await factsOf(planted()), { all: true });
    const layer = new Map(graph.nodes.map((n) => [n.id, n.layer]));
    expect(layer.size).toBe(graph.nodes.length);
    expect(new Set(graph.edges.map((e) => e.id)).size).toBe(graph.edges.length);
    for (const e of graph.edges) expect(layer.get(e.from) ?? 9).toBeLessThanOrEqual(layer.get(e.to) ?? -1);
    expect(node(graph, 'StaticFileModule')?.kind).toBe('component');
  });

  it('opens a group that was asked for', async () => {
    const facts = await factsOf(planted());
    const group = buildGraph(facts).nodes.find((n) => n.label === '5 stock native modules');
    const open = buildGraph(facts, { expand: [group?.id ?? ''] });
    expect(node(open, 'StaticFileModule')?.kind).toBe('component');
    expect(open.nodes.some((n) => n.id === group?.id)).toBe(false);
  });

  it('draws a missing file dashed', async () => {
    const graph = buildGraph(await factsOf(new TestServer().stock().folder('C:\\ProgramData').globalModule('Gone', 'C:\\ProgramData\\gone.dll').module('Gone')));
    const file = node(graph, 'gone.dll');
    expect(file).toMatchObject({ kind: 'file', absent: true });
    expect(graph.edges.find((e) => e.to === file?.id)?.style).toBe('dashed');
  });

  it('strikes out what was removed, and goes back in time', async () => {
    const facts = await factsOf(planted());
    const now = buildGraph(facts);
    expect(node(now, 'TraceReqModule')).toMatchObject({ historyOnly: true, severity: 'high' });
    expect(now.edges.find((e) => e.to === node(now, 'TraceReqModule')?.id)?.style).toBe('struck');
    const second = buildGraph(facts, { asOf: 'c2' });
    expect(second.edges.find((e) => e.to === node(second, 'TraceReqModule')?.id)?.style).toBe('clock');
    expect(node(second, 'HttpCacheExtModule')?.kind).toBe('component');
    const first = buildGraph(facts, { asOf: 'c1' });
    expect(node(first, 'TraceReqModule')).toBeUndefined();
    expect(node(first, 'HttpCacheExtModule')).toBeUndefined();
  });

  it('draws at most 150 nodes unless asked, and says that it groups', async () => {
    const server = planted();
    const sites = Array.from({ length: 300 }, (_, i) => ({
      name: `Site${i}`, id: i + 1, bindings: [], logDirectory: { path: null, evidencePath: '' }, logFormat: 'W3C', logEnabled: true, source: ref(1000 + i),
      applications: Array.from({ length: 4 }, (_x, j) => ({ path: j === 0 ? '/' : `/a${j}`, pool: `Pool${i}`, pipeline: 'Integrated' as const, clr: 'v4.0', bitness: 64 as const, physicalPath: { path: `D:\\s${i}\\${j}`, evidencePath: '' }, virtualDirectories: [], source: ref(2000 + i) })),
    }));
    server.server = { ...server.server, sites, pools: [] };
    for (let i = 0; i < 60; i++) server.globalModule(`Odd${i}`, `C:\\ProgramData\\odd${i}.dll`).file(`C:\\ProgramData\\odd${i}.dll`);
    const facts = await factsOf(server);
    const graph = buildGraph(facts);
    expect(graph.capped).toBe(true);
    expect(graph.nodes.length).toBeLessThanOrEqual(DEFAULT_NODES);
    expect(node(graph, '300 sites')).toMatchObject({ kind: 'group', count: 300 });
    expect(graph.nodes.some((n) => n.kind === 'component' && n.severity === 'high')).toBe(true);
    expect(buildGraph(facts)).toEqual(graph);
    const every = buildGraph(facts, { expand: [`group:sites:${server.server.id}`, ...sites.map((s) => `group:applications:s1/${s.name}`)] });
    expect(every.nodes.length).toBeLessThanOrEqual(DEFAULT_NODES);
    expect(every.nodes.some((n) => n.kind === 'component' && n.severity === 'high')).toBe(true);
    const whole = wholeGraph(facts, {}, { kind: 'compact' });
    expect(whole.capped).toBe(false);
    expect(whole.nodes.filter((n) => n.kind === 'application')).toHaveLength(1200);
    const path = answerQuestion(facts, {}, { kind: 'path', from: 'app:s1/Site299:/a3', to: node(whole, 'odd59.dll')?.id ?? '' });
    expect(path.nodes.map((n) => n.kind)).toEqual(['application', 'registration', 'component', 'file']);
  });

  it('holds together for any server, at any time', async () => {
    await fc.assert(
      fc.asyncProperty(randomEntries, fc.constantFrom(null, 'c1', 'c2', 'no such copy'), fc.boolean(), async (entries, asOf, all) => {
        const facts = await factsOf(serverOf(entries));
        const graph = buildGraph(facts, { asOf, all });
        const layer = new Map(graph.nodes.map((n) => [n.id, n.layer]));
        expect(layer.size).toBe(graph.nodes.length);
        for (const e of graph.edges) {
          expect(e.reason).not.toBe('');
          expect(layer.get(e.from) ?? 9).toBeLessThanOrEqual(layer.get(e.to) ?? -1);
        }
        const reached = new Set(graph.edges.map((e) => e.to));
        expect(graph.nodes.filter((n) => n.layer > 0 && !reached.has(n.id))).toEqual([]);
        expect(buildGraph(await factsOf(serverOf(entries)), { asOf, all })).toEqual(graph);
      }),
      { numRuns: 80 },
    );
  });
});

describe('paths', () => {
  it('gives all shortest chains, asked from either end', async () => {
    const graph = buildGraph(await factsOf(planted()));
    const app = graph.nodes.find((n) => n.kind === 'application' && n.label === '/api')?.id ?? '';
    const file = node(graph, 'cachehttp.dll')?.id ?? '';
    const chain = paths(graph, app, file);
    expect(chain.nodes.map((n) => n.kind)).toEqual(['application', 'registration', 'registration', 'component', 'file']);
    expect(chain.edges.length).toBe(5);
    expect(paths(graph, file, app)).toEqual(chain);
    const ids = new Set(graph.edges.map((e) => e.id));
    expect(chain.edges.every((e) => ids.has(e.id))).toBe(true);
  });

  it('is empty where nothing leads, or for names that are not there', async () => {
    const graph = buildGraph(await factsOf(planted()));
    const pools = graph.nodes.filter((n) => n.kind === 'pool').map((n) => n.id);
    expect(paths(graph, pools[0] ?? '', pools[1] ?? '').nodes).toEqual([]);
    expect(paths(graph, 'no such', 'node').nodes).toEqual([]);
    expect(paths(graph, pools[0] ?? '', pools[0] ?? '').nodes).toHaveLength(1);
  });
});
