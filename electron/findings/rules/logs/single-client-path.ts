import type { SingleClientPath } from '../../../timeline/signals/index.ts';
import type { RuleFacts } from '../../facts.ts';
import { count, firstMoment, pathIn, placeOf, refsOfRows, spanWords, type LogDraft } from '../../log-draft.ts';
import { groupBy } from '../../group-by.ts';
import { rule } from '../../rule.ts';
import { SINGLE_CLIENT_PATH } from '../../texts/logs.ts';

const TOLD = 10;

function hoursWords(hours: readonly number[]): string {
  return hours.length > 8 ? '' : `; in the hours ${hours.map((h) => `${String(h).padStart(2, '0')}h`).join(', ')} UTC only`;
}

const pathWords = (p: SingleClientPath): string =>
  `${pathIn(p.path, p.site)}: ${count(p.rows, 'row')}, ${p.posts} POST answered with 2xx, ${p.first} to ${p.last}${hoursWords(p.hours)}.`;

async function ofClient(paths: readonly SingleClientPath[], facts: RuleFacts): Promise<LogDraft[]> {
  const [top] = paths;
  if (top === undefined) return [];
  const sightings = paths.flatMap((p) => p.sightings);
  const first = firstMoment(sightings);
  return [{
    severity: 'info',
    title: `${count(paths.length, 'path')} that only ${top.client} ever asked for, with answered POST requests`,
    component: null,
    subject: top.client,
    supports: [
      ...paths.slice(0, TOLD).map(pathWords),
      `The address has ${count(top.clientRows, 'row')} on all paths of the server.`,
      ...(await spanWords([top.client], first, facts)),
    ],
    refutes: ['An interface that one partner, device or job uses.', 'An administrator\'s page.', 'All visitors come through one proxy or load balancer, and the log does not say for whom.'],
    refs: refsOfRows(sightings),
    attack: ['T1505.003'],
    first,
    clients: [top.client],
    places: paths.map((p) => placeOf(p.path, p.site)),
  }];
}

export async function singleClientDrafts(facts: RuleFacts): Promise<LogDraft[]> {
  const paths = (await facts.logs?.signals?.singleClientPaths(facts.server.id)) ?? [];
  const carriers = (await facts.logs?.signals?.carriers(facts.server.id)) ?? new Set();
  const out: LogDraft[] = [];
  // What brings nearly all rows of a site is a proxy, or the only client there is: each path is its own.
  for (const own of groupBy(paths.filter((p) => !carriers.has(p.client)), (p) => p.client).values()) out.push(...(await ofClient(own, facts)));
  return out;
}

/** A back door is used by the one who knows of it. */
export const singleClientPath = rule(
  'single-client-path',
  SINGLE_CLIENT_PATH,
  singleClientDrafts,
);
