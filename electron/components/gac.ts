import type { FileStatus } from '../../shared/model/index.ts';
import type { ImageFacts, ImageIndex } from './facts.ts';

/** A full assembly name: what the global assembly cache files an assembly under. */
export interface StrongName {
  readonly name: string;
  readonly version: string;
  /** '' for neutral. */
  readonly culture: string;
  /** Sixteen lower-case hex digits. */
  readonly token: string;
}

/** Names lead to folders of the cache, so nothing that could leave it is taken for one. */
const SAFE = /^[^\\/:*?"<>|]{1,200}$/;

/**
 * The strong name in a type reference (`Namespace.Type, Name, Version=..., Culture=..., PublicKeyToken=...`) or a full
 * assembly name (`Name, Version=...`); null when version or key is missing: such a name is not looked for in the cache.
 */
export function strongName(text: string): StrongName | null {
  const parts = text.split(',').map((part) => part.trim());
  const first = parts.findIndex((part) => /^(?:Version|Culture|PublicKeyToken|processorArchitecture)\s*=/i.test(part));
  if (first < 1) return null;
  const value = (key: string): string => parts.slice(first).map((part) => new RegExp(`^${key}\\s*=\\s*(.*)$`, 'i').exec(part)?.[1]).find((v) => v !== undefined)?.trim() ?? '';
  const name = parts[first - 1] ?? '';
  const version = value('Version');
  const token = value('PublicKeyToken').toLowerCase();
  const culture = value('Culture');
  if (!SAFE.test(name) || /^\.+$/.test(name) || !/^\d{1,5}(?:\.\d{1,5}){3}$/.test(version) || !/^[0-9a-f]{16}$/.test(token) || (culture !== '' && !/^[A-Za-z0-9-]{1,30}$/.test(culture))) return null;
  return { name, version, culture: /^neutral$/i.test(culture) ? '' : culture, token };
}

/** The caches that a CLR looks into; `v4` names its folders with a prefix, and finds assemblies of the older cache too. */
const CACHES = {
  4: { root: '%windir%\\Microsoft.NET\\assembly', prefix: 'v4.0_', system: '4.0.0.0' },
  2: { root: '%windir%\\assembly', prefix: '', system: '2.0.0.0' },
} as const;
const SYSTEM_TOKEN = 'b77a5c561934e089';

/**
 * Windows paths at which the global assembly cache keeps an assembly, in the order in which the CLR looks: the cache
 * of the bitness, that for every architecture, and (CLR 2) the old one of .NET 1.x.
 * Layout: `GAC_MSIL\NAME\v4.0_VERSION_CULTURE_TOKEN\NAME.dll` for CLR 4, the same without `v4.0_` for CLR 2.
 * Redirections (publisher policy, bindingRedirect) are not followed: the version is taken as written.
 * @param clr version of the pool, `v4.0` or `v2.0`; anything else counts as 4, which finds both
 */
export function gacPaths({ name, version, culture, token }: StrongName, clr: string, bitness: 32 | 64): readonly string[] {
  const own = bitness === 64 ? 'GAC_64' : 'GAC_32';
  const paths = (cache: 2 | 4): string[] => {
    const { root, prefix } = CACHES[cache];
    const folders = cache === 4 ? [own, 'GAC_MSIL'] : [own, 'GAC_MSIL', 'GAC'];
    return folders.map((folder) => `${root}\\${folder}\\${name}\\${prefix}${version}_${culture}_${token}\\${name}.dll`);
  };
  return clr === 'v2.0' || clr === 'v1.1' ? paths(2) : [...paths(4), ...paths(2)];
}

/** A file of every .NET installation: where it was collected, the cache was, and not some folders of it. */
function cacheCollected(images: ImageIndex, cache: 2 | 4): boolean {
  const { root, prefix, system } = CACHES[cache];
  return images.lookup(`${root}\\GAC_MSIL\\System\\${prefix}${system}__${SYSTEM_TOKEN}\\System.dll`, 64).status === 'present';
}

/** Where an assembly with a strong name lies in the global assembly cache, as a pool of this CLR and bitness finds it. */
export function gacFile(strong: StrongName, clr: string, bitness: 32 | 64, images: ImageIndex): { readonly facts: ImageFacts | null; readonly status: FileStatus } {
  // Assembly folders are no part of System32, so both views of a path are the same.
  for (const path of gacPaths(strong, clr, bitness)) {
    const facts = images.lookup(path, 64);
    if (facts.status === 'present') return { facts, status: 'present' };
  }
  const old = clr === 'v2.0' || clr === 'v1.1';
  const collected = cacheCollected(images, 2) && (old || cacheCollected(images, 4));
  return { facts: null, status: collected ? 'absent' : 'not-collected' };
}
