import { SEVERITIES, type Finding, type Severity } from '../../shared/model/index.ts';
import { groupBy } from './group-by.ts';
import { asFact, heaviest, pointLines, type Judged } from './leading.ts';
import { distinctRefs } from './words.ts';

/** Severity by the sum of points of a component that no rule calls unknown. */
const bySum = (sum: number): Severity => (sum >= 4 ? 'high' : sum === 3 ? 'medium' : 'low');

const rank = (s: Severity): number => SEVERITIES.indexOf(s);

/** What is said of a component by several rules, as one more finding; null where they do not add up to more than one of them says. */
function meeting(own: readonly Judged[]): Omit<Finding, 'id'> | null {
  const added = heaviest(own.filter((j) => j.weight > 0));
  const [first] = added;
  const sum = added.reduce((n, j) => n + j.weight, 0);
  const severity = bySum(sum);
  if (first === undefined || added.length < 2 || added.some((j) => rank(j.finding.severity) < rank(severity))) return null;
  const { finding } = first;
  return {
    server: finding.server,
    rule: 'facts-meet',
    severity,
    title: `${added.length} rules speak of one component: ${finding.title}, and more`,
    component: finding.component,
    supports: [...pointLines(added.map(asFact)), `Together ${sum} points, so ${severity} (low with 2, medium with 3, high from 4).`],
    refutes: ['One cause explains them all: an update, a move or a removal of the product that is on record.', ...new Set(added.flatMap((j) => j.finding.refutes.slice(0, 1)))],
    refs: distinctRefs(added.flatMap((j) => j.finding.refs)),
    attack: [...new Set(added.flatMap((j) => j.finding.attack))],
    d3fend: [...new Set(added.flatMap((j) => j.finding.d3fend))],
    first: added.map((j) => j.finding.first).find((m) => m.time !== null) ?? finding.first,
  };
}

/**
 * Weak facts about components that no finding leads (stock ones, those of known products, settings), added up.
 * @param make completes a finding with its id
 */
export function meetings(judged: readonly Judged[], make: (finding: Omit<Finding, 'id'>) => Finding): Finding[] {
  const groups = groupBy(judged.filter((j) => j.finding.component !== null), (j) => j.finding.component);
  return [...groups.values()].filter((own) => own.every((j) => j.weighed === undefined)).flatMap((own) => {
    const found = meeting(own);
    return found === null ? [] : [make(found)];
  });
}
