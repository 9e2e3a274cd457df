import { bytesAsText } from '../../shared/base/bytes-as-text.ts';

/**
 * Decodes one path component as Velociraptor writes it: every byte outside its safe set is `%XX`, in UTF-8.
 * Decoded exactly once (`%2541` is `%41`); a `%` that starts no valid escape stays as it is, and bytes that are no
 * UTF-8 become visible escapes. Source: Velociraptor `utils/sanitize.go`.
 */
export function decodePercent(component: string): string {
  if (!component.includes('%')) return component;
  const bytes = Buffer.from(component, 'utf8');
  const out = Buffer.alloc(bytes.length);
  let length = 0;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0;
    const high = byte === 0x25 ? hexDigit(bytes[i + 1]) : -1;
    const low = high < 0 ? -1 : hexDigit(bytes[i + 2]);
    if (low < 0) {
      out[length++] = byte;
    } else {
      out[length++] = high * 16 + low;
      i += 2;
    }
  }
  return bytesAsText(out.subarray(0, length));
}

function hexDigit(byte: number | undefined): number {
  if (byte === undefined) return -1;
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

/** How a collector names the folder that stands for a drive. */
export type DriveStyle =
  /** `C`: KAPE, CyLR. */
  | 'letter'
  /** `C:` as written by acquire, or decoded from `C%3A`. */
  | 'colon'
  /** `\\.\C:`: Velociraptor's raw NTFS accessor. */
  | 'device'
  /** `[root]`: FTK Imager, no letter told. */
  | 'ftk-root';

export interface DriveName {
  readonly style: DriveStyle;
  /** Upper case; null where the name tells no letter. */
  readonly letter: string | null;
}

/** Reads a folder name (already decoded) as the name of a drive, or null. */
export function driveName(component: string): DriveName | null {
  if (component === '[root]') return { style: 'ftk-root', letter: null };
  const found = /^(\\\\[.?]\\)?([A-Za-z])(:?)$/.exec(component);
  if (found === null) return null;
  const letter = (found[2] ?? '').toUpperCase();
  if (found[1] !== undefined) return { style: 'device', letter };
  return { style: found[3] === ':' ? 'colon' : 'letter', letter };
}

/** A volume shadow copy as Velociraptor names it (`\\?\GLOBALROOT\Device\HarddiskVolumeShadowCopy1`, decoded). */
export function isShadowCopy(component: string): boolean {
  return /GLOBALROOT.*VolumeShadowCopy/i.test(component);
}

/** Device names that Windows reserves in every folder, with or without an extension. */
const RESERVED = /^(con|prn|aux|nul|com[1-9\u00b9\u00b2\u00b3]|lpt[1-9\u00b9\u00b2\u00b3]|conin\$|conout\$)[ ]*(\.|:|$)/i;

/**
 * Why a file name (one component) could not have been made through the usual Windows calls, or null.
 * Such names are a known way to hide a file from the tools of the server.
 */
export function oddWindowsName(component: string): string | null {
  if (RESERVED.test(component)) return 'is a device name that Windows reserves';
  if (/[. ]$/.test(component) && component !== '.' && component !== '..') return 'ends with a dot or a space, which Windows programs cannot open';
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  if (/[\u0000-\u001f]/.test(component)) return 'has control characters';
  return null;
}
