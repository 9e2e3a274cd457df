import { createHash } from 'node:crypto';
import { compareBy } from '../../shared/base/compare.ts';
import { SEVERITIES, type Component, type Finding } from '../../shared/model/index.ts';
import { D3FEND_IRIS, IIS_COMPONENTS } from '../knowledge/index.ts';
import { capped } from './capped.ts';
import type { RuleFacts } from './facts.ts';
import { groupBy } from './group-by.ts';
import { withLeaders } from './leading.ts';
import type { Rule } from './rule.ts';
import { RULES } from './rules.ts';

/** `f-` and twelve hex digits over rule, server and subject: stable as long as the finding is about the same thing. */
function findingId(rule: string, server: string, component: string | null, subject: string): string {
  const text = [rule, server, component ?? '', subject].map((part) => `${part.length}:${part}`).join('');
  return `f-${createHash('sha256').update(text, 'utf8').digest('hex').slice(0, 12)}`;
}

const order = compareBy<Finding>((f) => SEVERITIES.indexOf(f.severity), (f) => f.rule, (f) => f.id);

/**
 * Runs the rules over the facts of one server.
 * @returns findings by severity, then rule, then id. A draft without evidence, support or refutation is dropped: it
 * would be a claim that nobody can check. Among the findings of one component one leads.
 */
export async function evaluateRules(facts: RuleFacts, rules: readonly Rule[] = RULES): Promise<Finding[]> {
  const found = new Map<string, Finding>();
  for (const rule of rules) {
    for (const draft of capped(rule, await rule.evaluate(facts))) {
      if (draft.refs.length === 0 || draft.supports.length === 0 || draft.refutes.length === 0) continue;
      const component = draft.component?.id ?? null;
      const id = findingId(rule.id, facts.server.id, component, draft.subject);
      if (found.has(id)) continue;
      found.set(id, {
        id,
        server: facts.server.id,
        rule: rule.id,
        severity: draft.severity,
        title: draft.title,
        component,
        supports: [...draft.supports],
        refutes: [...draft.refutes],
        refs: [...draft.refs],
        attack: [IIS_COMPONENTS, ...(draft.attack ?? [])],
        d3fend: [...D3FEND_IRIS],
        first: draft.first,
      });
    }
  }
  return withLeaders([...found.values()]).sort(order);
}

/** Sorts findings of several servers into the one order that lists use. */
export const sortFindings = (findings: readonly Finding[]): Finding[] => [...findings].sort(order);

/** The components with the ids of their findings, in the findings' order. */
export function attachFindings(components: readonly Component[], findings: readonly Finding[]): Component[] {
  const byComponent = groupBy(findings.filter((f) => f.component !== null), (f) => f.component);
  return components.map((c) => ({ ...c, findings: (byComponent.get(c.id) ?? []).map((f) => f.id) }));
}
