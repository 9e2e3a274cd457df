import type { ClrFacts } from '../../../../shared/model/pe/index.ts';
import { compressed } from './heaps.ts';
import type { MetadataRoot } from './root.ts';

const MAX_KEPT = 500;
const MAX_UNITS = 1000;

/**
 * String literals of the code (#US, II.24.2.4): all are counted, the first are kept with the file offset of their first
 * byte. A unit of a broken surrogate pair is written `\uD83D`; text is cut after 1,000 UTF-16 units.
 */
export function readUserStrings(root: MetadataRoot, out: ClrFacts['userStrings']): void {
  const heap = root.streams.get('#US');
  const start = root.headers.find((h) => h.name === '#US')?.offset ?? 0;
  if (!heap) return;
  let at = 1;
  while (at < heap.length) {
    const prefix = compressed(heap.bytes, at);
    if (prefix === null || !heap.has(prefix.next, prefix.value)) return;
    // Length 0 is padding; the last byte of an entry only says whether a character needs special treatment.
    if (prefix.value > 0) {
      out.count += 1;
      if (out.first.length < MAX_KEPT) out.first.push({ text: textOf(heap.bytes, prefix.next, prefix.value - 1), offset: start + prefix.next });
    }
    at = prefix.next + prefix.value;
  }
}

function textOf(bytes: Uint8Array, at: number, length: number): string {
  let out = '';
  for (let i = at; i + 1 < at + Math.min(length, MAX_UNITS * 2); i += 2) out += String.fromCharCode((bytes[i] ?? 0) | ((bytes[i + 1] ?? 0) << 8));
  return out.replace(/\p{Surrogate}/gu, (unit) => `\\u${unit.charCodeAt(0).toString(16).toUpperCase()}`);
}
