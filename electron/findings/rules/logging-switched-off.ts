import { foldCase } from '../../../shared/base/compare.ts';
import { UNKNOWN_MOMENT, type ConfigChange, type Moment, type Severity } from '../../../shared/model/index.ts';
import { entryAttribute, sectionName } from '../../components/index.ts';
import type { RuleFacts } from '../facts.ts';
import { rule, type FindingDraft } from '../rule.ts';
import type { SettingFact } from '../settings.ts';
import { between, copyWords, distinctRefs, lineOf } from '../words.ts';

/** What a setting means, by section and attribute. */
interface Meaning { readonly effect: string; readonly absence: string; readonly weak?: true }

const ROWS: Meaning = { effect: 'requests there are not logged, or not all', absence: 'The absence of rows there proves nothing.' };
const MEANINGS: ReadonlyMap<string, Meaning> = new Map<string, Meaning>([
  ['logTargetW3C', { effect: 'requests go to event tracing, not to a log file', absence: 'The absence of rows there proves nothing: what event tracing collected lies elsewhere, if at all.' }],
  ['logFormat', { effect: 'a log plug-in writes the log, if anything does', absence: 'The absence of rows there proves nothing: the plug-in (customLogPluginClsid) decides what is written and where.' }],
  ['logExtFileFlags', { effect: 'rows lack fields that tell who asked for what, when, and with what result', absence: 'What the rows leave out cannot be told from them.', weak: true }],
  ['configHistory enabled', { effect: 'changes of the configuration leave no copy', absence: 'Changes made since then stand in no copy; several can lie between the last copy and the file in force.' }],
  ['configHistory path', { effect: 'copies of the configuration are kept in another folder', absence: 'Collect that folder: the copies in inetpub\\history end where it began.', weak: true }],
  ['configHistory maxHistories', { effect: 'hardly a copy of the configuration is kept', absence: 'Earlier states of the configuration are gone from this server.', weak: true }],
]);

const meaningOf = (s: SettingFact): Meaning => MEANINGS.get(sectionName(s.section) === 'configHistory' ? `configHistory ${s.setting}` : s.setting) ?? ROWS;

/** The name of the element as the copies have it. */
const elementOf = (s: SettingFact): string => (s.section.endsWith('/sites') ? 'logFile' : s.section.endsWith('/log') ? 'centralW3CLogFile' : sectionName(s.section));

/** The scope as the copies write it: the site that owns a logFile, the path of a location, or the server. */
function scopeOf(s: SettingFact): string {
  const site = /^site "(.*)"$/s.exec(s.owner)?.[1];
  return s.section.endsWith('/sites') ? (site ?? 'siteDefaults') : (/^location "(.*)"$/s.exec(s.scope)?.[1] ?? s.scope);
}

/** The changes that gave the setting its value. */
function cameWith(s: SettingFact, changes: readonly ConfigChange[]): readonly ConfigChange[] {
  const now = (text: string | null): boolean => text !== null && entryAttribute(text, s.setting) === s.value;
  const scope = foldCase(scopeOf(s));
  return changes.filter((c) => c.kind === 'logging' && c.section === s.section && c.name === elementOf(s) && foldCase(c.scope) === scope && now(c.after) && !now(c.before));
}

function severityFor(s: SettingFact, { server }: RuleFacts, came: boolean): Severity {
  const sites = new Set(server.sites.map((site) => `location "${site.name}"`));
  const path = s.scope.startsWith('location') && !sites.has(s.scope);
  if (meaningOf(s).weak) return came ? 'low' : 'info';
  return path && !came ? 'low' : 'medium';
}

function ofSetting(s: SettingFact, facts: RuleFacts): FindingDraft {
  const came = cameWith(s, facts.changes);
  const unread = s.unread ?? null;
  const { effect, absence } = unread === null ? meaningOf(s) : { effect: 'IIS does not take it there', absence: `It has no effect as the files stand: ${unread}.` };
  const copy = facts.copies.find((x) => x.id === came[0]?.to);
  return {
    severity: unread === null ? severityFor(s, facts, came.length > 0) : 'info',
    title: `${sectionName(s.section) === 'configHistory' ? 'configHistory ' : ''}${s.setting} is "${s.value.slice(0, 200)}"${s.owner === '' ? '' : ` for ${s.owner}`} (${s.scope}): ${effect}`,
    component: null,
    subject: [s.section, s.scope, s.owner, s.setting].join('\u0000'),
    supports: [`Set in ${s.section} at ${lineOf(s.ref)}.`, ...came.map((c) => `It came ${between(c)}.`), absence],
    refutes: ['It was set on purpose: probes of a load balancer or static files that nobody needs to log, or a procedure of this company.', 'Another log (central logging, a proxy in front, a backup of the configuration) has the same.'],
    refs: distinctRefs([s.ref, ...came.flatMap((c) => c.refs)]),
    attack: ['T1562.002'],
    first: copy === undefined ? UNKNOWN_MOMENT : { ...copy.moment, order: copy.order },
  };
}

