import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { logFacts } from '../../../../electron/jobs/reading/log-facts.ts';
import type { Finding } from '../../../../shared/model/index.ts';
import { TestServer } from '../../../helpers/model.ts';
import { openTimeline, type TestTimeline } from '../helpers.ts';
import { DAY, Dice, GOOGLEBOT, START, Traffic } from './traffic.ts';

let t: TestTimeline;
beforeEach(async () => { t = await openTimeline(); });
afterEach(() => t.close());

/** Two weeks of visitors to a small site. */
function visitors(traffic: Traffic, site = 'Shop', balancer = false): Dice {
  const dice = new Dice(11);
  for (let day = 0; day < 30; day++) {
    traffic.spread(site, day, 120, (at) => {
      const ip = dice.address();
      return { at, ...(balancer ? { ip: '10.0.1.1', forwarded: ip } : { ip }), path: dice.below(2) === 0 ? '/' : '/list.html', sent: 6000 + dice.below(40), received: dice.between(400, 900) };
    });
  }
  return dice;
}

async function findings(traffic: Traffic, server = new TestServer().stock()): Promise<Finding[]> {
  await traffic.ingest(t);
  server.server = { ...server.server, id: 'WEB01' };
  server.logs = logFacts(t.connection);
  return (await server.evaluate()).findings;
}

const of = (all: readonly Finding[], rule: string): Finding[] => all.filter((f) => f.rule === rule);
const summary = (all: readonly Finding[]): string[] => all.map((f) => `${f.severity} ${f.title}`);
/** Lines of the log that a finding cites. */
const lines = (f: Finding | undefined): string[] => (f?.refs ?? []).map((r) => `${r.evidencePath}:${r.line}`);

