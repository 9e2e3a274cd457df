import type { ByteView } from '../kit/bytes.ts';

/** A version block is one level of VS_VERSIONINFO: length, value length, type, key, value, children. */
interface Block {
  readonly key: string;
  readonly valueAt: number;
  /** Bytes of the value for binary values, UTF-16 units for text. */
  readonly valueLength: number;
  readonly isText: boolean;
  readonly childrenAt: number;
  readonly end: number;
}

const MAX_KEY = 256;
const MAX_VALUE = 4096;
const MAX_STRINGS = 1024;
const align = (at: number): number => at + ((4 - (at % 4)) % 4);

/** Where a string of a table stands: offset of the value in `view`, bytes with its NUL. */
export interface VersionPlace {
  readonly name: string;
  readonly value: string;
  readonly at: number;
  readonly length: number;
}

export interface VersionStrings {
  /** Name and value as they stand; the first language wins, within one table the last value. */
  readonly strings: ReadonlyMap<string, string>;
  /** Every block is where and as long as Windows tools write it, so that a reader which trusts the lengths comes to an end. */
  readonly regular: boolean;
  /** A block's length makes no sense; what lies behind it was not read. */
  readonly damaged: boolean;
  /** Every string of every table, in the order of the file. */
  readonly places: readonly VersionPlace[];
  /** Where VS_FIXEDFILEINFO stands in `view` and the bytes that it claims; null without one. */
  readonly fixed: { readonly at: number; readonly length: number } | null;
}

/** Reads the string tables of a VS_VERSIONINFO resource (Windows SDK, "VS_VERSIONINFO structure"). Offsets are in `view`. */
export function readVersionStrings(view: ByteView): VersionStrings {
  const strings = new Map<string, string>();
  const places: VersionPlace[] = [];
  const state: State = { regular: true, damaged: false };
  const root = block(view, 0, view.length);
  if (!root || root.key !== 'VS_VERSION_INFO') return { strings, regular: false, damaged: true, places, fixed: null };
  if (root.isText || root.valueLength % 4 !== 0 || root.valueAt !== 40) state.regular = false;
  for (const info of children(view, root, state)) {
    if (info.valueLength !== 0 || !/^(?:String|Var)FileInfo$/.test(info.key)) state.regular = false;
    for (const table of children(view, info, state)) {
      if (info.key !== 'StringFileInfo') continue;
      if (table.valueLength !== 0 || !/^[0-9a-f]{8}$/i.test(table.key)) state.regular = false;
      const own = new Map<string, string>();
      for (const entry of children(view, table, state)) {
        if (!inStep(entry)) state.regular = false;
        if (own.size >= MAX_STRINGS) continue;
        const text = value(view, entry);
        own.set(entry.key, text);
        if (places.length < MAX_STRINGS) places.push({ name: entry.key, value: text, at: Math.min(entry.valueAt, entry.end), length: Math.max(0, Math.min(entry.end - entry.valueAt, text.length * 2 + 2)) });
      }
      for (const [name, text] of own) if (!strings.has(name)) strings.set(name, text);
    }
  }
  return { strings, ...state, places, fixed: !root.isText && root.valueLength > 0 ? { at: root.valueAt, length: root.valueLength } : null };
}

interface State {
  regular: boolean;
  damaged: boolean;
}

function value(view: ByteView, entry: Block): string {
  // Some resource compilers count bytes where units are meant; the block's own end bounds both.
  const units = Math.floor((entry.end - entry.valueAt) / 2);
  return entry.valueLength === 0 || units <= 0 ? '' : view.utf16(entry.valueAt, Math.min(units, MAX_VALUE, entry.isText ? entry.valueLength : Math.ceil(entry.valueLength / 2)));
}

function* children(view: ByteView, parent: Block, state: State): Generator<Block> {
  let at = parent.childrenAt;
  while (at + 6 <= parent.end) {
    const child = block(view, at, parent.end);
    if (!child) {
      state.regular = false;
      // Zeros behind the last block are padding.
      state.damaged ||= view.u16(at) !== 0;
      return;
    }
    yield child;
    at = align(child.end);
  }
  if (at < parent.end) state.regular = false;
}

/**
 * Whether the value of a string ends where its block does. A reader that goes on behind the value instead of behind the
 * block would otherwise take other bytes for the next block.
 */
function inStep({ valueAt, valueLength, isText, end, key }: Block): boolean {
  return isText && key.length < MAX_KEY && align(Math.min(valueAt + valueLength * 2, end)) === align(end);
}

/** The block at an offset, or null when its length makes no sense (which would be an endless loop). */
function block(view: ByteView, at: number, limit: number): Block | null {
  if (!view.has(at, 6)) return null;
  const length = view.u16(at);
  const valueLength = view.u16(at + 2);
  const isText = view.u16(at + 4) === 1;
  const end = at + length;
  if (length < 8 || end > limit) return null;
  const key = view.utf16(at + 6, Math.min(MAX_KEY, Math.floor((length - 6) / 2)));
  const valueAt = align(at + 6 + (key.length + 1) * 2);
  const childrenAt = align(valueAt + (isText ? valueLength * 2 : valueLength));
  return { key, valueAt, valueLength, isText, childrenAt, end };
}
