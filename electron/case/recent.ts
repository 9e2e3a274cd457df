import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';

/** The list of cases that were open lately, kept for the Start screen in the user's own data folder. */
const MOST = 20;
const Entry = z.object({ path: z.string(), title: z.string(), opened: z.string() });
type Entry = z.infer<typeof Entry>;

/** `IISIGHT_DATA` moves it, for tests and portable use. */
function listFile(): string {
  const own = process.env['IISIGHT_DATA'];
  if (own !== undefined && own !== '') return path.join(own, 'recent.json');
  const home = os.homedir();
  const base = process.platform === 'win32' ? (process.env['LOCALAPPDATA'] ?? path.join(home, 'AppData/Local'))
    : process.platform === 'darwin' ? path.join(home, 'Library/Application Support') : (process.env['XDG_DATA_HOME'] ?? path.join(home, '.local/share'));
  return path.join(base, 'iisight', 'recent.json');
}

/** A list that cannot be read is an empty one: it is a convenience, never evidence. */
async function read(): Promise<Entry[]> {
  try {
    const parsed = z.array(Entry).safeParse(JSON.parse(await readFile(listFile(), 'utf8')));
    return parsed.success ? parsed.data : [];
  } catch {
    return [];
  }
}

/** Puts a case at the top. Failing to do so (a read-only home) is no reason to fail the opening of a case. */
export async function rememberCase(file: string, title: string, opened: string): Promise<void> {
  const others = (await read()).filter((e) => e.path !== file);
  const target = listFile();
  const temp = `${target}.${process.pid}.tmp`;
  try {
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(temp, JSON.stringify([{ path: file, title, opened }, ...others].slice(0, MOST), null, 2));
    await rename(temp, target);
  } catch {
    // Said above.
  }
}

export async function recentCases(): Promise<{ path: string; title: string; opened: string; size: number; exists: boolean }[]> {
  return Promise.all((await read()).map(async (entry) => {
    const found = await stat(entry.path).catch(() => null);
    return { ...entry, size: found?.size ?? 0, exists: found?.isFile() ?? false };
  }));
}
