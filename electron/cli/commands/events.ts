import { EVENT_CSV_HEAD } from '../../../shared/contract/cli/event-lines.ts';
import type { Output } from '../../../shared/contract/index.ts';
import { readCall, text, UsageError, wholeNumber } from '../args.ts';
import { checkedFilter, showingFilter } from '../filter.ts';
import { print, say } from '../output.ts';
import { withEngine } from '../session.ts';
import path from 'node:path';

const PAGE = 5000;

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
    if (format === 'csv') await print(EVENT_CSV_HEAD);
    let written = 0;
    let shown = 0;
    const ask = (after?: string): Promise<Output<'timeline.lines'>> => {
      const asked = session.ask('timeline.lines', { filter, offset: start + written, limit: Math.max(1, Math.min(PAGE, limit - written)), after, format });
      // A failure is told where the page is taken, if it still is.
      asked.catch(() => undefined);
      return asked;
    };
    for (let next: Promise<Output<'timeline.lines'>> | null = ask(); next !== null;) {
      const lines: Output<'timeline.lines'> = await next;
      shown = lines.shown;
      if (lines.last === null || limit === 0) break;
      written += lines.count;
      // The next page is made while this one is written.
      next = written < limit && !session.interrupted ? ask(lines.last) : null;
      await print(lines.text);
      if (session.interrupted) break;
    }
    say(`${written} of ${shown} events`);
    return session.interrupted ? 130 : 0;
  }));
}
