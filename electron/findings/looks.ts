import type { ComponentLooks, Component, Finding, Look, RuleId } from '../../shared/model/index.ts';
import type { Verdict } from './evaluate.ts';
import type { RuleFacts } from './facts.ts';
import { groupBy } from './group-by.ts';
import type { Rule } from './rule.ts';
import { RULES } from './rules.ts';

/** In a case with more components than this, what rules saw of stock ones without a finding is not kept. */
export const MAX_LOOKED_AT = 10_000;
/** Findings of one rule about one component whose titles are told. */
const MAX_TITLES = 5;

function foundLook(rule: RuleId, own: readonly Finding[]): Look {
  const saw = own.slice(0, MAX_TITLES).map((f) => `${f.title}: ${f.severity}.`);
  if (own.length === 0) return { rule, outcome: 'found', saw: ['One of the findings that are counted together and not listed one by one.'] };
  return { rule, outcome: 'found', saw: own.length > MAX_TITLES ? [...saw, `And ${own.length - MAX_TITLES} more.`] : saw };
}

/** What each rule saw of one component: what it found, or else what it answers when it is asked. */
function looksAt(c: Component, facts: RuleFacts, findings: readonly Finding[], { spoke }: Verdict, rules: readonly Rule[]): Look[] {
  const byRule = groupBy(findings, (f) => f.rule);
  return rules.flatMap((rule) => {
    const own = byRule.get(rule.id) ?? [];
    if (own.length > 0 || spoke.get(rule.id)?.has(c.id) === true) return [foundLook(rule.id, own)];
    const seen = rule.look?.(c, facts) ?? null;
    return seen === null || seen.outcome === 'not-applicable' ? [] : [{ rule: rule.id, ...seen }];
  });
}

/**
 * Why each component is flagged and why it is not: which rules looked at it, and what they saw. Rules that do not look
 * at its kind are left out.
 * @param all also those of stock components without a finding
 */
export function collectLooks(facts: RuleFacts, verdict: Verdict, all: boolean, rules: readonly Rule[] = RULES): ComponentLooks[] {
  const byComponent = groupBy(verdict.findings.filter((f) => f.component !== null), (f) => f.component);
  return facts.components
    .filter((c) => all || c.origin !== 'stock' || byComponent.has(c.id))
    .map((c) => ({ component: c.id, looks: looksAt(c, facts, byComponent.get(c.id) ?? [], verdict, rules) }));
}
