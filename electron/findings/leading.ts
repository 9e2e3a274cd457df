import { SEVERITIES, type Finding, type RuleId, type Severity } from '../../shared/model/index.ts';
import { groupBy } from './group-by.ts';
import type { Points, Weighed } from './rule.ts';

/** A finding with what it adds to the others of its component. */
export interface Judged {
  readonly finding: Finding;
  readonly weight: Points;
  /** There where the finding says what the component is: it can lead. */
  readonly weighed?: Weighed | undefined;
}

/** Facts of their own, that code is gone or is not what was signed: they may stand beside the leader as severe as they are. */
const OWN: ReadonlySet<RuleId> = new Set<RuleId>(['image-absent', 'signature-tampered', 'stock-image-not-microsoft', 'untrusted-signer', 'facts-meet', 'family-traits']);

const rank = (s: Severity): number => SEVERITIES.indexOf(s);
const below = (s: Severity): Severity => SEVERITIES[rank(s) + 1] ?? 'info';
const graver = (a: Severity, b: Severity): Severity => (rank(b) < rank(a) ? b : a);
const points = (n: number): string => `${n} ${n === 1 ? 'point' : 'points'}`;

/** Findings of one rule about one component count once, with the most that one of them weighs. */
export function heaviest(own: readonly Judged[]): Judged[] {
  return [...groupBy(own, (j) => j.finding.rule).values()].flatMap((list) => list.toSorted((a, b) => b.weight - a.weight).slice(0, 1));
}

/** `2 points: SENTENCE` for each fact, the heaviest first; what weighs nothing is told without a number. */
export function pointLines(facts: readonly { readonly sentence: string; readonly weight: Points }[]): string[] {
  return facts.toSorted((a, b) => b.weight - a.weight).map((f) => (f.weight === 0 ? f.sentence : `${points(f.weight)}: ${f.sentence}`));
}

export const asFact = ({ finding, weight }: Judged): { readonly sentence: string; readonly weight: Points } => ({ sentence: `${finding.title} (${finding.rule}).`, weight });

function led(own: readonly Judged[]): Finding[] {
  const leader = own.find((j) => j.weighed !== undefined);
  if (leader?.weighed === undefined) return own.map((j) => j.finding);
  const { facts, scale } = leader.weighed;
  const others = own.filter((j) => j !== leader);
  // What the leader tells and counts itself is not told and counted again.
  const told = new Set(facts.flatMap((f) => f.rule ?? []));
  const added = heaviest(others.filter((j) => !told.has(j.finding.rule)));
  const sum = [...facts, ...added].reduce((n, f) => n + f.weight, 0);
  const bySum = scale.severity(sum);
  const grave = [leader.finding, ...added.filter((j) => j.weight > 0).map((j) => j.finding)].toSorted((a, b) => rank(a.severity) - rank(b.severity))[0];
  const severity = grave === undefined ? bySum : graver(bySum, grave.severity);
  const why = rank(severity) < rank(bySum) && grave !== undefined && grave !== leader.finding ? ` As severe as ${grave.rule} is by itself: ${severity}.` : '';
  const most = below(severity);
  return [
    { ...leader.finding, severity, supports: [...leader.finding.supports, ...pointLines([...facts, ...added.map(asFact)]), `Together ${points(sum)}, so ${bySum} (${scale.words}).${why}`] },
    ...others.map(({ finding }) => (rank(finding.severity) < rank(most) && !OWN.has(finding.rule) ? { ...finding, severity: most } : finding)),
  ];
}

/**
 * One component, one leading finding: that of the rule which says what it is. It adds up what all rules say about the
 * component, tells each fact with its points, and has the highest severity of them; the others keep their own evidence,
 * one step below at most. So a list of the severe findings names each thing once.
 */
export function withLeaders(judged: readonly Judged[]): Finding[] {
  const groups = groupBy(judged, (j) => j.finding.component);
  return [...groups].flatMap(([component, own]) => (component === null ? own.map((j) => j.finding) : led(own)));
}
