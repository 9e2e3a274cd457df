interface Element {
  readonly at: number;
  readonly head: number;
  readonly length: number;
}

const MOST = 2000;
/** Tags that signatures and catalogs are made of. */
const TAGS = [0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x0c, 0x13, 0x16, 0x17, 0x18, 0x1e, 0x24, 0x30, 0x31, 0x80, 0x81, 0xa0, 0xa1, 0xa2];

/** ASN.1 elements from `start` on, outer ones before inner ones; what makes no sense is passed over. */
function elementsOf(bytes: Buffer, start: number): Element[] {
  const found: Element[] = [];
  const pending: (readonly [number, number])[] = [[start, bytes.length]];
  for (let range = pending.pop(); range !== undefined && found.length < MOST; range = pending.pop()) {
    let [at, end] = range;
    while (at + 2 <= end && found.length < MOST) {
      const first = bytes[at + 1] ?? 0;
      const extra = first < 0x80 ? 0 : first & 0x7f;
      if (extra > 4 || at + 2 + extra > end) break;
      const length = extra === 0 ? first : bytes.readUIntBE(at + 2, extra);
      const head = 2 + extra;
      if (first === 0x80 || at + head + length > end) break;
      found.push({ at, head, length });
      if (((bytes[at] ?? 0) & 0x20) !== 0 || bytes[at] === 0x04) pending.push([at + head, at + head + length]);
      at += head + length;
      if (length === 0 && head === 0) break;
    }
  }
  return found;
}

/** Changes one element: its tag, its length, its content; leaves it out, doubles it, or puts another in its place. */
export function changeElement(start: (bytes: Buffer) => number): (bytes: Buffer, below: (limit: number) => number) => Buffer {
  return (bytes, below) => {
    const elements = elementsOf(bytes, start(bytes));
    const element = elements[below(elements.length)];
    const other = elements[below(elements.length)];
    if (element === undefined || other === undefined) return bytes;
    const { at, head, length } = element;
    const end = at + head + length;
    const how = below(7);
    if (how === 0) bytes[at] = TAGS[below(TAGS.length)] ?? 0;
    else if (how === 1) bytes[at + 1] = [0, 1, 0x7f, 0x80, 0x81, 0x84, 0x88, 0xff][below(8)] ?? 0;
    else if (how === 2 && length > 0) bytes[at + head + below(length)] = below(256);
    else if (how === 3) return Buffer.concat([bytes.subarray(0, at), bytes.subarray(end)]);
    else if (how === 4) return Buffer.concat([bytes.subarray(0, end), bytes.subarray(at, end), bytes.subarray(end)]);
    else if (how === 5) return Buffer.concat([bytes.subarray(0, at), bytes.subarray(other.at, other.at + other.head + other.length), bytes.subarray(end)]);
    // The same number of bytes: the lengths around it stay true.
    else bytes.copyWithin(at, other.at, Math.min(other.at + other.head + other.length, other.at + head + length));
    return bytes;
  };
}
