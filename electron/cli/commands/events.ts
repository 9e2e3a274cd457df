import type { EventRow } from '../../../shared/contract/cli/documents.ts';
import type { TimelinePage } from '../../../shared/contract/timeline.ts';
import type { TimelineEvent } from '../../../shared/model/index.ts';
import { TIME_MEANINGS } from '../../../shared/model/index.ts';
import { readCall, text, UsageError, wholeNumber } from '../args.ts';
import { checkedFilter, showingFilter } from '../filter.ts';
import { print, say } from '../output.ts';
import { withEngine } from '../session.ts';
import { csvLine } from '../text/csv.ts';
import path from 'node:path';

const PAGE = 5000;
const COLUMNS = ['id', 'time', 'timeMeaning', 'source', 'what', 'message', 'server', 'site', 'path', 'evidencePath', 'offset', 'line', 'sha256'];

/** `events CASE [--filter Q] [--limit N --offset N] [--format jsonl|csv]` */
export async function eventRows(words: readonly string[]): Promise<number> {
  const call = readCall(words, { filter: 'text', limit: 'text', offset: 'text', format: 'text' }, { min: 1, max: 1, names: 'one case file' });
  const format = text(call.options, 'format') ?? 'jsonl';
  if (format !== 'jsonl' && format !== 'csv') throw new UsageError('--format takes jsonl or csv.');
  const limit = wholeNumber(call.options, 'limit', Number.MAX_SAFE_INTEGER, 0, Number.MAX_SAFE_INTEGER);
  const start = wholeNumber(call.options, 'offset', 0, 0, Number.MAX_SAFE_INTEGER);
  const filter = checkedFilter(text(call.options, 'filter') ?? '');
  return showingFilter(filter, () => withEngine(async (session) => {
    await session.ask('case.open', { path: path.resolve(call.positionals[0] ?? '') });
    if (format === 'csv') await print(csvLine(COLUMNS));
    let written = 0;
    let shown = 0;
    const ask = (after?: string): Promise<TimelinePage> => {
      const asked = session.ask('timeline.page', { filter, offset: start + written, limit: Math.max(1, Math.min(PAGE, limit - written)), after });
      // A failure is told where the page is taken, if it still is.
      asked.catch(() => undefined);
      return asked;
    };
    for (let next: Promise<TimelinePage> | null = ask(); next !== null;) {
      const page: TimelinePage = await next;
      shown = page.shown;
      if (page.events.length === 0 || limit === 0) break;
      written += page.events.length;
      // The next page is made while this one is written.
      next = written < limit && !session.interrupted ? ask(page.events.at(-1)?.id) : null;
      await print(page.events.map((e) => (format === 'csv' ? csvLine(cells(e)) : `${JSON.stringify(eventRow(e))}\n`)).join(''));
      if (session.interrupted) break;
    }
    say(`${written} of ${shown} events`);
    return session.interrupted ? 130 : 0;
  }));
}

/** An event as the contract's rows have it. */
export function eventRow(e: TimelineEvent): EventRow {
  const fields: Record<string, string> = Object.create(null);
  for (const f of e.fields) fields[f.name] = f.value;
  return { id: e.id, time: e.time, timeMeaning: TIME_MEANINGS[e.timeMeaning], source: e.source, what: e.what, message: e.message, server: e.server, site: e.site, fields, ref: e.ref };
}

function cells(e: TimelineEvent): readonly string[] {
  return [e.id, e.time ?? '', TIME_MEANINGS[e.timeMeaning], e.source, e.what, e.message, e.server ?? '', e.site ?? '', e.ref.path ?? '', e.ref.evidencePath, String(e.ref.offset ?? ''), String(e.ref.line ?? ''), e.ref.sha256];
}
