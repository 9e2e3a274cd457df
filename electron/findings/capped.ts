import { SEVERITIES, UNKNOWN_MOMENT, type EvidenceRef, type Severity } from '../../shared/model/index.ts';
import { groupBy } from './group-by.ts';
import type { FindingDraft, Rule } from './rule.ts';
import { distinctRefs } from './words.ts';

/** Findings of one rule on one server that are listed one by one; a server with thousands of applications has fewer. */
export const MAX_FINDINGS_PER_RULE = 10_000;
const NAMED_FILES = 5;

const rank = (draft: FindingDraft): number => SEVERITIES.indexOf(draft.severity);

/**
 * Bounds what one rule says: a configuration with a hundred thousand made-up entries would otherwise bury everything
 * else. The severe ones stay, in their order; one more finding counts the rest and says where they stand.
 */
export function capped({ text }: { readonly text: Pick<Rule['text'], 'title'> }, drafts: readonly FindingDraft[], most: number = MAX_FINDINGS_PER_RULE): readonly FindingDraft[] {
  if (drafts.length <= most) return drafts;
  const sorted = drafts.toSorted((a, b) => rank(a) - rank(b));
  const rest = sorted.slice(most);
  return [...sorted.slice(0, most), restOf(text.title, rest, drafts.length)];
}

function restOf(title: string, rest: readonly FindingDraft[], all: number): FindingDraft {
  const bySeverity = [...groupBy(rest, (d) => d.severity)].map(([severity, list]: [Severity, FindingDraft[]]) => `${list.length} ${severity}`);
  const byFile = [...groupBy(rest.flatMap((d) => d.refs.slice(0, 1)), (r: EvidenceRef) => r.path ?? r.evidencePath)].toSorted((a, b) => b[1].length - a[1].length);
  return {
    severity: rest[0]?.severity ?? 'info',
    title: `${rest.length} more of the same: ${title}`,
    component: null,
    subject: 'the rest',
    supports: [
      `The rule speaks ${all} times; ${all - rest.length} findings are listed one by one, the severe ones first. Of the rest: ${bySeverity.join(', ')}.`,
      ...byFile.slice(0, NAMED_FILES).map(([file, refs]) => `${refs.length} of them in ${file}.`),
      'The list of components holds every one of them.',
    ],
    refutes: ['A program or a test wrote so many entries; no administrator does.'],
    refs: distinctRefs(rest.slice(0, 100).flatMap((d) => d.refs.slice(0, 1))),
    first: UNKNOWN_MOMENT,
  };
}
