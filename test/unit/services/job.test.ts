import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SAMPLE, startEngine, type TestEngine } from '../../helpers/engine.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.close());

describe('steering by requests', () => {
  it('refuses what is no range, with a sentence; without a case nothing happens', async () => {
    expect(await engine.refusal('job.front', { range: { from: 'yesterday', to: '2026-03-02T00:00:00Z' } })).toMatchObject({ kind: 'usage', message: expect.stringContaining('no range of time') });
    expect(await engine.refusal('job.front', { range: { from: '2026-03-03T00:00:00Z', to: '2026-03-02T00:00:00Z' } })).toMatchObject({ kind: 'usage' });
    await engine.ask('job.front', { range: null });
    await engine.ask('job.pause', { paused: true });
    expect(await engine.ask('job.list', {})).toEqual({ jobs: [], history: [] });
  });

  it('a reading that is held says so, is cancelled while it is held, and is finished by the next', async () => {
    await engine.ask('case.create', { path: null, evidence: SAMPLE, workers: 1 });
    await engine.ask('job.pause', { paused: true });
    const stateOf = async (): Promise<string | undefined> => (await engine.ask('job.list', {})).jobs.find((job) => job.id === 'logs')?.state;
    await expect.poll(stateOf, { timeout: 60_000 }).toBe('paused');
    await engine.ask('job.cancel', {});
    expect((await engine.ask('job.wait', {})).outcome).toBe('cancelled');
    expect(await stateOf()).toBe('cancelled');
    await engine.ask('job.resume', { workers: 1 });
    expect((await engine.ask('job.wait', {})).outcome).toBe('done');
    const { history } = await engine.ask('job.list', {});
    const { logs } = await engine.ask('run.triage', {});
    expect(history.map((run) => run.outcome)).toEqual(['stopped', 'finished']);
    expect(history.reduce((n, run) => n + run.bytes, 0)).toBe(logs.reduce((n, log) => n + log.size, 0));
    expect(history.reduce((n, run) => n + run.files, 0)).toBe(logs.length);
  }, 120_000);
});
