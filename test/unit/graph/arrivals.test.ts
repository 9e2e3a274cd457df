import { describe, expect, it } from 'vitest';
import { buildGraph, type GraphFacts, type GraphOptions } from '../../../electron/graph/index.ts';
import { TestServer } from '../../helpers/model.ts';

async function factsOf(server: TestServer): Promise<GraphFacts> {
  const { components, findings } = await server.evaluate();
  return { server: server.server, components, findings, changes: server.changes, copies: server.copies };
}
/** c1: stock; c2: the planted module and a trace module came; c3: the trace module went. */
const story = (): TestServer => new TestServer().copy('c1').copy('c2').copy('c3').copy('live').stock()
  .globalModule('HttpCacheExtModule', 'C:\\ProgramData\\cachehttp.dll', { line: 312 }).module('HttpCacheExtModule').file('C:\\ProgramData\\cachehttp.dll')
  .change('added', 'native-module', 'globalModules', 'HttpCacheExtModule', 'c1', 'c2').change('added', 'module', 'modules', 'HttpCacheExtModule', 'c1', 'c2')
  .change('added', 'native-module', 'globalModules', 'TraceReqModule', 'c1', 'c2', { after: 'image="C:\\Windows\\Temp\\w3tr.dll" name="TraceReqModule"' })
  .change('removed', 'native-module', 'globalModules', 'TraceReqModule', 'c2', 'c3', { before: 'image="C:\\Windows\\Temp\\w3tr.dll" name="TraceReqModule"' });

async function drawn(options: GraphOptions): Promise<Record<string, string>> {
  const { nodes } = buildGraph(await factsOf(story()), options);
  return Object.fromEntries(nodes.filter((n) => ['HttpCacheExtModule', 'TraceReqModule', 'cachehttp.dll', 'RegisterModule'].includes(n.label)).map((n) => [n.label, `${n.arrival ?? 'plain'}${n.historyOnly ? ', not now' : ''}`]));
}

describe('the graph between two copies', () => {
  it('draws what is not there yet only when asked, and marks the whole chain', async () => {
    expect(await drawn({ asOf: 'c1' })).toEqual({});
    expect(await drawn({ asOf: 'c1', later: true })).toEqual({ HttpCacheExtModule: 'later', 'cachehttp.dll': 'later', RegisterModule: 'later' });
  });
  it('marks what came with the copy, also when it is gone by now', async () => {
    expect(await drawn({ asOf: 'c2', later: true })).toEqual({ HttpCacheExtModule: 'added', 'cachehttp.dll': 'added', RegisterModule: 'added', TraceReqModule: 'added, not now' });
  });
  it('leaves what was there before unmarked', async () => {
    expect(await drawn({ asOf: 'c3' })).toEqual({ HttpCacheExtModule: 'plain', 'cachehttp.dll': 'plain', RegisterModule: 'plain' });
    expect(await drawn({})).toEqual({ HttpCacheExtModule: 'plain', 'cachehttp.dll': 'plain', RegisterModule: 'plain', TraceReqModule: 'plain, not now' });
  });
  it('marks the registrations of a component that had others before', async () => {
    const server = story().handler('Extra', { image: 'C:\\ProgramData\\cachehttp.dll', line: 700 }).change('added', 'handler', 'handlers', 'Extra', 'c3', 'live', { after: 'name="Extra"' });
    const facts = await factsOf(server);
    const nodes = buildGraph(facts).nodes.filter((n) => n.kind === 'registration' && n.arrival === 'added').map((n) => n.label);
    expect(nodes).toEqual(['handlers, applicationHost.config line 700']);
  });
  it('counts nothing as added in the first copy, nor without copies', async () => {
    const first = await drawn({ asOf: 'c1', all: true });
    expect(Object.values(first)).not.toContain('added');
    const facts = { ...(await factsOf(story())), copies: [], changes: [] };
    expect(buildGraph(facts, { all: true }).nodes.filter((n) => n.arrival !== undefined)).toEqual([]);
  });
  it('opens an arrival of stock components, unless many came at once', async () => {
    const stock = (n: number): TestServer => {
      const server = new TestServer().copy('c1').copy('live').stock();
      for (const name of ['HttpLoggingModule', 'UriCacheModule', 'HttpCacheModule', 'StaticFileModule', 'RequestFilteringModule'].slice(0, n)) server.change('added', 'native-module', 'globalModules', name, 'c1', 'live').change('added', 'module', 'modules', name, 'c1', 'live');
      return server;
    };
    const labels = buildGraph(await factsOf(stock(1))).nodes.filter((n) => n.arrival === 'added' && n.kind === 'component').map((n) => n.label);
    expect(labels).toEqual(['HttpLoggingModule']);
    const facts = await factsOf(stock(5));
    const many = { ...facts, components: [...facts.components, ...facts.components.slice(0, 5).flatMap((c, i) => [{ ...c, id: `${c.id}-a${i}` }, { ...c, id: `${c.id}-b${i}` }])] };
    expect(buildGraph(many).nodes.filter((n) => n.arrival === 'added')).toEqual([]);
  });
});
