import { instantText, ticksFromSeconds } from '../../../shared/time/instant.ts';
import type { PeFacts } from '../../../shared/model/pe/index.ts';

/** Borland's and Delphi's linkers wrote this one moment, 1992-06-19T22:22:17Z, into every file for years. */
export const BORLAND = 0x2a42_5e19;

/**
 * The linker's stamp (COFF TimeDateStamp, seconds since 1970, UTC). Whoever makes or edits the file can write any value,
 * and 0, 0xFFFFFFFF, the constant of Borland's linkers and the hashes of reproducible builds are no time at all: `time` is null then and `note` says why.
 */
export function readStamp(value: number, offset: number, reproducible: boolean): PeFacts['timestamp'] {
  const note = noTime(value, reproducible);
  return note === null ? { value, time: instantText(ticksFromSeconds(value)), offset } : { value, time: null, offset, note };
}

function noTime(value: number, reproducible: boolean): string | null {
  if (value === 0) return 'the stamp is zero: it was not set or was wiped';
  if (value === 0xffff_ffff) return 'the stamp is 0xFFFFFFFF, which is no time';
  if (value === BORLAND) return 'the stamp is the constant that linkers of Borland (Delphi) write into every file, not a time';
  return reproducible ? 'a reproducible build: the stamp is a hash of the content, not a time' : null;
}
