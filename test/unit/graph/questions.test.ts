import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_NODES, answerQuestion, buildGraph, findNodes, lineKey, wholeGraph, type GraphFacts } from '../../../electron/graph/index.ts';
import type { GraphNode } from '../../../shared/model/index.ts';
import { TestServer, ref } from '../../helpers/model.ts';
import { randomEntries, serverOf } from '../../helpers/random-server.ts';

async function factsOf(server: TestServer): Promise<GraphFacts> {
  const { components, findings } = await server.evaluate();
  return { server: server.server, components, findings, changes: server.changes, copies: server.copies };
}
const DLL = 'C:\\ProgramData\\cachehttp.dll';
const planted = (): TestServer => new TestServer().stock().globalModule('HttpCacheExtModule', DLL, { line: 312 }).module('HttpCacheExtModule', { line: 900 }).file(DLL);
const FILE = 'file:C/ProgramData/cachehttp.dll';
const labels = (nodes: readonly GraphNode[], kind: string): string[] => nodes.filter((n) => n.kind === kind).map((n) => n.label);

/** 500 sites with 6 applications each; site 7 has a module of its own. */
function large(): TestServer {
  const server = planted();
  const sites = Array.from({ length: 500 }, (_, i) => ({
    name: `Site${i}`, id: i + 1, bindings: [], logDirectory: { path: null, evidencePath: '' }, logFormat: 'W3C', logEnabled: true, source: ref(1000 + i),
    applications: Array.from({ length: 6 }, (_x, j) => ({ path: j === 0 ? '/' : `/a${j}`, pool: `Pool${i}`, pipeline: 'Integrated' as const, clr: 'v4.0', bitness: 64 as const, physicalPath: { path: `D:\\s${i}\\${j}`, evidencePath: '' }, virtualDirectories: [], source: ref(2000 + i) })),
  }));
  server.server = { ...server.server, sites, pools: [] };
  return server.module('OwnModule', { type: 'Evil.Own, Evil', scope: 'app:Site7/a2', file: 'D/s7/2/web.config', line: 9 });
}

describe('questions to the whole graph', () => {
  it('which applications does this DLL see? All of them, and what leads to them', async () => {
    const facts = await factsOf(planted());
    const answer = answerQuestion(facts, {}, { kind: 'reach', node: FILE, direction: 'backward' });
    expect(labels(answer.nodes, 'application').sort()).toEqual(['/api', 'Shop /']);
    expect(labels(answer.nodes, 'component')).toEqual(['HttpCacheExtModule']);
    expect(answer.counts).toContainEqual({ kind: 'application', count: 2 });
  });
  it('what does an application load? Nothing of what others load alone', async () => {
    const facts = await factsOf(planted().module('Own', { type: 'A.B, C', scope: 'app:Shop/api', file: 'D/web/api/web.config' }));
    const from = (node: string): string[] => labels(answerQuestion(facts, {}, { kind: 'reach', node, direction: 'forward' }).nodes, 'component');
    expect(from('app:s1/Shop:/api')).toEqual(expect.arrayContaining(['HttpCacheExtModule', 'Own', 'StaticFileModule']));
    expect(from('app:s1/Shop:/')).not.toContain('Own');
    expect(from('site:s1/Shop')).toContain('Own');
    expect(from('server:s1').sort()).toEqual(facts.components.map((c) => c.name).sort());
    expect(from(FILE)).toEqual([]);
  });
  it('answers for 3,000 applications with counts, drawing few of them, and opens in parts', async () => {
    const facts = await factsOf(large());
    const question = { kind: 'reach', node: FILE, direction: 'backward' } as const;
    const answer = answerQuestion(facts, {}, question);
    expect(answer.nodes.length).toBeLessThanOrEqual(DEFAULT_NODES);
    expect(answer.counts).toEqual(expect.arrayContaining([{ kind: 'application', count: 3000 }, { kind: 'site', count: 500 }]));
    expect(labels(answer.nodes, 'group')).toContain('3000 applications');
    expect(answer.nodes.some((n) => n.id === FILE)).toBe(true);
    const ids = new Set(answer.nodes.map((n) => n.id));
    expect(answer.edges.filter((e) => !ids.has(e.from) || !ids.has(e.to))).toEqual([]);
    const group = 'group:answer:application';
    const opened = answerQuestion(facts, { expand: [group] }, question);
    expect(opened.nodes.length).toBeLessThanOrEqual(DEFAULT_NODES);
    expect(opened.nodes.filter((n) => n.id.startsWith(`${group}#`)).reduce((sum, n) => sum + n.count, 0)).toBe(3000);
    const part = opened.nodes.find((n) => n.id.startsWith(`${group}#`))?.id ?? '';
    expect(labels(answerQuestion(facts, { expand: [group, part] }, question).nodes, 'application')).toHaveLength(60);
  });
  it('finds the path between any two nodes where the whole graph has one', async () => {
    await fc.assert(fc.asyncProperty(randomEntries, fc.nat(), fc.nat(), async (entries, i, j) => {
      const facts = await factsOf(serverOf(entries));
      const whole = wholeGraph(facts, {}, { kind: 'each' });
      const [from, to] = [whole.nodes[i % whole.nodes.length]?.id ?? '', whole.nodes[j % whole.nodes.length]?.id ?? ''];
      const below = (a: string, b: string): boolean => {
        const seen = new Set([a]);
        for (const id of seen) for (const e of whole.edges) if (e.from === id) seen.add(e.to);
        return seen.has(b);
      };
      const path = answerQuestion(facts, {}, { kind: 'path', from, to });
      expect(path.nodes.length > 0).toBe(below(from, to) || below(to, from));
      if (path.nodes.length > 0) expect(path.nodes.map((n) => n.id)).toEqual(expect.arrayContaining([from, to]));
    }), { numRuns: 40 });
  });
});

