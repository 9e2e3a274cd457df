import type { Output } from '../../../shared/contract/index.ts';

export type Change = Output<'config.history'>['changes'][number];

/** What became of an entry: a sign and a word. */
export const CHANGE_WORDS: Readonly<Record<Change['what'], string>> = { added: '+ added', removed: '- removed', changed: '~ changed', reordered: '\u2195 reordered' };

export function changeClass(what: Change['what']): string {
  return what === 'added' ? 'add' : what === 'removed' ? 'remove' : '';
}

export interface ChangeFilter {
  readonly what: string;
  readonly kind: string;
  readonly section: string;
}
export const EVERY_CHANGE: ChangeFilter = { what: '', kind: '', section: '' };

/** Changes that pass a filter; an empty part lets everything through. */
export function filteredChanges(changes: readonly Change[], filter: ChangeFilter): readonly Change[] {
  return changes.filter((c) => (['what', 'kind', 'section'] as const).every((part) => filter[part] === '' || c[part] === filter[part]));
}

/** The values of one part with how many changes would pass if it were chosen, the other parts as they are. */
export function filterValues(changes: readonly Change[], filter: ChangeFilter, part: keyof ChangeFilter): readonly { readonly value: string; readonly count: number }[] {
  const counts = new Map<string, number>();
  for (const c of filteredChanges(changes, { ...filter, [part]: '' })) counts.set(c[part], (counts.get(c[part]) ?? 0) + 1);
  return [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => (a.value < b.value ? -1 : 1));
}
