import type { Chain, ChainFile } from './chain.ts';
import type { ConfigurationFiles } from './configuration-files.ts';
import type { Place } from '../../shared/model/index.ts';

/** Versions of .NET and the folder of their server-wide configuration. */
const FOLDERS: ReadonlyMap<string, string> = new Map([['v4.0', 'v4.0.30319'], ['v2.0', 'v2.0.50727'], ['v1.1', 'v1.1.4322']]);

/** Windows paths of machine.config and the root web.config that a pool reads, outermost first; none without managed code. */
export function dotNetRootFiles(files: ConfigurationFiles, clr: string, bitness: 32 | 64): readonly string[] {
  const version = FOLDERS.get(clr);
  if (version === undefined) return [];
  const folder = files.expand(`%windir%\\Microsoft.NET\\Framework${bitness === 64 ? '64' : ''}\\${version}\\Config`, 64);
  return [`${folder}\\machine.config`, `${folder}\\web.config`];
}

/**
 * The chain of system.web: machine.config and the root web.config of the pool's .NET version instead of
 * applicationHost.config, then the same web.config files. Without one of the two the lists cannot be told.
 */
export function dotNetChain(files: ConfigurationFiles, chain: Chain): Chain {
  const { clr, bitness } = chain.application.pool;
  const roots: ChainFile[] = [];
  const missing: Place[] = [...chain.missing];
  for (const path of dotNetRootFiles(files, clr, bitness)) {
    const found = files.at(path);
    if (found === 'absent' || found === 'not-collected') missing.push(files.place(path));
    else roots.push({ level: '', file: found });
  }
  return { ...chain, files: [...roots, ...chain.files.slice(1)], missing };
}
