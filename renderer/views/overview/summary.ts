import type { Output } from '../../../shared/contract/index.ts';
import { compareBy, compareText } from '../../../shared/base/compare.ts';
import { parseInstant } from '../../../shared/time/instant.ts';
import { FIDELITY_BRIEF } from '../../ui/moment.ts';
import type { ViewName } from '../../state/route.ts';

export type Finding = Output<'finding.list'>['findings'][number];
export type Decision = Output<'finding.list'>['decisions'][number];
export type Component = Output<'component.list'>['components'][number];
export type Missing = Output<'evidence.intake'>['missing'][number];
type Info = Output<'case.info'>;
type Log = Output<'timeline.logs'>['logs'][number];

export interface Facts {
  readonly info: Info | null;
  readonly findings: readonly Finding[];
  readonly decisions: readonly Decision[];
  readonly components: readonly Component[];
  readonly missing: readonly Missing[];
  readonly logs: readonly Log[];
}
/** Where a line of the Overview leads. */
export interface Go { readonly view: ViewName; readonly params: Readonly<Record<string, string>> }
export interface Step { readonly text: string; readonly why: string; readonly done: boolean; readonly go: Go }
export interface Unknown { readonly text: string; readonly go: Go }

/** A component of which a finding of at least medium severity speaks that nobody has ignored. */
export interface OutOfPlace { readonly component: Component; readonly finding: Finding; readonly since: string | null; readonly sites: string }

const WEIGHTY: ReadonlySet<Finding['severity']> = new Set(['high', 'medium']);
/** Findings that the checklist names one by one. */
const MOST_STEPS = 12;

export const nameOf = (c: Component): string => c.name ?? c.type ?? c.image ?? c.id;

/** The sites that load a component, at most three by name; '' where none does. */
export function sitesOf(c: Component): string {
  const names = [...new Set(c.loadedBy.map((l) => l.site))].sort(compareText);
  return names.length === 0 ? '' : names.length <= 3 ? names.join(', ') : `${names.slice(0, 2).join(', ')} and ${names.length - 2} more`;
}

export function decidedBy(decisions: readonly Decision[]): ReadonlyMap<string, Decision> {
  return new Map(decisions.map((d) => [d.finding, d]));
}

/** In the findings' order, each component once, with the finding that says most of it. */
export function outOfPlace({ findings, decisions, components }: Facts): readonly OutOfPlace[] {
  const decided = decidedBy(decisions);
  const byId = new Map(components.map((c) => [c.id, c]));
  const found = new Map<string, OutOfPlace>();
  for (const finding of findings) {
    const component = finding.component === null ? undefined : byId.get(finding.component);
    if (component === undefined || found.has(component.id) || !WEIGHTY.has(finding.severity) || decided.get(finding.id)?.decision === 'ignored') continue;
    found.set(component.id, { component, finding, since: finding.first.time ?? component.firstSeen.time, sites: sitesOf(component) });
  }
  return [...found.values()];
}

/** A line of the front page: a component, or a thing that is none, with the finding that says most of it and how many more speak of it. */
export interface Oddity { readonly finding: Finding; readonly more: number }

/** In the findings' order; what was ignored is left out, and each component stands once. */
export function oddities({ findings, decisions }: Facts): readonly Oddity[] {
  const decided = decidedBy(decisions);
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    if (decided.get(finding.id)?.decision === 'ignored') continue;
    const key = finding.component ?? finding.id;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [finding]);
    else group.push(finding);
  }
  return [...groups.values()].flatMap(([finding, ...more]) => (finding === undefined ? [] : [{ finding, more: more.length }]));
}

interface Sign { readonly time: string; readonly component: Component; readonly how: string }

/**
 * The earliest time of the components that are out of place, with what it rests on. A file time that a finding calls
 * doubtful must not stand as the answer to "since when": those that are earlier are named apart, at most three.
 */
