// The case of the bundled sample: made at the first start, opened again at later ones.
import { existsSync, mkdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const MOST = 9;

/** The folder for cases, as the command line has it (electron/cli/case-place.ts). */
export function casesFolder(platform = process.platform, env = process.env, home = os.homedir()) {
  if (platform === 'win32') return path.win32.join(env.LOCALAPPDATA ?? path.win32.join(home, 'AppData', 'Local'), 'IISight', 'cases');
  if (platform === 'darwin') return path.posix.join(home, 'Library', 'Application Support', 'IISight', 'cases');
  const xdg = env.XDG_DATA_HOME ?? '';
  return path.posix.join(path.posix.isAbsolute(xdg) ? xdg : path.posix.join(home, '.local', 'share'), 'iisight', 'cases');
}

/**
 * Names a sample case that can be opened, making it if there is none. A case that cannot be continued (damaged, newer,
 * open in another window) is left as it is, since it may hold notes; the next number is taken.
 * @param {(file: string) => Promise<number>} triage reads the sample into the file and prints the summary; gives the exit code
 * @returns {Promise<string | null>} null when none could be made
 */
export async function sampleCase(triage, folder = casesFolder()) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (let n = 1; n <= MOST; n++) {
    const file = path.join(folder, n === 1 ? 'sample.iiscase' : `sample-${n}.iiscase`);
    const was = existsSync(file);
    if ((await triage(file)) === 0) return file;
    if (!was) return null;
  }
  return null;
}
