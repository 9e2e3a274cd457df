import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { PagesAhead } from '../../../electron/services/timeline-ahead.ts';
import { Timeline, type Selection } from '../../../electron/timeline/index.ts';
import { parseFilter } from '../../../shared/query/index.ts';
import { addLog, addRows } from './fill.ts';
import { openTimeline, type TestTimeline } from './helpers.ts';

let t: TestTimeline;
beforeAll(async () => {
  t = await openTimeline();
  await addLog(t.connection, 1);
  await addRows(t.connection, Array.from({ length: 2500 }, (_, i) => ({ off: i, second: i, status: i % 2 === 0 ? 200 : 404, texts: { uri: `/p${i}` } })));
});
afterAll(() => t.close());

function select(text: string, revision = 1): Selection {
  const parsed = parseFilter(text);
  if (!parsed.ok) throw new Error(parsed.fault.message);
  return { filter: parsed.filter, revision };
}

describe('pages read ahead', () => {
  it.each(['', 'status:404'])('are those that the timeline gives, in both directions (%s)', async (text) => {
    const timeline = new Timeline(t.connection);
    const ahead = new PagesAhead(new Timeline(await t.store.connect()));
    const { shown } = await timeline.page(select(text), 0, 1);
    const forward = Array.from({ length: Math.ceil(shown / 100) }, (_, i) => i * 100);
    let taken = 0;
    for (const offset of [...forward, ...forward.toReversed()]) {
      const page = await ahead.take(select(text), offset, 100);
      const wanted = await timeline.page(select(text), offset, 100);
      if (page !== null) {
        taken += 1;
        expect([offset, page]).toEqual([offset, wanted]);
      }
      ahead.given(select(text), offset, 100, wanted.shown);
    }
    // All but the first two in one direction; at the turn the neighbours are there already.
    expect(taken).toBe(forward.length * 2 - 2);
  });

  it('are not read for jumps, nor for tags, and not used at another revision or for another filter', async () => {
    const timeline = new Timeline(t.connection);
    const asked = vi.spyOn(timeline, 'page');
    const ahead = new PagesAhead(timeline);
    for (const offset of [0, 2000, 500, 500]) ahead.given(select(''), offset, 100, 2500);
    for (const offset of [0, 100, 200]) ahead.given(select('tag:x'), offset, 100, 2500);
    ahead.given(select(''), 2400, 100, 2500);
    ahead.given(select('', 2), 2300, 100, 2500);
    expect(asked).not.toHaveBeenCalled();
    for (const offset of [0, 100]) ahead.given(select(''), offset, 100, 2500);
    expect(asked).toHaveBeenCalledTimes(1);
    expect((await ahead.take(select(''), 200, 100))?.events[0]?.ref.offset).toBe(200);
    expect([await ahead.take(select('', 2), 200, 100), await ahead.take(select('status:404'), 200, 100), await ahead.take(select(''), 1150, 100)]).toEqual([null, null, null]);
  });

  it('that cannot be read are asked for again', async () => {
    const timeline = new Timeline(t.connection);
    vi.spyOn(timeline, 'page').mockRejectedValueOnce(new Error('stopped'));
    const ahead = new PagesAhead(timeline);
    for (const offset of [0, 100]) ahead.given(select(''), offset, 100, 2500);
    expect(await ahead.take(select(''), 200, 100)).toBeNull();
  });
});
