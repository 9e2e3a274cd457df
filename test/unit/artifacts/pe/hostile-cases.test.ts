import { describe, expect, it } from 'vitest';
import { examinePe, inspectPe, sniffPe } from '../../../../electron/artifacts/pe/index.ts';
import { PeFacts } from '../../../../shared/model/pe/index.ts';
import { HOSTILE_GROUPS, HOSTILE_PES } from '../../../fixtures/pe/index.ts';

/** Text that a file of this size may make us keep: what a case and a screen have to carry. */
const MOST_TEXT = 32 * 1024 * 1024;

describe.each(Object.entries(HOSTILE_GROUPS))('hostile %s', (_group, cases) => {
  it.each([...cases])('$name: $what', ({ make, said }) => {
    const bytes = make();
    const { facts, problems } = examinePe(bytes, 'x.dll');
    const told = problems.map((p) => `${p.kind}: ${p.message}`);
    for (const [kind, words] of said.problems ?? []) expect(told, `${kind} about ${words}`).toContainEqual(expect.stringMatching(new RegExp(`^${kind}: .*${words.replace(/[()]/g, '\\$&')}`, 'i')));
    if (said.sound === true) expect(told).toEqual([]);
    expect(problems.length).toBeLessThanOrEqual(201);
    for (const p of problems) expect((p.offset ?? 0) >= 0 && p.message.length < 2000, p.message).toBe(true);
    expect(facts === null).toBe(said.isPe === false);
    const inspected = inspectPe(bytes, 'x.dll');
    if (facts === null) {
      expect(inspected.machine).toBeNull();
      return;
    }
    PeFacts.parse(facts);
    expect(sniffPe(bytes)).toBe('yes');
    const ids = facts.anomalies.map((a) => a.id);
    for (const id of said.anomalies ?? []) expect(ids).toContain(id);
    for (const id of said.not ?? []) expect(ids).not.toContain(id);
    if (said.facts) expect(facts).toMatchObject(said.facts);
    if (said.holds) expect(said.holds(facts), JSON.stringify(facts).slice(0, 2000)).toBe(true);
    expect(JSON.stringify(facts).length).toBeLessThan(MOST_TEXT);
    expect(facts.anomalies.length).toBeLessThanOrEqual(201);
  }, 30_000);
});

describe('the set of edge cases', () => {
  it('has names of its own for at least 120', () => {
    expect(HOSTILE_PES.length).toBeGreaterThanOrEqual(120);
    expect(new Set(HOSTILE_PES.map((c) => c.name)).size).toBe(HOSTILE_PES.length);
  });

  it('is the same bytes whenever it is made, and says something of each', () => {
    for (const { name, make, said } of HOSTILE_PES) {
      expect(Buffer.compare(make(), make()), name).toBe(0);
      expect(Object.keys(said).length, name).toBeGreaterThan(0);
    }
  });
});