describe('a server with 500 sites', () => {
  it('names the sites with components of their own and counts the rest', async () => {
    const facts = await factsOf(large());
    const graph = buildGraph(facts);
    expect(graph.nodes.length).toBeLessThanOrEqual(DEFAULT_NODES);
    expect(labels(graph.nodes, 'group')).toContain('499 sites without own components');
    expect(labels(graph.nodes, 'site')).toEqual(['Site7']);
    expect(labels(graph.nodes, 'group')).toContain('5 applications without own components');
    expect(labels(graph.nodes, 'application')).toEqual(['/a2']);
    expect(graph.edges.map((e) => e.reason)).toContain('enabled by web.config of Site7/a2 line 9');
    const group = 'group:sites:s1';
    const opened = buildGraph(facts, { expand: [group] });
    const parts = opened.nodes.filter((n) => n.id.startsWith(`${group}#`));
    expect(parts.reduce((sum, n) => sum + n.count, 0)).toBe(499);
    const last = buildGraph(facts, { expand: [group, parts.at(-1)?.id ?? ''] });
    expect(labels(last.nodes, 'site')).toEqual(expect.arrayContaining(['Site7', 'Site499']));
    expect(last.nodes.length).toBeLessThanOrEqual(DEFAULT_NODES);
  });
  it('is a whole graph of few edges: one from the server for what all applications load', async () => {
    const facts = await factsOf(large());
    const whole = wholeGraph(facts, {}, { kind: 'compact' });
    expect(labels(whole.nodes, 'application')).toHaveLength(3000);
    expect(whole.edges.length).toBeLessThan(12_000);
    expect(whole.edges.find((e) => e.to === 'reg:C/Windows/System32/inetsrv/config/applicationHost.config:312:5')?.reason).toContain('all 3000 applications load it');
  });
});

describe('edges of their own', () => {
  it('strikes out what an application removes, with the line that does it, and no path leads over it', async () => {
    const facts = await factsOf(planted());
    const [c] = facts.components.filter((one) => one.name === 'HttpCacheExtModule');
    const line = c?.registrations.find((r) => r.section.endsWith('/modules'));
    if (c === undefined || line === undefined) throw new Error('the module is not there');
    const removedBy = { ...ref(9, 'D/web/api/web.config') };
    const removed = [{ site: 'Shop', application: '/api', lost: new Map([[lineKey(line), { words: 'removed at D:\\web\\api\\web.config line 9', refs: [removedBy] }]]) }];
    const graph = buildGraph({ ...facts, removed });
    const struck = graph.edges.filter((e) => e.style === 'struck');
    expect(struck).toMatchObject([{ from: 'app:s1/Shop:/api', to: c.id, reason: 'removed at D:\\web\\api\\web.config line 9' }]);
    expect(struck[0]?.refs[0]).toEqual(removedBy);
    expect(graph.edges.some((e) => e.from === 'app:s1/Shop:/api' && e.to === `reg:${lineKey(line)}`)).toBe(false);
    expect(graph.edges.some((e) => e.from === 'app:s1/Shop:/' && e.to === `reg:${lineKey(line)}`)).toBe(true);
  });
  it('draws imports of a file that is opened, grouped by DLL, and one node for a DLL of two files', async () => {
    const facts = await factsOf(planted().globalModule('Other', 'C:\\ProgramData\\other.dll').file('C:\\ProgramData\\other.dll'));
    const sha256 = facts.components.find((c) => c.file !== null)?.file?.sha256 ?? '';
    const imports = new Map([[sha256, { dlls: [{ dll: 'WS2_32.dll', names: ['connect', 'recv', 'send', 'socket'] }, { dll: 'KERNEL32.dll', names: ['CreateFileW'] }], assemblies: ['System.Web'] }]]);
    expect(labels(buildGraph({ ...facts, imports }).nodes, 'import')).toEqual([]);
    expect(buildGraph(facts).nodes.find((n) => n.id === FILE)?.expands).toBe('imports');
    const open = buildGraph({ ...facts, imports }, { expand: [FILE, 'file:C/ProgramData/other.dll'] });
    expect(labels(open.nodes, 'import')).toEqual(['WS2_32.dll', 'KERNEL32.dll', 'System.Web']);
    expect(open.edges.filter((e) => e.from === FILE && e.to.startsWith('import:')).map((e) => e.reason)).toEqual(['imports 1 name from KERNEL32.dll: CreateFileW', 'references assembly System.Web', 'imports 4 names from WS2_32.dll: connect, recv, send, socket']);
    const who = answerQuestion({ ...facts, imports }, {}, { kind: 'reach', node: 'import:s1:WS2_32.DLL', direction: 'backward' });
    expect(labels(who.nodes, 'file')).toEqual(expect.arrayContaining(['cachehttp.dll', 'other.dll']));
  });
});

describe('finding nodes', () => {
  it('knows them by id, by whole name and by a part, the best first', async () => {
    const { nodes } = wholeGraph(await factsOf(planted()), {}, { kind: 'compact' });
    expect(findNodes(nodes, FILE).map((h) => h.how)[0]).toBe('id');
    expect(findNodes(nodes, 'CACHEHTTP.dll')[0]).toMatchObject({ how: 'name', node: { id: FILE } });
    expect(findNodes(nodes, 'Shop/api')[0]).toMatchObject({ how: 'name', node: { id: 'app:s1/Shop:/api' } });
    expect(findNodes(nodes, 'programdata').map((h) => h.how)).toContain('part');
    expect(findNodes(nodes, 'no such thing')).toEqual([]);
    expect(findNodes(nodes, '')).toHaveLength(nodes.length);
  });
});
