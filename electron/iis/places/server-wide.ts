import { foldCase } from '../../../shared/base/compare.ts';
import type { Bitness } from '../../../shared/model/index.ts';
import type { ConfigurationFile, ConfigurationFiles } from '../configuration-files.ts';
import { layoutOf } from '../layout.ts';
import { joinWindows } from '../paths.ts';
import type { FileReader } from '../registration.ts';
import type { FileKind } from './index.ts';
import { INETSRV_CONFIG, redirectionOf } from './redirection.ts';

/** A configuration file of the whole server besides applicationHost.config, and who reads it. */
export interface ServerWideFile {
  readonly file: ConfigurationFile;
  readonly kind: FileKind;
  readonly reader: FileReader | undefined;
}

/** Versions of .NET as pools name them, with their folder below Framework and Framework64; 1.1 has no 64-bit one. */
const RUNTIMES: readonly (readonly [clr: string, folder: string, bitnesses: readonly Bitness[]])[] = [
  ['v4.0', 'v4.0.30319', [64, 32]],
  ['v2.0', 'v2.0.50727', [64, 32]],
  ['v1.1', 'v1.1.4322', [32]],
];

/** Process-wide settings of the ASP.NET host; a pool with a CLRConfigFile, its own or that of all pools, uses that one instead. */
export const HOST_CONFIG = 'Aspnet.config';

/** The files that pools name as their CLRConfigFile, in the order of the pools, with the pools of each. */
export function poolConfigFiles(files: ConfigurationFiles): readonly { readonly path: string; readonly pools: ReadonlySet<string> }[] {
  const { pools, sites } = layoutOf(files);
  const found = new Map<string, { path: string; pools: Set<string> }>();
  // A pool that is named and not defined has the defaults too.
  for (const { name, clrConfigFile } of [...pools, ...sites.flatMap((site) => site.applications).map((application) => application.pool)]) {
    if (clrConfigFile === null) continue;
    const one = found.get(foldCase(clrConfigFile)) ?? { path: clrConfigFile, pools: new Set<string>() };
    one.pools.add(foldCase(name));
    found.set(foldCase(clrConfigFile), one);
  }
  return [...found.values()];
}

/**
 * The files of the server that were collected: machine.config, the root web.config and Aspnet.config of each .NET
 * version and bitness, what pools name instead of Aspnet.config, then administration.config and redirection.config.
 * Configuration redirection moves administration.config together with applicationHost.config.
 */
export function serverWideFiles(files: ConfigurationFiles): readonly ServerWideFile[] {
  const found = new Map<string, ServerWideFile>();
  const add = (path: string, kind: FileKind, reader: FileReader | undefined): void => {
    const file = files.at(path);
    if (file === 'absent' || file === 'not-collected' || file.evidencePath === files.applicationHost.evidencePath || found.has(file.evidencePath)) return;
    found.set(file.evidencePath, { file, kind, reader });
  };
  for (const [clr, version, bitnesses] of RUNTIMES) {
    for (const bitness of bitnesses) {
      const folder = files.expand(`%windir%\\Microsoft.NET\\Framework${bitness === 64 ? '64' : ''}\\${version}`, 64);
      for (const name of ['Config\\machine.config', 'Config\\web.config', HOST_CONFIG]) add(joinWindows(folder, name), 'configuration', { kind: 'runtime', clr, bitness });
    }
  }
  for (const { path, pools } of poolConfigFiles(files)) add(path, 'configuration', { kind: 'pools', pools });
  const local = files.expand(INETSRV_CONFIG, 64);
  add(joinWindows(redirectionOf(files)?.folder ?? local, 'administration.config'), 'administration', { kind: 'management' });
  add(joinWindows(local, 'redirection.config'), 'configuration', undefined);
  return [...found.values()];
}
