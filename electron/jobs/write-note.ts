import type { Note, NoteDraft } from '../../shared/model/index.ts';
import { putExcerpts } from '../case/blobs.ts';
import { addNote } from '../case/notes.ts';
import { excerptsOf } from './excerpts.ts';
import type { OpenCase } from './workspace.ts';

/** Adds a note; the raw bytes that it cites go into the case first, so that it reads without the evidence. */
export async function writeNote(open: OpenCase, draft: NoteDraft): Promise<Note> {
  if (open.source !== null) await putExcerpts(open.file, await excerptsOf(open.source, draft.refs));
  return addNote(open.file, draft);
}
