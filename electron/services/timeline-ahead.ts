import type { TimelineEvent } from '../../shared/model/index.ts';
import type { Selection, Timeline } from '../timeline/index.ts';

/** Rows that are read ahead at once: the texts of a thousand rows cost little more than those of one page. */
const AHEAD = 1000;
/** Blocks that are kept: where the reader is, and what lies on both sides. */
const KEPT = 3;

interface Page {
  readonly events: TimelineEvent[];
  readonly shown: number;
  readonly total: number;
}

interface Block {
  readonly key: string;
  readonly from: number;
  readonly to: number;
  readonly page: Promise<Page | null>;
}

/**
 * Who asks for one page and then for its neighbour will ask for the one behind it: it is read while nobody asks, over a
 * timeline of its own, so that no question waits for it. A page that was not read ahead is not this class's business.
 */
export class PagesAhead {
  readonly #timeline: Timeline;
  #blocks: readonly Block[] = [];
  #last: { readonly key: string; readonly offset: number } | null = null;

  /** @param timeline asked by nobody else */
  constructor(timeline: Timeline) {
    this.#timeline = timeline;
  }

  /** The page, if it was read ahead or just is being read. */
  async take(selection: Selection, offset: number, limit: number): Promise<Page | null> {
    const block = this.#covering(keyOf(selection), offset, offset + limit);
    const page = (await block?.page) ?? null;
    if (block === undefined || page === null) return null;
    const from = offset - block.from;
    // The list ends within the block, or the block ends behind the page.
    return { ...page, events: page.events.slice(from, from + limit) };
  }

  /** A page was given: is it the neighbour of the one before, what comes next in that direction is read. */
  given(selection: Selection, offset: number, limit: number, shown: number): void {
    const key = keyOf(selection);
    const before = this.#last;
    this.#last = key === null ? null : { key, offset };
    if (key === null || before?.key !== key || before.offset === offset || Math.abs(offset - before.offset) > limit) return;
    const forward = offset > before.offset;
    const next = forward ? offset + limit : Math.max(0, offset - limit);
    if (forward ? next >= shown : offset === 0) return;
    if (this.#covering(key, next, forward ? next + limit : offset) !== undefined) return;
    const from = forward ? next : Math.max(0, offset - AHEAD);
    const to = forward ? next + AHEAD : offset;
    const page = this.#timeline.page(selection, from, to - from).catch(() => null);
    this.#blocks = [{ key, from, to, page }, ...this.#blocks.filter((block) => block.key === key)].slice(0, KEPT);
  }

  #covering(key: string | null, from: number, to: number): Block | undefined {
    return this.#blocks.find((block) => block.key === key && block.from <= from && to <= block.to);
  }
}

/** Null for what is not read ahead: notes change without a new revision. */
function keyOf({ filter, revision }: Selection): string | null {
  return filter.terms.some((term) => term.field === 'tag') ? null : JSON.stringify([revision, filter.terms]);
}
