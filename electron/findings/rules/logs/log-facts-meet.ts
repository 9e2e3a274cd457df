import { quote } from '../../../../shared/base/limits.ts';
import type { RuleId } from '../../../../shared/model/index.ts';
import { UNKNOWN_MOMENT } from '../../../../shared/model/index.ts';
import type { RuleFacts } from '../../facts.ts';
import { placeOf, spanWords, type LogDraft } from '../../log-draft.ts';
import { rule, type FindingDraft } from '../../rule.ts';
import { distinctRefs } from '../../words.ts';
import { crawlerDrafts } from './answers-differ-for-crawlers.ts';
import { triggerDrafts } from './known-trigger-in-log.ts';
import { outsideDrafts } from './row-outside-cluster.ts';
import { failureDrafts } from './server-error-then-success.ts';
import { singleClientDrafts } from './single-client-path.ts';
import { LOG_FACTS_MEET } from '../../texts/logs.ts';

const MAX_MEETINGS = 50;
const TOLD = 8;

interface Fact { readonly rule: RuleId; readonly draft: LogDraft }

/** Two kinds that are odd by themselves, or one such and two more. */
function weighty(facts: readonly Fact[]): boolean {
  const kinds = new Map<RuleId, boolean>();
  for (const { rule: id, draft } of facts) kinds.set(id, (kinds.get(id) ?? false) || draft.severity !== 'info');
  const odd = [...kinds.values()].filter(Boolean).length;
  return odd >= 2 || (odd === 1 && kinds.size >= 3);
}

/** Whoever was refused so often tried much, and what met here need not have been meant. */
const MANY_REFUSED = 50;

/** What says that a client tries whatever there is: at least half of its rows, and fifty, were refused; null otherwise. */
async function scanWords(client: string, { logs, server }: RuleFacts): Promise<string | null> {
  const [span] = (await logs?.signals?.spans({ server: server.id, clients: [client] })) ?? [];
  return span === undefined || span.refused < MANY_REFUSED || span.refused * 2 < span.rows ? null : `${span.refused} of its ${span.rows} rows have a status of 400 or more, as those of a scanner.`;
}

async function meeting(what: string, subject: string, own: readonly Fact[], client: string | null, facts: RuleFacts): Promise<FindingDraft> {
  const [first = UNKNOWN_MOMENT] = own.map((f) => f.draft.first).filter((m) => m.time !== null).toSorted((a, b) => ((a.time ?? '') < (b.time ?? '') ? -1 : 1));
  const scan = client === null ? null : await scanWords(client, facts);
  return {
    severity: scan === null ? 'medium' : 'low',
    title: `${new Set(own.map((f) => f.rule)).size} independent facts of the logs meet on ${what}`,
    component: null,
    subject,
    supports: [...own.slice(0, TOLD).map((f) => `${f.draft.title} (${f.rule}).`), ...(scan === null ? [] : [scan]), ...(await spanWords(client === null ? [] : [client], first, facts))],
    refutes: ['One visit explains them all: a test by an administrator, a partner or a scanner.', ...new Set(own.flatMap((f) => f.draft.refutes.slice(0, 1)))],
    refs: distinctRefs(own.flatMap((f) => f.draft.refs)),
    attack: ['T1071.001'],
    first,
  };
}

/** This rule runs last: what could not be asked is said once. */
async function open(facts: RuleFacts): Promise<FindingDraft[]> {
  const signals = facts.logs?.signals;
  const questions = signals?.unanswered() ?? [];
  if (signals === undefined || questions.length === 0) return [];
  const [log] = await signals.namedLogs(facts.server.id);
  return log === undefined ? [] : [{
    severity: 'info',
    title: `Not evaluable: ${questions.join(', ')}`,
    component: null,
    subject: 'not evaluable',
    supports: [`The memory of the database did not hold what is needed to ask all rows for: ${questions.join('; ')}.`],
    refutes: ['Nothing is known of these questions; ask them with a filter over a shorter time.'],
    refs: [{ path: log.path, evidencePath: log.evidencePath, sha256: log.sha256 }],
    first: UNKNOWN_MOMENT,
  }];
}

/** A fact of the logs alone is weak; several that know nothing of each other and name one client or path are not. */
export const logFactsMeet = rule(
  'log-facts-meet',
  LOG_FACTS_MEET,
  async (facts) => {
    const all: Fact[] = [
      ...(await outsideDrafts(facts)).map((draft) => ({ rule: 'row-outside-cluster' as const, draft })),
      ...(await crawlerDrafts(facts)).map((draft) => ({ rule: 'answers-differ-for-crawlers' as const, draft })),
      ...(await triggerDrafts(facts)).map((draft) => ({ rule: 'known-trigger-in-log' as const, draft })),
      ...(await failureDrafts(facts)).map((draft) => ({ rule: 'server-error-then-success' as const, draft })),
      ...(await singleClientDrafts(facts)).map((draft) => ({ rule: 'single-client-path' as const, draft })),
    ];
    const carriers = (await facts.logs?.signals?.carriers(facts.server.id)) ?? new Set();
    const byClient = new Map<string, Fact[]>();
    const byPlace = new Map<string, Fact[]>();
    const add = (map: Map<string, Fact[]>, key: string, fact: Fact): void => {
      const own = map.get(key);
      if (own === undefined) map.set(key, [fact]);
      else own.push(fact);
    };
    for (const fact of all) {
      for (const client of new Set(fact.draft.clients)) if (!carriers.has(client)) add(byClient, client, fact);
      // Everybody asks for the root: what meets there need not know of each other.
      for (const place of new Set(fact.draft.places)) if (!place.endsWith('\u0000/')) add(byPlace, place, fact);
    }
    const out: FindingDraft[] = [];
    const told = new Set<Fact>();
    for (const [client, own] of byClient) {
      if (!weighty(own)) continue;
      for (const fact of own) told.add(fact);
      out.push(await meeting(`the address ${quote(client)}`, `client\u0000${client}`, own, client, facts));
    }
    for (const [place, own] of byPlace) {
      // What met on a client already is not told again for each of its paths.
      if (!weighty(own) || own.every((fact) => told.has(fact))) continue;
      const [site = '', path = ''] = place.split('\u0000');
      out.push(await meeting(`${quote(path)}${site === '' ? '' : ` (site ${quote(site)})`}`, `path\u0000${placeOf(path, site)}`, own, null, facts));
    }
    return [...out.slice(0, MAX_MEETINGS), ...(await open(facts))];
  },
);
