import type { Component, Finding, Moment } from '../../../../shared/model/index.ts';
import { parseInstant } from '../../../../shared/time/instant.ts';
import type { Pivot } from './order.ts';
import type { ServerFacts } from '../server-facts.ts';

/** Moments of configuration changes beyond this number move nothing to the front any more: all would be near one. */
const MOST_CHANGES = 60;

/**
 * The moments whose days are read first: when components first were there that findings of weight rest on (high before
 * medium), then when the configuration changed, the newest first.
 */
export function pivotsOf(components: readonly Component[], findings: readonly Finding[], facts: readonly ServerFacts[]): Pivot[] {
  const pivots = new Map<bigint, number>();
  const add = (moment: Moment | undefined, tier: number): void => {
    // A linker's stamp is anybody's.
    const time = moment === undefined || moment.time === null || moment.fidelity === 'forgeable' ? null : parseInstant(moment.time);
    if (time !== null && tier < (pivots.get(time) ?? tier + 1)) pivots.set(time, tier);
  };
  const seen = new Map(components.map((c) => [c.id, c.firstSeen]));
  for (const finding of findings) {
    if (finding.severity !== 'high' && finding.severity !== 'medium') continue;
    const tier = finding.severity === 'high' ? 0 : 1;
    add(finding.component === null ? undefined : seen.get(finding.component), tier);
    add(finding.first, tier);
  }
  const changed = facts.flatMap(({ history }) => {
    if (history === null) return [];
    const moments = new Map(history.copies.map(({ copy }) => [copy.id, copy.moment]));
    return [...new Set(history.changes.map((change) => change.to))].flatMap((id) => moments.get(id) ?? []);
  });
  const newest = changed.filter((m) => m.time !== null).sort((a, b) => ((a.time ?? '') > (b.time ?? '') ? -1 : 1));
  for (const moment of newest.slice(0, MOST_CHANGES)) add(moment, 2);
  return [...pivots].map(([time, tier]) => ({ time, tier }));
}
