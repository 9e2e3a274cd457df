import type { Moment } from '../../shared/model/index.ts';

/** How far a moment can be trusted, in a few words for a list. */
export const FIDELITY_BRIEF: Readonly<Record<Moment['fidelity'], string>> = {
  exact: 'written as it happened', 'mtime-only': 'file time, settable', 'order-only': 'only the order is known', forgeable: 'forgeable stamp', 'zone-assumed': 'local time, zone assumed',
};
const FROM_WORDS: Readonly<Record<Moment['from'], string>> = {
  'history-order': 'order of the configuration copies', 'file-time': 'time of a file', log: 'log row', pe: 'PE header', none: 'nothing dates it',
};

/** A moment for a list: when, and how sure that is. */
export function momentWords(moment: Moment, time: (text: string | null) => string): { readonly when: string; readonly how: string } {
  if (moment.time !== null) return { when: time(moment.time), how: FIDELITY_BRIEF[moment.fidelity] };
  return moment.order === undefined ? { when: 'not dated', how: '' } : { when: `copy ${moment.order}`, how: FIDELITY_BRIEF['order-only'] };
}

/** The same as one sentence part for the detail: where the moment comes from too. */
export function momentSentence(moment: Moment, time: (text: string | null) => string): string {
  const { when, how } = momentWords(moment, time);
  return how === '' ? when : `${when} (${FROM_WORDS[moment.from]}: ${how})`;
}
