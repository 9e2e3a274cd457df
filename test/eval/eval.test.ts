import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEngine, type TestEngine } from '../helpers/engine.ts';
import { scenarios } from './build/scenario.ts';
import { faults, Workshop } from './run.ts';

const ONLY = process.env['IISIGHT_SCENARIO'] ?? '';
describe('scenarios', () => {
  let engine: TestEngine;
  const workshop = new Workshop();
  beforeAll(async () => { engine = await startEngine(); }, 120_000);
  afterAll(async () => {
    await engine.close();
    workshop.dispose();
  });
  it.each(scenarios().filter((s) => s.id.includes(ONLY)).map((s) => [s.id, s] as const))('%s', async (_, scenario) => {
    const outcome = await workshop.play(engine, scenario);
    if (ONLY !== '') {
      console.log(outcome.document.findings.map((f) => `${f.severity} ${f.rule}: ${f.title}`).join('\n'));
      console.log(outcome.document.problems.map((p) => p.message).join('\n'), outcome.document.timeline);
      console.log(outcome.document.components.filter((c) => c.origin !== 'stock').map((c) => `${c.kind} ${c.name} ${c.image ?? c.type} ${c.origin} ${c.fileStatus} ${c.firstSeen.time} ${c.firstSeen.order} ${c.loadedBy.length}`).join('\n'));
    }
    expect(faults(outcome)).toEqual([]);
  });
});
