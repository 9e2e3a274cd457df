import { RequestError } from '../../shared/base/result.ts';
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
      const note = await writeNote(workspace.opened, draft);
      workspace.changed(true);
      return note;
    },
    'note.edit': async ({ id, text, tag }) => {
      await refuseUnsigned(workspace);
      const note = await editNote(workspace.opened.file, id, { text, tag });
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

/** A note without a name on it proves nothing. */
async function refuseUnsigned(workspace: Workspace): Promise<void> {
  if ((await getExamination(workspace.opened.file)) === null) throw new RequestError('conflict', 'Give case number, examiner and host label first; they stand on every note.');
}
