import type { Filter } from '../../shared/query/ast.ts';
import type { Connection } from '../store/store.ts';
import { PositionIndex, type Asking } from './position-index.ts';
import type { Selection } from './selection.ts';
import { StoreState } from './store-state.ts';

/** Filters whose indexes are remembered. */
const REMEMBERED = 24;

interface Remembered {
  index: PositionIndex;
  /** Resolves when the index has grown to all that was asked so far. */
  grown: Promise<unknown>;
  state: StoreState | null;
}

/** The indexes of the filters that were asked last, for all connections to a case. */
export class Indexes {
  readonly #remembered = new Map<string, Remembered>();
  #state: { readonly revision: number; readonly read: Promise<StoreState> } | null = null;

  /** How much is in the store, read once for every revision; never less than what was told before. */
  state(connection: Connection, revision: number): Promise<StoreState> {
    if (this.#state === null || this.#state.revision < revision) {
      const read = StoreState.read(connection);
      this.#state = { revision, read };
      read.catch(() => (this.#state = null));
    }
    return this.#state.read;
  }

  /** The index of a selection, grown to the given state. */
  async of(selection: Selection, asking: Asking, state: StoreState): Promise<PositionIndex> {
    const key = keyOf(selection);
    let known = this.#remembered.get(key);
    if (known === undefined) known = { index: new PositionIndex(), grown: Promise.resolve(), state: null };
    this.#remembered.delete(key);
    this.#remembered.set(key, known);
    const [oldest] = this.#remembered.keys();
    if (this.#remembered.size > REMEMBERED && oldest !== undefined) this.#remembered.delete(oldest);
    const entry = known;
    const mine = entry.grown.then(async () => {
      if (entry.state !== null && entry.state.rows >= state.rows && entry.state.events === state.events) return;
      await entry.index.grow(asking, state);
      entry.state = state;
    });
    entry.grown = mine.catch(() => {
      // What was counted halfway is not gone on with.
      entry.index = new PositionIndex();
      entry.state = null;
    });
    await mine;
    return entry.index;
  }
}

function keyOf({ filter, tags }: Selection): string {
  return JSON.stringify([plain(filter), ...filter.terms.map((term) => (term.field === 'tag' && tags !== undefined ? tags(term.test) : null))]);
}

function plain(filter: Filter): unknown {
  return filter.terms.map(({ start: _start, end: _end, ...term }) => term);
}
