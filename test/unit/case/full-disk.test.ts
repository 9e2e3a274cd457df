import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { putBlobs } from '../../../electron/case/blobs.ts';
import { verifyCase } from '../../../electron/case/integrity.ts';
import { addNote, listNotes } from '../../../electron/case/notes.ts';
import { saveAs } from '../../../electron/case/save-as.ts';
import { StoreError } from '../../../electron/store/errors.ts';
import { workspace } from './open.ts';
import { draft } from './samples.ts';

const mounts: string[] = [];

async function smallDisk(megabytes: number): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'iisight-full-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder], { stdio: 'ignore' });
  mounts.push(folder);
  return folder;
}

/** Only root may mount a file system of a fixed size, and in some containers not even root. */
async function mountable(): Promise<boolean> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  const worked = await smallDisk(1).then(() => true, () => false);
  await unmountAll();
  return worked;
}

async function unmountAll(): Promise<void> {
  for (const folder of mounts.splice(0)) {
    execFileSync('umount', ['--lazy', folder]);
    await rm(folder, { recursive: true, force: true });
  }
}

const canMount = await mountable();

const MEGABYTE = 1 << 20;

/** Bytes that no compression makes smaller. */
function noise(seed: number, length: number): Buffer {
  const out = Buffer.alloc(length);
  let state = seed + 1;
  for (let i = 0; i < length; i++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    out[i] = state >>> 16;
  }
  return out;
}

describe.skipIf(!canMount)('a full disk (needs root on Linux for a small file system)', () => {
  const space = workspace();
  // Lazy, since the cases of the test are closed only after this.
  afterEach(unmountAll);

  it('refuses with a sentence that names the file, and loses nothing', async () => {
    const disk = await smallDisk(24);
    const file = path.join(disk, 'a.iiscase');
    let caseFile = await space.create(file);
    const saved: string[] = [];
    const write = async (): Promise<void> => {
      for (let n = 0; ; n++) {
        saved.push((await addNote(caseFile, draft(`note ${n}`))).text);
        await putBlobs(caseFile, [noise(n, MEGABYTE)]);
      }
    };
    const refusal = await write().catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(StoreError);
    expect(refusal).toMatchObject({ kind: 'full', message: expect.stringContaining(file) });
    expect(saved.length).toBeGreaterThan(3);
    await caseFile.close().catch(() => undefined);
    caseFile = await space.open(file);
    expect((await listNotes(caseFile.connection)).map((note) => note.text)).toEqual(expect.arrayContaining(saved));
    expect((await verifyCase(caseFile)).problems).toEqual([]);
  });

  it('lets the work go on in the same case when there is room again', async () => {
    const disk = await smallDisk(24);
    const file = path.join(disk, 'a.iiscase');
    const ballast = path.join(disk, 'ballast');
    let caseFile = await space.create(file);
    await addNote(caseFile, draft('before'));
    const { size } = await stat(file);
    await writeFile(ballast, Buffer.alloc(24 * MEGABYTE - size - 2 * MEGABYTE));
    const refusal = await putBlobs(caseFile, [noise(1, 8 * MEGABYTE)]).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ kind: 'full' });
    await rm(ballast);
    if (refusal instanceof StoreError && refusal.reopen) {
      await expect(addNote(caseFile, draft('too early'))).rejects.toThrow(/must be opened again/);
      await caseFile.close().catch(() => undefined);
      caseFile = await space.open(file);
    }
    await addNote(caseFile, draft('after'));
    expect((await listNotes(caseFile.connection)).map((note) => note.text)).toEqual(['before', 'after']);
    expect((await verifyCase(caseFile)).problems).toEqual([]);
  });

  it('stops a save-as and leaves both sides as they were', async () => {
    const disk = await smallDisk(2);
    const folder = await space.folder();
    const caseFile = await space.create(path.join(folder, 'a.iiscase'));
    await putBlobs(caseFile, [noise(5, 4 * MEGABYTE)]);
    const target = path.join(disk, 'b.iiscase');
    await expect(saveAs(caseFile, target, { evidenceRoots: [] })).rejects.toMatchObject({ kind: 'full', message: expect.stringContaining(target) });
    expect(await readdir(disk)).toEqual([]);
    expect((await verifyCase(await space.open(caseFile.path))).ok).toBe(true);
  });
});
