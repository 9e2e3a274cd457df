/** Something that can be chosen from a long list. */
export interface Choice {
  readonly value: string;
  readonly words: string;
  /** Said behind the words, and searched too: a time, a path. */
  readonly more?: string;
  /** Choices of one group stand together; its words head them. */
  readonly group?: string;
}

export interface Narrowed {
  readonly shown: readonly Choice[];
  /** How many fit, shown or not. */
  readonly fit: number;
}

/** Nobody reads more at once; typing narrows. */
export const SHOWN_AT_MOST = 60;

/** The first choices that hold every typed word, letter case ignored. */
export function narrowed(choices: readonly Choice[], typed: string, most: number = SHOWN_AT_MOST): Narrowed {
  const words = typed.toLowerCase().split(/\s+/).filter((w) => w !== '');
  if (words.length === 0) return { shown: choices.slice(0, most), fit: choices.length };
  const shown: Choice[] = [];
  let fit = 0;
  for (const choice of choices) {
    const text = `${choice.group ?? ''} ${choice.words} ${choice.more ?? ''}`.toLowerCase();
    if (!words.every((w) => text.includes(w))) continue;
    fit += 1;
    if (shown.length < most) shown.push(choice);
  }
  return { shown, fit };
}

/** As many choices as are shown at once, with the chosen one among them. */
export function around(choices: readonly Choice[], value: string | null, most: number = SHOWN_AT_MOST): Narrowed {
  const at = Math.max(0, choices.findIndex((c) => c.value === value));
  const from = Math.max(0, Math.min(at - 5, choices.length - most));
  return { shown: choices.slice(from, from + most), fit: choices.length };
}
