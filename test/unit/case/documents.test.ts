import { describe, expect, it } from 'vitest';
import path from 'node:path';
import { getBlob, getExcerpt, hasBlob, putBlobs, putExcerpts } from '../../../electron/case/blobs.ts';
import { sha256 } from '../../../electron/case/canonical.ts';
import { decide, listDecisions } from '../../../electron/case/decisions.ts';
import { countDocuments, getDocument, listDocuments, replaceDocuments } from '../../../electron/case/documents.ts';
import { listEvidence, listFiles, putEvidence, replaceFiles, streamFiles, type EvidenceRecord } from '../../../electron/case/evidence.ts';
import { setExamination } from '../../../electron/case/meta.ts';
import { addNote, deleteNote, editNote, listNotes, noteRevisions } from '../../../electron/case/notes.ts';
import { beginRun, endRun, listRuns } from '../../../electron/case/runs.ts';
import type { CaseFile } from '../../../electron/case/case.ts';
import { workspace } from './open.ts';
import { component, draft, file, finding, problem } from './samples.ts';

const space = workspace();

async function newCase(): Promise<CaseFile> {
  return space.create(path.join(await space.folder(), 'a.iiscase'));
}

describe('documents', () => {
  it('come back as they were put, in their order, hostile text and all', async () => {
    const caseFile = await newCase();
    const findings = [finding('f-2'), finding('f-10', 'low'), finding('f-1')];
    await replaceDocuments(caseFile, 'finding', findings);
    await replaceDocuments(caseFile, 'component', [component('c1')]);
    await replaceDocuments(caseFile, 'problem', [problem('p1')]);
    expect(await listDocuments(caseFile.connection, 'finding')).toEqual(findings);
    expect(await listDocuments(caseFile.connection, 'component')).toEqual([component('c1')]);
    expect(await listDocuments(caseFile.connection, 'problem')).toEqual([problem('p1')]);
    expect(await getDocument(caseFile.connection, 'finding', 'f-10')).toEqual(findings[1]);
    expect(await getDocument(caseFile.connection, 'finding', "f' or 1=1")).toBeNull();
    expect(await listDocuments(caseFile.connection, 'finding', { limit: 1, offset: 1 })).toEqual([findings[1]]);
  });

  it('are replaced as a whole or not at all', async () => {
    const caseFile = await newCase();
    await replaceDocuments(caseFile, 'finding', [finding('f-1')]);
    const broken = { ...finding('f-2'), supports: [] };
    await expect(replaceDocuments(caseFile, 'finding', [finding('f-3'), broken])).rejects.toThrow();
    expect(await countDocuments(caseFile.connection, 'finding')).toBe(1);
    await replaceDocuments(caseFile, 'finding', []);
    expect(await countDocuments(caseFile.connection, 'finding')).toBe(0);
  });
});

describe('the manifest', () => {
  it('keeps every file in its order', async () => {
    const caseFile = await newCase();
    const record: EvidenceRecord = { id: 'e1', location: '/mnt/x', kind: 'folder', layout: 'tree', files: 5000, bytes: 2 ** 41, serverZone: null, fingerprint: 'f' };
    const files = Array.from({ length: 5000 }, (_, i) => file(`dir/${(i * 7919) % 5000}`));
    await putEvidence(caseFile, record);
    await putEvidence(caseFile, { ...record, location: '/mnt/y' });
    await replaceFiles(caseFile, 'e1', files);
    await replaceFiles(caseFile, 'e1', files);
    expect(await listEvidence(caseFile.connection)).toEqual([{ ...record, location: '/mnt/y' }]);
    expect(await listFiles(caseFile.connection, 'e1', { limit: 3, offset: 4000 })).toEqual(files.slice(4000, 4003));
    const all = [];
    for await (const piece of streamFiles(caseFile.connection, 'e1')) all.push(...piece);
    expect(all).toEqual(files);
  });
});