/** The switch as an entry of a configuration copy has it. */
const OFF = /\b(?:dontLog="(?:true|1)"|selectiveLogging="LogError"|enabled="(?:false|0)"|logTargetW3C="ETW"|logFormat="Custom")/i;
const off = (text: string | null): boolean => OFF.test(text ?? '');
const SUBJECTS: ReadonlyMap<string, string> = new Map([['configHistory', 'The configuration history'], ['traceFailedRequestsLogging', 'Failed request tracing']]);
/** Defaults of IIS: tracing is off, central logging is not used. */
const OFF_BY_DEFAULT: ReadonlySet<string> = new Set(['traceFailedRequestsLogging', 'centralBinaryLogFile', 'centralW3CLogFile']);

/** What only the copies show: a switch that was turned off and on again, and tracing that was on and is off. */
function ofChange(c: ConfigChange, facts: RuleFacts): FindingDraft[] {
  if (c.kind !== 'logging' || c.what === 'reordered' || c.refs.length === 0) return [];
  const what = SUBJECTS.get(c.name) ?? 'Logging';
  const draft = (severity: Severity, title: string, at: string, sentence: string, came?: ConfigChange): FindingDraft => {
    const copy = facts.copies.find((x) => x.id === at);
    const first: Moment = copy === undefined ? UNKNOWN_MOMENT : { ...copy.moment, order: copy.order };
    const subject = [c.section, c.scope, c.name, c.from].join('\u0000');
    return { severity, title, component: null, subject, supports: [...(came === undefined ? [] : [`It was switched off ${between(came)}.`]), `In ${copyWords(c.from)}: ${(c.before ?? '').slice(0, 200)}`, sentence], refutes: ['The change is on record as maintenance.'], refs: distinctRefs([...(came?.refs ?? []), ...c.refs]), attack: ['T1562.002'], first };
  };
  if (c.name === 'traceFailedRequestsLogging') {
    const on = (text: string | null): boolean => /\benabled="(?:true|1)"/i.test(text ?? '');
    return on(c.before) && !on(c.after) ? [draft('low', `${what} was switched off ${between(c)} of the configuration (${c.scope})`, c.to, 'Traces of failed requests end there.')] : [];
  }
  if (OFF_BY_DEFAULT.has(c.name) || !off(c.before) || off(c.after)) return [];
  const lost = c.name === 'configHistory' ? 'Changes of that time can be in no copy.' : 'Rows of that time can be missing.';
  const came = switchedOff(c, facts);
  return [draft('medium', `${what} was off in ${copyWords(c.from)} of the configuration (${c.scope}) and is on again since ${copyWords(c.to)}`, came?.to ?? c.from, lost, came)];
}

/** The change that turned off what this one turned on again; undefined where the oldest copy has it off. */
function switchedOff(on: ConfigChange, { changes, copies }: RuleFacts): ConfigChange | undefined {
  const files = new Map(copies.map((copy) => [copy.id, copy.of]));
  const same = (c: ConfigChange): boolean => c.section === on.section && c.scope === on.scope && c.name === on.name && files.get(c.from) === files.get(on.from);
  return changes.slice(0, changes.indexOf(on)).findLast((c) => same(c) && c.what !== 'reordered' && off(c.after) && !off(c.before));
}

/** Requests that leave no row, and changes that leave no copy. */
export const loggingSwitchedOff = rule(
  'logging-switched-off',
  {
    title: 'Logging is off, or says less',
    condition: 'httpLogging dontLog="true" or selectiveLogging="LogError"; logFile enabled="false", logTargetW3C without File, logFormat="Custom", logExtFileFlags without the main fields; configHistory enabled="false", in another folder or with hardly a copy; or such a setting (also failed request tracing switched off) that came or went within the configuration history.',
    severityHow: 'medium for the server or a site, or when it came within the history; low for one path and for tracing; fields left out and a moved history: info, low when they came within the history.',
    reference: 'ATT&CK T1562.002; Microsoft Learn, httpLogging, logFile, configHistory, traceFailedRequestsLogging',
  },
  (facts) => [
    ...facts.settings.filter((s) => s.group === 'logging').map((s) => ofSetting(s, facts)),
    ...facts.changes.flatMap((c) => ofChange(c, facts)),
  ],
);
