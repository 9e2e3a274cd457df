import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { putBlobs, putExcerpts } from '../../../electron/case/blobs.ts';
import { createCase } from '../../../electron/case/case-file.ts';
import { decide, listDecisions } from '../../../electron/case/decisions.ts';
import { listDocuments, replaceDocuments } from '../../../electron/case/documents.ts';
import { putEvidence, replaceFiles } from '../../../electron/case/evidence.ts';
import { verifyCase } from '../../../electron/case/integrity.ts';
import { chainHash } from '../../../electron/case/journal.ts';
import { setExamination } from '../../../electron/case/meta.ts';
import { addNote, editNote, listNotes } from '../../../electron/case/notes.ts';
import { beginRun, endRun } from '../../../electron/case/runs.ts';
import { RequestError } from '../../../shared/base/result.ts';
import { caseOptions } from './child-case.ts';
import { workspace } from './open.ts';
import { component, draft, file, finding } from './samples.ts';

const space = workspace();

const template = { folder: '', path: '', head: '' };

beforeAll(async () => {
  template.folder = await mkdtemp(path.join(os.tmpdir(), 'iisight-full-'));
  template.path = path.join(template.folder, 'full.iiscase');
  template.head = await writeFullCase(template.path);
});
afterAll(() => rm(template.folder, { recursive: true, force: true }));

/** A copy of it for one test. */
async function fullCase(): Promise<{ path: string; head: string }> {
  const at = path.join(await space.folder(), 'full.iiscase');
  await copyFile(template.path, at);
  return { path: at, head: template.head };
}

/** A case with something of everything. */
async function writeFullCase(at: string): Promise<string> {
  const caseFile = await createCase(at, caseOptions(at));
  await setExamination(caseFile, { caseNumber: '7', examiner: 'Ada', hostLabel: 'WEB' });
  await putEvidence(caseFile, { id: 'e1', location: '/mnt/x', kind: 'folder', layout: 'tree', files: 2, bytes: 3, serverZone: null, fingerprint: 'f' });
  const run = await beginRun(caseFile, 'e1', '{}');
  await replaceFiles(caseFile, 'e1', [file('a'), file('b')]);
  await putBlobs(caseFile, [Buffer.from('<configuration/>')]);
  await putExcerpts(caseFile, [{ evidencePath: 'log', offset: 9, content: Buffer.from('GET /') }]);
  await replaceDocuments(caseFile, 'component', [component('c1'), component('c2')]);
  await replaceDocuments(caseFile, 'finding', [finding('f-1'), finding('f-2')]);
  await endRun(caseFile, run, 'finished');
  const note = await addNote(caseFile, draft('seen at 14:11'));
  await editNote(caseFile, note.id, { text: 'seen at 14:12', tag: '' });
  await addNote(caseFile, draft('second'));
  await decide(caseFile, 'f-1', 'accepted', 'yes');
  const { head, problems } = await verifyCase(caseFile);
  expect(problems).toEqual([]);
  await caseFile.close();
  return head;
}

