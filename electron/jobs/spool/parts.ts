import type { SpoolState, Stretch } from '../../timeline/spool-format.ts';

/** What to read next of a range. */
export interface Part {
  /** Where reading begins and what holds there. */
  readonly state: SpoolState;
  /** Whether a line begins exactly there; else the first one behind it is looked for. */
  readonly exact: boolean;
  readonly to: number;
  /** Begin of the stretch that goes on; null: a new one begins. */
  readonly start: SpoolState | null;
}

/** Nothing this near to the start of a file is a part of its own: encoding and line ends are told from there. */
const HEAD = 64 * 1024;

/**
 * The first part of a range that is not in the store, or null. A stretch that ends inside the range goes on; the part
 * ends where the next stretch begins.
 * @param whole where the reading of the whole file stands
 * @param stretches by `begin`
 */
export function nextPart(whole: SpoolState, stretches: readonly Stretch[], range: { readonly from: number; readonly to: number; readonly state: SpoolState }): Part | null {
  let state: SpoolState = { ...range.state, offset: Math.max(range.from, HEAD) };
  let exact = false;
  let start: SpoolState | null = null;
  if (whole.offset >= state.offset) {
    state = { ...whole, line: 1 };
    exact = true;
  }
  for (const stretch of stretches) {
    if (stretch.begin > state.offset) return state.offset < Math.min(range.to, stretch.begin) ? { state, exact, to: Math.min(range.to, stretch.begin), start } : null;
    if (stretch.end < state.offset) continue;
    state = { ...stretch.state, offset: stretch.end };
    exact = true;
    ({ start } = stretch);
  }
  return state.offset < range.to ? { state, exact, to: range.to, start } : null;
}
