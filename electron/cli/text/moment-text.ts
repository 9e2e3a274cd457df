import type { Moment } from '../../../shared/model/index.ts';

/** Since when, with what the time is worth in words; '' where nothing dates it. */
export function firstSeenText({ time, from, fidelity, order }: Moment): string {
  if (time === null) return order === undefined ? '' : `first seen in configuration no. ${order} (nothing dates it)`;
  if (order !== undefined) return `first seen ${time} (file time of configuration no. ${order}, the first that has it)`;
  if (from === 'log') return `first in the logs ${time}`;
  if (from === 'pe') return `linker stamp ${time} (forgeable)`;
  return fidelity === 'exact' ? `first seen ${time}` : `file time ${time} (it can be set by anyone)`;
}
