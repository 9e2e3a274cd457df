import type { TimelineEvent } from '../../shared/model/index.ts';
import { RequestError } from '../../shared/base/result.ts';
import type { Selection, Timeline } from '../timeline/index.ts';

/**
 * Reads a filtered timeline on from the event that the caller has: whoever asks for one page after the other is served
 * from where the last one ended, without looking for the place again.
 */
export class TimelineCursor {
  readonly #timeline: Timeline;
  readonly #selection: Selection;
  readonly #pieces: AsyncGenerator<readonly TimelineEvent[]>;
  #waiting: readonly TimelineEvent[] = [];
  #ahead: Promise<IteratorResult<readonly TimelineEvent[], void>> | null = null;
  #once = true;
  /** Id of the last event that was given. */
  #last: string;

  private constructor(timeline: Timeline, selection: Selection, last: string, offset: number, limit: number) {
    this.#timeline = timeline;
    this.#selection = selection;
    this.#last = last;
    this.#pieces = timeline.from(selection, offset, limit);
  }

  /**
   * @param limit about how many rows are wanted first
   * @throws RequestError when the event is not in the filtered list
   */
  static async behind(timeline: Timeline, selection: Selection, event: string, limit: number): Promise<TimelineCursor> {
    const position = await timeline.locateEvent(selection, event);
    if (position === null) throw new RequestError('usage', 'There is no such event among those that pass the filter.');
    return new TimelineCursor(timeline, selection, event, position + 1, limit);
  }

  /** @param limit about how many rows are wanted first */
  static at(timeline: Timeline, selection: Selection, offset: number, limit: number): TimelineCursor {
    return new TimelineCursor(timeline, selection, '', offset, limit);
  }

  /** Id of the last event that was given; '' before the first. */
  get last(): string {
    return this.#last;
  }

  /** True when this cursor stands right behind the event, in the same list of the same state of the case. */
  isBehind(timeline: Timeline, selection: Selection, event: string): boolean {
    const mine = this.#selection;
    return this.#timeline === timeline && this.#last === event && mine.revision === selection.revision && JSON.stringify(mine.filter) === JSON.stringify(selection.filter);
  }

  /** Who came back once will come again: the next piece is made while this one is on its way. */
  #fetch(): void {
    const ahead = this.#pieces.next();
    // A failure is told to whoever takes the piece.
    ahead.catch(() => undefined);
    this.#ahead = ahead;
  }

  async take(limit: number): Promise<TimelineEvent[]> {
    const events: TimelineEvent[] = [];
    await this.each(limit, (event) => events.push(event));
    return events;
  }

  /** Gives the next events one by one, so that none needs to be kept. @returns how many there were */
  async each(limit: number, use: (event: TimelineEvent) => void): Promise<number> {
    let given = 0;
    while (given < limit) {
      if (this.#waiting.length === 0) {
        const next = await (this.#ahead ?? this.#pieces.next());
        this.#ahead = null;
        if (next.done === true) break;
        this.#waiting = next.value;
        if (!this.#once) this.#fetch();
        this.#once = false;
        continue;
      }
      const some = this.#waiting.slice(0, limit - given);
      this.#waiting = this.#waiting.slice(some.length);
      for (const event of some) use(event);
      given += some.length;
      this.#last = some.at(-1)?.id ?? this.#last;
    }
    return given;
  }
}
