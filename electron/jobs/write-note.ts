import type { Note, NoteDraft } from '../../shared/model/index.ts';
import { putExcerpts } from '../case/blobs.ts';
import { findFile } from '../case/manifest-search.ts';
import { addNote } from '../case/notes.ts';
import { EVIDENCE_ID } from './evidence-id.ts';
import { excerptsOf } from './excerpts.ts';
import type { OpenCase } from './open-case.ts';

/** Adds a note; the raw bytes that it cites go into the case first, so that it reads without the evidence. */
export async function writeNote(open: OpenCase, draft: NoteDraft): Promise<Note> {
  const { evidence } = open;
  if (evidence !== null) {
    const { connection } = open.file;
    const cited = await excerptsOf(async (evidencePath) => {
      const file = await findFile(connection, EVIDENCE_ID, evidencePath);
      return file === null ? null : evidence.open(connection, file);
    }, draft.refs);
    await putExcerpts(open.file, cited);
  }
  return addNote(open.file, draft);
}
