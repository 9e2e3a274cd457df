import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEngine, type TestEngine } from '../helpers/engine.ts';
import { signingTools } from '../helpers/signing.ts';
import { scenarios } from './build/scenario.ts';
import { canBuild } from './build/tree.ts';
import { RefFollower } from './refs.ts';
import { type Section, compareOrWrite } from './results.ts';
import { type Outcome, Workshop, faults } from './run.ts';

/** A part of the name of the scenarios that are wanted; their findings are then shown. */
const ONLY = process.env['IISIGHT_SCENARIO'] ?? '';

function show({ document }: Outcome): void {
  const findings = document.findings.map((f) => `${f.severity} ${f.rule}: ${f.title}`);
  const components = document.components.filter((c) => c.origin !== 'stock').map((c) => `${c.kind} ${c.name ?? '-'} ${c.image ?? c.type ?? ''} ${c.origin} ${c.fileStatus} ${c.firstSeen.time ?? '-'} ${c.loadedBy.length}`);
  process.stdout.write(`${[...findings, ...components, ...document.problems.map((p) => p.message)].join('\n')}\n`);
}

/** The tests of one folder of scenarios: each is built, read to its end and judged, and every reference is followed. */
export function sectionTests(section: Section): void {
  const own = scenarios().filter((s) => s.id.startsWith(`${section}/`));
  describe(`scenarios: ${section}`, () => {
    const outcomes: Outcome[] = [];
    let engine: TestEngine;
    let workshop: Workshop;
    beforeAll(async () => {
      workshop = new Workshop();
      engine = await startEngine();
    }, 120_000);
    afterAll(async () => {
      await engine.close();
      workshop.dispose();
    });

    for (const scenario of own.filter((s) => s.id.includes(ONLY))) {
      // A signature needs osslsigncode and openssl.
      it.skipIf(!canBuild(scenario, signingTools.present))(`${scenario.id}: ${scenario.title}`, async () => {
        const outcome = await workshop.play(engine, scenario);
        outcomes.push(outcome);
        if (ONLY !== '') show(outcome);
        const follower = new RefFollower(engine, outcome.evidence);
        const components = new Map(outcome.document.components.map((c) => [c.id, c]));
        const wrong: string[] = [];
        for (const f of outcome.document.findings) wrong.push(...(await follower.faults(f, f.component === null ? undefined : components.get(f.component))));
        expect({ faults: faults(outcome), refs: wrong }).toEqual({ faults: [], refs: [] });
      });
    }

    it.skipIf(ONLY !== '')('are what RESULTS.md says', () => {
      expect(compareOrWrite(section, outcomes, outcomes.length === own.length)).toEqual([]);
    });
  });
}
