import type { Client } from '../../../shared/contract/index.ts';
import { FIELD_MEANINGS, FILTER_FIELDS, NUMBER_FIELDS, printTerm, typingAt, withChoice, type FilterField, type Typing } from '../../../shared/query/index.ts';
import { count, type Suggest } from '../../ui/index.ts';

/** How many values are offered. */
const MOST = 20;

type Value = { readonly value: string; readonly count: number };

/**
 * Offers names of fields, and the most frequent values of a field that hold what is typed. Counting values may take a
 * while: one question is under way at a time, and only the latest that waits is asked behind it.
 */
export function suggester(client: Client): Suggest {
  const known = new Map<string, readonly Value[]>();
  let running: Promise<unknown> = Promise.resolve();
  let latest = 0;
  const values = async (field: FilterField, typed: string): Promise<readonly Value[] | null> => {
    const filter = filterFor(field, typed);
    const key = `${field} ${filter}`;
    const had = known.get(key);
    if (had !== undefined) return had;
    latest += 1;
    const mine = latest;
    await running;
    if (mine !== latest) return null;
    const asked = client.request('timeline.stack', { filter, field, limit: MOST });
    running = asked;
    const answer = await asked;
    if (!answer.ok) return null;
    // While evidence is read, counts grow: nothing is kept for long.
    if (known.size >= 50) known.clear();
    known.set(key, answer.value.rows);
    return answer.value.rows;
  };
  return async (text, caret, wanted) => {
    const typing = typingAt(text, caret);
    if (typing === null) return null;
    const put = (value: string): { text: string; caret: number } => withChoice(text, typing, value);
    if (typing.kind === 'field') return { title: 'fields', more: true, put, options: fieldsFor(typing, wanted) };
    const rows = await values(typing.field, typing.typed);
    if (rows === null) return null;
    const options = rows.filter((r) => r.value !== typing.typed).map((r) => ({ value: r.value, words: r.value === '' ? '(no value)' : r.value, note: count(r.count) }));
    return { title: `values of ${typing.field}`, more: false, put, options };
  };
}

/** Fields that begin with what is typed. A bare caret offers nothing by itself: every field would be in the way of plain text. */
function fieldsFor({ typed }: Extract<Typing, { kind: 'field' }>, wanted: boolean): readonly { readonly value: string; readonly words: string; readonly note: string }[] {
  if (typed === '' && !wanted) return [];
  return FILTER_FIELDS.filter((f) => f !== 'log' && f.startsWith(typed)).map((f) => ({ value: f, words: `${f}:`, note: FIELD_MEANINGS[f] }));
}

/** Rows whose value holds what is typed; for numbers, begins with it. */
function filterFor(field: FilterField, typed: string): string {
  if (typed === '') return '';
  if (NUMBER_FIELDS.has(field)) return /^\d+$/.test(typed) ? `${field}:${typed}*` : '';
  return printTerm({ field, negated: false, test: { kind: 'contains', text: typed } });
}
