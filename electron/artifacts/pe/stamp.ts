import { instantText, ticksFromSeconds } from '../../../shared/time/instant.ts';
import type { PeFacts } from '../../../shared/model/pe/index.ts';

/**
 * The linker's stamp (COFF TimeDateStamp, seconds since 1970, UTC). Whoever makes or edits the file can write any value,
 * and 0, 0xFFFFFFFF and the hashes of reproducible builds are no time at all: `time` is null then and `note` says why.
 */
export function readStamp(value: number, offset: number, reproducible: boolean): PeFacts['timestamp'] {
  const note = noTime(value, reproducible);
  return note === null ? { value, time: instantText(ticksFromSeconds(value)), offset } : { value, time: null, offset, note };
}

function noTime(value: number, reproducible: boolean): string | null {
  if (value === 0) return 'the stamp is zero: it was not set or was wiped';
  if (value === 0xffff_ffff) return 'the stamp is 0xFFFFFFFF, which is no time';
  return reproducible ? 'a reproducible build: the stamp is a hash of the content, not a time' : null;
}
