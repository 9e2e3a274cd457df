import { instantText, parseInstant } from '../../../shared/time/instant.ts';
import type { Component } from '../../../shared/model/index.ts';
import { rule, type FindingDraft } from '../rule.ts';
import type { RuleFacts } from '../facts.ts';
import { arrivalIn, circumstances, isManaged, severityOf } from '../weigh.ts';
import { subjectOf, distinctRefs, refsOf } from '../words.ts';

const MINUTE = 600_000_000n;
const BEFORE = 30n * MINUTE;
const DAY = 24n * 60n * MINUTE;
const MAX_PATHS = 10;
/** Components with a dated arrival that are looked up; each costs two queries over the logs. */
const MAX_COMPONENTS = 50;

/** Only a copy that lacks it, or a file time, dates an arrival: standing in the oldest copy says "by then", not "then". */
function arrived(c: Component, facts: RuleFacts): boolean {
  return (c.firstSeen.from === 'file-time' && c.firstSeen.order === undefined) || arrivalIn(c, facts) !== null;
}

async function near(c: Component, facts: RuleFacts): Promise<FindingDraft[]> {
  const at = c.firstSeen.time === null ? null : parseInstant(c.firstSeen.time);
  if (at === null || facts.logs === null) return [];
  const from = instantText(at - BEFORE);
  const arrival = instantText(at);
  const before = await facts.logs.requestsNear({ server: facts.server.id, from, to: arrival });
  // Where the logs do not reach back, every path looks new.
  const earlier = await facts.logs.requestsNear({ server: facts.server.id, from: instantText(at - BEFORE - DAY), to: from });
  const paths = earlier.rows === 0 ? [] : await facts.logs.firstSeenPaths({ server: facts.server.id, from, to: instantText(at + DAY), limit: MAX_PATHS });
  if (before.posts === 0 && paths.length === 0) return [];
  const refs = distinctRefs([...(before.ref === null ? [] : [before.ref]), ...paths.map((p) => p.ref), ...refsOf(c)]);
  return [{
    severity: before.posts > 0 && paths.length > 0 ? 'medium' : 'low',
    title: `Requests around the arrival of ${subjectOf(c)}`,
    component: c,
    subject: '',
    supports: [
      ...(before.posts > 0 ? [`${before.posts} POST requests in the 30 minutes before ${arrival}${before.topPoster === null ? '' : `, most from ${before.topPoster}`}.`] : []),
      ...paths.map((p) => `${p.path} was answered for the first time in all logs at ${p.first} (${p.rows} ${p.rows === 1 ? 'row' : 'rows'}).`),
    ],
    refutes: ['The paths belong to a release of that day.', 'The POST requests are ordinary use of the site: compare with the same hour of other days.', 'The time of arrival is a file time that was set later.'],
    refs,
    first: c.firstSeen,
  }];
}

/** What visitors did just before a component came, and which paths answered only since. */
export const requestsNearArrival = rule(
  'requests-near-arrival',
  {
    title: 'Requests near the arrival of a component',
    condition: 'An unknown component that another rule finds odd has a dated arrival, and the logs have POST requests in the 30 minutes before it, or paths that were first answered within 30 minutes before and 24 hours after it (where the logs reach back a day further).',
    severityHow: 'medium for both together, low for one of them.',
    reference: 'ATT&CK T1505.004 detection (correlate configuration changes with requests)',
  },
  async (facts) => {
    const dated = facts.components
      .filter((c) => c.origin === 'unknown' && c.firstSeen.time !== null && arrived(c, facts))
      .filter((c) => (c.registrations.length > 0 ? severityOf(c, circumstances(c, facts)) !== 'info' : !isManaged(c)))
      .slice(0, MAX_COMPONENTS);
    const out: FindingDraft[] = [];
    for (const c of dated) out.push(...(await near(c, facts)));
    return out;
  },
);
