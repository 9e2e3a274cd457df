import { createHash } from 'node:crypto';
import { compareBy } from '../../shared/base/compare.ts';
import { SEVERITIES, type Component, type Finding, type RuleId } from '../../shared/model/index.ts';
import { D3FEND_IRIS, IIS_COMPONENTS } from '../knowledge/index.ts';
import { capped } from './capped.ts';
import type { RuleFacts } from './facts.ts';
import { meetings } from './facts-meet.ts';
import { groupBy } from './group-by.ts';
import { withLeaders, type Judged } from './leading.ts';
import type { FindingDraft, Rule } from './rule.ts';
import { RULES } from './rules.ts';

/** `f-` and twelve hex digits over rule, server and subject: stable as long as the finding is about the same thing. */
function findingId(rule: string, server: string, component: string | null, subject: string): string {
  const text = [rule, server, component ?? '', subject].map((part) => `${part.length}:${part}`).join('');
  return `f-${createHash('sha256').update(text, 'utf8').digest('hex').slice(0, 12)}`;
}

const order = compareBy<Finding>((f) => SEVERITIES.indexOf(f.severity), (f) => f.rule, (f) => f.id);

/** The draft as a finding: ids of the technique, then of the rule, then its own. */
function findingOf(draft: FindingDraft, { id: rule, text }: Rule, server: string): Finding {
  const component = draft.component?.id ?? null;
  return {
    id: findingId(rule, server, component, draft.subject),
    server,
    rule,
    severity: draft.severity,
    title: draft.title,
    component,
    supports: [...draft.supports],
    refutes: [...draft.refutes],
    refs: [...draft.refs],
    attack: [...new Set([IIS_COMPONENTS, ...text.attack, ...(draft.attack ?? [])])],
    d3fend: [...new Set([...D3FEND_IRIS, ...text.d3fend, ...(draft.d3fend ?? [])])],
    first: draft.first,
  };
}

/** Findings, and the components that each rule spoke of, also where its findings were too many to be listed one by one. */
export interface Verdict {
  readonly findings: Finding[];
  readonly spoke: ReadonlyMap<RuleId, ReadonlySet<string>>;
}

/**
 * Runs the rules over the facts of one server.
 * @returns findings by severity, then rule, then id. A draft without evidence, support or refutation is dropped: it
 * would be a claim that nobody can check. Among the findings of one component one leads.
 */
export async function judge(facts: RuleFacts, rules: readonly Rule[] = RULES): Promise<Verdict> {
  const found = new Map<string, Judged>();
  const spoke = new Map<RuleId, ReadonlySet<string>>();
  for (const rule of rules) {
    const drafts = await rule.evaluate(facts);
    spoke.set(rule.id, new Set(drafts.flatMap((d) => d.component?.id ?? [])));
    for (const draft of capped(rule, drafts)) {
      if (draft.refs.length === 0 || draft.supports.length === 0 || draft.refutes.length === 0) continue;
      const finding = findingOf(draft, rule, facts.server.id);
      if (found.has(finding.id)) continue;
      found.set(finding.id, { finding, weight: draft.weight ?? (draft.severity === 'info' ? 0 : rule.text.weight), weighed: draft.weighed });
    }
  }
  const judged = [...found.values()];
  const met = meetings(judged, (f) => ({ ...f, id: findingId(f.rule, f.server, f.component, '') }));
  return { findings: [...withLeaders(judged), ...met].sort(order), spoke };
}

/** The findings alone. */
export const evaluateRules = async (facts: RuleFacts, rules: readonly Rule[] = RULES): Promise<Finding[]> => (await judge(facts, rules)).findings;

/** Sorts findings of several servers into the one order that lists use. */
export const sortFindings = (findings: readonly Finding[]): Finding[] => [...findings].sort(order);

/** The components with the ids of their findings, in the findings' order. */
export function attachFindings(components: readonly Component[], findings: readonly Finding[]): Component[] {
  const byComponent = groupBy(findings.filter((f) => f.component !== null), (f) => f.component);
  return components.map((c) => ({ ...c, findings: (byComponent.get(c.id) ?? []).map((f) => f.id) }));
}
