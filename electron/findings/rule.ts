import type { z } from 'zod';
import { RuleText } from '../../shared/contract/finding.ts';
import type { Component, EvidenceRef, Look, Moment, RuleId, Severity } from '../../shared/model/index.ts';
import type { RuleFacts } from './facts.ts';

/** What a rule says; ids, ATT&CK and D3FEND are added by the caller. */
export interface FindingDraft {
  readonly severity: Severity;
  /** Facts, never a verdict. */
  readonly title: string;
  readonly component: Component | null;
  /** Tells apart two findings of one rule that have no component, or the same. */
  readonly subject: string;
  readonly supports: readonly string[];
  readonly refutes: readonly string[];
  readonly refs: readonly EvidenceRef[];
  /** ATT&CK ids beside T1505.004. */
  readonly attack?: readonly string[];
  readonly first: Moment;
}

export interface Rule {
  readonly id: RuleId;
  readonly text: RuleText;
  evaluate(facts: RuleFacts): readonly FindingDraft[] | Promise<readonly FindingDraft[]>;
  /** What the rule sees when it looks at one component and finds nothing; null where it does not look at such components. */
  look?(component: Component, facts: RuleFacts): Omit<Look, 'rule'> | null;
}

/** Makes a rule whose text carries the rule's own id. */
export function rule(id: RuleId, text: Omit<z.input<typeof RuleText>, 'rule'>, evaluate: Rule['evaluate'], look?: Rule['look']): Rule {
  return { id, text: RuleText.parse({ rule: id, ...text }), evaluate, ...(look === undefined ? {} : { look }) };
}
