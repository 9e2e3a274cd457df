import { instantText, parseInstant, ticksFromSeconds } from '../../../shared/time/instant.ts';
import { instantInZone, UTC } from '../../../shared/time/zone.ts';

/** What the bytes at the caret are when they are read as some type. `time` is set where the value is a moment in UTC. */
export interface Reading {
  readonly name: string;
  readonly value: string;
  readonly time?: string;
}

/** 100 ns from 1601 to 1970. */
const EPOCH = 116_444_736_000_000_000n;
const LATEST = parseInstant('9999-12-31T23:59:59Z') ?? 0n;
const TEXT = 48;

/** The bytes from a place on as numbers (little endian), times, GUID and text. What the file's end cuts off is left out. */
export function readingsAt(byte: (index: number) => number | undefined): readonly Reading[] {
  const bytes: number[] = [];
  for (let i = 0; i < TEXT * 2; i++) {
    const value = byte(i);
    if (value === undefined) break;
    bytes.push(value);
  }
  return [...numbers(bytes), ...times(bytes), ...guid(bytes), ...texts(bytes)];
}

/** An unsigned little-endian number, or null where the bytes do not suffice. */
function unsigned(bytes: readonly number[], width: number): bigint | null {
  if (bytes.length < width) return null;
  let value = 0n;
  for (let i = width - 1; i >= 0; i--) value = value * 256n + BigInt(bytes[i] ?? 0);
  return value;
}

function numbers(bytes: readonly number[]): Reading[] {
  return [1, 2, 4, 8].flatMap((width) => {
    const value = unsigned(bytes, width);
    if (value === null) return [];
    const bits = width * 8;
    const signed = BigInt.asIntN(bits, value);
    const hex = `0x${value.toString(16).toUpperCase().padStart(width * 2, '0')}`;
    return [{ name: `u${bits}`, value: `${value} ${hex}${signed < 0n ? `, signed ${signed}` : ''}` }];
  });
}

function times(bytes: readonly number[]): Reading[] {
  const out: Reading[] = [];
  const wide = unsigned(bytes, 8);
  const narrow = unsigned(bytes, 4);
  if (wide !== null && wide - EPOCH <= LATEST && wide !== 0n) {
    const time = instantText(wide - EPOCH);
    out.push({ name: 'FILETIME', value: time, time });
  }
  if (narrow !== null) {
    const time = instantText(ticksFromSeconds(Number(narrow)));
    out.push({ name: 'unix time', value: time, time });
    const dos = dosTime(Number(narrow >> 16n), Number(narrow & 0xffffn));
    if (dos !== null) out.push({ name: 'DOS time', value: `${dos} (local time of the writer)` });
  }
  return out;
}

/** MS-DOS date and time, as FAT and ZIP write them: two-second steps, no zone. Null for a day that does not exist. */
function dosTime(date: number, time: number): string | null {
  const two = (n: number): string => String(n).padStart(2, '0');
  const text = `${1980 + (date >> 9)}-${two((date >> 5) & 15)}-${two(date & 31)}T${two(time >> 11)}:${two((time >> 5) & 63)}:${two((time & 31) * 2)}Z`;
  return parseInstant(text) === null ? null : instantInZone(text, UTC);
}

function guid(bytes: readonly number[]): Reading[] {
  if (bytes.length < 16) return [];
  const hex = (from: number, to: number, turned: boolean): string => {
    const part = bytes.slice(from, to);
    return (turned ? part.reverse() : part).map((b) => b.toString(16).padStart(2, '0')).join('').toUpperCase();
  };
  return [{ name: 'GUID', value: `{${hex(0, 4, true)}-${hex(4, 6, true)}-${hex(6, 8, true)}-${hex(8, 10, false)}-${hex(10, 16, false)}}` }];
}

function texts(bytes: readonly number[]): Reading[] {
  const printable = (n: number): boolean => n >= 0x20 && n < 0x7f;
  const ascii = bytes.findIndex((b) => !printable(b));
  const narrow = bytes.slice(0, ascii < 0 ? TEXT : Math.min(TEXT, ascii));
  const units: number[] = [];
  for (let i = 0; i + 1 < bytes.length && units.length < TEXT / 2; i += 2) {
    const unit = (bytes[i] ?? 0) + (bytes[i + 1] ?? 0) * 256;
    if (unit < 0x20 || unit === 0x7f || unit >= 0xd800) break;
    units.push(unit);
  }
  return [
    ...(narrow.length < 2 ? [] : [{ name: 'ASCII', value: String.fromCharCode(...narrow) }]),
    ...(units.length < 2 ? [] : [{ name: 'UTF-16', value: String.fromCharCode(...units) }]),
  ];
}