function signsOf({ findings }: Facts, odd: readonly OutOfPlace[]): { readonly first: Sign | null; readonly doubtful: readonly Sign[] } {
  const contradicted = new Set(findings.filter((f) => f.rule === 'doubtful-file-time' && f.severity !== 'info').map((f) => f.component));
  const dated = odd.flatMap(({ component, finding, since }) => (since === null ? [] : [{ time: since, component, how: FIDELITY_BRIEF[finding.first.time === null ? component.firstSeen.fidelity : finding.first.fidelity] }]));
  dated.sort(compareBy((s) => Number(parseInstant(s.time) ?? 0n), (s) => s.component.id));
  const first = dated.find((s) => !contradicted.has(s.component.id)) ?? null;
  const before = first === null ? dated : dated.slice(0, dated.indexOf(first));
  return { first, doubtful: before.slice(0, 3) };
}

/** The answer in a few sentences; times are said by `time`. */
export function headline(facts: Facts, time: (instant: string) => string): readonly string[] {
  const { info } = facts;
  const odd = outOfPlace(facts);
  const other = facts.findings.filter((f) => f.component === null && WEIGHTY.has(f.severity) && decidedBy(facts.decisions).get(f.id)?.decision !== 'ignored').length;
  const partial = info?.partial === true ? ['Reading goes on: this may change.'] : [];
  if (odd.length === 0 && other === 0) return ['No finding of high or medium severity is open. That proves nothing by itself: see what is not known.', ...partial];
  const signs = signsOf(facts, odd);
  const sites = new Set(odd.flatMap((o) => o.component.loadedBy.map((l) => l.site)));
  const all = (info?.servers ?? []).reduce((n, s) => n + s.sites.length, 0);
  return [
    ...(odd.length === 0 ? [] : [`${odd.length === 1 ? '1 component does' : `${odd.length} components do`} not seem to belong here: ${odd.slice(0, 3).map((o) => nameOf(o.component)).join(', ')}${odd.length > 3 ? ` and ${odd.length - 3} more` : ''}.`]),
    ...(signs.first === null ? [] : [`The earliest sign of them that nothing contradicts: ${time(signs.first.time)} (${nameOf(signs.first.component)}; ${signs.first.how}).`]),
    ...(signs.doubtful.length === 0 ? [] : [`Set aside, as the times of the file do not fit each other: ${signs.doubtful.map((s) => `${time(s.time)} (${nameOf(s.component)})`).join(', ')}.`]),
    ...(odd.length === 0 ? [] : [sites.size === 0 ? 'No site of the evidence is known to load them.' : `Loaded in ${sites.size} of ${all} ${all === 1 ? 'site' : 'sites'}.`]),
    ...(other === 0 ? [] : [`${other} more ${other === 1 ? 'finding' : 'findings'} of high or medium severity ${other === 1 ? 'is' : 'are'} about settings, logs or what is no longer registered.`]),
    ...partial,
  ];
}

/** What the evidence at hand leaves open, each with the place that tells more. */
export function unknowns(facts: Facts): readonly Unknown[] {
  const { info, logs, missing } = facts;
  const odd = outOfPlace(facts);
  const intake: Go = { view: 'intake', params: {} };
  const unread = logs.reduce((n, l) => n + Math.max(0, l.size - l.done), 0);
  const noFile = odd.filter((o) => o.component.fileStatus === 'not-collected');
  const undated = odd.filter((o) => o.since === null);
  const unchecked = odd.filter((o) => o.component.signature === 'not-checked' && o.component.file !== null);
  const named = (list: readonly OutOfPlace[]): string => `${list.slice(0, 3).map((o) => nameOf(o.component)).join(', ')}${list.length > 3 ? ` and ${list.length - 3} more` : ''}`;
  const problems = info?.counts.problems ?? 0;
  return [
    ...(info?.partial === true ? [{ text: 'Not all of the evidence has been read yet.', go: intake }] : []),
    ...(unread > 0 ? [{ text: `Logs are read in part: ${Math.ceil(unread / 1_000_000)} MB to go.`, go: { view: 'timeline', params: {} } as const }] : []),
    ...(logs.length === 0 ? [{ text: 'No log is in the evidence: nothing shows what was requested and answered.', go: intake }] : []),
    ...(noFile.length > 0 ? [{ text: `What the code does: the file was not collected of ${named(noFile)}.`, go: { view: 'components', params: { id: noFile[0]?.component.id ?? '' } } as const }] : []),
    ...(undated.length > 0 ? [{ text: `When it came: nothing dates ${named(undated)}.`, go: { view: 'components', params: { id: undated[0]?.component.id ?? '' } } as const }] : []),
    ...(unchecked.length > 0 ? [{ text: `Who signed it: the signature was not checked of ${named(unchecked)}.`, go: { view: 'components', params: { id: unchecked[0]?.component.id ?? '' } } as const }] : []),
    ...(problems > 0 ? [{ text: `${problems} ${problems === 1 ? 'thing' : 'things'} could not be read as expected.`, go: { view: 'problems', params: {} } as const }] : []),
    ...(missing.length > 0 ? [{ text: `${missing.length} ${missing.length === 1 ? 'item that would help is' : 'items that would help are'} not in the evidence: see what to ask for.`, go: intake }] : []),
  ];
}

