import { describe, expect, it } from 'vitest';
import { fail } from '../../../../shared/base/result.ts';
import { TextFile } from '../../../../renderer/state/text-file.ts';
import { TimelinePages } from '../../../../renderer/state/timeline-pages.ts';
import { fakeClient } from '../../../helpers/fake-client.ts';

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('the window over the timeline', () => {
  it('fetches what comes into sight, once', async () => {
    const host = fakeClient();
    const pages = new TimelinePages(host, '', () => {});
    await pages.load(0);
    expect(pages.count).toBe(4002);
    pages.want(150, 420);
    pages.want(150, 420);
    await settled();
    expect(host.asked.map((a) => (a.input as { offset: number }).offset)).toEqual([0, 200, 400]);
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
    expect(host.asked).toHaveLength(1);
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
