import type { ClientSpan, CrawlerSplit, Evaluable, FailureRun, HeavyGets, LogGap, NamedLog, OutsideGroup, SingleClientPath, TriggerHit, UnavailableBurst } from '../timeline/signals/index.ts';

/** What the rows of one server's logs betray; each question is answered once while the rules run. */
export interface LogSignals {
  /** Questions that more rows than memory holds left open, in words. */
  unanswered(): readonly string[];
  evaluable(server: string): Promise<Evaluable>;
  outsideCluster(server: string): Promise<readonly OutsideGroup[]>;
  heavyGets(server: string): Promise<readonly HeavyGets[]>;
  crawlerSplits(server: string): Promise<readonly CrawlerSplit[]>;
  triggerHits(server: string): Promise<readonly TriggerHit[]>;
  failureRuns(server: string): Promise<readonly FailureRun[]>;
  unavailableBursts(server: string): Promise<readonly UnavailableBurst[]>;
  logGaps(server: string): Promise<readonly LogGap[]>;
  namedLogs(server: string): Promise<readonly NamedLog[]>;
  singleClientPaths(server: string): Promise<readonly SingleClientPath[]>;
  /** Addresses that bring nearly all rows of a site: balancers and proxies. */
  carriers(server: string): Promise<ReadonlySet<string>>;
  spans(query: { readonly server: string; readonly clients: readonly string[] }): Promise<readonly ClientSpan[]>;
}
