import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { LookOutcome, Severity } from '../../../shared/model/index.ts';
import { RULE_FIXTURES } from './tree-of.ts';

const Expected = z.strictObject({
  /** What the case shows, one sentence. */
  says: z.string().min(10),
  /** Of this rule, in any order; none: the rule is silent. */
  findings: z.array(z.strictObject({
    /** Name of the component (its image or type where it has no name); null: the finding is about none. */
    component: z.string().nullable(),
    severity: Severity,
    /** A part of the title, and of any sentence that supports. */
    title: z.string().optional(),
    supports: z.array(z.string()).default([]),
    /** Part of the path of one of its references. */
    ref: z.string().optional(),
  })).default([]),
  /** Findings of this rule that are not listed may be there too. */
  others: z.boolean().default(false),
  /** What the rule tells of a component when it is asked why it is or is not flagged. */
  looks: z.array(z.strictObject({ component: z.string(), outcome: LookOutcome, saw: z.string().default('') })).default([]),
  /** Read by itself: it is about several hosts, or about none that can be told. */
  alone: z.boolean().default(false),
  /** Findings of other rules that must be there: `rule severity`. */
  beside: z.array(z.string()).default([]),
});
export type Expected = z.infer<typeof Expected>;

export interface RuleCase {
  readonly rule: string;
  readonly kind: 'positive' | 'negative';
  readonly name: string;
  readonly folder: string;
  readonly expected: Expected;
  /** Why expected.json cannot be used; one bad case does not stop the others. */
  readonly problem: string | null;
}

const NOTHING: Expected = Expected.parse({ says: 'The expectation is broken.' });

const folders = (at: string): string[] => (existsSync(at) ? readdirSync(at, { withFileTypes: true }).filter((e) => e.isDirectory()).map((e) => e.name).sort() : []);

/** Every case below test/fixtures/rules, by rule, kind and name. */
export function ruleCases(): RuleCase[] {
  return folders(RULE_FIXTURES).filter((rule) => rule !== 'base').flatMap((rule) => folders(path.join(RULE_FIXTURES, rule)).flatMap((kind) => {
    if (kind !== 'positive' && kind !== 'negative') throw new Error(`${rule}/${kind}: cases are positive or negative`);
    return folders(path.join(RULE_FIXTURES, rule, kind)).map((name): RuleCase => {
      const folder = path.join(RULE_FIXTURES, rule, kind, name);
      const { expected, problem } = expectationOf(path.join(folder, 'expected.json'));
      return { rule, kind, name, folder, expected, problem };
    });
  }));
}

function expectationOf(file: string): Pick<RuleCase, 'expected' | 'problem'> {
  try {
    return { expected: Expected.parse(JSON.parse(readFileSync(file, 'utf8'))), problem: null };
  } catch (error) {
    return { expected: NOTHING, problem: error instanceof Error ? error.message : String(error) };
  }
}
