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
  /** ATT&CK and D3FEND ids beside those of the technique and of the rule. */
  readonly attack?: readonly string[];
  readonly d3fend?: readonly string[];
  readonly first: Moment;
  /** Points with which it adds to what else speaks against its component; those of the rule's text, and none at info, unless said. */
  readonly weight?: Points;
  /** Of a rule that says what a component is: such a finding leads the others about the component and adds them up. */
  readonly weighed?: Weighed;
}

/** 0 stands beside, 1 is odd, 2 is odd by itself. */
export type Points = 0 | 1 | 2;

/** A fact with its points; `rule` is the rule that tells the same fact in a finding of its own, so that it counts once. */
export interface WeighedFact { readonly sentence: string; readonly weight: Points; readonly rule?: RuleId }

/** How a component is judged by the sum of what speaks against it. */
export interface Weighed {
  readonly facts: readonly WeighedFact[];
  readonly scale: Scale;
}

/** Severity by the sum of points, and the same in words: `native code is medium, and high from 2 points`. */
export interface Scale {
  readonly words: string;
  severity(points: number): Severity;
}

export interface Rule {
  readonly id: RuleId;
  readonly text: RuleText;
  evaluate(facts: RuleFacts): readonly FindingDraft[] | Promise<readonly FindingDraft[]>;
  /** What the rule sees when it looks at one component and finds nothing; null where it does not look at such components. */
  look?(component: Component, facts: RuleFacts): Seen | null;
}

/** What a rule saw of one component. */
export type Seen = Omit<Look, 'rule'>;

/** It looked and saw nothing odd. */
export const notFound = (...saw: readonly string[]): Seen => ({ outcome: 'not-found', saw: [...saw] });

/** What it needs is not in the evidence; the sentences say what that is. */
export const notEvaluable = (...saw: readonly string[]): Seen => ({ outcome: 'not-evaluable', saw: [...saw] });

/** Texts of a rule without its id. */
export type RuleWords = Omit<z.input<typeof RuleText>, 'rule'>;

/** Makes a rule whose text carries the rule's own id. */
export function rule(id: RuleId, text: RuleWords, evaluate: Rule['evaluate'], look?: Rule['look']): Rule {
  return { id, text: RuleText.parse({ rule: id, ...text }), evaluate, ...(look === undefined ? {} : { look }) };
}
