import { quote } from '../../../shared/base/limits.ts';
import { Indicator, IndicatorKind } from '../../../shared/model/index.ts';
import { MAX_VALUE } from '../limits.ts';
import { isNetwork } from './guess.ts';

const HEX: ReadonlyMap<IndicatorKind, number> = new Map<IndicatorKind, number>([['sha256', 64], ['sha1', 40], ['md5', 32], ['imphash', 32]]);
/** Shorter texts are in everything. */
const SHORTEST: ReadonlyMap<IndicatorKind, number> = new Map<IndicatorKind, number>([['text', 4], ['user-agent', 4], ['signer', 3], ['path', 3], ['url-path', 2], ['file-name', 2], ['pdb', 3], ['module-name', 2], ['type', 3], ['header', 2]]);

/** Other spellings of the kinds that lists use, all in lower case with `-` between words. */
const KINDS: ReadonlyMap<string, IndicatorKind> = new Map<string, IndicatorKind>([
  ...IndicatorKind.options.map((kind) => [kind, kind] as const),
  ['sha-256', 'sha256'], ['sha-1', 'sha1'], ['filename', 'file-name'], ['file', 'file-name'], ['filepath', 'path'], ['file-path', 'path'], ['ipv4', 'ip'], ['ipv6', 'ip'], ['ip-address', 'ip'], ['address', 'ip'], ['cidr', 'ip'],
  ['ip-src', 'ip'], ['ip-dst', 'ip'], ['url', 'url-path'], ['uri', 'url-path'], ['useragent', 'user-agent'], ['ua', 'user-agent'], ['header-name', 'header'], ['module', 'module-name'], ['string', 'text'],
]);

/** The kind that a word of a list names, or null. */
export function kindOf(word: string): IndicatorKind | null {
  return KINDS.get(word.trim().toLowerCase().replace(/[\s_]+/g, '-')) ?? null;
}

/**
 * One line of a list as an indicator with its value in the spelling that is compared.
 * @returns a sentence where it is none
 */
export function makeIndicator(kind: IndicatorKind, text: string, note: string, line: number): Indicator | string {
  const value = kind === 'url-path' ? pathOfUrl(text.trim()) : text.trim();
  if (value === '') return `Line ${line}: there is no value.`;
  if (value.length > MAX_VALUE) return `Line ${line}: the value has ${value.length} characters; more than ${MAX_VALUE} are not looked for.`;
  if (hasControls(value)) return `Line ${line}: the value has control characters.`;
  const digits = HEX.get(kind);
  if (digits !== undefined && !(value.length === digits && /^[0-9a-f]+$/i.test(value))) return `Line ${line}: "${quote(value, 80)}" is no ${kind}, which has ${digits} hexadecimal digits.`;
  if (kind === 'ip' && !isNetwork(value)) return `Line ${line}: "${quote(value, 80)}" is no address and no network such as 203.0.113.0/24.`;
  const shortest = SHORTEST.get(kind) ?? 1;
  if (value.length < shortest) return `Line ${line}: "${value}" is too short to be looked for (${shortest} characters at least for ${kind}).`;
  const cut = note.trim().slice(0, MAX_VALUE);
  return { kind, value: digits === undefined && kind !== 'mvid' ? value : value.toLowerCase().replace(/^\{|\}$/g, ''), note: cut, line };
}

/** Signs below the space, but for the tab. */
function hasControls(value: string): boolean {
  for (let i = 0; i < value.length; i += 1) if (value.charCodeAt(i) < 0x20 && value[i] !== '\t') return true;
  return false;
}

/** A whole URL says the path in it: logs have no scheme and host in front of it. */
function pathOfUrl(text: string): string {
  const m = /^[a-z][a-z0-9+.-]{1,10}:\/\/[^/?#]*(\/[^?#]*)?/i.exec(text);
  if (m === null) return text.split(/[?#]/)[0] ?? '';
  return m[1] === '/' ? '' : (m[1] ?? '');
}
