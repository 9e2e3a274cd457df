import type { Fidelity } from '../../../shared/model/moment.ts';
import type { PeFacts } from '../../../shared/model/pe/index.ts';
import type { TimeMeaning } from '../../../shared/model/event.ts';
import type { InstantText } from '../../../shared/time/instant.ts';

/** A moment that a PE file claims. The file's place and server are the caller's to add. */
export interface PeEvent {
  readonly time: InstantText;
  readonly timeMeaning: TimeMeaning;
  readonly fidelity: Fidelity;
  readonly what: string;
  readonly message: string;
  readonly fields: readonly { readonly name: string; readonly value: string }[];
  /** File offset of the field. */
  readonly offset: number;
}

/** The linker's stamp as an event; none when the value is no time (`facts.timestamp.note` says why). */
export function peEvents(facts: PeFacts): PeEvent[] {
  const { time, value, offset } = facts.timestamp;
  if (time === null) return [];
  return [{
    time, offset,
    timeMeaning: 'linker-stamp',
    fidelity: 'forgeable',
    what: 'linker stamp',
    message: 'The linker\'s stamp in the PE header names this moment. Whoever made or changed the file could write any other.',
    fields: [{ name: 'TimeDateStamp', value: `0x${value.toString(16).padStart(8, '0')}` }, { name: 'machine', value: facts.machine }],
  }];
}
