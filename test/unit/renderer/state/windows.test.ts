import { afterEach, describe, expect, it, vi } from 'vitest';
import { fail } from '../../../../shared/base/result.ts';
import { TextFile } from '../../../../renderer/state/text-file.ts';
import { TimelinePages } from '../../../../renderer/state/timeline-pages.ts';
import { fakeClient } from '../../../helpers/fake-client.ts';

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

afterEach(() => void vi.useRealTimers());

describe('the window over the timeline', () => {
  it('fetches what comes into sight, once, and the page behind it', async () => {
    const host = fakeClient();
    const pages = new TimelinePages(host, '', () => {});
    await pages.load(0);
    expect(pages.count).toBe(4002);
    pages.want(150, 420);
    pages.want(150, 420);
    await settled();
    expect(host.asked.map((a) => (a.input as { offset: number }).offset)).toEqual([0, 200, 400, 600]);
    expect([199, 200, 201].map((i) => pages.row(i)?.id)).not.toContain(undefined);
  });
  it('begins at the row that is wanted', async () => {
    const pages = new TimelinePages(fakeClient(), '', () => {});
    await pages.load(3999);
    expect(pages.row(3999)).toBeDefined();
    expect(pages.row(0)).toBeUndefined();
  });
  it('does not move when rows come in; it says how many there are', async () => {
    const host = fakeClient();
    const pages = new TimelinePages(host, '', () => {});
    await pages.load(0);
    host.answer('timeline.page', ({ offset }) => ({ revision: 2, partial: true, events: [], shown: 5000, total: 5000, offset }));
    pages.want(200, 210);
    await settled();
    expect([pages.count, pages.grown, pages.partial]).toEqual([4002, 998, true]);
  });
  it('forgets pages far away, so that memory does not grow with the scrolling', async () => {
    const host = fakeClient();
    host.answer('timeline.page', ({ offset }) => ({ revision: 1, partial: false, events: [], shown: 1_000_000, total: 1_000_000, offset }));
    const pages = new TimelinePages(host, '', () => {});
    for (let page = 0; page < 100; page++) await pages.load(page * 200);
    host.asked.length = 0;
    pages.want(0, 1);
    await settled();
    expect(host.asked.map((a) => (a.input as { offset: number }).offset)).toEqual([0, 200]);
  });
  it('asks one thing at a time; of what was wanted meanwhile the last counts', async () => {
    const host = fakeClient();
    let running = 0;
    let most = 0;
    const slow = { ...host, request: (async (name: never, input: never) => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      return host.request(name, input);
    }) as typeof host.request };
    const pages = new TimelinePages(slow, '', () => {});
    await pages.load(0);
    host.asked.length = 0;
    vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] });
    for (let row = 400; row < 4000; row += 100) pages.want(row, row + 20);
    for (let i = 0; i < 20; i++) await settled();
    // The thumb rests there.
    await vi.advanceTimersByTimeAsync(100);
    for (let i = 0; i < 20; i++) await settled();
    expect(most).toBe(1);
    // The one that was under way, then the last that was looked at with its neighbours.
    expect(host.asked.map((a) => (a.input as { offset: number }).offset)).toEqual([400, 3800, 4000, 3600]);
  });
  it('joins pages without doubling or leaving out a row when rows came in before them', async () => {
    const host = fakeClient();
    const ids = (await host.request('timeline.page', { filter: '', offset: 0, limit: 1000 }));
    const rows = ids.ok ? ids.value.events : [];
    let list = rows.slice(30);
    host.answer('timeline.page', ({ offset, limit }) => ({ revision: 1, partial: true, events: list.slice(offset, offset + limit), shown: list.length, total: list.length, offset }));
    host.answer('timeline.locate', ({ event }) => ({ offset: list.findIndex((e) => e.id === event) }));
    const pages = new TimelinePages(host, '', () => {});
    await pages.load(200);
    list = rows;
    pages.want(350, 420);
    for (let i = 0; i < 5; i++) await settled();
    const seen = Array.from({ length: 400 }, (_, i) => pages.row(200 + i)?.id);
    expect(seen).toEqual(rows.slice(230, 630).map((e) => e.id));
    expect([pages.count, pages.grown]).toEqual([970, 30]);
    expect(pages.indexOf(430)).toBe(400);
  });
  it('keeps a failure with its words', async () => {
    const host = fakeClient();
    host.answer('timeline.page', () => fail('usage', 'Unknown field.', 3));
    const pages = new TimelinePages(host, 'x:1', () => {});
    await pages.load(0);
    expect(pages.failure?.message).toBe('Unknown field.');
  });
});

describe('the lines of a file', () => {
  it('come by pages around what is wanted', async () => {
    const host = fakeClient();
    const file = new TextFile(host, 'C/a.config');
    let told = 0;
    file.subscribe(() => { told += 1; });
    file.want(499, 502);
    await settled();
    expect(host.asked.map((a) => (a.input as { fromLine: number }).fromLine)).toEqual([1, 501]);
    expect(file.line(312)).toContain('HttpCacheExt');
    expect(file.line(501)).toBeDefined();
    expect([file.snapshot().state, file.snapshot().total, told]).toEqual(['text', 640, 2]);
  });
  it('say when the case does not hold them', async () => {
    const file = new TextFile(fakeClient(), 'C/u_ex260302.log');
    file.want(1, 1);
    await settled();
    expect(file.snapshot()).toMatchObject({ state: 'none', message: 'This file is not kept in the case.' });
  });
});
