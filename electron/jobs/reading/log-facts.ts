import { parseInstant } from '../../../shared/time/instant.ts';
import type { LogFacts } from '../../findings/index.ts';
import type { Connection } from '../../store/store.ts';
import { firstAnsweredPaths, requestCounts } from '../../timeline/requests.ts';
import { Timeline } from '../../timeline/timeline.ts';
import { logSignals, remembered } from './log-signals.ts';

/** What the rules ask of the requests, answered from the timeline as it is while one set of rules runs. */
export function logFacts(connection: Connection): LogFacts {
  const timeline = new Timeline(connection);
  const span = (from: string, to: string): { from: bigint; to: bigint } => ({ from: parseInstant(from) ?? 0n, to: parseInstant(to) ?? 0n });
  const refOf = async (event: string | null): Promise<NonNullable<Awaited<ReturnType<Timeline['event']>>>['ref'] | null> =>
    event === null ? null : ((await timeline.event(event))?.ref ?? null);
  return {
    signals: logSignals(connection),
    requestsNear: remembered(async ({ server, from, to }) => {
      const counts = await requestCounts(connection, { server, ...span(from, to), limit: 1 });
      return { rows: counts.rows, posts: counts.posts, topPoster: counts.topPoster, ref: await refOf(counts.firstPost) };
    }),
    firstAnsweredPaths: remembered(async ({ server, from, to, client, limit }) => {
      const paths = await firstAnsweredPaths(connection, { server, ...span(from, to), client, limit });
      const sightings = await Promise.all(paths.map(async ({ uri, event, requests, clients: _, ...rest }) => ({ path: uri, rows: requests, ...rest, ref: await refOf(event) })));
      return sightings.flatMap(({ ref, ...rest }) => (ref === null ? [] : [{ ...rest, ref }]));
    }),
  };
}
