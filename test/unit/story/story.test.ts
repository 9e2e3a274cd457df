import { describe, expect, it } from 'vitest';
import { storyOf } from '../../../electron/story/story.ts';
import type { Requests, Sighting, StoryFacts } from '../../../electron/story/facts.ts';
import type { ConfigCopy, StoryStep } from '../../../shared/model/index.ts';
import { ref, SHA, TestServer } from '../../helpers/model.ts';

const IMAGE = 'C:\\ProgramData\\x.dll';
const NO_REQUESTS: Requests = { traced: null, handled: null, marked: null, passed: null, logs: false };
const seen = (time: string, words = 'POST /a.aspx 200', fidelity: Sighting['moment']['fidelity'] = 'exact'): Sighting => ({ moment: { time, from: 'log', fidelity }, ref: ref(9, 'C/u_ex260302.log'), event: `e-${time}`, words });

/** A native module that came between two copies, with a file. */
function server(): TestServer {
  return new TestServer().stock().globalModule('X', IMAGE).module('X').file(IMAGE)
    .copy('CFGHISTORY_0000000001', '2026-03-02T14:00:00Z').copy('CFGHISTORY_0000000002', '2026-03-02T14:10:00Z')
    .change('added', 'native module', 'globalModules', 'X', 'CFGHISTORY_0000000001', 'CFGHISTORY_0000000002', { after: `name="X" image="${IMAGE}"` });
}

function facts(made: TestServer, part: Partial<StoryFacts> = {}): StoryFacts {
  const component = made.join().find((c) => c.name === 'X');
  if (component === undefined) throw new Error('X');
  return {
    component, server: made.server, copies: made.copies, changes: made.changes, pools: [], configuration: null, changeEvent: () => 'e-change', requests: NO_REQUESTS, partial: false,
    file: { path: IMAGE, evidencePath: 'C/ProgramData/x.dll', sha256: SHA, modified: '2026-03-02T14:05:00Z', created: null, times: 'mtime-only', stamp: { time: '2026-03-01T10:00:00Z', offset: 136 }, events: { stamp: 'e-stamp', written: 'e-written', created: null } },
    ...part,
  };
}

const poolCopy = (time: string): ConfigCopy => ({ id: 'pool:ShopPool', series: 'pool', of: null, server: 's1', order: 0, moment: { time, from: 'file-time', fidelity: 'mtime-only' }, sha256: SHA, path: null, evidencePath: 'C/inetpub/temp/appPools/ShopPool/ShopPool.config' });
const step = (of: StoryFacts, kind: StoryStep['kind']): StoryStep | undefined => storyOf(of).steps.find((s) => s.kind === kind);
const kinds = (of: StoryFacts): string[] => storyOf(of).steps.map((s) => `${s.kind}${s.missing === null ? '' : '?'}`);

describe('a full story', () => {
  const full = facts(server(), {
    pools: [{ pool: 'ShopPool', copy: poolCopy('2026-03-02T14:11:00Z'), entry: ref(300, 'C/inetpub/temp/appPools/ShopPool/ShopPool.config'), event: 'e-pool' }],
    requests: { ...NO_REQUESTS, logs: true, traced: { rows: 2, first: seen('2026-03-02T14:12:00Z', 'GET /x 200'), last: seen('2026-03-03T09:00:00Z') } },
  });

  it('has every step with its moment, its source and its event', () => {
    const { steps, doubts } = storyOf(full);
    expect(steps.map((s) => [s.kind, s.moment.time, s.event, s.missing])).toEqual([
      ['built', '2026-03-01T10:00:00Z', 'e-stamp', null], ['file-written', '2026-03-02T14:05:00Z', 'e-written', null], ['configured', '2026-03-02T14:10:00Z', 'e-change', null],
      ['pool-started', '2026-03-02T14:11:00Z', 'e-pool', null], ['first-served', '2026-03-02T14:12:00Z', 'e-2026-03-02T14:12:00Z', null], ['last-served', '2026-03-03T09:00:00Z', 'e-2026-03-03T09:00:00Z', null],
    ]);
    expect(steps[4]?.sentence).toContain('The first of 2 traces that name it');
    expect(doubts.join(' ')).not.toContain('contradict');
  });

  it('tells gaps by the bounds of each step, with two sources', () => {
    expect(storyOf(full).arrows.map((a) => [a.seconds, a.sentence])).toEqual([
      [101_100, '1 day 4 h later'], [300, 'at most 5 minutes later'], [60, 'between 1 minute and 11 minutes later'], [60, '1 minute later'], [67_680, '18 h 48 minutes later'],
    ]);
    for (const { refs } of storyOf(full).arrows) expect(refs.every((r) => r.evidencePath !== '')).toBe(true);
  });

  it('a pool that was started again after the first request is no step towards it', () => {
    const later = { ...full, pools: full.pools.map((p) => ({ ...p, copy: poolCopy('2026-03-02T20:00:00Z') })) };
    expect(kinds(later)).toEqual(['built', 'file-written', 'configured', 'first-served', 'pool-started', 'last-served']);
    expect(storyOf(later).arrows.every((a) => (a.seconds ?? 0) >= 0)).toBe(true);
    expect(storyOf(later).doubts.join(' ')).toContain('the pool had been started with it before');
  });
});

