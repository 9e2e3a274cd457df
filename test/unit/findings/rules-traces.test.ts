import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../shared/model/index.ts';
import { evaluateRules, type RuleFacts, type SettingFact, type TracedModule, type UnservedPath, type UnservedPaths } from '../../../electron/findings/index.ts';
import { TestServer, ref } from '../../helpers/model.ts';

const traced = (part: Partial<TracedModule> = {}): TracedModule => ({
  module: 'CacheHelper', traces: 2, first: '2026-03-02T14:11:58Z', last: '2026-03-02T15:00:00Z', urls: ['POST http://shop/x.png'], notifications: ['BEGIN_REQUEST'], refs: [ref(7, 'C/fr000001.xml')], copies: [], ...part,
});
const path = (part: Partial<UnservedPath> = {}): UnservedPath => ({
  path: '/gone.png', method: 'GET', rows: 3, first: '2026-03-02T14:11:58Z', last: '2026-03-02T15:00:00Z', sent: 900, received: 0, clients: 1, file: 'C:\\www\\gone.png', handler: null, modules: [], fidelity: 'exact', ref: ref(9, 'C/u_ex260302.log'), ...part,
});
const unserved = (part: Partial<UnservedPaths> = {}): UnservedPaths => ({
  site: 'Shop', kind: 'no-file', paths: 1, recent: 1, rows: 3, told: [path()], counts: { explained: 7, elsewhere: 2, unknown: 1, 'no-file': 1, 'write-to-file': 0 }, all: true, ...part,
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
  it('a page that was deleted since may have been posted to; files that were taken away are information', async () => {
    expect(await of(unserved({ told: [path({ path: '/form.asp', method: 'POST', rows: 9, handler: 'ASPClassic' })] }))).toMatchObject([{ severity: 'low' }]);
    const [old] = await of(unserved({ recent: 0 }));
    expect(old?.severity).toBe('info');
    expect(old?.supports.join(' ')).toContain('None of them was answered within the last day');
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

describe('logging-switched-off, for one path', () => {
  const setting = (scope: string): SettingFact => ({ group: 'logging', setting: 'dontLog', owner: '', value: 'true', section: 'system.webServer/httpLogging', scope, ref: ref(40) });
  const hidden: NonNullable<RuleFacts['hidden']> = (site, path) => Promise.resolve({
    logged: { rows: 2, first: '2026-03-01T10:00:00Z', last: '2026-03-02T10:00:00Z', ref: ref(5, 'C/u_ex.log') }, errors: { rows: 1, first: '2026-03-03T10:00:00Z', last: '2026-03-03T10:00:00Z', ref: ref(6, 'C/httperr1.log') },
    traces: { rows: 0, first: null, last: null, ref: null }, paths: [`${path}/x.aspx of ${site}`],
  });
  const evaluate = async (scope: string): Promise<Finding | undefined> => (await evaluateRules({ ...new TestServer().facts(), settings: [setting(scope)], hidden })).find((f) => f.rule === 'logging-switched-off');
  it('says which URLs it hides and what else has them', async () => {
    const found = await evaluate('location "Shop/admin/up"');
    const words = found?.supports.join(' ') ?? '';
    expect(words).toContain('It hides /admin/up of site "Shop" and what lies below. Site logs have 2 rows of it (2026-03-01T10:00:00Z to 2026-03-02T10:00:00Z)');
    expect(words).toContain('Seen of it: /admin/up/x.aspx of Shop.');
    expect(words).toContain('HTTPERR, which this does not switch off, has 1 row of it (2026-03-03T10:00:00Z).');
    expect(words).not.toContain('trace');
    expect(found?.refs.map((r) => r.evidencePath)).toEqual(['C/Windows/System32/inetsrv/config/applicationHost.config', 'C/u_ex.log', 'C/httperr1.log']);
  });
  it('asks for nothing where a whole site is meant', async () => {
    expect((await evaluate('location "Shop"'))?.supports.join(' ')).not.toContain('It hides');
  });
});