describe('verification', () => {
  it.each([
    ['a changed journal entry', `update journal set detail = '{}' where seq = 3`, /entry 3 was changed/],
    ['a removed journal entry', 'delete from journal where seq = 3', /entry 3 is missing/],
    ['swapped journal entries', 'update journal set seq = 100 where seq = 3; update journal set seq = 3 where seq = 4; update journal set seq = 4 where seq = 100', /entry 3 was changed/],
    ['a changed note', `update note set doc = replace(doc, '14:12', '15:12')`, /Revision 2 of the note .* is not the one/],
    ['a removed revision', 'delete from note where revision = 1 and id in (select id from note where revision = 2)', /Revision 1 of the note .* is missing/],
    ['a removed note', `delete from note where doc like '%second%'`, /A note that the journal recorded is missing/],
    ['an added note', `insert into note select 'x', 1, doc from note limit 1`, /Revision 1 of the note x is not the one/],
    ['a changed finding', `update finding set doc = replace(doc, '"high"', '"info"') where id = 'f-2'`, /entries "finding" are not/],
    ['a removed finding', `delete from finding where id = 'f-2'`, /entries "finding" are not/],
    ['reordered components', 'update component set position = 1 - position', /entries "component" are not/],
    ['a changed decision', `update decision set doc = replace(doc, 'accepted', 'ignored')`, /Decision 1 is not/],
    ['a removed decision', 'delete from decision', /decision that the journal recorded is missing/],
    ['changed embedded bytes', `update blob set bytes = 'x'::blob where size = 16`, /has another hash/],
    ['removed embedded bytes', 'delete from blob where size = 16', /embedded file .* is missing/],
    ['a moved citation', 'update excerpt set "offset" = 10', /cited bytes at 10 of log are not/i],
    ['a changed manifest', `update evidence_file set size = 1 where evidence_path = 'b'`, /list of files of the evidence "e1" is not/],
    ['a removed manifest', 'delete from evidence_file', /list of files of the evidence "e1" is not/],
    ['changed evidence', `update evidence set location = '/mnt/z'`, /not described as the journal recorded it/],
    ['removed evidence', 'delete from evidence', /names 0 pieces of evidence; the journal recorded 1/],
    ['another examiner', `update meta set value = replace(value, 'Ada', 'Eve') where key = 'examination'`, /examiner/],
    ['another time of creation', `update meta set value = '2020-01-01T00:00:00Z' where key = 'created'`, /"created"/],
    ['a changed run', `update run set doc = replace(doc, '"state":"finished"', '"state":"failed"')`, /reading that began at .* is not described/],
    ['a note that is no JSON', `update note set doc = 'x' where revision = 2`, /Revision 2 .*[^]*not readable/],
  ])('finds %s', async (_, sql, sentence) => {
    const { path: at } = await fullCase();
    await space.tamper(at, (connection) => connection.run(sql));
    const report = await verifyCase(await space.open(at));
    expect(report.ok).toBe(false);
    expect(report.problems.join('\n')).toMatch(sentence);
  });

  it('finds a cut end against the head that was noted, and only then', async () => {
    const { path: at, head } = await fullCase();
    await space.tamper(at, async (connection) => {
      await connection.run(`delete from journal where action = 'finding.decide'; delete from decision`);
    });
    const caseFile = await space.open(at);
    expect((await verifyCase(caseFile)).problems).toEqual([]);
    expect((await verifyCase(caseFile, head)).problems.join()).toMatch(/noted earlier/);
  });

  it('finds any single edit of the journal (property)', async () => {
    const { path: at } = await fullCase();
    const caseFile = await space.open(at);
    const rows = await caseFile.connection.all('select * from journal order by seq');
    const column = fc.constantFrom('time', 'actor', 'action', 'detail');
    fc.assert(fc.property(fc.nat(rows.length - 1), column, fc.string({ minLength: 1 }), (index, name, added) => {
      const row = rows[index] ?? {};
      const entry = { seq: Number(row['seq']), time: String(row['time']), actor: String(row['actor']), action: String(row['action']), detail: String(row['detail']) };
      expect(chainHash(String(row['prev']), entry)).toBe(row['hash']);
      expect(chainHash(String(row['prev']), { ...entry, [name]: `${String(row[name])}${added}` })).not.toBe(row['hash']);
    }));
  });
});

describe('damage to the file', () => {
  /** All that a case says to the analyst, as one text. */
  async function reading(at: string): Promise<string> {
    const caseFile = await space.open(at);
    try {
      const { ok } = await verifyCase(caseFile);
      const { connection } = caseFile;
      const content = [await listDocuments(connection, 'finding'), await listDocuments(connection, 'component'), await listNotes(connection), await listDecisions(connection)];
      return ok ? JSON.stringify(content) : 'detected';
    } finally {
      await caseFile.close().catch(() => undefined);
    }
  }

  async function outcome(at: string, expected: string): Promise<'detected' | 'harmless'> {
    try {
      const found = await reading(at);
      if (found === 'detected') return found;
      expect(found).toBe(expected);
      return 'harmless';
    } catch (error) {
      if (error instanceof RequestError && error.failure.kind !== 'bug') return 'detected';
      throw error;
    }
  }

  it('of one bit is detected or harmless', async () => {
    const { path: at } = await fullCase();
    const expected = await reading(at);
    const whole = await readFile(at);
    const damagedAt = `${at}.damaged`;
    // Most of a small case is free space: bytes that are used are hit more often than chance would.
    const used = [...whole.keys()].filter((i) => whole[i] !== 0);
    const random = fc.sample(fc.tuple(fc.nat(used.length - 1), fc.nat(whole.length - 1), fc.nat(7)), { numRuns: 60, seed: 20260302 });
    const seen = { detected: 0, harmless: 0 };
    for (const [n, [inUsed, anywhere, bit]] of random.entries()) {
      const copy = Buffer.from(whole);
      const place = n % 3 === 0 ? anywhere : (used[inUsed] ?? 0);
      copy[place] = (copy[place] ?? 0) ^ (1 << bit);
      await writeFile(damagedAt, copy);
      seen[await outcome(damagedAt, expected)] += 1;
    }
    expect(seen.detected).toBeGreaterThan(10);
  });

  it('by cutting is detected or harmless', async () => {
    const { path: at } = await fullCase();
    const expected = await reading(at);
    const whole = await readFile(at);
    const damagedAt = `${at}.damaged`;
    for (const length of fc.sample(fc.nat(whole.length - 1), { numRuns: 20, seed: 7 })) {
      await writeFile(damagedAt, whole.subarray(0, length));
      await outcome(damagedAt, expected);
    }
  });
});
