import { quote } from '../../../../shared/base/limits.ts';
import type { Severity } from '../../../../shared/model/index.ts';
import { parseInstant } from '../../../../shared/time/instant.ts';
import type { FailureKind, FailureRun, UnavailableBurst } from '../../../timeline/signals/index.ts';
import type { RuleFacts } from '../../facts.ts';
import { groupBy } from '../../group-by.ts';
import { HOUR, arrivalNear, count, firstMoment, pathIn, placeOf, spanWords, type LogDraft } from '../../log-draft.ts';
import { rule } from '../../rule.ts';
import { distinctRefs } from '../../words.ts';
import { SERVER_ERROR_THEN_SUCCESS } from '../../texts/logs.ts';

const MEANING: Readonly<Record<FailureKind, string>> = {
  config: '500.19 (the configuration could not be used)',
  module: '500.21 (a handler names a module that is not there or does not fit)',
  load: '500 with Win32 126, 127 or 193 (a DLL was not found, lacks a function or is for the other bitness)',
  restricted: '404.2 (an extension or CGI program is not permitted)',
  'view-state': '500 to a request with a ViewState in its query',
};

const TOLD = 5;

/** Runs of one site within an hour of each other are one attempt. */
function attempts(runs: readonly FailureRun[]): FailureRun[][] {
  const out: FailureRun[][] = [];
  for (const own of groupBy(runs, (r) => r.site ?? '').values()) {
    let last: bigint | null = null;
    for (const run of own) {
      const from = parseInstant(run.from) ?? 0n;
      const group: FailureRun[] | undefined = last !== null && from - last <= HOUR ? out.at(-1) : undefined;
      if (group === undefined) out.push([run]);
      else group.push(run);
      const to = parseInstant(run.to) ?? from;
      last = last === null || to > last || group === undefined ? to : last;
    }
  }
  return out;
}

/** A burst of the same site within the time of an attempt is told with it. */
const overlaps = (b: UnavailableBurst, runs: readonly FailureRun[]): boolean => runs.some((r) => b.site === r.site && b.from <= r.to && b.to >= r.from);

async function ofAttempt(runs: readonly FailureRun[], bursts: readonly UnavailableBurst[], facts: RuleFacts): Promise<LogDraft[]> {
  const [first] = runs;
  if (first === undefined) return [];
  const rows = runs.reduce((n, r) => n + r.rows, 0);
  const sightings = runs.flatMap((r) => r.sightings);
  const moment = firstMoment(sightings);
  const succeeded = runs.filter((r) => r.success !== null);
  const near = arrivalNear(moment, facts, 2n * HOUR, 2n * HOUR);
  const clients = [...new Set(runs.flatMap((r) => (r.client === null ? [] : [r.client])))];
  const beside = bursts.filter((b) => overlaps(b, runs));
  const severity: Severity = near === null ? 'info' : succeeded.some((r) => r.client !== null) ? 'medium' : 'low';
  const kinds = [...new Set(runs.map((r) => MEANING[r.kind]))];
  return [{
    severity,
    weight: severity === 'medium' ? 1 : 0,
    title: `${count(rows, 'failing row')}${first.site === null ? '' : ` of site ${quote(first.site)}`} from ${first.from}${succeeded.length > 0 ? ', then answers' : ''}: code or configuration that could not be used`,
    component: near?.component ?? null,
    subject: `${first.site ?? ''}\u0000${first.from}\u0000${first.kind}`,
    supports: [
      `${kinds.join('; ')}.`,
      ...runs.slice(0, TOLD).map((r) => `${pathIn(r.path, r.site)}: ${count(r.rows, 'row')} from ${r.from} to ${r.to}${r.client === null ? '' : `, all from ${r.client}`}${r.success === null ? '' : `; first answer after it at ${r.success.time} with status ${r.success.status}`}.`),
      ...(runs.length > TOLD ? [`And ${runs.length - TOLD} more paths or runs.`] : []),
      ...beside.slice(0, 2).map((b) => `In that time the site answered 503 ${count(b.rows, 'time')}, from ${b.from} to ${b.to}.`),
      ...(near === null ? [] : [near.sentence]),
      ...(await spanWords(clients, moment, facts)),
    ],
    refutes: [
      'A release, an update or a repair by an administrator at that time: look at the changes of the configuration.',
      'An application that was moved or is broken: then the same failures come again and again.',
      'A scanner that asks for extensions that are not permitted.',
    ],
    refs: distinctRefs([...sightings.map((s) => s.ref), ...beside.flatMap((b) => b.sightings.map((s) => s.ref)), ...(near?.refs ?? [])]),
    first: moment,
    clients,
    places: runs.map((r) => placeOf(r.path, r.site)),
  }];
}

async function ofBurst(b: UnavailableBurst, facts: RuleFacts): Promise<LogDraft[]> {
  const moment = firstMoment(b.sightings);
  const near = arrivalNear(moment, facts, HOUR, HOUR);
  return near === null ? [] : [{
    severity: 'low',
    weight: 0,
    title: `${count(b.rows, 'row')} with 503${b.site === null ? '' : ` of site ${quote(b.site)}`} from ${b.from}, near the arrival of a component`,
    component: near.component,
    subject: `${b.site ?? ''}\u0000${b.from}\u0000503`,
    supports: [`${count(b.rows, 'row')} with status 503 from ${b.from} to ${b.to}${b.success === null ? '' : `; answers again at ${b.success}`}.`, near.sentence],
    refutes: ['A release, an update or a restart of the pool.', 'Too many requests for the pool at that time.', 'The time of arrival is a file time that was set later.'],
    refs: distinctRefs([...b.sightings.map((s) => s.ref), ...near.refs]),
    first: moment,
    clients: [],
    places: [],
  }];
}

export async function failureDrafts(facts: RuleFacts): Promise<LogDraft[]> {
  const signals = facts.logs?.signals;
  if (signals === undefined) return [];
  const bursts = await signals.unavailableBursts(facts.server.id);
  const runs = await signals.failureRuns(facts.server.id);
  const out: LogDraft[] = [];
  for (const attempt of attempts(runs)) out.push(...(await ofAttempt(attempt, bursts, facts)));
  for (const burst of bursts) if (!overlaps(burst, runs)) out.push(...(await ofBurst(burst, facts)));
  return out;
}

/** Whoever installs a module by hand often fails first, and the log says how. */
export const serverErrorThenSuccess = rule(
  'server-error-then-success',
  SERVER_ERROR_THEN_SUCCESS,
  failureDrafts,
);
