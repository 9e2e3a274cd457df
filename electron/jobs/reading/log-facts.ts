import { parseInstant } from '../../../shared/time/instant.ts';
import type { LogFacts } from '../../findings/index.ts';
import type { Connection } from '../../store/store.ts';
import { firstSeenPaths, requestCounts } from '../../timeline/requests.ts';
import { Timeline } from '../../timeline/timeline.ts';

/** What the rules ask of the requests, answered from the timeline. */
export function logFacts(connection: Connection): LogFacts {
  const timeline = new Timeline(connection);
  const span = (from: string, to: string): { from: bigint; to: bigint } => ({ from: parseInstant(from) ?? 0n, to: parseInstant(to) ?? 0n });
  const refOf = async (event: string | null): Promise<NonNullable<Awaited<ReturnType<Timeline['event']>>>['ref'] | null> =>
    event === null ? null : ((await timeline.event(event))?.ref ?? null);
  return {
    requestsNear: async ({ server, from, to }) => {
      const counts = await requestCounts(connection, { server, ...span(from, to), limit: 1 });
      return { rows: counts.rows, posts: counts.posts, topPoster: counts.topPoster, ref: await refOf(counts.firstPost) };
    },
    firstSeenPaths: async ({ server, from, to, limit }) => {
      // Asked for more than wanted: paths that never succeeded say nothing about code that answers.
      const paths = await firstSeenPaths(connection, { server, ...span(from, to), limit: limit * 20 });
      const answered = paths.filter((p) => p.succeeded > 0).slice(0, limit);
      const sightings = await Promise.all(answered.map(async (p) => ({ path: p.uri, first: p.first, rows: p.requests, ref: await refOf(p.event) })));
      return sightings.flatMap(({ ref, ...rest }) => (ref === null ? [] : [{ ...rest, ref }]));
    },
  };
}