describe('what is not there is named', () => {
  it('without logs, without a pool copy, without a file', () => {
    const bare = facts(server(), { file: null });
    expect(kinds(bare)).toEqual(['built?', 'file-written?', 'configured', 'pool-started?', 'first-served?', 'last-served?']);
    expect(step(bare, 'file-written')?.missing).toContain('C:\\$MFT');
    expect(step(bare, 'pool-started')?.missing).toContain('C:\\inetpub\\temp\\appPools\\ShopPool\\ShopPool.config');
    expect(step(bare, 'first-served')?.missing).toContain('No log of this server was read');
    expect(storyOf(bare).arrows).toEqual([]);
  });

  it('without a history the file in force says by when, and nothing since when', () => {
    const made = new TestServer().stock().globalModule('X', IMAGE).file(IMAGE);
    const told = facts(made, { configuration: { ref: ref(100), modified: '2026-03-02T14:30:00Z', event: 'e-config' } });
    expect(step(told, 'configured')).toMatchObject({ by: true, event: 'e-config', moment: { time: '2026-03-02T14:30:00Z' } });
    expect(storyOf(told).arrows.at(-1)?.sentence).toBe('at most 25 minutes later');
    expect(step(facts(made), 'configured')?.missing).toContain('CFGHISTORY_*');
  });

  it('a module that all requests pass has no request of its own without a mark', () => {
    const told = facts(server(), { requests: { ...NO_REQUESTS, logs: true, passed: seen('2026-03-02T14:11:30Z', 'GET / 200') } });
    expect(step(told, 'first-served')?.missing).toMatch(/passed through it, whoever answered: GET \/ 200 at 2026-03-02T14:11:30Z.*FailedReqLogFiles\\W3SVC1.*memory image/);
  });

  it('times that the collection made are no times of the server', () => {
    const { file } = facts(server());
    if (file === null) throw new Error('file');
    expect(step(facts(server(), { file: { ...file, times: 'none' } }), 'file-written')?.missing).toContain('kept no times');
    expect(step(facts(server(), { file: { ...file, stamp: { time: null, offset: 136, note: 'A hash of the content.' } } }), 'built')?.missing).toContain('A hash of the content.');
  });
});

describe('clocks that contradict', () => {
  const written = (time: string, more: object = {}): StoryFacts => {
    const base = facts(server());
    return base.file === null ? base : { ...base, file: { ...base.file, modified: time, ...more } };
  };
  it('a file that is younger than the entry that names it', () => {
    const told = storyOf(written('2026-03-02T15:00:00Z'));
    expect(told.arrows[1]).toMatchObject({ seconds: -3000, sentence: '50 minutes earlier by these clocks: the order is contradicted' });
    expect(told.doubts[0]).toContain('written 50 minutes after the configuration named it');
  });
  it('a stamp that is younger than the file, and a file that is years older than its entry', () => {
    const told = storyOf(written('2016-07-16T13:18:44Z'));
    expect(told.doubts[0]).toContain('linker\'s stamp');
    expect(told.doubts.join(' ')).toContain('set back to look old');
  });
  it('a file that was created later than its content was written: it was copied', () => {
    const told = written('2024-01-01T00:00:00Z', { created: '2026-03-02T14:04:00Z', times: 'full' });
    expect(step(told, 'file-written')).toMatchObject({ moment: { time: '2026-03-02T14:04:00Z' } });
    expect(storyOf(told).doubts.join(' ')).not.toContain('copying keeps it');
  });
  it('copies whose times run against their numbers, days apart, or without a time', () => {
    const with2 = (time: string | null): string => storyOf(facts(new TestServer().stock().globalModule('X', IMAGE).file(IMAGE).copy('A', '2026-03-02T14:00:00Z').copy('B', time)
      .change('added', 'native module', 'globalModules', 'X', 'A', 'B', { after: `name="X" image="${IMAGE}"` }))).doubts.join(' ');
    expect(with2('2026-03-01T00:00:00Z')).toContain('earlier time than the one without it');
    expect(with2('2026-03-12T14:00:00Z')).toContain('lie 10 days apart');
    expect(with2(null)).toContain('only their order is known');
  });
  it('requests older than the entry, in an assumed zone, or answered before', () => {
    const first = seen('2026-03-01T00:00:00Z', 'GET /a.hdr 200', 'zone-assumed');
    const told = storyOf(facts(server(), { requests: { ...NO_REQUESTS, logs: true, handled: { rows: 1, paths: 1, before: 4, hedges: ['A rewrite rule may.'], all: true, first, last: first } }, partial: true }));
    expect(told.steps.find((s) => s.kind === 'first-served')?.sentence).toContain('A rewrite rule may.');
    for (const part of ['older than the copy that lacks it', 'answered 4 times before', 'zone is assumed', 'still being read']) expect(told.doubts.join(' ')).toContain(part);
    expect(told.partial).toBe(true);
  });
});

describe('what became of it', () => {
  it('changes and removals stand where their copies put them', () => {
    const made = server().copy('CFGHISTORY_0000000003', '2026-03-02T18:00:00Z').copy('CFGHISTORY_0000000004', '2026-03-02T19:00:00Z')
      .change('removed', 'native module', 'globalModules', 'X', 'CFGHISTORY_0000000002', 'CFGHISTORY_0000000003', { before: `name="X" image="${IMAGE}"` })
      .change('added', 'native module', 'globalModules', 'X', 'CFGHISTORY_0000000003', 'CFGHISTORY_0000000004', { after: `name="X" image="${IMAGE}"` });
    const told = facts(made, { requests: { ...NO_REQUESTS, logs: true, traced: { rows: 2, first: seen('2026-03-02T14:12:00Z'), last: seen('2026-03-02T17:00:00Z') } } });
    expect(kinds(told)).toEqual(['built', 'file-written', 'configured', 'pool-started?', 'first-served', 'last-served', 'removed', 'changed']);
  });
  it('a file that is gone', () => {
    const made = new TestServer().stock().globalModule('X', IMAGE).folder('C:\\ProgramData');
    expect(kinds(facts(made, { file: null })).at(-1)).toBe('removed');
  });
});
