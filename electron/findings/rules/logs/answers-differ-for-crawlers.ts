import { type Answers, type CrawlerSplit, splitOf } from '../../../timeline/signals/index.ts';
import { CRAWLER_NAMES } from '../../../knowledge/index.ts';
import type { RuleFacts } from '../../facts.ts';
import { count, firstMoment, pathIn, placeOf, refsOfRows, type LogDraft } from '../../log-draft.ts';
import { rule } from '../../rule.ts';
import { ANSWERS_DIFFER_FOR_CRAWLERS } from '../../texts/logs.ts';

const WHO = { crawlers: 'agents that call themselves crawlers', searchers: 'visitors who come from a search engine', others: 'other browsers' } as const;

function answerWords(who: string, a: Answers): string[] {
  if (a.rows === 0) return [];
  const sizes = a.least === null || a.most === null ? '' : `; sc-bytes of those with 200: ${a.least === a.most ? a.least : `${a.least} to ${a.most}`}`;
  return [`${count(a.rows, 'row')} of ${who}: ${a.content} with content (200, 206, 304), ${a.elsewhere} sent elsewhere (301 to 308), ${a.absent} not found (404, 410)${sizes}.`];
}

/**
 * A page that was removed within a day looks the same as one that is hidden, and so does one that sends every visitor to
 * a sign-in or to a language: only several days, and an answer that says that nothing is there, or a look at where the
 * visitor comes from, are more than that.
 */
function weak(how: NonNullable<ReturnType<typeof splitOf>>, { days, others }: CrawlerSplit): boolean {
  if (how === 'size' || days < 2) return true;
  return how === 'crawlers' && others.rows > 0 && others.elsewhere > others.absent;
}

function ofSplit(s: CrawlerSplit): LogDraft[] {
  const how = splitOf(s);
  if (how === null) return [];
  const where = `${s.folder ? 'paths under ' : ''}${pathIn(s.path, s.site)}`;
  const title = how === 'crawlers' ? `Crawlers get content of ${where}, visitors do not` : how === 'searchers' ? `Who comes from a search engine to ${where} is sent elsewhere, others are not` : `Crawlers get another size of ${where} than browsers`;
  return [{
    severity: weak(how, s) ? 'info' : 'low',
    title,
    component: null,
    subject: `${placeOf(s.path, s.site)}\u0000${s.folder}`,
    supports: [
      ...answerWords(WHO.crawlers, s.crawlers), ...answerWords(WHO.searchers, s.searchers), ...answerWords(WHO.others, s.others),
      `Only days on which both came are counted (${s.days}). Crawlers are told by their agent: ${CRAWLER_NAMES.slice(0, 7).join(', ')} and others.`,
    ],
    refutes: how === 'size'
      ? ['The answer to crawlers was not compressed, or a service renders pages for them (prerendering).', 'Browsers get cookies, banners or a language that crawlers do not.', 'Pages for mobile or AMP under the same path.']
      : [
        'A protection against robots, a consent or sign-in page sends browsers elsewhere; crawlers are let through.',
        'The first visit goes through a page that sets a cookie; who comes again is not sent there.',
        'A redirect by language, region or device, prerendering for crawlers, or AMP.',
        'The agent is claimed: scanners call themselves Googlebot. Verify the addresses by reverse DNS.',
        'The path was removed within the day: crawlers came before, visitors after.',
      ],
    refs: refsOfRows(s.sightings),
    attack: how === 'size' ? [] : ['T1608.006'],
    first: firstMoment(s.sightings),
    clients: [],
    places: [placeOf(s.path, s.site)],
  }];
}

export async function crawlerDrafts(facts: RuleFacts): Promise<LogDraft[]> {
  const splits = (await facts.logs?.signals?.crawlerSplits(facts.server.id)) ?? [];
  // A folder whose paths are told one by one says nothing more.
  const told = new Set(splits.filter((s) => !s.folder).map((s) => placeOf(s.path.slice(0, s.path.indexOf('/', 1) + 1), s.site)));
  return splits.filter((s) => !s.folder || !told.has(placeOf(s.path, s.site))).flatMap(ofSplit);
}

/** Modules that are made for search engines show them what nobody else sees. */
export const answersDifferForCrawlers = rule(
  'answers-differ-for-crawlers',
  ANSWERS_DIFFER_FOR_CRAWLERS,
  crawlerDrafts,
);
