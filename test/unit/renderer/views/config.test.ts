import { describe, expect, it } from 'vitest';
import { onMainLine } from '../../../../renderer/state/copies.ts';
import { applicationsOf } from '../../../../renderer/views/config/applications.ts';
import { EVERY_CHANGE, filteredChanges, filterValues, type Change } from '../../../../renderer/views/config/change-words.ts';
import { asOfChoices, before, copyName, fileChoices, inLineages, lineageWords, type Copy } from '../../../../renderer/views/config/copies.ts';
import { nearestFirst } from '../../../../renderer/views/config/Explain.tsx';
import { outcomeWords } from '../../../../renderer/views/config/ListOutcomes.tsx';
import { byLine, oddFirst, oddityOf } from '../../../../renderer/views/config/oddity.ts';
import { pairOf } from '../../../../renderer/views/config/subject.ts';
import { caseInfo, components, configFiles, effective } from '../../../helpers/fake-data.ts';

const HOST = 'C:\\Windows\\System32\\inetsrv\\config\\applicationHost.config';
const WEB = 'D:\\Shop\\web.config';
const copy = (id: string, series: Copy['series'], order: number, of: string | null = HOST, server = 's1'): Copy => ({ path: null, evidencePath: `${server}/${id}`, id, series, of, server, order, sha256: '', moment: { time: null, from: 'none', fidelity: 'order-only' } });
const COPIES = [copy('pool:Shop', 'pool', 1), copy('live', 'live', 9), copy('web 2', 'shadow', 2, WEB), copy('old', 'backup', 3), copy('CFGHISTORY_0000000010', 'history', 4), copy('web 1', 'shadow', 1, WEB), copy('CFGHISTORY_0000000002', 'history', 2, null)];
const change = (what: Change['what'], kind: string, section: string, from = 'CFGHISTORY_0000000002', to = 'live'): Change => ({ what, kind, section, scope: 'server', name: 'x', before: null, after: null, from, to, refs: [{ path: null, evidencePath: 's1/live', line: 40, sha256: '' }] });
const plain = (text: string | null): string => text ?? 'not dated';

describe('copies', () => {
  it('stand in lineages: the main file first, then files of sites, each by where it comes from', () => {
    expect(inLineages(COPIES).map((c) => c.id)).toEqual(['CFGHISTORY_0000000002', 'CFGHISTORY_0000000010', 'old', 'live', 'pool:Shop', 'web 1', 'web 2']);
    expect(lineageWords(copy('a', 'shadow', 1, WEB))).toBe('D:\\Shop\\web.config: volume shadow copy');
    expect(lineageWords(copy('a', 'history', 1, null))).toBe('applicationHost.config: configuration history');
    expect([onMainLine(copy('a', 'backup', 1)), onMainLine(copy('a', 'pool', 1)), onMainLine(copy('a', 'backup', 1, WEB))]).toEqual([true, false, false]);
    expect([copyName('CFGHISTORY_0000000010'), copyName('live'), copyName('old')]).toEqual(['copy 10', 'the file in force', 'old']);
  });
  it('follow each other on the main line whatever they come from, elsewhere in their own lineage', () => {
    const of = (id: string): string | undefined => before(COPIES, COPIES.find((c) => c.id === id) ?? copy('', 'live', 0))?.id;
    expect([of('live'), of('CFGHISTORY_0000000010'), of('old'), of('CFGHISTORY_0000000002'), of('web 2'), of('web 1'), of('pool:Shop')]).toEqual(['CFGHISTORY_0000000010', 'old', 'CFGHISTORY_0000000002', undefined, 'web 1', undefined, undefined]);
    const two = [...COPIES, copy('CFGHISTORY_0000000009', 'history', 8, HOST, 's2')];
    expect(before(two, copy('live', 'live', 9))?.server).toBe('s1');
  });
  it('can be chosen as moments of the server; those of a web.config cannot', () => {
    expect(asOfChoices(COPIES, plain).map((c) => [c.value, c.group])).toEqual([['', undefined], ['CFGHISTORY_0000000002', 'configuration history'], ['CFGHISTORY_0000000010', 'configuration history'], ['old', 'backup'], ['pool:Shop', 'what a pool was started with']]);
  });
  it('and every other file can be compared, each once', () => {
    const choices = fileChoices([...configFiles, { ...(configFiles[0] as (typeof configFiles)[number]), evidencePath: 's1/live' }], COPIES, plain);
    expect(new Set(choices.map((c) => c.value)).size).toBe(choices.length);
    expect(choices.length).toBe(COPIES.length + configFiles.length);
    expect(choices.at(-1)?.group).toBe('other files');
  });
});

