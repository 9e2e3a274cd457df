import type { ClrFacts } from '../../../../shared/model/pe/index.ts';
import { foldCase } from '../../../../shared/base/compare.ts';
import type { ByteView } from '../../kit/bytes.ts';
import { compressed } from './heaps.ts';
import type { MetadataRoot } from './root.ts';

const MAX_KEPT = 500;
const MAX_UNITS = 1000;

interface Entry { readonly at: number; readonly length: number }

/** Place and length in bytes (flag included) of the entries that hold one; length 0 is padding. Ends where a length leads nowhere. */
function* entries(heap: ByteView): Generator<Entry> {
  let at = 1;
  while (at < heap.length) {
    const prefix = compressed(heap.bytes, at);
    if (prefix === null || !heap.has(prefix.next, prefix.value)) return;
    if (prefix.value > 0) yield { at: prefix.next, length: prefix.value };
    at = prefix.next + prefix.value;
  }
}

/**
 * String literals of the code (#US, II.24.2.4): all are counted, the first are kept with the file offset of their first
 * byte. A unit of a broken surrogate pair is written `\uD83D`; text is cut after 1,000 UTF-16 units.
 */
export function readUserStrings(root: MetadataRoot, out: ClrFacts['userStrings']): void {
  const heap = root.streams.get('#US');
  if (!heap) return;
  const start = startOf(root);
  for (const { at, length } of entries(heap)) {
    out.count += 1;
    if (out.first.length < MAX_KEPT) out.first.push({ text: textOf(heap.bytes, at, length - 1), offset: start + at });
  }
}

/** File offset of the first literal of each given text that is there, whatever its case. */
export function findUserStrings(root: MetadataRoot, wanted: ReadonlySet<string>): Map<string, number> {
  const found = new Map<string, number>();
  const heap = root.streams.get('#US');
  if (!heap) return found;
  const lengths = new Set([...wanted].map((text) => text.length * 2 + 1));
  for (const { at, length } of entries(heap)) {
    if (!lengths.has(length)) continue;
    const text = foldCase(textOf(heap.bytes, at, length - 1));
    if (wanted.has(text) && !found.has(text)) found.set(text, startOf(root) + at);
  }
  return found;
}

const startOf = (root: MetadataRoot): number => root.headers.find((h) => h.name === '#US')?.offset ?? 0;

function textOf(bytes: Uint8Array, at: number, length: number): string {
  let out = '';
  for (let i = at; i + 1 < at + Math.min(length, MAX_UNITS * 2); i += 2) out += String.fromCharCode((bytes[i] ?? 0) | ((bytes[i + 1] ?? 0) << 8));
  return out.replace(/\p{Surrogate}/gu, (unit) => `\\u${unit.charCodeAt(0).toString(16).toUpperCase()}`);
}
