import { foldCase } from '../../../shared/base/compare.ts';
import type { CopyPlace } from '../kit/definition.ts';
import { renamedFrom } from '../kit/config-names.ts';

const CONFIG = '%windir%\\System32\\inetsrv\\config\\';
const HISTORY = /^(.*)\\(CFGHISTORY_(\d{1,10}))\\([^\\]+)$/;
const POOL = /\\APPPOOLS\\(?:([^\\]+)\\)?([^\\]+)\.CONFIG(?:\.TMP)?$/;
const BACKUP = /\\INETSRV\\BACKUP\\([^\\]+)\\([^\\]+)$/;
/** Folders below inetsrv that are made by copying `config`, and the one that the setup exports to. */
const BESIDE_CONFIG = /\\SYSTEM32\\INETSRV\\((?!CONFIG\\[^\\]+$|BACKUP\\)[^\\]+(?:\\[^\\]+)*)\\([^\\]+)$/;
const OLD_WINDOWS = /^([A-Z]:)\\(WINDOWS\.OLD(?:\.\d{3}|\(\d+\))?)\\/;
const NAMES: ReadonlyMap<string, string> = new Map(['applicationHost.config', 'administration.config', 'redirection.config'].map((name) => [foldCase(name), name]));

/**
 * What a configuration file is a copy of, by its Windows path: CFGHISTORY folders wherever they lie, what pools were
 * started with, `inetsrv\backup\NAME`, files renamed beside the original, Windows.old. A file that is no copy gives itself.
 * @returns null for a path that no configuration file has
 */
export function copyOf(path: string): CopyPlace | null {
  const old = OLD_WINDOWS.exec(foldCase(path));
  if (old !== null) {
    const name = path.slice(3, 3 + (old[2] ?? '').length);
    const inside = copyOf(`${path.slice(0, 2)}${path.slice(3 + name.length)}`);
    return inside === null ? null : { ...inside, oldWindows: name };
  }
  return known(path);
}

function known(path: string): CopyPlace | null {
  const folded = foldCase(path);
  const base = { number: null, folder: null, oldWindows: null };
  /** The path as written where the folded one matched. */
  const written = (match: RegExpExecArray, group: number): string => {
    const text = match[group] ?? '';
    const at = match[0].lastIndexOf(text) + match.index;
    return path.slice(at, at + text.length);
  };
  const history = HISTORY.exec(folded);
  if (history !== null) {
    const name = NAMES.get(history[4] ?? '');
    const folder = path.slice(0, (history[1] ?? '').length);
    return name === undefined ? null : { ...base, series: 'history', original: CONFIG + name, name: path.slice(folder.length + 1, folder.length + 1 + (history[2] ?? '').length), number: Number(history[3]), folder };
  }
  const pool = POOL.exec(folded);
  if (pool !== null && (pool[1] === undefined || pool[1] === pool[2] || folded.includes('\\TEMP\\APPPOOLS\\'))) {
    return { ...base, series: 'pool', original: `${CONFIG}applicationHost.config`, name: written(pool, 2) };
  }
  for (const pattern of [BACKUP, BESIDE_CONFIG]) {
    const backup = pattern.exec(folded);
    if (backup === null) continue;
    const name = NAMES.get(backup[2] ?? '') ?? renamedFrom(backup[2] ?? '');
    return name === null || !NAMES.has(foldCase(name)) ? null : { ...base, series: 'backup', original: CONFIG + name, name: NAMES.has(backup[2] ?? '') ? written(backup, 1) : `${written(backup, 1)}\\${written(backup, 2)}` };
  }
  const cut = path.lastIndexOf('\\');
  const fileName = path.slice(cut + 1);
  const renamed = renamedFrom(fileName);
  return renamed === null ? { ...base, series: 'live', original: path, name: fileName } : { ...base, series: 'backup', original: `${path.slice(0, cut)}\\${renamed}`, name: fileName };
}