/** What to do next, in order; a step is done when the case says so, nothing is ticked by hand. */
export function steps(facts: Facts): readonly Step[] {
  const { info, findings, decisions, missing } = facts;
  const decided = decidedBy(decisions);
  const isDecided = (f: Finding): boolean => (decided.get(f.id)?.decision ?? 'open') !== 'open';
  const weighty = findings.filter((f) => WEIGHTY.has(f.severity));
  const lesser = findings.filter((f) => f.severity === 'low');
  const notes = info?.counts.notes ?? 0;
  const more = weighty.length - MOST_STEPS;
  return [
    { text: 'Say who examines what: case number, examiner, host.', why: 'It stands on every note and in the report.', done: (info?.examination?.examiner ?? '') !== '', go: { view: 'intake', params: {} } },
    { text: 'Let the reading end.', why: 'Findings from logs come last.', done: info?.partial === false, go: { view: 'intake', params: {} } },
    ...weighty.slice(0, MOST_STEPS).map((f): Step => ({
      text: `Open "${f.title}", read what supports and what would refute it, look at its evidence; then accept it (a) or ignore it with a reason (i).`,
      why: `${f.severity}: ${f.refutes[0] ?? ''}`, done: isDecided(f), go: { view: 'findings', params: { id: f.id } },
    })),
    ...(more > 0 ? [{ text: `Decide ${more} more findings of high or medium severity.`, why: 'Each of them stands in the report as open until then.', done: weighty.slice(MOST_STEPS).every(isDecided), go: { view: 'findings', params: {} } } as const] : []),
    ...(missing.length > 0 ? [{ text: `Ask for what is missing (${missing.length}).`, why: 'Some of it is overwritten within days on a running server.', done: false, go: { view: 'intake', params: {} } } as const] : []),
    ...(weighty.length > 0 ? [{ text: 'Go to the time of the first sign in the timeline and look at all sources around it (w).', why: 'Who asked for what just before and after shows the way in.', done: notes > 0, go: { view: 'findings', params: { id: weighty[0]?.id ?? '' } } } as const] : []),
    ...(lesser.length > 0 ? [{ text: `Look through ${lesser.length} ${lesser.length === 1 ? 'finding' : 'findings'} of low severity.`, why: 'Alone they say little; beside another they may.', done: lesser.every(isDecided), go: { view: 'findings', params: {} } } as const] : []),
    { text: 'Write down what happened as notes, each with its evidence.', why: 'They are the case timeline of the report.', done: notes > 0, go: { view: 'notes', params: {} } },
    { text: 'Check the case and the evidence (verify), then make the report.', why: 'The report cites the hashes.', done: false, go: { view: 'notes', params: {} } },
  ];
}

/** Files of Windows and of known products apart from what decides about the rest; both keep their order. */
export function parted(missing: readonly Missing[]): { readonly first: readonly Missing[]; readonly files: readonly Missing[] } {
  return { first: missing.filter((m) => m.about !== 'stock'), files: missing.filter((m) => m.about === 'stock') };
}

/** What to ask for, as text for a letter: one line each. */
export function askText(missing: readonly Missing[]): string {
  return missing.map((m) => `${m.path ?? m.evidencePath}\t${m.what}\t${m.why}`).join('\n');
}
