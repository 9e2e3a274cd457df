/** Bytes to a line. */
export const PER_ROW = 16;

/** A piece of a file, in bytes. */
export interface Range {
  readonly offset: number;
  readonly length: number;
}

/** Where the caret stands, and where the selection began that reaches to it. */
export interface Caret {
  readonly at: number;
  readonly anchor: number;
}

/** The bytes between anchor and caret, both included. */
export function selected({ at, anchor }: Caret): Range {
  return { offset: Math.min(at, anchor), length: Math.abs(at - anchor) + 1 };
}

/** How a byte is drawn; `none` is a byte that the file does not have or that is on its way. */
export type ByteLook = 'plain' | 'marked' | 'selected' | 'caret';

/** Neighbours of a line that are drawn alike: as few elements as possible. */
export interface Run {
  readonly look: ByteLook;
  readonly hex: string;
  readonly text: string;
}

/** The bytes of one line, as runs. @param size of the file: the last line may be short */
export function runsOf(row: number, size: number, byte: (at: number) => number | undefined, caret: Caret, mark: Range | null): readonly Run[] {
  const chosen = selected(caret);
  const first = row * PER_ROW;
  const runs: { look: ByteLook; hex: string; text: string }[] = [];
  for (let at = first; at < Math.min(size, first + PER_ROW); at++) {
    const look: ByteLook = at === caret.at ? 'caret' : chosen.length > 1 && inside(chosen, at) ? 'selected' : mark !== null && inside(mark, at) ? 'marked' : 'plain';
    const value = byte(at);
    const last = at === first + PER_ROW - 1;
    const hex = (value === undefined ? '..' : value.toString(16).padStart(2, '0')) + (last ? '' : ' ');
    const text = value === undefined ? ' ' : value >= 0x20 && value < 0x7f ? String.fromCharCode(value) : '.';
    const run = runs.at(-1);
    if (run !== undefined && run.look === look) {
      run.hex += hex;
      run.text += text;
    } else runs.push({ look, hex, text });
  }
  return runs;
}

function inside({ offset, length }: Range, at: number): boolean {
  return at >= offset && at < offset + Math.max(1, length);
}

/** Which byte of a line lies under the pointer. @param share how far from the left edge of the sixteen, 0 to 1; @param wide whether each byte takes three characters */
export function byteUnder(share: number, wide: boolean): number {
  const characters = wide ? PER_ROW * 3 - 1 : PER_ROW;
  const at = Math.floor((share * characters + (wide ? 0.5 : 0)) / (wide ? 3 : 1));
  return Math.max(0, Math.min(PER_ROW - 1, at));
}

/** Where a key takes the caret; null when it is none that moves it. @param page lines in sight */
export function moved(at: number, size: number, page: number, key: string, ctrl: boolean): number | null {
  const start = at - (at % PER_ROW);
  const steps: Readonly<Record<string, number>> = {
    ArrowLeft: at - 1, ArrowRight: at + 1, ArrowUp: at - PER_ROW, ArrowDown: at + PER_ROW, PageUp: at - PER_ROW * page, PageDown: at + PER_ROW * page,
    Home: ctrl ? 0 : start, End: ctrl ? size - 1 : start + PER_ROW - 1,
  };
  if (ctrl && key !== 'Home' && key !== 'End') return null;
  const next = Object.hasOwn(steps, key) ? steps[key] : undefined;
  if (next === undefined || size === 0) return null;
  // One line too far up or down stays where it is, so that the column is kept.
  if ((key === 'ArrowUp' && next < 0) || (key === 'ArrowDown' && next >= size)) return at;
  return Math.max(0, Math.min(size - 1, next));
}

/** An offset as it is shown: eight digits or more. */
export function offsetText(at: number): string {
  return at.toString(16).toUpperCase().padStart(8, '0');
}

/** An offset that a person typed: `0x1A400`, `1a400h` or decimal; null for anything else and for what lies outside. */
export function readOffset(typed: string, size: number): number | null {
  const text = typed.trim();
  const hex = /^0x([0-9a-f]{1,13})$/i.exec(text)?.[1] ?? /^([0-9a-f]{1,13})h$/i.exec(text)?.[1];
  const value = hex === undefined ? (/^\d{1,15}$/.test(text) ? Number(text) : null) : Number.parseInt(hex, 16);
  return value === null || value >= size ? null : value;
}
