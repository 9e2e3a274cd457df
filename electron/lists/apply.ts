import type { AnalystList, Component, Finding, RuleId, YaraMatch } from '../../shared/model/index.ts';
import { indicatorFindings } from './indicator-findings.ts';
import { differingFindings, KnownGoodIndex, loweredBy, restored } from './known-good.ts';
import type { Hit } from './match/entry.ts';
import { type FileOfContent, yaraFindings } from './yara-findings.ts';

const LIST_RULES: ReadonlySet<RuleId> = new Set<RuleId>(['indicator-match', 'differs-from-known-good', 'yara-match']);

export interface ListFacts {
  readonly lists: readonly AnalystList[];
  readonly hits: readonly Hit[];
  readonly matches: readonly YaraMatch[];
  readonly components: readonly Component[];
  readonly filesOf: (sha256: string) => readonly FileOfContent[];
  /** Server of what belongs to none. */
  readonly server: string;
}

/** The findings as they are without any list: what rests on lists is gone, what lists lowered is as it was. */
export function withoutLists(findings: readonly Finding[]): Finding[] {
  return findings.filter((f) => !LIST_RULES.has(f.rule)).map(restored);
}

/**
 * The findings with what the lists say, from findings with or without it: applying twice gives the same. Findings on other
 * things than that a component is unknown keep their severity, whatever a list says.
 */
export function applyLists(findings: readonly Finding[], facts: ListFacts): Finding[] {
  const components = new Map(facts.components.map((c) => [c.id, c]));
  const known = new KnownGoodIndex(facts.lists.filter((l) => l.kind === 'known-good'));
  const lists = new Map(facts.lists.map((l) => [l.id, l]));
  const bare = withoutLists(findings);
  const own = new Map<string, Finding[]>();
  for (const f of bare) if (f.component !== null) own.set(f.component, [...(own.get(f.component) ?? []), f]);
  const lowered = bare.map((f) => {
    const component = components.get(f.component ?? '');
    return component === undefined ? f : loweredBy(known, f, component, own.get(component.id) ?? []);
  });
  const fresh = [
    ...indicatorFindings(facts.hits, components, facts.server),
    ...differingFindings(known, facts.components),
    ...yaraFindings(facts.matches, lists, facts.filesOf, facts.server),
  ];
  return [...lowered, ...new Map(fresh.map((f) => [f.id, f])).values()];
}
