import type { Output } from '../../../shared/contract/index.ts';

export type Knowledge = Output<'knowledge.get'>;

/** One line of the list, and what its detail shows. */
export type Entry =
  | { readonly id: string; readonly about: 'Kind'; readonly title: string; readonly words: string; readonly kind: Knowledge['kinds'][number] }
  | { readonly id: string; readonly about: 'Technique'; readonly title: string; readonly words: string; readonly technique: Knowledge['technique'] }
  | { readonly id: string; readonly about: 'Countermeasures'; readonly title: string; readonly words: string; readonly d3fend: Knowledge['d3fend'] }
  | { readonly id: string; readonly about: 'Family'; readonly title: string; readonly words: string; readonly family: Knowledge['families'][number] }
  | { readonly id: string; readonly about: 'Rule'; readonly title: string; readonly words: string; readonly rule: Knowledge['rules'][number] };

/** Kinds first, then the technique and its countermeasures, families and rules in the order in which they are given. */
export function entriesOf(knowledge: Knowledge): readonly Entry[] {
  const { kinds, technique, d3fend, families, rules } = knowledge;
  return [
    ...kinds.map((kind): Entry => ({ id: `kind ${kind.kind}`, about: 'Kind', title: kind.title, words: kind.what, kind })),
    { id: 'technique', about: 'Technique', title: `${technique.id} ${technique.name}`, words: technique.words, technique },
    { id: 'd3fend', about: 'Countermeasures', title: 'D3FEND', words: 'Class chain of the technique, countermeasures that act on what it touches, and the artifacts.', d3fend },
    ...families.map((family): Entry => ({ id: `family ${family.id}`, about: 'Family', title: [family.name, ...family.aliases].join(', '), words: family.does, family })),
    ...rules.map((rule): Entry => ({ id: `rule ${rule.rule}`, about: 'Rule', title: rule.rule, words: rule.title, rule })),
  ];
}

/** Everything that a filter looks for in an entry. */
export function textOf(entry: Entry): string {
  return `${entry.about} ${JSON.stringify(entry)}`;
}