describe('embedded bytes', () => {
  it('are kept once per content and found by hash or place', async () => {
    const caseFile = await newCase();
    const config = Buffer.from('\uFEFF<configuration/>\0\xFF', 'latin1');
    const keys = await putBlobs(caseFile, [config, Buffer.from('x'), config]);
    expect(keys[0]).toBe(sha256(config));
    expect(keys[2]).toBe(keys[0]);
    expect(Buffer.from((await getBlob(caseFile.connection, keys[0] ?? '')) ?? [])).toEqual(config);
    expect(await getBlob(caseFile.connection, 'ab')).toBeNull();
    expect(await hasBlob(caseFile.connection, keys[1] ?? '')).toBe(true);
    await putExcerpts(caseFile, [{ evidencePath: 'log', offset: 2 ** 40, content: Buffer.from('line one') }]);
    await putExcerpts(caseFile, [{ evidencePath: 'log', offset: 2 ** 40, content: Buffer.from('line two') }]);
    expect(Buffer.from((await getExcerpt(caseFile.connection, 'log', 2 ** 40)) ?? []).toString()).toBe('line two');
    expect(await getExcerpt(caseFile.connection, 'log', 0)).toBeNull();
  });
});

describe('notes', () => {
  it('carry who wrote them and keep every revision', async () => {
    const caseFile = await newCase();
    const before = await addNote(caseFile, draft('nobody yet'));
    await setExamination(caseFile, { caseNumber: '7', examiner: 'Ada', hostLabel: 'WEB' });
    const note = await addNote(caseFile, draft('first <b>words</b>'));
    const edited = await editNote(caseFile, note.id, { text: 'better words', tag: 'interview' });
    expect(before.examination.examiner).toBe('');
    expect(note).toMatchObject({ revision: 1, examination: { examiner: 'Ada' }, deleted: false });
    expect(await listNotes(caseFile.connection)).toEqual([before, edited]);
    expect(await noteRevisions(caseFile.connection, note.id)).toEqual([note, edited]);
    await deleteNote(caseFile, note.id);
    expect(await listNotes(caseFile.connection)).toEqual([before]);
    expect((await noteRevisions(caseFile.connection, note.id)).map((r) => [r.revision, r.deleted])).toEqual([[1, false], [2, false], [3, true]]);
    await expect(editNote(caseFile, note.id, { text: 'x', tag: '' })).rejects.toThrow(/was deleted/);
    await expect(deleteNote(caseFile, 'no such id')).rejects.toThrow(/does not exist/);
  });

  it('written at the same moment all stay', async () => {
    const caseFile = await newCase();
    const words = Array.from({ length: 20 }, (_, i) => `note ${i}`);
    await Promise.all(words.map((word) => addNote(caseFile, draft(word))));
    expect((await listNotes(caseFile.connection)).map((note) => note.text).toSorted()).toEqual(words.toSorted());
  });

  it('edited at the same moment: one wins, the other is refused, nothing is lost', async () => {
    const caseFile = await newCase();
    const note = await addNote(caseFile, draft('a'));
    const results = await Promise.allSettled(['b', 'c'].map((words) => editNote(caseFile, note.id, { text: words, tag: '' })));
    const kept = results.filter((result) => result.status === 'fulfilled').length;
    expect(kept).toBeGreaterThanOrEqual(1);
    expect((await noteRevisions(caseFile.connection, note.id)).length).toBe(1 + kept);
  });
});

describe('decisions and runs', () => {
  it('keep the newest decision on each finding', async () => {
    const caseFile = await newCase();
    await decide(caseFile, 'f-2', 'ignored', 'ours');
    await decide(caseFile, 'f-1', 'accepted', '');
    await decide(caseFile, 'f-2', 'open', 'not ours after all');
    expect((await listDecisions(caseFile.connection)).map(({ finding, decision }) => [finding, decision])).toEqual([['f-1', 'accepted'], ['f-2', 'open']]);
  });

  it('tell a reading that ended from one that did not', async () => {
    const caseFile = await newCase();
    const run = await beginRun(caseFile, 'e1', '{}');
    await beginRun(caseFile, 'e1', '{}');
    await endRun(caseFile, run, 'stopped', 'by the examiner');
    expect((await listRuns(caseFile.connection)).map(({ state, message }) => [state, message])).toEqual([['stopped', 'by the examiner'], ['running', '']]);
  });
});
