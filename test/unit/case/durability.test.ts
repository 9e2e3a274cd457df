import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { verifyCase } from '../../../electron/case/integrity.ts';
import { addNote, listNotes } from '../../../electron/case/notes.ts';
import { saveAs } from '../../../electron/case/save-as.ts';
import { bundleEntry } from '../../helpers/bundle.ts';
import { NOISE } from './child-case.ts';
import { workspace } from './open.ts';
import { draft } from './samples.ts';

const space = workspace();
let child = '';

beforeAll(async () => {
  child = await bundleEntry(path.join(import.meta.dirname, 'writer.child.ts'));
});

/** Lets the child write until it has told `count` notes, kills it, and returns those that it told. */
async function writeAndKill(file: string, count: number): Promise<string[]> {
  const told: string[] = [];
  const writer: ChildProcess = fork(child, [file], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  writer.on('message', (message) => {
    told.push(String(message));
    if (told.length === count) writer.kill('SIGKILL');
  });
  const [, signal] = await once(writer, 'exit');
  expect(signal).toBe('SIGKILL');
  return told;
}

describe('a writer killed at any moment', () => {
  it('leaves every note that it told in the one file, without the side file', async () => {
    const file = path.join(await space.folder(), 'a.iiscase');
    await (await space.create(file, { tables: [NOISE] })).close();
    const told: string[] = [];
    for (const [round, count] of fc.sample(fc.integer({ min: 1, max: 12 }), { numRuns: 15 }).entries()) {
      told.push(...(await writeAndKill(file, count)));
      const copy = path.join(path.dirname(file), `copy-${round}.iiscase`);
      await copyFile(file, copy);
      const caseFile = await space.open(copy, { tables: [NOISE] });
      const words = new Set((await listNotes(caseFile.connection)).map((note) => note.text));
      expect(told.filter((text) => !words.has(text))).toEqual([]);
      expect((await verifyCase(caseFile)).problems).toEqual([]);
      const partial = await caseFile.connection.all('select n from noise group by n having count(*) % 10000 <> 0');
      expect(partial).toEqual([]);
      await caseFile.close();
    }
  });

  it('keeps out a second process while it lives', async () => {
    const file = path.join(await space.folder(), 'a.iiscase');
    await (await space.create(file, { tables: [NOISE] })).close();
    const writer = fork(child, [file], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    try {
      await once(writer, 'message');
      await expect(space.open(file)).rejects.toMatchObject({ kind: 'locked', message: expect.stringContaining('open in another IISight') });
    } finally {
      writer.kill('SIGKILL');
      await once(writer, 'exit');
    }
  });
});

describe('save as', () => {
  it('makes a whole copy under the new name and leaves nothing else', async () => {
    const folder = await space.folder();
    const caseFile = await space.create(path.join(folder, 'a.iiscase'));
    await addNote(caseFile, draft('words'));
    await saveAs(caseFile, path.join(folder, 'b.iiscase'), { evidenceRoots: [] });
    const copy = await space.open(path.join(folder, 'b.iiscase'));
    expect((await listNotes(copy.connection)).map((note) => note.text)).toEqual(['words']);
    expect((await verifyCase(copy)).ok).toBe(true);
    await copy.close();
    expect((await readdir(folder)).filter((name) => name !== 'tmp').toSorted()).toEqual(['a.iiscase', 'b.iiscase']);
  });

  it('refuses a place in the evidence, an existing file and itself, and leaves the case open', async () => {
    const folder = await space.folder();
    await mkdir(path.join(folder, 'evidence'));
    await writeFile(path.join(folder, 'b.iiscase'), 'precious');
    const caseFile = await space.create(path.join(folder, 'a.iiscase'));
    const roots = { evidenceRoots: [path.join(folder, 'evidence')] };
    await expect(saveAs(caseFile, path.join(folder, 'evidence', 'x'), roots)).rejects.toThrow(/inside the evidence/);
    await expect(saveAs(caseFile, path.join(folder, 'b.iiscase'), roots)).rejects.toThrow(/exists already/);
    await expect(saveAs(caseFile, caseFile.path, { ...roots, replace: true })).rejects.toThrow(/is the case that is open/);
    expect(await readFile(path.join(folder, 'b.iiscase'), 'utf8')).toBe('precious');
    await addNote(caseFile, draft('still open'));
    await saveAs(caseFile, path.join(folder, 'b.iiscase'), { ...roots, replace: true });
    expect((await listNotes((await space.open(path.join(folder, 'b.iiscase'))).connection)).length).toBe(1);
  });

  it('into a folder that is not there says so by name and leaves the old case whole', async () => {
    const folder = await space.folder();
    const caseFile = await space.create(path.join(folder, 'a.iiscase'));
    await addNote(caseFile, draft('words'));
    const target = path.join(folder, 'none', 'b.iiscase');
    await expect(saveAs(caseFile, target, { evidenceRoots: [] })).rejects.toMatchObject({ kind: 'io', message: expect.stringContaining(target) });
    expect((await listNotes((await space.open(caseFile.path)).connection)).length).toBe(1);
  });
});
