import type { ConfigurationFiles } from './configuration-files.ts';

/** Versions of .NET and the folder of their server-wide configuration. */
const FOLDERS: ReadonlyMap<string, string> = new Map([['v4.0', 'v4.0.30319'], ['v2.0', 'v2.0.50727'], ['v1.1', 'v1.1.4322']]);

/** Windows paths of machine.config and the root web.config that a pool reads, outermost first; none without managed code. */
export function dotNetRootFiles(files: ConfigurationFiles, clr: string, bitness: 32 | 64): readonly string[] {
  const version = FOLDERS.get(clr);
  if (version === undefined) return [];
  const folder = files.expand(`%windir%\\Microsoft.NET\\Framework${bitness === 64 ? '64' : ''}\\${version}\\Config`, 64);
  // The root web.config came with .NET 2.0.
  return clr === 'v1.1' ? [`${folder}\\machine.config`] : [`${folder}\\machine.config`, `${folder}\\web.config`];
}
