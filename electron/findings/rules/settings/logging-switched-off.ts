import { foldCase } from '../../../../shared/base/compare.ts';
import { quote } from '../../../../shared/base/limits.ts';
import { UNKNOWN_MOMENT, type ConfigChange, type EvidenceRef, type Moment, type Severity } from '../../../../shared/model/index.ts';
import { entryAttribute, sectionName } from '../../../components/index.ts';
import type { RuleFacts, UrlRows } from '../../facts.ts';
import { rule, type FindingDraft } from '../../rule.ts';
import type { SettingFact } from '../../settings.ts';
import { between, copyWords, distinctRefs, lineOf } from '../../words.ts';
import { LOGGING_SWITCHED_OFF } from '../../texts/settings.ts';

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

/** Places whose URLs are looked for in the logs; each costs a few queries. */
const MAX_LOOKED_UP = 50;

/** The site and the path that a switch of httpLogging is for; null for a whole server or site, and where IIS does not take it. */
function pathOf(s: SettingFact): { readonly site: string; readonly path: string } | null {
  if (s.section !== 'system.webServer/httpLogging' || (s.unread ?? null) !== null) return null;
  // Location tags of a web.config are relative to its folder, which is not known here.
  if (s.scope.startsWith('location') && !/applicationHost\.config$/i.test(s.ref.path ?? s.ref.evidencePath)) return null;
  const place = /^location "(.*)"$/s.exec(s.scope)?.[1] ?? /^(?:app|dir):(.*)$/s.exec(s.scope)?.[1] ?? '';
  const [site = '', ...rest] = place.replaceAll('\\', '/').split('/').filter((part) => part !== '');
  return rest.length === 0 ? null : { site, path: `/${rest.join('/')}` };
}

const span = ({ first, last }: UrlRows): string => (first === null ? '' : first === last || last === null ? ` (${first})` : ` (${first} to ${last})`);
const count = (n: number, one: string): string => `${n} ${n === 1 ? one : `${one}s`}`;

/** What the evidence still says of the URLs that the switch hides. */
async function hiddenWords(s: SettingFact, { hidden }: RuleFacts): Promise<{ readonly supports: readonly string[]; readonly refs: readonly EvidenceRef[] }> {
  const place = pathOf(s);
  if (place === null || hidden === undefined) return { supports: [], refs: [] };
  const { logged, errors, traces, paths } = await hidden(place.site, place.path);
  const supports = [
    `It hides ${quote(place.path)} of site "${quote(place.site)}" and what lies below. ${logged.rows === 0 ? 'No row of a site log that was read has such a path.' : `Site logs have ${count(logged.rows, 'row')} of it${span(logged)}: from before, or since it was switched on again, or those that are logged all the same.`}`,
    ...(paths.length === 0 ? [] : [`Seen of it: ${paths.map((p) => quote(p, 120)).join(', ')}.`]),
    ...(errors.rows === 0 ? [] : [`HTTPERR, which this does not switch off, has ${count(errors.rows, 'row')} of it${span(errors)}.`]),
    ...(traces.rows === 0 ? [] : [`There ${traces.rows === 1 ? 'is 1 trace' : `are ${traces.rows} traces`} of requests for it${span(traces)}.`]),
  ];
  return { supports, refs: [logged.ref, errors.ref, traces.ref].filter((ref) => ref !== null) };
}

async function ofSetting(s: SettingFact, facts: RuleFacts): Promise<FindingDraft> {
  const still = await hiddenWords(s, facts);
  const came = cameWith(s, facts.changes);
  const unread = s.unread ?? null;
  const { effect, absence } = unread === null ? meaningOf(s) : { effect: 'IIS does not take it there', absence: `It has no effect as the files stand: ${unread}.` };
  const copy = facts.copies.find((x) => x.id === came[0]?.to);
  return {
    severity: unread === null ? severityFor(s, facts, came.length > 0) : 'info',
    title: `${sectionName(s.section) === 'configHistory' ? 'configHistory ' : ''}${s.setting} is "${s.value.slice(0, 200)}"${s.owner === '' ? '' : ` for ${s.owner}`} (${s.scope}): ${effect}`,
    component: null,
    subject: [s.section, s.scope, s.owner, s.setting].join('\u0000'),
    supports: [`Set in ${s.section} at ${lineOf(s.ref)}.`, ...came.map((c) => `It came ${between(c)}.`), absence, ...still.supports],
    refutes: ['It was set on purpose: probes of a load balancer or static files that nobody needs to log, or a procedure of this company.', 'Another log (central logging, a proxy in front, a backup of the configuration) has the same.'],
    refs: distinctRefs([s.ref, ...came.flatMap((c) => c.refs), ...still.refs]),
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
  LOGGING_SWITCHED_OFF,
  async (facts) => {
    const drafts: FindingDraft[] = [];
    const { hidden: _, ...without } = facts;
    for (const s of facts.settings) if (s.group === 'logging') drafts.push(await ofSetting(s, drafts.length < MAX_LOOKED_UP ? facts : without));
    return [...drafts, ...facts.changes.flatMap((c) => ofChange(c, facts))];
  },
);
