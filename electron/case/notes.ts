import { randomUUID } from 'node:crypto';
import { RequestError } from '../../shared/base/result.ts';
import { Note, NoteDraft, type Examination } from '../../shared/model/index.ts';
import type { Connection } from '../store/store.ts';
import { canonicalJson, sha256 } from './canonical.ts';
import { journaled, type CaseFile } from './case.ts';
import { getExamination } from './meta.ts';
import { count, parsed, text } from './rows.ts';

const NOBODY: Examination = { caseNumber: '', examiner: '', hostLabel: '' };

/** Each of these three resolves only when the note is in the case file itself. */
export async function addNote(caseFile: CaseFile, draft: NoteDraft): Promise<Note> {
  const note: Note = {
    ...NoteDraft.parse(draft), id: randomUUID(), revision: 1, written: caseFile.now(), examination: await stamp(caseFile), deleted: false,
  };
  return writeRevision(caseFile, 'note.add', note);
}

/** A new revision; the earlier ones stay. @throws RequestError when there is no such note, or it was deleted. */
export async function editNote(caseFile: CaseFile, id: string, change: { readonly text: string; readonly tag: string; readonly about?: string | null | undefined }): Promise<Note> {
  const last = await existing(caseFile.connection, id);
  return writeRevision(caseFile, 'note.edit', {
    ...last, text: change.text, tag: change.tag, about: change.about === undefined ? last.about : change.about, revision: last.revision + 1, written: caseFile.now(), examination: await stamp(caseFile),
  });
}

/** A last revision that says so. What was written stays readable among the revisions. */
export async function deleteNote(caseFile: CaseFile, id: string): Promise<void> {
  const last = await existing(caseFile.connection, id);
  await writeRevision(caseFile, 'note.delete', {
    ...last, deleted: true, revision: last.revision + 1, written: caseFile.now(), examination: await stamp(caseFile),
  });
}

/** The newest revision of each note that is not deleted, in the order in which the notes were first written. */
export async function listNotes(connection: Connection): Promise<Note[]> {
  const rows = await connection.all('select id, revision, doc from note order by revision, rowid');
  const newest = new Map<string, Note>();
  for (const row of rows) newest.set(text(row, 'id'), noteOf(text(row, 'id'), text(row, 'doc')));
  return [...newest.values()].filter((note) => !note.deleted);
}

/** Oldest first, with the deletion when there was one. Empty for an id that does not exist. */
export async function noteRevisions(connection: Connection, id: string): Promise<Note[]> {
  const rows = await connection.all('select doc from note where id = $1 order by revision', [id]);
  return rows.map((row) => noteOf(id, text(row, 'doc')));
}

export async function countNotes(connection: Connection): Promise<number> {
  return (await listNotes(connection)).length;
}

/** What the journal says of a revision, so that a later change of its words is found. */
export function noteDetail(id: string, revision: number, json: string): string {
  return canonicalJson({ id, revision, sha256: sha256(json) });
}

async function writeRevision(caseFile: CaseFile, action: string, note: Note): Promise<Note> {
  const json = canonicalJson(Note.parse(note));
  await journaled(caseFile, async () => {
    await caseFile.connection.run('insert into note values ($1, $2, $3)', [note.id, note.revision, json]);
    return { action, detail: noteDetail(note.id, note.revision, json), actor: note.examination.examiner || caseFile.tool };
  });
  return note;
}

async function existing(connection: Connection, id: string): Promise<Note> {
  const [row] = await connection.all('select revision, doc from note where id = $1 order by revision desc limit 1', [id]);
  const note = row ? noteOf(id, text(row, 'doc')) : null;
  if (!row || note === null || note.deleted) throw new RequestError('conflict', 'This note does not exist, or it was deleted.');
  return { ...note, revision: count(row, 'revision') };
}

async function stamp(caseFile: CaseFile): Promise<Examination> {
  return (await getExamination(caseFile)) ?? NOBODY;
}

function noteOf(id: string, json: string): Note {
  return parsed(Note, json, `note ${id}`);
}
