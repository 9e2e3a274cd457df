import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { FolderListing } from '../../../shared/contract/host.ts';
import { listFolder, MAX_ENTRIES } from '../../../electron/serve/list-folder.ts';

const root = mkdtempSync(path.join(os.tmpdir(), 'iisight-list-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('the folder listing of the in-page dialog', () => {
  it('lists folders, then files, by name, links by what they lead to', async () => {
    const folder = path.join(root, 'mixed');
    mkdirSync(path.join(folder, 'b-folder'), { recursive: true });
    mkdirSync(path.join(folder, 'A-folder'));
    for (const name of ['z.zip', 'B.txt', 'a.txt']) writeFileSync(path.join(folder, name), '');
    symlinkSync(path.join(folder, 'b-folder'), path.join(folder, 'link'));
    symlinkSync(path.join(folder, 'nowhere'), path.join(folder, 'dangling'));
    const result = await listFolder(folder);
    if (!result.ok) throw new Error(result.failure.message);
    expect(FolderListing.parse(result.value)).toEqual(result.value);
    expect(result.value.parent).toBe(root);
    expect(result.value.capped).toBe(false);
    expect(result.value.entries.map((e) => `${e.kind} ${e.name}`)).toEqual(['folder A-folder', 'folder b-folder', 'folder link', 'file B.txt', 'file a.txt', 'file z.zip']);
    expect(result.value.entries[0]?.path).toBe(path.join(folder, 'A-folder'));
  });

  it('starts at home and knows that the root has no parent', async () => {
    const home = await listFolder(null);
    expect(home.ok && home.value.path).toBe(os.homedir());
    const top = await listFolder(path.parse(root).root);
    expect(top.ok && top.value.parent).toBe(null);
  });

  it('caps a large folder and says so', async () => {
    const folder = path.join(root, 'large');
    mkdirSync(folder);
    for (let i = 0; i < MAX_ENTRIES + 5; i++) writeFileSync(path.join(folder, String(i).padStart(5, '0')), '');
    const result = await listFolder(folder);
    expect(result.ok && [result.value.entries.length, result.value.capped, result.value.entries.at(-1)?.name]).toEqual([MAX_ENTRIES, true, '01999']);
  });

  it('says in a sentence what is wrong', async () => {
    const file = path.join(root, 'file');
    writeFileSync(file, '');
    const message = async (asked: string): Promise<string> => {
      const result = await listFolder(asked);
      return result.ok ? 'listed' : `${result.failure.kind}: ${result.failure.message}`;
    };
    expect(await message(path.join(root, 'none'))).toBe(`unavailable: There is no folder ${path.join(root, 'none')}.`);
    expect(await message(file)).toBe(`unavailable: ${file} is a file, not a folder.`);
    expect(await message('relative/path')).toBe('usage: relative/path is not a whole path.');
    expect(await message('/tmp/\0x')).toMatch(/^usage: /);
  });
});
