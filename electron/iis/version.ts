import { attributeValue, childrenNamed, type ConfigElement } from '../../shared/model/index.ts';
import type { ConfigurationFiles } from './configuration-files.ts';
import { serverSection } from './server-section.ts';

/** The version of IIS as far as its files give it away. */
export interface VersionGuess {
  /** `10.0`, `8.5`, `8.0`, `7.5`, `7.0`, or null when unsure. */
  readonly version: string | null;
  readonly reason: string;
  /** The newest version that it can be where `version` is null; absent when nothing tells. */
  readonly atMost?: string;
}

const ADMINISTRATION = '%windir%\\System32\\inetsrv\\config\\administration.config';

/**
 * Guesses the version: assembly versions in administration.config say it outright; otherwise the CNG providers and the
 * order of the stock global modules tell IIS 10 from older ones.
 */
export function guessVersion(files: ConfigurationFiles): VersionGuess {
  const administration = files.at(files.expand(ADMINISTRATION, 64));
  if (administration !== 'absent' && administration !== 'not-collected') {
    const written = administration.document.root ? assemblyVersion(administration.document.root) : null;
    if (written !== null) return { version: written, reason: `administration.config names Microsoft.Web.Management assemblies of version ${written}` };
  }
  const providers = files.applicationHost.document.root?.children.filter((child) => child.name === 'configProtectedData') ?? [];
  const cng = providers.flatMap((p) => childrenNamed(p, 'providers')).flatMap((p) => childrenNamed(p, 'add')).find((add) => attributeValue(add, 'name')?.includes('Cng'));
  if (cng) return { version: '10.0', reason: `configProtectedData has a CNG provider (line ${cng.line}), which only IIS 10 writes` };
  const modules = serverSection(files, 'system.webServer/globalModules');
  const first = modules ? childrenNamed(modules, 'add').map((add) => attributeValue(add, 'name')).find((name) => name === 'HttpLoggingModule' || name === 'UriCacheModule') : undefined;
  if (first === 'HttpLoggingModule') return { version: '10.0', reason: 'HttpLoggingModule stands before UriCacheModule in globalModules, as in IIS 10' };
  if (first === 'UriCacheModule') return { version: null, atMost: '8.5', reason: 'UriCacheModule stands before HttpLoggingModule in globalModules: IIS 8.5 or older' };
  return { version: null, reason: 'Nothing in the configuration tells the version.' };
}

function assemblyVersion(root: ConfigElement): string | null {
  const pending = [root];
  for (let element = pending.pop(); element; element = pending.pop()) {
    for (const { value } of element.attributes) {
      const version = /Microsoft\.Web\.Management[^"]*Version=(\d+\.\d+)\.0\.0/.exec(value.slice(0, 500))?.[1];
      if (version !== undefined && ['7.0', '7.5', '8.0', '8.5', '10.0'].includes(version) && version !== '7.0') return version;
    }
    for (const child of element.children) pending.push(child);
  }
  return null;
}
