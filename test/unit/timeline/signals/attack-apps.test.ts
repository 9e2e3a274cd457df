import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { logFacts } from '../../../../electron/jobs/reading/log-facts.ts';
import type { Finding } from '../../../../shared/model/index.ts';
import { TestServer } from '../../../helpers/model.ts';
import { openTimeline, type TestTimeline } from '../helpers.ts';
import { CHROME, DAY, Dice, GOOGLEBOT, START, Traffic } from './traffic.ts';

let t: TestTimeline;
beforeEach(async () => { t = await openTimeline(); });
afterEach(() => t.close());

const SITES = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight'];
const THIEF = '203.0.113.66';

function visitors(traffic: Traffic, sites: readonly string[] = ['Shop'], days = 30, count = 120): Dice {
  const dice = new Dice(31);
  for (const site of sites) for (let day = 0; day < days; day++) traffic.spread(site, day, count, (at) => ({ at, ip: dice.address(), path: dice.below(2) === 0 ? '/' : '/list.html', sent: 6000 + dice.below(40), received: dice.between(400, 900) }));
  return dice;
}

/** Every ref of every finding of a log opens one whole row, at its line, of the file with its hash; or bytes of headers. */
function checkRefs(all: readonly Finding[]): number {
  const files = new Map<string, { readonly bytes: Buffer; readonly sha256: string }>();
  let checked = 0;
  for (const ref of all.flatMap((f) => f.refs).filter((r) => r.evidencePath.startsWith('logs/') && r.offset !== undefined)) {
    let file = files.get(ref.evidencePath);
    if (file === undefined) {
      const bytes = readFileSync(path.join(t.folder, path.basename(ref.evidencePath)));
      files.set(ref.evidencePath, (file = { bytes, sha256: createHash('sha256').update(bytes).digest('hex') }));
    }
    const { bytes } = file;
    const from = ref.offset ?? -1;
    const text = bytes.subarray(from, from + (ref.length ?? 0)).toString('latin1');
    expect(ref.sha256).toBe(file.sha256);
    if (ref.line === undefined) expect(text).toMatch(/^#Software: [^\0]*#Fields: [^\r\n]*\r\n$/);
    else {
      expect(text).toMatch(/^2026-\d\d-\d\d \d\d:\d\d:\d\d [^\r\n]*\r\n$/);
      expect(bytes.subarray(from - 1, from).toString()).toBe('\n');
      expect(bytes.subarray(0, from).toString('latin1').split('\n').length).toBe(ref.line);
    }
    checked += 1;
  }
  return checked;
}

async function findings(traffic: Traffic): Promise<Finding[]> {
  await traffic.ingest(t);
  const server = new TestServer().stock();
  server.server = { ...server.server, id: 'WEB01' };
  server.logs = logFacts(t.connection);
  const { findings: all } = await server.evaluate();
  expect(checkRefs(all)).toBeGreaterThan(0);
  return all;
}

const of = (all: readonly Finding[], rule: string): Finding[] => all.filter((f) => f.rule === rule);
const summary = (all: readonly Finding[]): string[] => all.map((f) => `${f.severity} ${f.title}`);
/** The bytes that a finding cites. */
const cited = (f: Finding | undefined): string[] => (f?.refs ?? []).flatMap((r) => (r.offset === undefined ? [] : [readFileSync(path.join(t.folder, path.basename(r.evidencePath))).subarray(r.offset, r.offset + (r.length ?? 0)).toString('latin1')]));

describe('intrusions in logs', () => {
  it('rows that a module rewrote to GET /: the rows themselves, and nothing of others', async () => {
    const traffic = new Traffic();
    visitors(traffic);
    for (let i = 0; i < 4; i++) traffic.add('Shop', { at: START + 16 * DAY + 7201 + i * 300, ip: THIEF, path: '/', sent: 70_000 + i * 1000, received: 30_000 + i, taken: 900 });
    const own = of(await findings(traffic), 'row-outside-cluster');
    expect(summary(own)).toEqual([expect.stringMatching(/^low 4 rows of GET \/ \(site Shop\) have another size/)]);
    expect(own[0]?.supports.join(' ')).toContain('4 rows of them brought more than');
    for (const row of own.flatMap(cited)) expect(row).toContain(THIEF);
  });

  it('cloaking on one of eight sites, in a folder that all of them have, with few rows of crawlers', async () => {
    const traffic = new Traffic();
    const dice = visitors(traffic, SITES, 20, 60);
    for (const site of SITES) for (let day = 0; day < 20; day++) traffic.spread(site, day, 40, (at, i) => ({ at, ip: dice.address(), path: `/news/${i}.html` }));
    for (let day = 4; day < 9; day++) {
      traffic.spread('six', day, 2, (at, i) => ({ at, ip: '192.0.2.10', agent: GOOGLEBOT, path: `/cn/${day}-${i}.html`, sent: 40_000 }));
      traffic.spread('six', day, 2, (at, i) => ({ at: at + 30, ip: dice.address(), agent: CHROME, path: `/cn/${day}-${i}.html`, status: '404', sent: 900 }));
      // On the other sites the folder is an ordinary one.
      for (const site of SITES) if (site !== 'six') traffic.spread(site, day, 30, (at, i) => ({ at: at + 50, ip: dice.address(), path: `/cn/a${i}.html`, sent: 900 }));
    }
    expect(summary(of(await findings(traffic), 'answers-differ-for-crawlers'))).toEqual(['low Crawlers get content of paths under /cn/ (site six), visitors do not']);
  });

  it('a trigger in a cookie and in a query, behind the balancer of one site alone', async () => {
    const traffic = new Traffic();
    const dice = visitors(traffic, ['one', 'two', 'three']);
    for (let day = 0; day < 30; day++) traffic.spread('lb', day, 60, (at) => ({ at, ip: `10.0.1.${dice.below(2) + 1}`, forwarded: dice.address(), path: '/' }));
    traffic.add('lb', { at: START + 9 * DAY, ip: '10.0.1.1', forwarded: `${THIEF},+10.9.9.9`, path: '/', query: 'x=1&DisplayModuleConfig=1' });
    traffic.add('lb', { at: START + 9 * DAY + 9, ip: '10.0.1.2', forwarded: THIEF, path: '/', cookie: 'a=1;+SM_SESSIONID=x' });
    for (let i = 0; i < 5; i++) traffic.add('lb', { at: START + 10 * DAY + i * 900, ip: '10.0.1.2', forwarded: THIEF, path: '/img/a.png', method: 'POST' });
    const all = await findings(traffic);
    const own = of(all, 'known-trigger-in-log');
    expect(summary(own)).toEqual(expect.arrayContaining(['low 1 row with "displaymoduleconfig=1"', 'low 1 row with "sm_sessionid="']));
    for (const f of own) expect(f.supports.join(' ')).toContain(`${THIEF} (as X-Forwarded-For says`);
    expect(summary(of(all, 'single-client-path'))).toEqual([`info 1 path that only ${THIEF} ever asked for, with answered POST requests`]);
    expect(own.flatMap(cited).every((row) => /DisplayModuleConfig=1|SM_SESSIONID=x/.test(row))).toBe(true);
  });

  it('a scanner that meets every rule is told as one', async () => {
    const traffic = new Traffic();
    visitors(traffic, ['Shop'], 30, 200);
    for (let i = 0; i < 90; i++) traffic.add('Shop', { at: START + 9 * DAY + i, ip: THIEF, path: `/try${i}.php`, agent: 'scan/1', status: '404', sent: 900 });
    traffic.add('Shop', { at: START + 9 * DAY + 100, ip: THIEF, path: '/', query: 'isn_getlog=1', agent: 'scan/1', sent: 6010 });
    traffic.add('Shop', { at: START + 9 * DAY + 101, ip: THIEF, path: '/list.html', agent: 'scan/1', sent: 6010, received: 60_000 });
    const own = of(await findings(traffic), 'log-facts-meet');
    expect(summary(own)).toEqual([`low 2 independent facts of the logs meet on the address ${THIEF}`]);
    expect(own[0]?.supports.join(' ')).toContain('90 of its 92 rows have a status of 400 or more');
  });

  it('two days of logs that are gone, and rows that were taken out of one file', async () => {
    const traffic = new Traffic();
    const dice = new Dice(33);
    for (let day = 8; day < 27; day++) {
      if (day !== 15 && day !== 16) traffic.spread('gone', day, 200, (at) => ({ at, ip: dice.address(), path: '/' }));
      traffic.spread('cut', day, 200, (at) => ({ at, ip: dice.address(), path: '/' }), day === 18 ? [0, 10] : [0, 24]);
      if (day === 18) traffic.spread('cut', day, 60, (at) => ({ at, ip: dice.address(), path: '/' }), [19, 24]);
      traffic.spread('restarted', day, 200, (at) => ({ at, ip: dice.address(), path: '/' }), day === 18 ? [0, 10] : [0, 24]);
      if (day === 18) traffic.spread('restarted', day, 60, (at) => ({ at, ip: dice.address(), path: '/' }), [19, 24]);
      traffic.spread('calm', day, 200, (at) => ({ at, ip: dice.address(), path: '/' }));
    }
    traffic.restart('restarted', START + 18 * DAY + 19 * 3600);
    const own = of(await findings(traffic), 'log-gap');
    expect(summary(own).toSorted()).toEqual([
      expect.stringMatching(/^info No row of site restarted for \d hours from 2026-03-20/), expect.stringMatching(/^low No row of site cut for \d hours from 2026-03-20/), expect.stringMatching(/^low No row of site gone for 48 hours/),
    ]);
    const words = (site: string): string => own.find((f) => f.title.includes(`site ${site} `))?.supports.join(' ') ?? '';
    expect(words('gone')).toContain('2 daily logs of that time are not in the evidence');
    expect(words('gone')).toContain('stand in two files');
    expect(words('cut')).toContain('in one file without header lines between them');
    expect(words('restarted')).toMatch(/Between the two rows stand \d+ bytes of header lines: the log was opened anew there/);
    expect(cited(own.find((f) => f.title.includes('restarted')))[2]).toContain('#Software');
  });
});
