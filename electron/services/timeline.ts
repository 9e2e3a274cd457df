import type { TimelineEvent } from '../../shared/model/index.ts';
import { eventLine } from '../../shared/contract/cli/event-lines.ts';
import { EMPTY_FILTER, type Filter } from '../../shared/query/ast.ts';
import { parseFilter } from '../../shared/query/parse.ts';
import { RequestError } from '../../shared/base/result.ts';
import { parseInstant } from '../../shared/time/instant.ts';
import type { Connection } from '../store/store.ts';
import { coverage, eventId, fileIdOf, gaps, histogram, Indexes, logFiles, stack, Timeline, timelineSummary, type Selection } from '../timeline/index.ts';
import type { OpenCase, Workspace } from '../jobs/workspace.ts';
import type { HandlersOf } from './handlers.ts';
import { noteTags } from './note-tags.ts';
import { PagesAhead } from './timeline-ahead.ts';
import { TimelineCursor } from './timeline-cursor.ts';

/**
 * Per open case: connections of their own, so that questions do not wait for an ingest, and short ones (pages, places) not
 * for long ones (groups, gaps).
 */
interface Asked {
  readonly connection: Connection;
  readonly pages: Timeline;
  readonly ahead: PagesAhead;
  readonly figures: Timeline;
  readonly groups: Timeline;
}

async function connected(open: OpenCase): Promise<Asked> {
  const indexes = new Indexes();
  const { store } = open.file;
  const [connection, pages, ahead, figures, groups] = await Promise.all([store.connect(), store.connect(), store.connect(), store.connect(), store.connect()]);
  return { connection, pages: new Timeline(pages, indexes), ahead: new PagesAhead(new Timeline(ahead, indexes)), figures: new Timeline(figures, indexes), groups: new Timeline(groups, indexes) };
}

