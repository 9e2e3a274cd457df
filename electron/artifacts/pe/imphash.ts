import { md5Hex } from '../kit/digest.ts';
import { OLEAUT32, WS2_32 } from './ordinals.ts';
import type { ImportedDll } from './thunks.ts';

const EXTENSIONS = /\.(?:dll|ocx|sys)$/;

const BY_ORDINAL: ReadonlyMap<string, ReadonlyMap<number, string>> = new Map([
  ['ws2_32.dll', WS2_32], ['wsock32.dll', WS2_32], ['oleaut32.dll', OLEAUT32],
]);

/**
 * Import hash by the definition of pefile (Mandiant, "Tracking Malware with Import Hashing", 2014): MD5 over
 * `dll.function` in lower case, in the order of the file, joined by commas; the DLL without dll/ocx/sys; an ordinal by
 * its name for three well-known DLLs, else `ord12`.
 * @returns null when nothing is imported
 */
export function imphash(dlls: readonly ImportedDll[]): string | null {
  const parts: string[] = [];
  for (const { dll, symbols } of dlls) {
    const lower = dll.toLowerCase();
    const library = lower.replace(EXTENSIONS, '');
    for (const { name, ordinal } of symbols) {
      const known = name ?? BY_ORDINAL.get(lower)?.get(ordinal) ?? `ord${ordinal}`;
      parts.push(`${library}.${known.toLowerCase()}`);
    }
  }
  return parts.length === 0 ? null : md5Hex(parts.join(','));
}
