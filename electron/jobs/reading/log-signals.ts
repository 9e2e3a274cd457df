import type { LogSignals } from '../../findings/index.ts';
import { CRAWLER_PATTERNS, LOG_TRIGGERS } from '../../knowledge/index.ts';
import type { Connection } from '../../store/store.ts';
import {
  Clients, crawlerSplits, evaluable, failureRuns, heavyGets, logGaps, namedLogs, outsideCluster, singleClientPaths, triggerHits, unavailableBursts,
} from '../../timeline/signals/index.ts';

/** Asks once per question: components that came with one change ask the same. */
export function remembered<Q, A>(ask: (query: Q) => Promise<A>): (query: Q) => Promise<A> {
  const answers = new Map<string, Promise<A>>();
  return (query) => {
    const key = JSON.stringify(query);
    const known = answers.get(key) ?? ask(query);
    answers.set(key, known);
    return known;
  };
}

/** What rows betray, answered from the timeline as it is while one set of rules runs; each question once per server. */
export function logSignals(connection: Connection): LogSignals {
  const clients = remembered((server: string) => Clients.of(connection, server));
  return {
    evaluable: remembered((server) => evaluable(connection, server)),
    outsideCluster: remembered(async (server) => outsideCluster(connection, server, await clients(server))),
    heavyGets: remembered(async (server) => heavyGets(connection, server, await clients(server))),
    crawlerSplits: remembered((server) => crawlerSplits(connection, server, CRAWLER_PATTERNS)),
    triggerHits: remembered(async (server) => triggerHits(connection, server, await clients(server), LOG_TRIGGERS)),
    failureRuns: remembered(async (server) => failureRuns(connection, server, await clients(server))),
    unavailableBursts: remembered((server) => unavailableBursts(connection, server)),
    logGaps: remembered((server) => logGaps(connection, server)),
    namedLogs: remembered((server) => namedLogs(connection, server)),
    singleClientPaths: remembered(async (server) => singleClientPaths(connection, server, await clients(server))),
    spans: remembered(async (query) => (await clients(query.server)).spans(query.server, query.clients)),
  };
}
