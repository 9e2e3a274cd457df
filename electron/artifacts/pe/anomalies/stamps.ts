import { instantText, ticksFromSeconds } from '../../../../shared/time/instant.ts';
import { directory } from '../headers.ts';
import { BORLAND } from '../stamp.ts';
import type { Image } from '../image.ts';
import type { Examined } from './examined.ts';

/** Linkers take the stamps of one file seconds apart at most; tools that edit resources may come later. */
const SLACK_SECONDS = 86_400;

const real = (stamp: number): boolean => stamp !== 0 && stamp !== 0xffff_ffff && stamp !== BORLAND;
const day = (stamp: number): string => instantText(ticksFromSeconds(stamp));

/** Stamps of the headers, the exports and the debug entries that contradict each other. Hashes are no times, so a reproducible build has none. */
export function stampAnomalies(image: Image, { debug }: Pick<Examined, 'debug'>, reproducible: boolean): void {
  const { headers, view, map } = image;
  if (reproducible) return;
  const exported = directory(headers, 'exports');
  const at = exported ? map.offset(exported.rva) : null;
  const others = debug.map((entry) => ({ what: `debug entry ${entry.type}`, stamp: entry.timestamp, offset: entry.offset + 4 }));
  if (at !== null && view.has(at + 4, 4)) others.push({ what: 'export directory', stamp: view.u32(at + 4), offset: at + 4 });
  for (const { what, stamp, offset } of others) {
    if (real(stamp) && real(headers.timestamp) && Math.abs(stamp - headers.timestamp) > SLACK_SECONDS) {
      image.anomaly('timestamps-differ', offset, `the stamp of the ${what} says ${day(stamp)}, that of the file ${day(headers.timestamp)}`);
      return;
    }
  }
}
