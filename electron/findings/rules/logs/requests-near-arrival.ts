import { quote } from '../../../../shared/base/limits.ts';
import { instantText } from '../../../../shared/time/instant.ts';
import { type Arrival, isOddArrival, oddArrivals } from '../../arrivals.ts';
import type { PathSighting, RuleFacts } from '../../facts.ts';
import { groupBy } from '../../group-by.ts';
import { notEvaluable, notFound, rule, type FindingDraft } from '../../rule.ts';
import { distinctRefs, refsOf, subjectOf } from '../../words.ts';
import { REQUESTS_NEAR_ARRIVAL } from '../../texts/logs.ts';

const MINUTE = 600_000_000n;
const BEFORE = 30n * MINUTE;
const DAY = 24n * 60n * MINUTE;
const MAX_PATHS = 10;
/** Moments that are looked up; each costs a few queries over the logs. */
const MAX_MOMENTS = 50;
const MAX_OTHERS = 5;

function pathWords(p: PathSighting): string {
  const where = `${quote(p.path)}${p.site === null ? '' : ` (site ${quote(p.site)})`}`;
  const asked = p.asked === p.first ? '' : `; it was asked for first at ${p.asked}, and not answered below 400 until then`;
  return `${where} was answered for the first time in these logs at ${p.first}, with status ${p.status}${asked} (${p.rows} ${p.rows === 1 ? 'row' : 'rows'} in all, ${p.posts} POST).`;
}

async function near(arrivals: readonly Arrival[], facts: RuleFacts): Promise<FindingDraft[]> {
  const [first] = arrivals;
  const { logs, server: { id: server } } = facts;
  if (first === undefined || logs === null) return [];
  const { component, from: earliest, to } = first;
  const arrival = instantText(to);
  const early = to - BEFORE;
  const from = earliest !== null && earliest < early ? earliest : early;
  const before = await logs.requestsNear({ server, from: instantText(early), to: arrival });
  // Where the logs do not reach back, every path looks new.
  const earlier = await logs.requestsNear({ server, from: instantText(from - DAY), to: instantText(from) });
  const paths = earlier.rows === 0 ? [] : await logs.firstAnsweredPaths({ server, from: instantText(from), to: instantText(to + DAY), client: before.topPoster, limit: MAX_PATHS });
  if (before.posts === 0 && paths.length === 0) return [];
  const others = arrivals.slice(1).map((a) => subjectOf(a.component));
  const span = earliest === null ? 'The moment is the time of its file.' : `The change lies between ${instantText(earliest)}, when the copy without it was saved, and ${arrival}.`;
  return [{
    severity: before.posts > 0 && paths.length > 0 ? 'medium' : 'low',
    title: `Requests around ${arrival}, when ${subjectOf(component)}${others.length === 0 ? '' : ` and ${others.length} more`} came`,
    component,
    subject: '',
    supports: [
      span,
      ...(others.length === 0 ? [] : [`The same moment dates ${others.slice(0, MAX_OTHERS).join('; ')}${others.length > MAX_OTHERS ? '; and more' : ''}.`]),
      ...(before.posts > 0 ? [`${before.posts} POST ${before.posts === 1 ? 'request' : 'requests'} in the 30 minutes before ${arrival}${before.topPoster === null ? '' : before.posts === 1 ? `, from ${before.topPoster}` : `; no address sent more of them than ${before.topPoster}`}.`] : []),
      ...paths.map(pathWords),
    ],
    refutes: ['The paths belong to a release of that day.', 'The POST requests are ordinary use of the site: compare with the same hour of other days.', 'The time of arrival is a file time that was set later.'],
    refs: distinctRefs([...(before.ref === null ? [] : [before.ref]), ...paths.map((p) => p.ref), ...arrivals.flatMap((a) => refsOf(a.component))]),
    first: component.firstSeen,
  }];
}

/** What visitors did just before a component came, and which paths answered only since. */
export const requestsNearArrival = rule(
  'requests-near-arrival',
  REQUESTS_NEAR_ARRIVAL,
  async (facts) => {
    const arrivals = oddArrivals(facts);
    const moments = [...groupBy(arrivals, (a) => `${a.from ?? 'file'} ${a.to}`).values()].slice(0, MAX_MOMENTS);
    const out: FindingDraft[] = [];
    for (const moment of moments) out.push(...(await near(moment, facts)));
    return out;
  },
  (c, facts) => {
    if (c.origin !== 'unknown' || (c.registrations.length === 0 && c.file === null)) return null;
    if (facts.logs === null) return notEvaluable('No log of requests was read.');
    if (c.firstSeen.time === null) return notEvaluable('Nothing dates its coming: no copy of the configuration lacks it, and no time of its file is known.');
    if (!isOddArrival(c, facts)) return notFound(`Nothing else speaks against it, or its coming (${c.firstSeen.time}) lies between copies that are too far apart: its moment was not looked up in the logs.`);
    return notFound(`Around ${c.firstSeen.time} the logs have no POST request in the 30 minutes before, and no path that was answered for the first time since; or the moment is told with another component that came then.`);
  },
);
