import { quote } from '../../shared/base/limits.ts';
import { visible } from '../../shared/base/visible.ts';
import type { ReportBlock } from '../../shared/contract/report.ts';
import { MAX_EACH, MAX_SENTENCE, MAX_VALUE } from './bounds.ts';

/** A value of the evidence for the report: cut with its length said, deceptive characters marked, on one line. */
export function value(text: string | null): string {
  return text === null ? '' : visible(quote(text, MAX_VALUE));
}

/** A sentence of ours that may quote the evidence. */
export function sentence(text: string): string {
  return visible(quote(text, MAX_SENTENCE));
}

/** The analyst's own words: never cut, line by line. */
export function words(text: string): string {
  return text.split(/\r\n|\n|\r/).map(visible).join('\n');
}

export const heading = (text: string): ReportBlock => ({ kind: 'heading', text });
export const text = (content: string): ReportBlock => ({ kind: 'text', text: content });
export const list = (items: readonly string[]): ReportBlock => ({ kind: 'list', items: [...items] });
export const fields = (all: readonly (readonly [name: string, content: string])[]): ReportBlock => ({
  kind: 'fields', fields: all.filter(([, content]) => content !== '').map(([name, content]) => ({ name, value: content })),
});
export const table = (label: string, columns: readonly string[], rows: readonly (readonly string[])[]): ReportBlock => ({
  kind: 'table', label, columns: [...columns], rows: rows.map((row) => [...row]),
});

/** The first of many, and how many more there are. */
export function some(all: readonly string[], most: number = MAX_EACH): string[] {
  return all.length <= most ? [...all] : [...all.slice(0, most), `and ${all.length - most} more, which are in the case`];
}

/** `1 finding`, `2 findings`. */
export function counted(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}

/** A sentence for what was cut, or nothing. */
export function leftOut(shown: number, total: number, what: string): ReportBlock[] {
  return shown >= total ? [] : [text(`Left out here: ${total - shown} of ${total} ${what}. They are in the case, and in the CSV export where they are components or findings.`)];
}