describe('row-outside-cluster', () => {
  it('finds rows that were rewritten to GET / by the bytes that HTTP.sys counted', async () => {
    const traffic = new Traffic();
    visitors(traffic);
    for (let i = 0; i < 6; i++) traffic.add('Shop', { at: START + 16 * DAY + 7201 + i * 300, ip: '203.0.113.66', path: '/', agent: null, sent: 90_000 + i * 1000, received: 9000 + i, taken: 900 });
    traffic.add('Shop', { at: START + 15 * DAY + 5, ip: '203.0.113.66', path: '/', agent: null, sent: 140, received: 60_000 });
    const all = await findings(traffic);
    const own = of(all, 'row-outside-cluster');
    expect(summary(own).toSorted()).toEqual(['low 1 GET row of / (site Shop) brought up to 60000 bytes, more than headers can have', expect.stringMatching(/^low 7 rows of GET \/ \(site Shop\) have another size than the \d+ others$/)]);
    const cluster = own.find((f) => f.title.startsWith('7 rows'));
    expect(cluster?.refs).toHaveLength(7);
    expect(cluster?.first).toEqual({ time: '2026-03-17T00:00:05Z', from: 'log', fidelity: 'exact' });
    expect(cluster?.supports.join(' ')).toContain('7 rows of them brought more than 8192 bytes');
    expect(cluster?.supports.join(' ')).toContain('203.0.113.66: 7 rows on 2 days, from 2026-03-17T00:00:05Z to 2026-03-18T02:25:01Z.');
    for (const ref of cluster?.refs ?? []) expect(ref).toMatchObject({ offset: expect.any(Number), length: expect.any(Number), line: expect.any(Number), sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
  });

  it('says nothing of few rows, nor of pages without a usual size', async () => {
    const traffic = new Traffic();
    const dice = new Dice(3);
    for (let day = 0; day < 14; day++) traffic.spread('Shop', day, 100, (at) => ({ at, ip: dice.address(), path: '/list.aspx', sent: dice.between(1, 400) * 500 }));
    traffic.spread('Shop', 3, 40, (at) => ({ at, ip: dice.address(), path: '/rare.html', sent: 4000 })).add('Shop', { at: START + 3 * DAY + 40_000, ip: '203.0.113.66', path: '/rare.html', sent: 900_000 });
    expect(of(await findings(traffic), 'row-outside-cluster')).toEqual([]);
  });
});

describe('answers-differ-for-crawlers', () => {
  it('finds content that only crawlers get, by path and by folder, and visitors of search engines who are sent away', async () => {
    const traffic = new Traffic();
    const dice = visitors(traffic);
    for (let day = 0; day < 10; day++) {
      traffic.spread('Shop', day, 12, (at, i) => ({ at, ip: '192.0.2.10', agent: GOOGLEBOT, path: `/slot/${day}-${i}.html`, sent: 40_000 }));
      traffic.spread('Shop', day, 6, (at, i) => ({ at: at + 60, ip: dice.address(), path: `/slot/${day}-${i}.html`, referer: i % 2 === 0 ? 'https://www.google.com/' : '-', status: i % 2 === 0 ? '302' : '404', sent: 500 }));
      traffic.spread('Shop', day, 4, (at) => ({ at: at + 90, ip: '192.0.2.10', agent: GOOGLEBOT, path: '/news.html', sent: 40_000 }));
      traffic.spread('Shop', day, 4, (at) => ({ at: at + 91, ip: dice.address(), path: '/news.html', referer: 'https://www.baidu.com/s', status: '302', sent: 500 }));
      traffic.spread('Shop', day, 8, (at) => ({ at: at + 92, ip: dice.address(), path: '/news.html', sent: 9000 }));
    }
    expect(summary(of(await findings(traffic), 'answers-differ-for-crawlers')).toSorted()).toEqual([
      'low Crawlers get content of paths under /slot/ (site Shop), visitors do not',
      'low Who comes from a search engine to /news.html (site Shop) is sent elsewhere, others are not',
    ]);
  });

  it('does not compare days on which only one of them came', async () => {
    const traffic = new Traffic();
    const dice = visitors(traffic);
    for (let day = 0; day < 5; day++) traffic.spread('Shop', day, 20, (at) => ({ at, ip: '192.0.2.10', agent: GOOGLEBOT, path: '/gone.html' }));
    for (let day = 5; day < 10; day++) traffic.spread('Shop', day, 20, (at) => ({ at, ip: dice.address(), path: '/gone.html', status: '404' }));
    expect(of(await findings(traffic), 'answers-differ-for-crawlers')).toEqual([]);
  });
});

describe('known-trigger-in-log', () => {
  it('finds commands in queries and cookies; one that was refused is information, a weak one says so', async () => {
    const traffic = new Traffic();
    visitors(traffic);
    traffic.add('Shop', { at: START + 9 * DAY, ip: '203.0.113.7', path: '/' });
    traffic.add('Shop', { at: START + 20 * DAY + 3, ip: '203.0.113.7', path: '/', query: 'isn_getlog=1&x=2' });
    traffic.add('Shop', { at: START + 20 * DAY + 63, ip: '203.0.113.7', path: '/default.aspx', cookie: 'a=1;+RGSESSIONID=Y21kJA==' });
    traffic.add('Shop', { at: START + 21 * DAY, ip: '198.51.100.9', path: '/scjg', method: 'POST', status: '404' });
    traffic.add('Shop', { at: START + 21 * DAY + 9, ip: '198.51.100.10', path: '/go', query: 'jump=1' });
    traffic.add('Shop', { at: START + 21 * DAY + 10, ip: '198.51.100.10', path: '/go', query: 'xjump=1&preurl=2&type=conf' });
    const all = await findings(traffic);
    const own = of(all, 'known-trigger-in-log');
    expect(summary(own).toSorted()).toEqual(['info 1 row with "/scjg", none answered', 'info 1 row with "jump=1"', 'low 1 row with "isn_getlog="', 'low 1 row with "rgsessionid="']);
    const isn = own.find((f) => f.title.includes('isn_'));
    expect(isn?.supports.join(' ')).toContain('first contact 11 days before these rows');
    expect(lines(isn)).toEqual([expect.stringMatching(/^logs\/Shop-u_ex260322\.log:\d+$/)]);
    // Two texts of one client are one kind of fact.
    expect(of(all, 'log-facts-meet')).toEqual([]);
  });
});

describe('server-error-then-success, single-client-path and where they meet', () => {
  const shell = (traffic: Traffic): Traffic => {
    for (let i = 0; i < 4; i++) traffic.add('Shop', { at: START + 14 * DAY + 50_000 + i * 60, ip: '203.0.113.66', path: '/b7.hdr', status: i < 2 ? '500.21' : '500.0', win32: i < 2 ? 50 : 126 });
    for (let i = 0; i < 30; i++) traffic.add('Shop', { at: START + 14 * DAY + 50_600 + i * 500, ip: '203.0.113.66', path: '/b7.hdr', method: 'POST', sent: 900, received: 700 });
    return traffic;
  };

  it('tells the attempts and the first answer; alone that is information', async () => {
    const traffic = new Traffic();
    visitors(traffic);
    const all = await findings(shell(traffic));
    expect(summary(of(all, 'server-error-then-success'))).toEqual(['info 4 failing rows of site Shop from 2026-03-16T13:53:20Z, then answers: code or configuration that could not be used']);
    expect(of(all, 'server-error-then-success')[0]?.supports.join(' ')).toContain('first answer after it at 2026-03-16T14:03:20Z with status 200');
    expect(summary(of(all, 'single-client-path'))).toEqual(['info 1 path that only 203.0.113.66 ever asked for, with answered POST requests']);
    expect(of(all, 'log-facts-meet')).toEqual([]);
  });

  it('weighs more near the arrival of an unknown component, and is tied to it', async () => {
    const traffic = new Traffic();
    visitors(traffic);
    const server = new TestServer().copy('c1', '2026-03-16T12:00:00Z').copy('c2', '2026-03-16T13:59:00Z').copy('live', '2026-03-20T00:00:00Z').stock()
      .globalModule('Zeta', 'C:\\ProgramData\\z.dll').module('Zeta').change('added', 'native-module', 'globalModules', 'Zeta', 'c1', 'c2');
    const all = await findings(shell(traffic), server);
    const [own] = of(all, 'server-error-then-success');
    expect(own?.severity).toBe('medium');
    expect(own?.component).not.toBeNull();
    expect(own?.supports.join(' ')).toContain('came at 2026-03-16T13:59:00Z, 5 minutes after the first of these rows.');
  });

  it('lets independent facts meet on one client', async () => {
    const traffic = new Traffic();
    visitors(traffic);
    shell(traffic).add('Shop', { at: START + 15 * DAY, ip: '203.0.113.66', path: '/', query: 'ReloadModuleConfig=1' });
    const all = await findings(traffic);
    expect(summary(of(all, 'log-facts-meet'))).toEqual(['medium 3 independent facts of the logs meet on the address 203.0.113.66']);
  });
});

describe('log-gap', () => {
  it('finds hours that are missing while another site and its days go on, and leaves idle nights alone', async () => {
    const traffic = new Traffic();
    const dice = new Dice(5);
    for (let day = 0; day < 30; day++) {
      if (day !== 15 && day !== 16) traffic.spread('Shop', day, 300, (at) => ({ at, ip: dice.address(), path: '/' }));
      traffic.spread('Intranet', day, 300, (at) => ({ at, ip: dice.address(), path: '/' }), [8, 18]);
    }
    const own = of(await findings(traffic), 'log-gap');
    expect(summary(own)).toEqual(['low No row of site Shop for 48 hours from 2026-03-16T23:55:12Z']);
    expect(own[0]?.supports.join(' ')).toContain('1 other site of the server went on: 600 rows');
    expect(own[0]?.refs).toHaveLength(2);
  });
});

describe('log-gap of a whole server', () => {
  it('says that the others went on only of those that did, and names every missing day', async () => {
    const traffic = new Traffic();
    const dice = new Dice(7);
    const hours = Array.from({ length: 24 }, (_, i) => i);
    for (let day = 0; day < 30; day++) {
      // Both sites stop for two days; the second one's last hour is an hour later.
      if (day !== 15 && day !== 16) for (const site of ['Shop', 'Intranet']) traffic.spread(site, day, 300, (at) => ({ at, ip: dice.address(), path: '/' }));
      for (const hour of day === 15 ? hours.slice(0, 1) : []) traffic.add('Intranet', { at: START + day * DAY + hour * 3600 + 60, ip: dice.address(), path: '/' });
    }
    const own = of(await findings(traffic), 'log-gap').find((f) => f.title.includes('Shop'));
    expect(own?.severity).toBe('info');
    expect(own?.supports.join(' ')).toContain('1 other site of the server has rows in less than a quarter of its hours, and may have stopped too.');
    expect(own?.supports.join(' ')).not.toContain('went on');
  });
});

describe('clients behind a load balancer', () => {
  it('are those of X-Forwarded-For, and it is said that anybody can write it', async () => {
    const traffic = new Traffic();
    visitors(traffic, 'Shop', true);
    for (let i = 0; i < 5; i++) traffic.add('Shop', { at: START + 14 * DAY + i * 600, ip: '10.0.1.1', forwarded: '203.0.113.66,+10.9.9.9', path: '/b7.hdr', method: 'POST' });
    for (let i = 0; i < 5; i++) traffic.add('Shop', { at: START + 14 * DAY + i * 600, ip: '10.0.1.1', forwarded: `203.0.113.${70 + i}`, path: '/form.aspx', method: 'POST' });
    const own = of(await findings(traffic), 'single-client-path');
    expect(summary(own)).toEqual(['info 1 path that only 203.0.113.66 ever asked for, with answered POST requests']);
    expect(own[0]?.supports.join(' ')).toContain('as X-Forwarded-For says, which the client can write itself');
  });
});
