import type { LogSignals } from '../../findings/index.ts';
import { CRAWLER_PATTERNS, LOG_TRIGGERS } from '../../knowledge/index.ts';
import { StoreError } from '../../store/errors.ts';
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
  const unanswered = new Set<string>();
  /** More rows than memory holds leave one question open; they must not take the other findings with them. */
  const list = <A>(question: string, ask: (server: string, who: Clients) => Promise<readonly A[]>): ((server: string) => Promise<readonly A[]>) =>
    remembered(async (server) => {
      try {
        return await ask(server, await clients(server));
      } catch (error) {
        if (!(error instanceof StoreError) || error.reopen || !/out of memory/i.test(error.message)) throw error;
        unanswered.add(question);
        return [];
      }
    });
  return {
    unanswered: () => [...unanswered],
    evaluable: remembered((server) => evaluable(connection, server)),
    outsideCluster: list('sizes that leave their cluster', (server, who) => outsideCluster(connection, server, who)),
    heavyGets: list('GET requests with a body', (server, who) => heavyGets(connection, server, who)),
    crawlerSplits: list('answers that differ for crawlers', (server) => crawlerSplits(connection, server, CRAWLER_PATTERNS)),
    triggerHits: list('texts that known back doors wait for', (server, who) => triggerHits(connection, server, who, LOG_TRIGGERS)),
    failureRuns: list('failures before a success', (server, who) => failureRuns(connection, server, who)),
    unavailableBursts: list('bursts of 503', (server) => unavailableBursts(connection, server)),
    logGaps: list('hours without a row', (server) => logGaps(connection, server)),
    namedLogs: remembered((server) => namedLogs(connection, server)),
    singleClientPaths: list('paths of one address', (server, who) => singleClientPaths(connection, server, who)),
    carriers: remembered(async (server) => (await clients(server)).carriers()),
    spans: remembered(async (query) => (await clients(query.server)).spans(query.server, query.clients)),
  };
}