describe('what d compares', () => {
  const live = { kind: 'file', evidencePath: 's1/live' } as const;
  it('is the marked file and this one, else the copy before and this one', () => {
    expect(pairOf(live, 's1/old', COPIES)).toEqual({ from: 's1/old', to: 's1/live' });
    expect(pairOf(live, null, COPIES)).toEqual({ from: 's1/CFGHISTORY_0000000010', to: 's1/live' });
    expect(pairOf(live, 's1/live', COPIES)).toEqual({ from: 's1/CFGHISTORY_0000000010', to: 's1/live' });
    expect(pairOf({ kind: 'file', evidencePath: 'lonely' }, null, COPIES)).toEqual({ from: 'lonely', to: null });
  });
  it('is the two copies of a change, at its line, on the server that the change cites', () => {
    expect(pairOf({ kind: 'change', change: change('added', 'a', 'b') }, 's1/old', COPIES)).toEqual({ from: 's1/CFGHISTORY_0000000002', to: 's1/live', at: 'right:40' });
    const removed = { ...change('removed', 'a', 'b'), refs: [{ path: null, evidencePath: 's1/CFGHISTORY_0000000002', line: 7, sha256: '' }] };
    expect(pairOf({ kind: 'change', change: removed }, null, COPIES)).toMatchObject({ at: 'left:7' });
    const twins = [copy('live', 'live', 1, HOST, 's0'), ...COPIES];
    expect(pairOf({ kind: 'change', change: change('added', 'a', 'b') }, null, twins).to).toBe('s1/live');
  });
});

describe('changes', () => {
  const all = [change('added', 'native-module', 'globalModules'), change('added', 'setting', 'httpLogging'), change('removed', 'native-module', 'globalModules')];
  it('pass by what, kind and section, and each value says how many it would leave', () => {
    expect(filteredChanges(all, { ...EVERY_CHANGE, what: 'added', kind: 'setting' })).toEqual([all[1]]);
    expect(filterValues(all, { ...EVERY_CHANGE, kind: 'native-module', what: 'removed' }, 'what')).toEqual([{ value: 'added', count: 1 }, { value: 'removed', count: 1 }]);
    expect(filterValues(all, EVERY_CHANGE, 'section')).toEqual([{ value: 'globalModules', count: 2 }, { value: 'httpLogging', count: 1 }]);
  });
});

describe('entries of an effective list', () => {
  const registered = byLine(components);
  const entry = (line: number, name: string, more: object = {}) => ({ ...(effective.modules.entries[0] as (typeof effective.modules.entries)[number]), name, image: null, from: { ...(effective.modules.entries[0] as (typeof effective.modules.entries)[number]).from, line }, overrides: [], ...more });
  it('are odd by findings, then by being unknown, then by what they replace; the order of IIS stays among equals', () => {
    const list = [entry(1, 'a'), entry(120, 'stock'), entry(2, 'b', { overrides: [{ path: null, evidencePath: 'x', line: 1 }] }), entry(312, 'planted')];
    expect(oddFirst(list, registered).map((e) => e.name)).toEqual(['planted', 'b', 'a', 'stock']);
    expect(oddityOf(list[3] as (typeof list)[number], registered)).toEqual({ rank: 0, words: '2 findings' });
    expect(list.map((e) => e.name)).toEqual(['a', 'stock', 'b', 'planted']);
  });
  it('of a copy are known by name and content, since their lines are others', () => {
    expect(oddityOf(entry(99, 'HttpCacheExt', { image: 'C:\\ProgramData\\Ext\\cachehttp.dll' }), registered).rank).toBe(0);
    expect(oddityOf(entry(99, 'HttpCacheExt', { image: 'C:\\elsewhere.dll' }), registered).rank).toBe(4);
  });
  it('come to one of three outcomes, in words', () => {
    expect(outcomeWords({ outcome: 'effective', missing: [] })).toBe('effective');
    expect(outcomeWords({ outcome: 'invalid', missing: [] })).toContain('500.19');
    expect(outcomeWords(effective.httpModules)).toBe('not evaluable: 1 file missing');
  });
  it('are explained by the lines of the application first', () => {
    const line = (state: 'effective' | 'dormant' | 'lost' | 'elsewhere', n: number) => ({ path: null, evidencePath: 'a', line: n, column: 1, section: '', scope: '', name: 'x', state, why: null });
    expect(nearestFirst([line('elsewhere', 1), line('lost', 2), line('effective', 3), line('elsewhere', 4), line('dormant', 5)]).map((l) => l.line)).toEqual([3, 5, 2, 1, 4]);
  });
  it('are of applications that are chosen by site, path and pool', () => {
    expect(applicationsOf(caseInfo.servers).map((a) => `${a.words} ${a.more ?? ''}`)).toEqual(['Default Web Site/ pool DefaultAppPool', 'Shop/ pool ShopPool', 'Shop/api pool ShopPool']);
    const twice = applicationsOf([...caseInfo.servers, ...caseInfo.servers.map((s) => ({ ...s, id: 's2', name: null }))]);
    expect(new Set(twice.map((a) => a.value)).size).toBe(6);
    expect(twice.map((a) => a.group)).toEqual(['WEB01', 'WEB01', 'WEB01', 's2', 's2', 's2']);
  });
});
