import { mkdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { listJournal } from '../../../electron/case/journal.ts';
import { getExamination, getMeta, setExamination } from '../../../electron/case/meta.ts';
import type { Migration } from '../../../electron/case/migrations.ts';
import { refuseInside } from '../../../electron/case/places.ts';
import { openStore } from '../../../electron/store/duckdb.ts';
import { addNote, listNotes } from '../../../electron/case/notes.ts';
import { verifyCase } from '../../../electron/case/integrity.ts';
import { caseOptions } from './child-case.ts';
import { workspace } from './open.ts';
import { draft } from './samples.ts';

const space = workspace();

async function closedCase(): Promise<string> {
  const file = path.join(await space.folder(), 'one.iiscase');
  const caseFile = await space.create(file);
  await addNote(caseFile, draft('kept'));
  await caseFile.close();
  return file;
}

describe('a case', () => {
  it('is one file that opens again with what it holds', async () => {
    const file = path.join(await space.folder(), 'ünïcode name.iiscase');
    const made = await space.create(file);
    await setExamination(made, { caseNumber: '7/26', examiner: "O'Neil", hostLabel: 'WEB-01' });
    await made.close();
    await expect(stat(`${file}.wal`)).rejects.toThrow(/ENOENT/);
    const again = await space.open(file);
    expect(again.id).toBe(made.id);
    expect(await getExamination(again)).toEqual({ caseNumber: '7/26', examiner: "O'Neil", hostLabel: 'WEB-01' });
    expect(await getMeta(again.connection, 'format')).toBe('iisight-case');
    expect((await listJournal(again.connection, { limit: 10, offset: 0 })).entries.map((entry) => entry.action)).toEqual(['examination', 'case.create']);
  });

  it('is never made over a file, over the remains of a case, or opened twice', async () => {
    const folder = await space.folder();
    const file = path.join(folder, 'a.iiscase');
    await space.create(file);
    await expect(space.create(file)).rejects.toThrow(/exists already/);
    await expect(space.open(file)).rejects.toMatchObject({ kind: 'locked' });
    await symlink(file, path.join(folder, 'alias.iiscase'));
    await expect(space.open(path.join(folder, 'alias.iiscase'))).rejects.toMatchObject({ kind: 'locked' });
    await writeFile(path.join(folder, 'b.iiscase.wal'), 'left over');
    await expect(space.create(path.join(folder, 'b.iiscase'))).rejects.toThrow(/not closed/);
  });

  it('is never made or opened inside evidence, whatever the spelling or link', async () => {
    const folder = await space.folder();
    const evidence = path.join(folder, 'Evidence');
    await mkdir(path.join(evidence, 'C'), { recursive: true });
    await symlink(evidence, path.join(folder, 'link'));
    const roots = { evidenceRoots: [evidence] };
    for (const place of [evidence, path.join(evidence, 'a.iiscase'), path.join(evidence, 'C', 'x', 'a.iiscase'), path.join(folder, 'link', 'a.iiscase'), path.join(folder, 'evidence', 'a.iiscase'), path.join(folder, 'other', '..', 'Evidence', 'a')]) {
      await expect(space.create(place, roots), place).rejects.toThrow(/inside the evidence/);
      await expect(space.open(place, roots), place).rejects.toThrow(/inside the evidence/);
    }
    expect(() => refuseInside(path.join(folder, 'Evidence2', 'a.iiscase'), [evidence])).not.toThrow();
    expect(() => refuseInside(path.join(folder, '..a.iiscase'), [evidence])).not.toThrow();
  });
});

describe('opening refuses in one sentence', () => {
  it('what is not there, no file, or no case', async () => {
    const folder = await space.folder();
    await expect(space.open(path.join(folder, 'none'))).rejects.toThrow(/does not exist/);
    await expect(space.open(folder)).rejects.toThrow(/is not a file/);
    await writeFile(path.join(folder, 'text'), 'hello');
    await expect(space.open(path.join(folder, 'text'))).rejects.toThrow(/not a case file/);
    const other = path.join(folder, 'other.db');
    await space.tamper(other, (connection) => connection.run('create table t (a int)'));
    await expect(space.open(other)).rejects.toThrow(/is not an IISight case/);
  });

  it('a newer format, even one that holds what ours never does', async () => {
    const file = await closedCase();
    await space.tamper(file, (connection) => connection.run(`update meta set value = '4' where key = 'format_version'; create view later as select 1 as a`));
    await expect(space.open(file)).rejects.toThrow(/made by a newer IISight \(case format 4; this one reads up to 3\)/);
  });

  it.each([
    ['a view in place of a table', 'drop table note; create view note as select 1 as id, 1 as revision, 1 as doc', /view "note"/],
    ['a view in place of meta', `drop table meta; create view meta as select 'format' as key, 'iisight-case' as value`, /is not an IISight case/],
    ['a macro', 'create macro plus1(a) as a + 1', /function "plus1"/],
    ['macros that hide others from the catalogue', `create macro duckdb_views() as table select 1 where false; create macro duckdb_functions() as table select 1 where false`, /function "duckdb_/],
    ['a default value that computes', `create table evil (a varchar default version())`, /default value "a"/],
    ['a check that computes', `create table evil (a int check (a > random()))`, /rule/],
    ['a type', `create type mood as enum ('a')`, /type "mood"/],
    ['a sequence', 'create sequence s', /sequence "s"/],
    ['a schema', 'create schema other', /schema "other"/],
    ['a table with other columns', 'drop table decision; create table decision (seq bigint, finding varchar, doc blob)', /table "decision" has other columns/],
    ['a missing table', 'drop table journal', /"journal" is missing/],
  ])('%s', async (_, sql, sentence) => {
    const file = await closedCase();
    await space.tamper(file, (connection) => connection.run(sql));
    await expect(space.open(file)).rejects.toThrow(sentence);
    // The refusal leaves the file free.
    const store = await openStore(file, caseOptions(file));
    await store.close();
  });
});

describe('an older format', () => {
  const step: Migration = { from: 3, what: 'notes get a colour', run: (connection) => connection.run('create table colour (id varchar, colour varchar)') };

  it('is brought up to date after a copy was laid beside it', async () => {
    const file = await closedCase();
    const before = await readFile(file);
    const caseFile = await space.open(file, { format: { version: 4, migrations: [step] } });
    expect(await getMeta(caseFile.connection, 'format_version')).toBe('4');
    expect(await caseFile.connection.all('select * from colour')).toEqual([]);
    expect((await listNotes(caseFile.connection)).map((note) => note.text)).toEqual(['kept']);
    expect((await verifyCase(caseFile)).problems).toEqual([]);
    expect((await readFile(`${file}.version-3.backup`)).equals(before)).toBe(true);
    const [entry] = (await listJournal(caseFile.connection, { limit: 1, offset: 0 })).entries;
    expect(entry).toMatchObject({ action: 'case.migrate', detail: expect.stringContaining('notes get a colour') });
  });

  it('stays as it is when a step fails', async () => {
    const file = await closedCase();
    const broken: Migration = { from: 4, what: 'broken', run: () => Promise.reject(new Error('step failed')) };
    await expect(space.open(file, { format: { version: 5, migrations: [step, broken] } })).rejects.toThrow('step failed');
    const caseFile = await space.open(file);
    expect(await getMeta(caseFile.connection, 'format_version')).toBe('3');
  });

  it('without a way to the newest is refused', async () => {
    const file = await closedCase();
    await expect(space.open(file, { format: { version: 5, migrations: [step] } })).rejects.toThrow(/can no longer read/);
  });
});
