import { SEVERITIES, type Finding, type RuleId, type Severity } from '../../shared/model/index.ts';
import { groupBy } from './group-by.ts';

/** Rules that say what a component is; the first that speaks leads the others that speak of it. */
const LEADERS: readonly RuleId[] = ['unknown-component', 'unregistered-component'];

/** Rules whose sentences the leader weighs and tells itself. */
const TOLD: ReadonlySet<RuleId> = new Set<RuleId>(['look-alike-name', 'outside-trusted-folder', 'appeared-in-history', 'managed-runs-for-all']);

/** Rules that speak against the component by themselves: the leader is at least as severe. The others only stand beside it. */
const WEIGHTY: ReadonlySet<RuleId> = new Set<RuleId>(['stock-name-other-image', 'case-only-clone', 'look-alike-name', 'outside-trusted-folder', 'image-absent', 'global-not-enabled', 'signature-tampered', 'untrusted-signer']);

/** Facts of their own, that code is gone or is not what was signed: they may stand beside the leader as severe as they are. */
const OWN: ReadonlySet<RuleId> = new Set<RuleId>(['image-absent', 'signature-tampered', 'stock-image-not-microsoft', 'untrusted-signer']);

const rank = (s: Severity): number => SEVERITIES.indexOf(s);
const below = (s: Severity): Severity => SEVERITIES[rank(s) + 1] ?? 'info';

function led(own: readonly Finding[]): Finding[] {
  const leader = LEADERS.map((rule) => own.find((f) => f.rule === rule)).find((f) => f !== undefined);
  if (leader === undefined || own.length === 1) return [...own];
  const others = own.filter((f) => f !== leader);
  // A file that nothing registers is judged by its own rule alone.
  const weighty = leader.rule === 'unknown-component' ? others.filter((f) => WEIGHTY.has(f.rule)) : [];
  const severity = [leader, ...weighty].map((f) => f.severity).sort((a, b) => rank(a) - rank(b))[0] ?? leader.severity;
  const told = others.filter((f) => !TOLD.has(f.rule)).map((f) => `${f.title} (${f.rule}).`);
  const most = below(severity);
  return [
    { ...leader, severity, supports: [...leader.supports, ...told] },
    ...others.map((f) => (rank(f.severity) < rank(most) && !OWN.has(f.rule) ? { ...f, severity: most } : f)),
  ];
}

/**
 * One component, one leading finding: it has the highest severity of all that speak of the component and lists what
 * they say; the others keep their own evidence, one step below at most. So a list of the severe findings names each
 * thing once.
 */
export function withLeaders(findings: readonly Finding[]): Finding[] {
  const groups = groupBy(findings, (f) => f.component);
  return [...groups].flatMap(([component, own]) => (component === null ? own : led(own)));
}
