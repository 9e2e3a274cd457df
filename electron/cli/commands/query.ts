import path from 'node:path';
import type { QueryDocument } from '../../../shared/contract/cli/documents.ts';
import { eventRow } from '../../../shared/contract/cli/event-lines.ts';
import { compareText } from '../../../shared/base/compare.ts';
import { readCall, text, wholeNumber } from '../args.ts';
import { checkedFilter, showingFilter } from '../filter.ts';
import { print, refuseAsJson, writeJson } from '../output.ts';
import { withEngine } from '../session.ts';
import { queryText } from '../text/query-text.ts';

const BUCKETS = 60;
const STACKED = ['uri', 'ip', 'ua'] as const;
const VALUES = 5;

/** `query CASE Q [--limit N] [--json [FILE|-]]`: how much passes a filter, when, of what, and its first rows. */
export async function query(words: readonly string[]): Promise<number> {
  const call = readCall(words, { limit: 'text', json: 'flag' }, { min: 2, max: 2, names: 'one case file and one filter (a filter that begins with a dash stands behind --)' });
  const limit = wholeNumber(call.options, 'limit', 10, 1, 5000);
  const [file = '', typed = ''] = call.positionals;
  const json = text(call.options, 'json');
  refuseAsJson(json, [file]);
  const filter = checkedFilter(typed);
  return showingFilter(filter, () => withEngine(async (session) => {
    await session.ask('case.open', { path: path.resolve(file) });
    const page = await session.ask('timeline.page', { filter, offset: 0, limit });
    const histogram = await session.ask('timeline.histogram', { filter, buckets: BUCKETS });
    const stack = async (field: string, most: number): Promise<QueryDocument['stacks'][number]> => {
      const { rows, groups } = await session.ask('timeline.stack', { filter: filter === '' ? `${field}:*` : `${filter} ${field}:*`, field, limit: most });
      return { field, groups, rows: rows.map(({ value, count, first, last }) => ({ value, count, first, last })) };
    };
    const sources = await stack('source', 100);
    const stacks = [];
    for (const field of STACKED) stacks.push(await stack(field, VALUES));
    const document: QueryDocument = {
      schema: 'iisight.query/1', filter, partial: page.partial, shown: page.shown, total: page.total,
      first: sources.rows.map((r) => r.first).filter((t) => t !== null).sort(compareText)[0] ?? null,
      last: sources.rows.map((r) => r.last).filter((t) => t !== null).sort(compareText).at(-1) ?? null,
      histogram: { start: histogram.start, step: histogram.step, buckets: histogram.buckets },
      bySource: sources.rows, stacks, events: page.events.map(eventRow),
    };
    if (json !== undefined) await writeJson(json, document);
    else await print(queryText(document));
    return session.interrupted ? 130 : 0;
  }));
}
