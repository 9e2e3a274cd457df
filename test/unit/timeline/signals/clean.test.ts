import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { logFacts } from '../../../../electron/jobs/reading/log-facts.ts';
import { TestServer } from '../../../helpers/model.ts';
import { openTimeline, type TestTimeline } from '../helpers.ts';
import { CLEAN } from './clean.ts';
import { Traffic } from './traffic.ts';

const OF_LOGS: ReadonlySet<string> = new Set(['row-outside-cluster', 'answers-differ-for-crawlers', 'known-trigger-in-log', 'server-error-then-success', 'log-gap', 'single-client-path', 'log-facts-meet']);

describe('rules of logs on clean traffic', () => {
  let t: TestTimeline;
  const traffic = new Traffic();
  beforeAll(async () => {
    t = await openTimeline();
    for (const shape of CLEAN) shape(traffic);
    await traffic.ingest(t);
  }, 300_000);
  afterAll(() => t.close());

  it('says nothing at low or above', async () => {
    expect(traffic.rows).toBeGreaterThan(200_000);
    const server = new TestServer().stock();
    server.server = { ...server.server, id: 'WEB01' };
    server.logs = logFacts(t.connection);
    const { findings } = await server.evaluate();
    const own = findings.filter((f) => OF_LOGS.has(f.rule));
    expect(own.filter((f) => f.severity !== 'info').map((f) => `${f.severity} ${f.rule}: ${f.title}`)).toEqual([]);
    // What is told as information stays few: failures of releases, paths of one client, tried texts.
    expect(own.length).toBeLessThan(40);
  }, 300_000);
});
