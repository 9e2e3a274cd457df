import type { Input, Output } from '../../../shared/contract/index.ts';
import { instantText, parseInstant } from '../../../shared/time/instant.ts';
import { fakeClient, type FakeHost } from '../../helpers/fake-client.ts';
import { events } from '../../helpers/fake-data.ts';

/** Ticks between two rows: a tenth of a second. */
const APART = 1_000_000n;
const BEGIN = parseInstant('2026-01-01T00:00:00Z') ?? 0n;

export interface Generated {
  readonly host: FakeHost;
  /** The most pages that were asked for at the same time, and all in all. */
  readonly pages: { most: number; all: number };
}

/** A host with a list of any length: each row says its own number and is made when it is asked for. @param delay milliseconds that a page takes */
export function generatedRows(count: number, delay: number): Generated {
  const host = fakeClient();
  const [model] = events;
  if (model === undefined) throw new Error('no event in the data');
  const row = (i: number): Output<'timeline.event'> => ({ ...model, id: `g${i}`, time: instantText(BEGIN + BigInt(i) * APART), message: `row ${i}`, tags: [] });
  const pages = { most: 0, all: 0 };
  let running = 0;
  const locate = ({ event, time }: Input<'timeline.locate'>): Output<'timeline.locate'> => {
    const t = time === undefined ? null : parseInstant(time);
    const at = event !== undefined ? Number(event.slice(1)) : t === null ? 0 : Math.max(0, Number((t - BEGIN + APART - 1n) / APART));
    return { offset: Number.isInteger(at) && at < count ? at : null };
  };
  const step = 86_400;
  const days = Math.ceil(count / 864_000);
  host.answer('timeline.page', ({ offset, limit }) => ({ revision: 1, partial: false, events: Array.from({ length: Math.max(0, Math.min(limit, count - offset)) }, (_, i) => row(offset + i)), shown: count, total: count, offset }));
  host.answer('timeline.locate', locate);
  host.answer('timeline.coverage', () => ({ revision: 1, partial: false, lanes: [], first: null, last: null }));
  host.answer('timeline.stack', () => ({ rows: [{ value: 'iis-log', count, first: row(0).time, last: row(count - 1).time, spark: [] }], groups: 1, total: count, first: null, last: null }));
  host.answer('timeline.histogram', () => ({
    revision: 1, partial: false, start: instantText(BEGIN), step, buckets: Array.from({ length: days }, () => 864_000), unfiltered: Array.from({ length: days }, () => 864_000),
    bySource: { 'iis-log': [], httperr: [], 'ftp-log': [], freb: [], 'iis-config': [], 'config-history': [], pe: [], 'file-times': [] },
  }));
  const request: FakeHost['request'] = async (name, input) => {
    // Questions for a count alone are not pages of the list.
    if (name !== 'timeline.page' || (input as Input<'timeline.page'>).limit < 2) return host.request(name, input);
    pages.all += 1;
    running += 1;
    pages.most = Math.max(pages.most, running);
    await new Promise((resolve) => setTimeout(resolve, delay));
    running -= 1;
    return host.request(name, input);
  };
  return { host: { ...host, request }, pages };
}
