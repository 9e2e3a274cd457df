import { describe, expect, it } from 'vitest';
import { fail } from '../../../../shared/base/result.ts';
import { QueryCache } from '../../../../renderer/state/query-cache.ts';
import { createWorkbench } from '../../../../renderer/state/workbench.ts';
import { fakeClient } from '../../../helpers/fake-client.ts';

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('answers that are shared', () => {
  it('are asked for once, however many show them', async () => {
    const host = fakeClient();
    const cache = new QueryCache(host);
    let told = 0;
    const stop = [cache.subscribe('note.list', {}, () => { told += 1; }), cache.subscribe('note.list', {}, () => { told += 1; })];
    await settled();
    expect(host.asked).toHaveLength(1);
    expect(told).toBe(2);
    expect(cache.peek('note.list', {}).value?.notes).toHaveLength(1);
    stop.forEach((s) => s());
  });
  it('keep their value while they are asked for again, and when that fails', async () => {
    const host = fakeClient();
    const cache = new QueryCache(host);
    cache.subscribe('note.list', {}, () => {});
    await settled();
    host.answer('note.list', () => fail('unavailable', 'The engine is away.'));
    cache.changed();
    expect(cache.peek('note.list', {}).value?.notes).toHaveLength(1);
    await settled();
    expect(cache.peek('note.list', {})).toMatchObject({ failure: { message: 'The engine is away.' }, value: { notes: [{ id: 'n1' }] } });
  });
  it('that were shown last are kept longest', async () => {
    const host = fakeClient();
    const cache = new QueryCache(host);
    const leave = cache.subscribe('note.list', {}, () => {});
    await settled();
    for (let i = 0; i < 80; i++) {
      const stop = cache.subscribe('component.get', { id: `c${i}` }, () => {});
      await settled();
      stop();
    }
    leave();
    for (let i = 0; i < 30; i++) {
      const stop = cache.subscribe('component.get', { id: `d${i}` }, () => {});
      await settled();
      stop();
    }
    expect(cache.peek('note.list', {}).value?.notes).toHaveLength(1);
    expect([cache.peek('component.get', { id: 'c0' }).value, cache.peek('component.get', { id: 'd29' }).loading]).toEqual([null, false]);
  });
  it('are not asked for again while nobody shows them', async () => {
    const host = fakeClient();
    const cache = new QueryCache(host);
    cache.subscribe('note.list', {}, () => {})();
    await settled();
    cache.changed();
    await settled();
    expect(host.asked).toHaveLength(1);
  });
  it('of another case do not stay', async () => {
    const host = fakeClient();
    const cache = new QueryCache(host);
    cache.subscribe('note.list', {}, () => {});
    await settled();
    host.answer('note.list', () => ({ notes: [] }));
    cache.clear();
    expect(cache.peek('note.list', {}).value).toBeNull();
    await settled();
    expect(cache.peek('note.list', {}).value?.notes).toEqual([]);
  });
});

describe('when data changes', () => {
  it('follows at most once per interval and leaves the timeline alone', async () => {
    const host = fakeClient();
    const timers: Array<() => void> = [];
    const wb = createWorkbench(host, (run) => timers.push(run));
    wb.queries.subscribe('note.list', {}, () => {});
    wb.queries.subscribe('timeline.histogram', { filter: '', buckets: 10 }, () => {});
    await settled();
    host.asked.length = 0;
    for (let revision = 1; revision <= 50; revision++) host.emit('case.changed', { revision });
    expect(timers).toHaveLength(1);
    timers[0]?.();
    await settled();
    expect(host.asked.map((a) => a.name).sort()).toEqual(['case.info', 'note.list']);
    expect(wb.store.getState().revision).toBe(50);
  });
  it('asks again for everything on screen when the connection is back', async () => {
    const host = fakeClient();
    const wb = createWorkbench(host);
    wb.queries.subscribe('timeline.logs', {}, () => {});
    await settled();
    host.asked.length = 0;
    host.connection('lost');
    expect(wb.store.getState().connection).toBe('lost');
    host.connection('open');
    await settled();
    expect(host.asked.map((a) => a.name).sort()).toEqual(['case.info', 'timeline.logs']);
  });
});
