import traits from './log-traits.json' with { type: 'json' };

/** A text in a log row that a known back door waits for. */
export interface LogTrigger {
  readonly id: string;
  /** Id of the family that waits for it, or null. */
  readonly family: string | null;
  /** `exact`: nothing known but that code uses it. `weak`: ordinary sites use it too. */
  readonly strength: 'exact' | 'weak';
  readonly columns: readonly ('uri' | 'query' | 'user' | 'extra')[];
  /** Over folded text; in the syntax that RE2 and JavaScript share. */
  readonly pattern: string | null;
  /** Folded name of a request header. */
  readonly field: string | null;
  /** Pattern of folded paths, one of which must be among those of the rows. */
  readonly uri: string | null;
  readonly what: string;
  readonly source: string;
}

type Written = Partial<LogTrigger> & Pick<LogTrigger, 'id' | 'what' | 'source'>;

export const LOG_TRIGGERS: readonly LogTrigger[] = (traits.triggers as readonly Written[]).map((t) => ({ family: null, strength: 'weak', columns: [], pattern: null, field: null, uri: null, ...t }));

/** Patterns over folded agents and referers; what claims to be a crawler need not be one. */
export const CRAWLER_PATTERNS = { crawlers: traits.crawlers.map((c) => `(?:${c.pattern})`).join('|'), programs: traits.programs, searches: traits.searches };

/** For people. */
export const CRAWLER_NAMES: readonly string[] = traits.crawlers.map((c) => c.name);
