import { bytesAsText } from '../../../shared/base/bytes-as-text.ts';
import { type InstantText, instantText, parseInstant } from '../../../shared/time/instant.ts';
import { Malformed } from './bytes.ts';
import { type DerNode, TAG } from './der.ts';
import { LimitReached } from './findings.ts';

/** Text of one name or object identifier that we keep. */
const MAX_TEXT = 64 * 1024;
const MAX_OID = 64;
/** Numbers of up to 4,096 bytes: RSA keys of 32,768 bits. */
const MAX_INTEGER = 4096;

/** Dotted form: `1.2.840.113549.1.7.2`. @throws Malformed, LimitReached */
export function oidOf(node: DerNode): string {
  const bytes = node.content;
  if (!node.is(TAG.oid) || bytes.length === 0) throw new Malformed(node.at, `no object identifier at ${node.at}`);
  if (bytes.length > MAX_OID) throw new LimitReached(`an object identifier of ${bytes.length} bytes`);
  const parts: string[] = [];
  let value = 0n;
  let open = false;
  for (const byte of bytes) {
    value = (value << 7n) | BigInt(byte & 0x7f);
    open = (byte & 0x80) !== 0;
    if (open) continue;
    if (parts.length === 0) {
      const first = value < 80n ? value / 40n : 2n;
      parts.push(String(first), String(value - first * 40n));
    } else parts.push(String(value));
    value = 0n;
  }
  if (open) throw new Malformed(node.at, `the object identifier at ${node.at} does not end`);
  return parts.join('.');
}

/** Content of an INTEGER (or ENUMERATED): two's complement, most significant byte first. @throws Malformed, LimitReached */
export function integerBytes(node: DerNode): Uint8Array {
  if (!node.is(TAG.integer) && !node.is(TAG.enumerated)) throw new Malformed(node.at, `no integer at ${node.at}`);
  const bytes = node.content;
  if (bytes.length === 0) throw new Malformed(node.at, `the integer at ${node.at} is empty`);
  if (bytes.length > MAX_INTEGER) throw new LimitReached(`an integer of ${bytes.length} bytes`);
  return bytes;
}

/** As lower-case hex without the leading zero byte of positive numbers: the usual form of serial numbers. */
export function integerHex(node: DerNode): string {
  const bytes = integerBytes(node);
  const skip = bytes.length > 1 && bytes[0] === 0 ? 1 : 0;
  return hexOf(bytes.subarray(skip));
}

/** A number of at most 6 bytes. @throws Malformed for negative and larger ones */
export function smallInteger(node: DerNode): number {
  const bytes = integerBytes(node);
  if (bytes.length > 6 || ((bytes[0] ?? 0) & 0x80) !== 0) throw new Malformed(node.at, `the integer at ${node.at} is negative or too large`);
  let value = 0;
  for (const byte of bytes) value = value * 256 + byte;
  return value;
}

/** Octets of an OCTET STRING, also of BER's form in parts; `[n]` implicit ones too. Shares memory unless it is in parts. */
export function octetsOf(node: DerNode): Uint8Array {
  if (!node.constructed) return node.content;
  const parts = node.children.map((part) => {
    if (part.constructed) throw new Malformed(part.at, `the parts of the octet string at ${node.at} have parts`);
    return part.content;
  });
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  const whole = new Uint8Array(parts.reduce((sum, p) => sum + p.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Bytes of a BIT STRING whose last bits are all used or zero. @throws Malformed */
export function bitsOf(node: DerNode): Uint8Array {
  const bytes = node.expect(TAG.bits).content;
  if (node.constructed || bytes.length === 0 || (bytes[0] ?? 8) > 7) throw new Malformed(node.at, `the bit string at ${node.at} is malformed`);
  return bytes.subarray(1);
}

/**
 * Text of any string type, also `[n]` implicit ones when `as` names the type. BMPString is UTF-16 and UniversalString
 * UTF-32, both big-endian; bytes that are not UTF-8 are written `\xE9`.
 */
export function textOf(node: DerNode, as: number = node.tag): string {
  const bytes = node.constructed ? octetsOf(node) : node.content;
  if (bytes.length > MAX_TEXT) throw new LimitReached(`a text of ${bytes.length} bytes`);
  if (as === TAG.bmp) return wide(bytes, 2);
  if (as === TAG.universalString) return wide(bytes, 4);
  // T.61 as certificates use it is ISO 8859-1.
  if (as === TAG.teletex) return Array.from(bytes, (b) => String.fromCharCode(b)).join('');
  return bytesAsText(bytes);
}

function wide(bytes: Uint8Array, width: 2 | 4): string {
  let text = '';
  for (let i = 0; i + width <= bytes.length; i += width) {
    let unit = 0;
    for (let k = 0; k < width; k++) unit = unit * 256 + (bytes[i + k] ?? 0);
    text += unit <= 0x10ffff ? String.fromCodePoint(unit) : '\ufffd';
  }
  return text.replace(/\p{Surrogate}/gu, '\ufffd');
}

const TIME = /^(\d{2}|\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})?(?:[.,](\d{1,9}))?(Z|[+-]\d{4})?$/;

/**
 * UTCTime (years 1950 to 2049, RFC 5280 4.1.2.5.1) or GeneralizedTime as UTC text. A local time without zone is read as
 * UTC. @throws Malformed for what is no moment
 */
export function timeOf(node: DerNode): InstantText {
  const short = node.is(TAG.utcTime);
  if (!short && !node.is(TAG.generalizedTime)) throw new Malformed(node.at, `no time at ${node.at}`);
  const bytes = node.content;
  const match = bytes.length <= 40 ? TIME.exec(String.fromCharCode(...bytes)) : null;
  const wrong = new Malformed(node.at, `the time at ${node.at} is malformed`);
  if (match === null || (match[1]?.length === 2) !== short) throw wrong;
  const [, y = '', mo = '', d = '', h = '', mi = '', s = '00', fraction = '', zone = 'Z'] = match;
  const year = short ? `${Number(y) < 50 ? '20' : '19'}${y}` : y;
  const moment = parseInstant(`${year}-${mo}-${d}T${h}:${mi}:${s}${fraction === '' ? '' : `.${fraction.slice(0, 7)}`}${zone}`);
  if (moment === null) throw wrong;
  return instantText(moment);
}

export function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
}
