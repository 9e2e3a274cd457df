import { foldCase } from '../../shared/base/compare.ts';
import type { ApplicationLayout, VirtualDirectoryLayout } from './layout.ts';
import { below, type ConfigPath, isAtOrBelow, joinWindows } from './paths.ts';

/** The folder that a configuration path stands for. */
export interface Folder {
  readonly path: string;
  readonly directory: VirtualDirectoryLayout;
  /** False below the root of the virtual directory, where allowSubDirConfig decides. */
  readonly atRoot: boolean;
}

/** Physical folder of a configuration path inside its application: the longest virtual directory, then the rest. */
export function folderOf(application: ApplicationLayout, path: ConfigPath): Folder | null {
  const rest = below(path, application.configPath);
  if (rest === null) return null;
  const virtual = rest === '' ? '/' : `/${rest}`;
  let best: VirtualDirectoryLayout | null = null;
  for (const directory of application.virtualDirectories) {
    const covers = directory.path === '/' || isAtOrBelow(foldCase(virtual), foldCase(directory.path));
    if (covers && (!best || directory.path.length > best.path.length)) best = directory;
  }
  if (!best || best.physicalPath === '') return null;
  const tail = best.path === '/' ? virtual.slice(1) : virtual.slice(best.path.length + 1);
  return { path: joinWindows(best.physicalPath, tail), directory: best, atRoot: tail === '' };
}
