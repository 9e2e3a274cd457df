/** An address as a number: 32 bits for IPv4 (also when written as `::ffff:a.b.c.d`), 128 for IPv6. */
export interface Address {
  readonly version: 4 | 6;
  readonly value: bigint;
}

const MAPPED = 0xffffn;

/**
 * Reads IPv4 in dotted decimal and IPv6 in any spelling of RFC 4291 2.2; a zone (`fe80::1%5`) is left out.
 * @returns null for anything else, also for octal-looking or short forms of IPv4, which are ambiguous.
 */
export function parseAddress(text: string): Address | null {
  const v4 = parseV4(text);
  if (v4 !== null) return { version: 4, value: v4 };
  const zone = text.indexOf('%');
  const value = parseV6(zone < 0 ? text : text.slice(0, zone));
  if (value === null) return null;
  return value >> 32n === MAPPED ? { version: 4, value: value & 0xffffffffn } : { version: 6, value };
}

/** First and last address of a network; bits of the host part in `network` are ignored. Null when it is none. */
export function networkRange(network: string, bits: number, version: 4 | 6): { readonly from: bigint; readonly to: bigint } | null {
  const address = parseAddress(network);
  const size = version === 4 ? 32 : 128;
  if (address === null || address.version !== version || !Number.isInteger(bits) || bits < 0 || bits > size) return null;
  const hostMask = (1n << BigInt(size - bits)) - 1n;
  const from = (address.value >> BigInt(size - bits)) << BigInt(size - bits);
  return { from, to: from | hostMask };
}

/** 32 lower-case hex digits: text order is address order. */
export function v6Key(value: bigint): string {
  return value.toString(16).padStart(32, '0');
}

function parseV4(text: string): bigint | null {
  const m = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (m === null) return null;
  let value = 0;
  for (const part of m.slice(1)) {
    if (Number(part) > 255 || (part.length > 1 && part.startsWith('0'))) return null;
    value = value * 256 + Number(part);
  }
  return BigInt(value);
}

function parseV6(text: string): bigint | null {
  if (!/^[0-9a-f:.]{2,45}$/i.test(text)) return null;
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const head = groups(halves[0] ?? '', halves.length === 1);
  const tail = groups(halves[1] ?? '', true);
  if (head === null || tail === null) return null;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return null;
  let value = 0n;
  for (const group of [...head, ...Array.from({ length: missing }, () => 0), ...tail]) value = (value << 16n) | BigInt(group);
  return value;
}

/** 16-bit groups of one side of `::`; only the very end may be dotted decimal. */
function groups(text: string, isEnd: boolean): readonly number[] | null {
  if (text === '') return [];
  const out: number[] = [];
  const parts = text.split(':');
  for (const [i, part] of parts.entries()) {
    if (part.includes('.')) {
      const v4 = isEnd && i === parts.length - 1 ? parseV4(part) : null;
      if (v4 === null) return null;
      out.push(Number(v4 >> 16n), Number(v4 & 0xffffn));
    } else if (/^[0-9a-f]{1,4}$/i.test(part)) {
      out.push(Number.parseInt(part, 16));
    } else {
      return null;
    }
  }
  return out;
}
