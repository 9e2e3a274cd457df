import { readCall, text, UsageError } from '../args.ts';
import { checkedFilter, showingFilter } from '../filter.ts';
import { outOf, writeFromCase } from './written.ts';

/** Formats, and what is counted of each. */
const FORMATS = { csv: 'rows', jsonl: 'lines', stix: 'objects', graphml: 'nodes', manifest: 'files' } as const;

/** `export CASE --format csv|jsonl|stix|graphml|manifest --out F [--filter Q] [--replace]` */
export async function exportCommand(words: readonly string[]): Promise<number> {
  const call = readCall(words, { format: 'text', out: 'text', filter: 'text', replace: 'flag' }, { min: 1, max: 1, names: 'one case file' });
  const name = text(call.options, 'format');
  const format = (Object.keys(FORMATS) as (keyof typeof FORMATS)[]).find((f) => f === name);
  if (format === undefined) throw new UsageError(`--format takes ${Object.keys(FORMATS).join(', ')}.`);
  const given = text(call.options, 'filter');
  if (given !== undefined && format !== 'jsonl') throw new UsageError('--filter is for the export of events (--format jsonl) alone.');
  const filter = checkedFilter(given ?? '');
  const target = outOf(call.options);
  return showingFilter(filter, () => writeFromCase(call.positionals[0], FORMATS[format], (session) => session.ask('report.export', { format, ...target, ...(filter === '' ? {} : { filter }) })));
}
