import type { CallSite, CallEffect } from './calls.ts';
import type { Reading } from './reading.ts';
import type { State } from './state.ts';
import type { OnStore } from './step.ts';
import type { Origin } from './value.ts';

/** Watches for the text that a version function writes into its structure. */
export interface Description {
  readonly call: (site: CallSite, state: State) => CallEffect | undefined;
  readonly store: OnStore;
  readonly report: (id: string, words: string, field: string) => void;
}

/** Longest text that is written by instructions alone; longer ones are copied. */
const MAX_INLINE = 128;

/**
 * A text gets into a structure by a copying function (which is given the place and the text), by a loop or vector
 * instructions (which read the text), or piece by piece as immediates.
 */
export function describe(reading: Reading, structure: Origin, offset: number, max: number): Description {
  let found: { text: string; at: number } | null = null;
  const pieces = new Map<number, number>();
  let piecesAt: number | null = null;
  const take = (address: number): void => {
    const text = reading.text(address, false, max);
    const at = reading.offset(address);
    if (text !== null && text.length > 1 && at !== undefined) found ??= { text, at };
  };
  return {
    call: (site) => {
      const target = site.args.some((value) => value?.kind === 'pointer' && value.base === structure && value.offset === offset);
      if (!target) return undefined;
      for (const value of site.args) if (value?.kind === 'constant' && value.wide === undefined) take(value.value);
      return undefined;
    },
    store: (address, value, width) => {
      if (address?.kind !== 'pointer' || address.base !== structure || value?.kind !== 'constant') return;
      const at = address.offset - offset;
      if (at < 0 || at >= MAX_INLINE || width > 8) {
        if (at === 0 && value.from !== undefined) take(value.from);
        return;
      }
      if (value.from !== undefined) {
        if (at === 0) take(value.from);
        return;
      }
      piecesAt ??= value.at;
      const wide = value.wide ?? BigInt(value.value);
      for (let i = 0; i < width; i++) pieces.set(at + i, Number(BigInt.asUintN(8, wide >> BigInt(i * 8))));
    },
    report: (id, words, field) => {
      const inline = found === null && piecesAt !== null ? spelled(pieces) : null;
      const text = found ?? (inline === null || piecesAt === null ? null : { text: inline, at: piecesAt });
      if (text !== null) reading.out.add('requests', id, `${words} "${text.text}" (${field})`, { offset: text.at, constant: text.text });
    },
  };
}

function spelled(pieces: ReadonlyMap<number, number>): string | null {
  let text = '';
  for (let at = 0; at < MAX_INLINE; at++) {
    const byte = pieces.get(at);
    if (byte === undefined || byte === 0) break;
    text += String.fromCharCode(byte);
  }
  return text.length > 1 && /^[\x20-\x7e]+$/.test(text) ? text : null;
}
