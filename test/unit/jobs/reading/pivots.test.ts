import { describe, expect, it } from 'vitest';
import { pivotsOf } from '../../../../electron/jobs/reading/logs/pivots.ts';
import type { ServerFacts } from '../../../../electron/jobs/reading/server-facts.ts';
import type { Component, Finding, Moment } from '../../../../shared/model/index.ts';
import { parseInstant } from '../../../../shared/time/instant.ts';

const moment = (time: string | null, fidelity: Moment['fidelity'] = 'exact'): Moment => ({ time, from: 'history-order', fidelity });
const component = (id: string, firstSeen: Moment): Component => ({ id, firstSeen }) as Component;
const finding = (severity: Finding['severity'], of: string | null, first: Moment = moment(null)): Finding => ({ severity, component: of, first }) as Finding;
const at = (text: string): bigint => parseInstant(text) ?? 0n;

function history(times: readonly string[]): ServerFacts {
  const copies = times.map((time, i) => ({ copy: { id: String(i), moment: moment(time) } }));
  const changes = times.slice(1).map((_, i) => ({ to: String(i + 1) }));
  const facts: unknown = { history: { copies, changes } };
  return facts as ServerFacts;
}

describe('moments whose days are read first', () => {
  it('first-seen moments of components with findings of weight, high before medium; a linker stamp is none', () => {
    const components = [component('a', moment('2026-03-02T00:00:00Z')), component('b', moment('2026-02-01T00:00:00Z')), component('c', moment('2020-01-01T00:00:00Z', 'forgeable')), component('d', moment('2026-01-01T00:00:00Z'))];
    const findings = [finding('medium', 'b'), finding('high', 'a'), finding('medium', 'a'), finding('high', 'c'), finding('low', 'd'), finding('medium', null, moment('2026-02-03T00:00:00Z'))];
    expect(new Map(pivotsOf(components, findings, []).map((p) => [p.time, p.tier]))).toEqual(new Map([
      [at('2026-02-01T00:00:00Z'), 1], [at('2026-03-02T00:00:00Z'), 0], [at('2026-02-03T00:00:00Z'), 1],
    ]));
  });

  it('then configuration changes, the newest of very many', () => {
    const times = Array.from({ length: 300 }, (_, i) => new Date(Date.UTC(2025, 0, 1 + i)).toISOString().replace('.000', ''));
    const pivots = pivotsOf([component('a', moment(times[299] ?? null))], [finding('high', 'a')], [history(times)]);
    expect(pivots.length).toBe(60);
    expect(pivots.filter((p) => p.tier === 0).map((p) => p.time)).toEqual([at(times[299] ?? '')]);
    expect(pivots.every((p) => p.time >= at(times[240] ?? ''))).toBe(true);
  });

  it('the first copy of a history is no change', () => {
    expect(pivotsOf([], [], [history(['2026-01-01T00:00:00Z'])])).toEqual([]);
  });
});
