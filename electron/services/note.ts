import { quote } from '../../shared/base/limits.ts';
import { RequestError } from '../../shared/base/result.ts';
import { instantText, parseInstant } from '../../shared/time/instant.ts';
import { getExamination } from '../case/meta.ts';
import { deleteNote, editNote, listNotes, noteRevisions } from '../case/notes.ts';
import { writeNote } from '../jobs/write-note.ts';
import type { Workspace } from '../jobs/workspace.ts';
import type { HandlersOf } from './handlers.ts';

export function noteService(workspace: Workspace): HandlersOf<'note'> {
  return {
    'note.list': async () => ({ notes: await listNotes(workspace.opened.file.connection) }),
    'note.add': async (draft) => {
      await refuseUnsigned(workspace);
      const note = await writeNote(workspace.opened, { ...draft, about: momentOf(draft.about) });
      workspace.changed(true);
      return note;
    },
    'note.edit': async ({ id, text, tag, about }) => {
      await refuseUnsigned(workspace);
      const note = await editNote(workspace.opened.file, id, { text, tag, about: about === undefined ? undefined : momentOf(about) });
      workspace.changed(true);
      return note;
    },
    'note.delete': async ({ id }) => {
      await deleteNote(workspace.opened.file, id);
      workspace.changed(true);
      return {};
    },
    'note.revisions': async ({ id }) => ({ revisions: await noteRevisions(workspace.opened.file.connection, id) }),
  };
}

/** The moment as UTC text, so that notes sort by it. @throws RequestError for what is no moment */
function momentOf(about: string | null): string | null {
  if (about === null || about.startsWith('ticks:')) return about;
  const ticks = parseInstant(about);
  if (ticks === null) throw new RequestError('usage', `${quote(about, 60)} is not a moment; write one as 2026-03-02T14:11:58Z.`);
  return instantText(ticks);
}

/** A note without a name on it proves nothing. */
async function refuseUnsigned(workspace: Workspace): Promise<void> {
  if ((await getExamination(workspace.opened.file)) === null) throw new RequestError('conflict', 'Give case number, examiner and host label first; they stand on every note.');
}
