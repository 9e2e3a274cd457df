import type { EntryMetaData } from '@zip.js/zip.js';

const FILETIME_EPOCH = 116_444_736_000_000_000n;
const TICKS_PER_SECOND = 10_000_000n;

/** Modification time of an entry in 100 ns ticks since 1970; `utc` false where the zone is not recorded. */
export interface ZipTime {
  readonly ticks: bigint | null;
  readonly utc: boolean;
}

/**
 * The NTFS field (100 ns, UTC) is preferred, then the extended timestamp (seconds, UTC). The DOS time of the header is
 * the local time of the machine that made the zip, in steps of two seconds; its zone is not recorded, so it is given
 * as if it were UTC and marked. The library would read it in the zone of this machine, which must not matter.
 */
export function zipTime(entry: Pick<EntryMetaData, 'extraFieldNTFS' | 'extraFieldExtendedTimestamp' | 'rawLastModDate'>): ZipTime {
  const ntfs = entry.extraFieldNTFS?.rawLastModDate;
  if (ntfs !== undefined && ntfs > 0n) return { ticks: ntfs - FILETIME_EPOCH, utc: true };
  const seconds = entry.extraFieldExtendedTimestamp?.rawLastModDate;
  // 32 signed bits.
  if (seconds !== undefined) return { ticks: BigInt(seconds | 0) * TICKS_PER_SECOND, utc: true };
  return { ticks: dosTicks(Number(entry.rawLastModDate)), utc: false };
}

/** MS-DOS date (upper 16 bits) and time; null for 0 and for days and hours that do not exist. */
function dosTicks(dos: number): bigint | null {
  const date = dos >>> 16;
  const time = dos & 0xffff;
  const [year, month, day] = [1980 + (date >>> 9), (date >>> 5) & 15, date & 31];
  const [hour, minute, second] = [time >>> 11, (time >>> 5) & 63, (time & 31) * 2];
  const ms = Date.UTC(year, month - 1, day, hour, minute, second);
  const back = new Date(ms);
  const real = back.getUTCMonth() === month - 1 && back.getUTCDate() === day && back.getUTCHours() === hour && second < 60;
  return real && minute < 60 ? BigInt(ms) * 10_000n : null;
}
