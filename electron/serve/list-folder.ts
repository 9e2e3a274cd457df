import { opendir, realpath, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { compareText } from '../../shared/base/compare.ts';
import { fail, ok, type Result } from '../../shared/base/result.ts';
import type { FolderListing } from '../../shared/contract/host.ts';
import { quote } from '../../shared/base/limits.ts';

/** Entries shown; a person picks from a list, and a path can be typed. */
export const MAX_ENTRIES = 2000;
/** Entries looked at, so that a folder with millions of files answers at once. */
const MAX_LOOKED_AT = 50_000;

type Entry = FolderListing['entries'][number];

/** Lists a folder for the in-page dialog: folders, then files, each in order of name. `null` is the home folder. */
export async function listFolder(asked: string | null): Promise<Result<FolderListing>> {
  const wanted = asked === null || asked.trim() === '' ? os.homedir() : asked;
  if (!path.isAbsolute(wanted) || wanted.includes('\0')) return fail('usage', `${quote(wanted)} is not a whole path.`);
  try {
    const folder = path.resolve(wanted);
    const { entries, more } = await read(folder);
    const sorted = [...pick(entries, 'folder'), ...pick(entries, 'file')];
    const parent = path.dirname(folder);
    return ok({ path: folder, parent: parent === folder ? null : parent, entries: sorted.slice(0, MAX_ENTRIES), capped: more || sorted.length > MAX_ENTRIES });
  } catch (error) {
    return fail('unavailable', sentence(wanted, error));
  }
}

async function read(folder: string): Promise<{ entries: Entry[]; more: boolean }> {
  const entries: Entry[] = [];
  for await (const entry of await opendir(folder)) {
    if (entries.length >= MAX_LOOKED_AT) return { entries, more: true };
    const full = path.join(folder, entry.name);
    const kind = entry.isSymbolicLink() ? await behindLink(full) : entry.isDirectory() ? 'folder' : entry.isFile() ? 'file' : null;
    if (kind !== null) entries.push({ name: entry.name, path: full, kind });
  }
  return { entries, more: false };
}

/** Pipes, sockets, devices and links to nowhere cannot be evidence and are left out. */
async function behindLink(full: string): Promise<Entry['kind'] | null> {
  try {
    const info = await stat(await realpath(full));
    return info.isDirectory() ? 'folder' : info.isFile() ? 'file' : null;
  } catch {
    return null;
  }
}

function pick(entries: readonly Entry[], kind: Entry['kind']): readonly Entry[] {
  return entries.filter((e) => e.kind === kind).sort((a, b) => compareText(a.name, b.name));
}

function sentence(name: string, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return `There is no folder ${quote(name)}.`;
  if (code === 'ENOTDIR') return `${quote(name)} is a file, not a folder.`;
  if (code === 'EACCES' || code === 'EPERM') return `The folder ${quote(name)} may not be read by this user.`;
  return `The folder ${quote(name)} cannot be listed: ${error instanceof Error ? error.message : String(error)}`;
}
