import { parseAddress } from '../../../shared/query/network.ts';
import type { IndicatorKind } from '../../../shared/model/index.ts';

const HASHES: ReadonlyMap<number, IndicatorKind> = new Map([[64, 'sha256'], [40, 'sha1'], [32, 'md5']]);
const GUID = /^\{?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\}?$/i;
const FILE_NAME = /^[^\\/:*?"<>|\s]+\.(?:dll|exe|sys|ocx|aspx?|ashx|asmx|asax|php|jsp|config|cs|ps1|bat|cmd|vbs|js|pdb|pf|xml|tmp|dat|bin|log)$/i;

/** Whether a text is an address or a network in CIDR notation. */
export function isNetwork(text: string): boolean {
  return networkOf(text) !== null;
}

/** Address and length of the prefix; null for anything else. */
export function networkOf(text: string): { readonly address: string; readonly version: 4 | 6; readonly bits: number } | null {
  const m = /^([^/]{2,60})(?:\/(\d{1,3}))?$/.exec(text);
  const address = m === null ? null : parseAddress(m[1] ?? '');
  if (m === null || address === null) return null;
  const most = address.version === 4 ? 32 : 128;
  const bits = m[2] === undefined ? most : Number(m[2]);
  return bits > most ? null : { address: m[1] ?? '', version: address.version, bits };
}

/**
 * The kind of indicator that a text alone looks like: hashes by their length, addresses, GUIDs (taken as an MVID), paths of
 * Windows and of URLs, file names by a known ending; everything else is free text. 32 hex digits are taken as MD5: an imphash
 * has the same form and must be named.
 */
export function guessKind(text: string): IndicatorKind {
  if (/^[0-9a-f]+$/i.test(text)) {
    const hash = HASHES.get(text.length);
    if (hash !== undefined) return hash;
  }
  if (isNetwork(text)) return 'ip';
  if (GUID.test(text)) return 'mvid';
  if (/^(?:[a-z]:\\|\\\\|%[^%\\]+%\\)/i.test(text)) return /\.pdb$/i.test(text) ? 'pdb' : 'path';
  if (/^\/[^\s]*$/.test(text)) return 'url-path';
  if (/^Mozilla\/\d/.test(text)) return 'user-agent';
  if (/^[^\\/]+(?:\\[^\\/]+)+$/.test(text)) return 'path';
  return FILE_NAME.test(text) ? 'file-name' : 'text';
}
