import { describe, expect, it } from 'vitest';
import { evaluateRules, type RuleFacts, type TracedModule, type UnservedPath, type UnservedPaths } from '../../../electron/findings/index.ts';
import { TestServer, ref } from '../../helpers/model.ts';

const traced = (part: Partial<TracedModule> = {}): TracedModule => ({
  module: 'CacheHelper', traces: 2, first: '2026-03-02T14:11:58Z', last: '2026-03-02T15:00:00Z', urls: ['POST http://shop/x.png'], notifications: ['BEGIN_REQUEST'], refs: [ref(7, 'C/fr000001.xml')], copies: [], ...part,
});
const path = (part: Partial<UnservedPath> = {}): UnservedPath => ({
  path: '/gone.png', method: 'GET', rows: 3, first: '2026-03-02T14:11:58Z', last: '2026-03-02T15:00:00Z', sent: 900, received: 0, clients: 1, file: 'C:\\www\\gone.png', modules: [], ref: ref(9, 'C/u_ex260302.log'), ...part,
});
const unserved = (part: Partial<UnservedPaths> = {}): UnservedPaths => ({
  site: 'Shop', kind: 'no-file', paths: 1, rows: 3, told: [path()], counts: { explained: 7, elsewhere: 2, unknown: 1, 'no-file': 1, 'write-to-file': 0 }, all: true, ...part,
});

async function findings(part: Partial<RuleFacts>, rule: string, server = new TestServer()): Promise<{ severity: string; title: string; supports: string[]; refutes: string[] }[]> {
  return (await evaluateRules({ ...server.facts(), ...part })).filter((f) => f.rule === rule);
}

describe('traced-module-not-configured', () => {
  it('a name that nothing has is high, cites the trace and says for which requests', async () => {
    const [found] = await findings({ traced: [traced()] }, 'traced-module-not-configured');
    expect(found).toMatchObject({ severity: 'high', refs: [ref(7, 'C/fr000001.xml')], first: { time: '2026-03-02T14:11:58Z' }, title: 'A trace names the module "CacheHelper", which no configuration of the evidence has' });
    expect(found?.supports.join(' ')).toContain('2 traced requests (2026-03-02T14:11:58Z to 2026-03-02T15:00:00Z)');
  });
  it('medium where a copy still has it: it was removed since', async () => {
    expect(await findings({ traced: [traced({ copies: ['CFGHISTORY_0000000007'] })] }, 'traced-module-not-configured')).toMatchObject([{ severity: 'medium', attack: ['T1505.004', 'T1070'] }]);
  });
  it('low for a stock name: its role service went', async () => {
    expect(await findings({ traced: [traced({ module: 'RequestFilteringModule' })] }, 'traced-module-not-configured')).toMatchObject([{ severity: 'low' }]);
  });
  it('low for modules that code registers', async () => {
    expect(await findings({ traced: [traced({ module: '__DynamicModule_Microsoft.Owin.X, Y_1f' })] }, 'traced-module-not-configured')).toMatchObject([{ severity: 'low' }]);
  });
  it('nothing without traces', async () => {
    expect(await findings({}, 'traced-module-not-configured')).toEqual([]);
    expect(await findings({ traced: [] }, 'traced-module-not-configured')).toEqual([]);
  });
});

describe('answered-without-file', () => {
  const of = (one: UnservedPaths, server?: TestServer): ReturnType<typeof findings> => findings({ unserved: () => Promise.resolve([one]) }, 'answered-without-file', server);
  it('read requests alone are low; path, span, bytes and what was left out are said', async () => {
    const [found] = await of(unserved());
    expect(found).toMatchObject({ severity: 'low', refs: [ref(9, 'C/u_ex260302.log')] });
    expect(found?.supports).toContain('GET /gone.png: 3 rows from 1 address, 2026-03-02T14:11:58Z to 2026-03-02T15:00:00Z; 900 bytes sent; it leads to C:\\www\\gone.png.');
    expect(found?.supports.join(' ')).toContain('2 that a rewrite rule');
  });
  it('medium where it was posted to more than once', async () => {
    expect(await of(unserved({ kind: 'write-to-file', told: [path({ method: 'POST' })] }))).toMatchObject([{ severity: 'medium' }]);
    expect(await of(unserved({ kind: 'write-to-file', told: [path({ method: 'POST', rows: 1 })] }))).toMatchObject([{ severity: 'low' }]);
  });
  it('names unknown modules that see all of the requests', async () => {
    const server = new TestServer().stock().globalModule('Zeta', 'C:\\z.dll').module('Zeta');
    const [found] = await of(unserved({ told: [path({ method: 'POST', rows: 1, modules: ['StaticFileModule', 'Zeta'] })] }), server);
    expect(found?.severity).toBe('medium');
    expect(found?.supports).toContain('Unknown modules that see these requests: Zeta.');
  });
  it('nothing where all is explained', async () => {
    expect(await of(unserved({ paths: 0, told: [] }))).toEqual([]);
    expect(await findings({}, 'answered-without-file')).toEqual([]);
  });
});