export function timelineService(workspace: Workspace): HandlersOf<'timeline'> {
  let asked: { readonly open: OpenCase; readonly ready: Promise<Asked> } | null = null;
  let cursor: TimelineCursor | null = null;
  const ask = (): Promise<Asked> => {
    const open = workspace.opened;
    // Kept as a promise, so that questions that come together share their connections.
    if (asked?.open !== open) {
      cursor = null;
      asked = { open, ready: connected(open) };
    }
    return asked.ready;
  };
  /** What the answer holds: the revision at the question, even when more came while it was answered. */
  const freshness = (selection: Selection): { revision: number; partial: boolean } => ({ revision: selection.revision, partial: workspace.partial });
  /** The filter with the events that carry each tag; every question reads the tags as they are now. */
  const select = async (text: string): Promise<{ selection: Selection; tagsOf: (event: TimelineEvent) => TimelineEvent }> => {
    const filter = parsedFilter(text);
    const tags = await noteTags(workspace.opened.file.connection);
    return {
      selection: { filter, revision: workspace.revision, tags: tags.lookup },
      tagsOf: (event) => ({ ...event, tags: [...(tags.byEvent.get(event.id) ?? [])] }),
    };
  };
  return {
    'timeline.page': async ({ filter, offset, limit, after }) => {
      const { pages: timeline, ahead } = await ask();
      const { selection, tagsOf } = await select(filter);
      if (after !== undefined) {
        const mine = cursor?.isBehind(timeline, selection, after) === true ? cursor : await TimelineCursor.behind(timeline, selection, after, limit);
        // Taken while it is used: a second caller behind the same event looks for its own place.
        cursor = null;
        const events = await mine.take(limit);
        cursor = mine;
        return { ...freshness(selection), events: events.map(tagsOf), shown: await timeline.count(selection), total: await timeline.count({ ...selection, filter: EMPTY_FILTER }), offset };
      }
      const page = (await ahead.take(selection, offset, limit)) ?? (await timeline.page(selection, offset, limit));
      // While more is read, a page is soon not the next one any more.
      if (!workspace.partial) ahead.given(selection, offset, limit, page.shown);
      return { ...freshness(selection), events: page.events.map(tagsOf), shown: page.shown, total: page.total, offset };
    },
    'timeline.lines': async ({ filter, offset, limit, after, format }) => {
      const { pages: timeline } = await ask();
      const { selection } = await select(filter);
      const mine = after === undefined ? TimelineCursor.at(timeline, selection, offset, limit)
        : cursor?.isBehind(timeline, selection, after) === true ? cursor : await TimelineCursor.behind(timeline, selection, after, limit);
      cursor = null;
      let text = '';
      const count = await mine.each(limit, (event) => (text += eventLine(event, format)));
      cursor = mine;
      return { text, count, last: count === 0 ? null : mine.last, shown: await timeline.count(selection) };
    },
    'timeline.histogram': async ({ filter, buckets, from, to }) => {
      const { figures } = await ask();
      const { selection } = await select(filter);
      const counts = await histogram(figures, selection, buckets, ticksOf(from), ticksOf(to));
      return { ...freshness(selection), start: counts.start, step: counts.step, buckets: [...counts.buckets], unfiltered: [...counts.unfiltered], bySource: bySource(counts.bySource) };
    },
    'timeline.stack': async ({ filter, field, limit }) => {
      const { groups } = await ask();
      const { selection } = await select(filter);
      const found = await stack(groups, selection, field, limit);
      return { ...found, rows: found.rows.map((row) => ({ ...row, spark: [...row.spark] })) };
    },
    'timeline.locate': async ({ filter, event, place, time }) => {
      const { pages: timeline } = await ask();
      const { selection } = await select(filter);
      if (event !== undefined) return { offset: await timeline.locateEvent(selection, event) };
      if (place !== undefined) return { offset: await timeline.locateEvent(selection, placeId(place)) };
      const ticks = ticksOf(time);
      return { offset: ticks === null ? null : await timeline.locateTime(selection, ticks) };
    },
    'timeline.locateAll': async ({ filter, targets }) => {
      const { pages } = await ask();
      const { selection } = await select(filter);
      return { offsets: await pages.locateEvents(selection, targets.map((target) => ('event' in target ? target.event : placeId(target.place)))) };
    },
    'timeline.event': async ({ id }) => {
      const { pages: timeline } = await ask();
      const { tagsOf } = await select('');
      const event = await timeline.event(id);
      if (event === null) throw new RequestError('usage', 'There is no such event in this case.');
      return tagsOf(event);
    },
    'timeline.coverage': async () => {
      const { connection } = await ask();
      const now = { revision: workspace.revision, partial: workspace.partial };
      return { ...now, ...(await coverage(connection)) };
    },
    'timeline.gaps': async ({ filter, seconds, limit }) => {
      const { groups } = await ask();
      const { selection } = await select(filter);
      return { gaps: [...(await gaps(groups, selection, seconds ?? null, limit))] };
    },
    'timeline.step': async ({ filter, wanted, event, forward }) => {
      const { pages } = await ask();
      const { selection } = await select(filter);
      const { terms } = parsedFilter(wanted);
      const next = await pages.step({ ...selection, filter: { terms: [...selection.filter.terms, ...terms] } }, event, forward);
      return next === null ? { event: null, offset: null } : { event: next.id, offset: await pages.locateEvent(selection, next.id) };
    },
    'timeline.logs': async () => {
      const { connection } = await ask();
      const { events: total, first, last, bySource: counts } = await timelineSummary(connection);
      return { logs: [...(await logFiles(connection))], first, last, bySource: counts, total };
    },
  };
}

/** Of the event that begins at a place in the evidence. */
function placeId(place: { readonly evidencePath: string; readonly offset: number }): string {
  return eventId({ fileId: fileIdOf(place.evidencePath), off: BigInt(place.offset), seq: 0 });
}

function parsedFilter(text: string): Filter {
  if (text.trim() === '') return EMPTY_FILTER;
  const parsed = parseFilter(text);
  if (!parsed.ok) throw new RequestError('usage', `The filter is not understood: ${parsed.fault.message}`, parsed.fault.column);
  return parsed.filter;
}

function ticksOf(text: string | undefined): bigint | null {
  if (text === undefined) return null;
  const ticks = parseInstant(text);
  if (ticks === null) throw new RequestError('usage', `${text} is not a moment.`);
  return ticks;
}

function bySource<T extends Readonly<Record<string, readonly number[]>>>(counts: T): { [K in keyof T]: number[] } {
  return Object.fromEntries(Object.entries(counts).map(([k, v]) => [k, [...v]])) as { [K in keyof T]: number[] };
}
