/** Writes DER (X.690) for tests: elements from parts, nothing read back. */
const BMP = 0x1e;

export function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag]), length(content.length), content]);
}

function length(n: number): Buffer {
  if (n < 0x80) return Buffer.from([n]);
  const bytes: number[] = [];
  for (let rest = n; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return Buffer.from([0x80 | bytes.length, ...bytes]);
}

export const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, ...parts);
export const set = (...parts: readonly Uint8Array[]): Buffer => der(0x31, ...parts);
export const octets = (bytes: Uint8Array): Buffer => der(0x04, bytes);
/** `[n]` around its parts. */
export const context = (n: number, ...parts: readonly Uint8Array[]): Buffer => der(0xa0 + n, ...parts);
export const nil = Buffer.from([5, 0]);

export function oid(dotted: string): Buffer {
  const [a = 0, b = 0, ...rest] = dotted.split('.').map(Number);
  const bytes = [a * 40 + b];
  for (const part of rest) {
    const groups = [part & 0x7f];
    for (let n = Math.floor(part / 128); n > 0; n = Math.floor(n / 128)) groups.unshift((n & 0x7f) | 0x80);
    bytes.push(...groups);
  }
  return der(0x06, Buffer.from(bytes));
}

export function integer(n: number): Buffer {
  const bytes = Buffer.alloc(5);
  bytes.writeUIntBE(n, 0, 5);
  let from = 0;
  while (from < 4 && bytes[from] === 0 && ((bytes[from + 1] ?? 0) & 0x80) === 0) from += 1;
  return der(0x02, bytes.subarray(from));
}

export const bmp = (text: string): Buffer => der(BMP, Buffer.from(text, 'utf16le').swap16());
/** `2026-03-01T12:00:00Z` as UTCTime. */
export const utcTime = (text: string): Buffer => der(0x17, Buffer.from(`${text.slice(2).replace(/[-:T]|\.\d+/g, '')}`));
