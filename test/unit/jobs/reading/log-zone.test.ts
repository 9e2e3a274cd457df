import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEngine, triage, type TestEngine } from '../../../helpers/engine.ts';
import { HOST_CONFIG, hostConfig, iisDay, LOGS, w3cDay } from '../../../helpers/log-server.ts';
import { makeTree } from '../../../helpers/tree.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.close());

describe('logs in local time', () => {
  it('are read again when the zone of the server is said later; others are not', async () => {
    const evidence = await makeTree({
      [HOST_CONFIG]: hostConfig([{ id: 1, name: 'Main' }, { id: 3, name: 'Native', logFile: 'logFormat="IIS"' }]),
      [`${LOGS}/W3SVC1/u_ex260314.log`]: w3cDay('2026-03-14', 10), [`${LOGS}/W3SVC3/u_in260314.log`]: iisDay('2026-03-14', 10),
    });
    try {
      const before = await triage(engine, evidence.dir);
      expect(before.logs.map((l) => `${l.format} ${l.first} ${l.lines}`)).toEqual(['w3c 2026-03-14T00:00:00Z 10', 'iis 2026-03-14T00:00:00Z 10']);
      const again = async (serverZone: string): Promise<string[]> => {
        await engine.ask('job.resume', { serverZone });
        expect((await engine.ask('job.wait', {})).outcome).toBe('done');
        return (await engine.ask('run.triage', {})).logs.map((l) => `${l.format} ${l.first} ${l.lines}`);
      };
      expect(await again('+02:00')).toEqual(['w3c 2026-03-14T00:00:00Z 10', 'iis 2026-03-13T22:00:00Z 10']);
      // Only the log in local time was read.
      expect((await engine.ask('job.list', {})).history.map((r) => r.files)).toEqual([2, 1]);
      expect(await again('+02:00')).toEqual(['w3c 2026-03-14T00:00:00Z 10', 'iis 2026-03-13T22:00:00Z 10']);
      expect((await engine.ask('job.list', {})).history.map((r) => r.files)).toEqual([2, 1, 0]);
      expect((await engine.ask('timeline.page', { filter: '', offset: 0, limit: 1 })).total).toBe((await engine.ask('run.triage', {})).timeline.events);
    } finally {
      await evidence.cleanup();
    }
  }, 60_000);
});
