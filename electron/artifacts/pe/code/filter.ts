import { FILTER_NOTIFICATIONS, FILTER_PRIORITIES, hex, namesOf } from './notifications.ts';
import type { Reading } from './reading.ts';
import { describe } from './description.ts';
import type { Constant, Value } from './value.ts';
import { pointer } from './value.ts';
import { entryState, walk } from './walk.ts';

/**
 * Where dwFlags stands in HTTP_FILTER_VERSION (httpfilt.h): two DWORDs, a description of SF_MAX_FILTER_DESC_LEN = 257
 * bytes, and padding. The same for 32 and 64 bits; mingw-w64's public header has the same place.
 */
const FLAGS = 0x10c;
const DESCRIPTION = 8;
const MAX_DESCRIPTION = 257;
const ASSUMED = ' (the flags before it are assumed to be zero, or a variable to have its initial value)';

/** What GetFilterVersion asks to be called for. */
export function readFilter(reading: Reading, entry: number): void {
  const { world, code, imports, out } = reading;
  const version = world.statics.beside();
  const place = pointer(version, FLAGS);
  const state = entryState(world, [pointer(version)]);
  // A filter that only adds its flags relies on the server's memory being clear.
  state.store(place, { kind: 'constant', value: 0, width: 4, at: -1, assumed: true }, 4);
  const masks = new Map<number, Constant>();
  const stored = new Map<number, Constant>();
  let computed: number | null = null;
  let returned = false;
  const keep = (into: Map<number, Constant>, value: Value): void => {
    if (value?.kind === 'constant' && value.at >= 0 && value.wide === undefined && !into.has(value.value)) into.set(value.value, value);
  };
  const description = describe(reading, version, DESCRIPTION, MAX_DESCRIPTION);
  const complete = walk(code, imports, entry, state, {
    call: (site, at) => description.call(site, at),
    store: (address, value, width, instruction) => {
      description.store(address, value, width, instruction);
      if (address?.kind !== 'pointer' || address.base !== version || address.offset !== FLAGS) return;
      if (value?.kind === 'constant') keep(stored, value);
      else computed ??= instruction.at;
    },
    end: (last) => {
      returned = true;
      keep(masks, last.load(place, 4));
    },
  });
  for (const flags of masks.size > 0 ? masks.values() : returned ? [] : stored.values()) decode(reading, flags);
  description.report('filter-description', 'calls itself', 'lpszFilterDesc');
  if (computed !== null) {
    out.add('limits', 'filter-flags-computed', 'the flags that it registers with could not be recovered from the code (computed value)', { offset: computed });
  } else if (masks.size === 0 && stored.size === 0) {
    out.add('limits', 'filter-flags-unknown', `the flags that it registers with could not be recovered from the code of GetFilterVersion${complete ? '' : ', which was not followed to its end'}`, { offset: reading.offset(entry) });
  }
}

function decode({ out }: Reading, flags: Constant): void {
  const { set, rest } = namesOf(flags.value, FILTER_NOTIFICATIONS);
  const note = flags.assumed === true ? ASSUMED : '';
  const proof = { offset: flags.at, constant: hex(flags.value) };
  const ports = set.filter(({ bit }) => bit <= 2).length;
  const names = set.map(({ words, constant }) => `${words} (${constant})`);
  out.add('requests', 'filter-notifications', `registers as a filter for: ${names.length === 0 ? 'nothing' : names.join(', ')} (written to dwFlags, 0x10C bytes into HTTP_FILTER_VERSION)${note}`, proof);
  if (ports === 1) out.add('requests', 'filter-ports', `is called on ${(flags.value & 1) !== 0 ? 'TLS' : 'plain'} ports only${note}`, proof);
  for (const { bit, constant, means } of set) {
    for (const { group, id, what } of means) out.add(group, id, `${what} (${constant} 0x${bit.toString(16)})${note}`, proof);
  }
  const priority = FILTER_PRIORITIES.find(({ bit }) => (flags.value & bit) !== 0);
  out.add('requests', 'filter-priority', `priority ${priority ? `${priority.words} (${priority.constant})` : 'low: no flag asks for another'}${note}`, proof);
  const known = FILTER_PRIORITIES.reduce((left, { bit }) => (left & ~bit) >>> 0, rest);
  if (known !== 0) out.add('limits', 'filter-flags-unnamed', `flags without a published name: ${hex(known)}${note}`, proof);
}
