import { describe, expect, it } from 'vitest';
import { logFacts } from '../../../../electron/jobs/reading/log-facts.ts';
import { TestServer } from '../../../helpers/model.ts';
import { openTimeline } from '../helpers.ts';
import { CLEAN_APPS, oneProxy } from './clean-apps.ts';
import { Traffic } from './traffic.ts';

const OF_LOGS: ReadonlySet<string> = new Set(['row-outside-cluster', 'answers-differ-for-crawlers', 'known-trigger-in-log', 'server-error-then-success', 'log-gap', 'single-client-path', 'log-facts-meet']);

// A text that only a back door waits for, and that was answered, is worth a look, whoever sent it.
describe('rules of logs on servers that do what many do', () => {
  it.each(CLEAN_APPS.map((shape) => [shape.name, shape] as const))('%s: nothing at low or above', async (_name, shape) => {
    const t = await openTimeline();
    try {
      const traffic = new Traffic();
      shape(traffic);
      await traffic.ingest(t);
      const server = new TestServer().stock();
      server.server = { ...server.server, id: 'WEB01' };
      server.logs = logFacts(t.connection);
      const own = (await server.evaluate()).findings.filter((f) => OF_LOGS.has(f.rule));
      expect(own.filter((f) => f.severity !== 'info').map((f) => `${f.severity} ${f.rule}: ${f.title}`)).toEqual(shape === oneProxy ? ['low known-trigger-in-log: 1 row with "isn_getlog="'] : []);
      expect(own.length).toBeLessThan(15);
    } finally {
      await t.close();
    }
  }, 120_000);
});
