import type { QueryDocument } from '../../../shared/contract/cli/documents.ts';
import { visible } from '../../../shared/base/visible.ts';
import { describeTerm, parseFilter } from '../../../shared/query/index.ts';
import { counted } from './counted.ts';

const BARS = ' \u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588';
const TITLES: Readonly<Record<string, string>> = { uri: 'Paths', ip: 'Clients', ua: 'User agents' };
const WIDTH = 150;

/** The answer to a filter on one screen. */
export function queryText(d: QueryDocument): string {
  const parsed = parseFilter(d.filter);
  const words = parsed.ok ? parsed.filter.terms.map((t) => describeTerm(t)) : [];
  const lines = [words.length === 0 ? 'every event' : words.join('; '), `${d.shown} of ${counted(d.total, 'event')}${d.partial ? ' so far; reading goes on' : ''}`];
  if (d.first !== null && d.last !== null) lines.push(`first ${d.first}  last ${d.last}`);
  if (d.shown > 0 && d.histogram.start !== null) lines.push('', bars(d.histogram.buckets), `from ${d.histogram.start}, ${stepWords(d.histogram.step)} a bar`);
  const width = Math.max(5, ...[d.bySource, ...d.stacks.map((s) => s.rows)].flat().map((r) => String(r.count).length));
  const table = (rows: QueryDocument['bySource']): readonly string[] => rows.map((r) => `  ${String(r.count).padStart(width)}  ${cut(visible(r.value), 100)}`);
  if (d.bySource.length > 0) lines.push('', 'Sources', ...table(d.bySource));
  for (const stack of d.stacks) {
    if (stack.rows.length > 0) lines.push('', `${TITLES[stack.field] ?? stack.field}${stack.groups > stack.rows.length ? ` (the first ${stack.rows.length} of ${stack.groups})` : ''}`, ...table(stack.rows));
  }
  if (d.events.length > 0) lines.push('', d.events.length < d.shown ? `The first ${d.events.length} of them` : 'Events', ...d.events.map((e) => `  ${cut(visible(`${e.time ?? 'not dated'}  ${e.source}${e.site === null ? '' : ` ${e.site}`}  ${e.message}`), WIDTH)}`));
  return `${lines.join('\n')}\n`;
}

/** One character per bucket; a bucket that holds anything at all is never empty. */
function bars(buckets: readonly number[]): string {
  const most = Math.max(1, ...buckets);
  return buckets.map((n) => BARS[n === 0 ? 0 : Math.max(1, Math.round((n / most) * 8))] ?? ' ').join('');
}

function stepWords(seconds: number): string {
  const [unit, size] = seconds >= 86_400 ? ['d', 86_400] : seconds >= 3600 ? ['h', 3600] : seconds >= 60 ? ['min', 60] : ['s', 1];
  return `${Number((seconds / Number(size)).toFixed(1))} ${unit}`;
}

function cut(text: string, width: number): string {
  const chars = [...text];
  return chars.length <= width ? text : `${chars.slice(0, width - 3).join('')}...`;
}
