import { matches } from '../../shared/query/matches.ts';
import type { FilterTerm } from '../../shared/query/ast.ts';
import { listNotes } from '../case/notes.ts';
import type { Connection } from '../store/store.ts';
import type { TagLookup } from '../timeline/index.ts';

/** The tags of notes by the event that they cite, and the events that a test of tags means. */
export async function noteTags(connection: Connection): Promise<{ readonly byEvent: ReadonlyMap<string, readonly string[]>; readonly lookup: TagLookup }> {
  const byEvent = new Map<string, string[]>();
  for (const note of await listNotes(connection)) {
    if (note.event === null || note.tag === '') continue;
    byEvent.set(note.event, [...(byEvent.get(note.event) ?? []), note.tag]);
  }
  const wanted = (test: FilterTerm['test'], tags: readonly string[]): boolean =>
    matches({ terms: [{ field: 'tag', negated: false, test, start: 0, end: 0 }] }, { time: null, values: {}, tags });
  return { byEvent, lookup: (test) => [...byEvent].filter(([, tags]) => wanted(test, tags)).map(([id]) => id) };
}
