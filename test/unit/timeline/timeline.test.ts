import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appendEvents, firstAnsweredPaths, histogram, requestsNear, stack, Timeline, timelineSummary, type NewEvent } from '../../../electron/timeline/index.ts';
import { EMPTY_FILTER, parseFilter, type Filter } from '../../../shared/query/index.ts';
import { parseInstant } from '../../../shared/time/instant.ts';
import { HEADER, ingestText, openTimeline, type TestTimeline } from './helpers.ts';

let t: TestTimeline;
let timeline: Timeline;
const all = { filter: EMPTY_FILTER, revision: 1 };
const LINES = 30_000;

const base = { path: null, sha256: '', server: 'WEB01', seq: 0, fidelity: 'exact', source: 'iis-config', meaning: 'config-saved', what: 'saved', message: 'saved', fields: [{ name: 'a', value: 'b' }] } as const;
const others: NewEvent[] = [
  { ...base, evidencePath: 'web.config', offset: 5, line: 3, column: 7, time: parseInstant('2026-03-02T00:00:30.25Z') },
  { ...base, evidencePath: 'web.config', offset: 5, seq: 1, time: null, fidelity: 'order-only' },
  { ...base, evidencePath: 'old.dll', offset: 0, time: parseInstant('1992-06-19T22:22:17Z'), source: 'pe', meaning: 'linker-stamp', fidelity: 'forgeable' },
];

function select(text: string): { filter: Filter; revision: number } {
  const parsed = parseFilter(text);
  if (!parsed.ok) throw new Error(parsed.fault.message);
  return { filter: parsed.filter, revision: 1 };
}

beforeAll(async () => {
  t = await openTimeline();
  const line = (i: number): string => {
    const at = new Date(Date.UTC(2026, 2, 2) + Math.floor(i / 500) * 1000).toISOString();
    return `${at.slice(0, 10)} ${at.slice(11, 19)} www GET /p${i % 7}${i === 29_000 ? 'shell' : ''} - ${i % 10 ? 200 : 404} 0 10.0.0.${i % 9} - ua - 5 12 t${i}\r\n`;
  };
  await ingestText(t, 'a.log', HEADER + Array.from({ length: LINES }, (_, i) => line(i)).join(''));
  await appendEvents(t.connection, others);
  timeline = new Timeline(t.connection);
});
afterAll(() => t.close());

describe('pages', () => {
  it('together are the whole timeline, once and in order, from any position', async () => {
    const whole: string[] = [];
    for await (const piece of timeline.all(all)) whole.push(...piece.map((e) => e.id));
    expect(whole).toHaveLength(LINES + 3);
    for (const [offset, limit] of [[0, 10], [1, 1], [499, 700], [14_999, 1000], [29_990, 50], [30_002, 5], [30_003, 5], [99_999, 5]] as const) {
      const page = await timeline.page(all, offset, limit);
      expect(page.events.map((e) => e.id)).toEqual(whole.slice(offset, offset + limit));
      expect(page).toMatchObject({ shown: LINES + 3, total: LINES + 3 });
    }
  });

  it('are read on without being sorted again, from any position', async () => {
    const selection = select('status:404');
    const whole: string[] = [];
    for await (const piece of timeline.all(selection)) whole.push(...piece.map((e) => e.id));
    for (const start of [0, 1, 1999, whole.length - 1, whole.length]) {
      const read: string[] = [];
      for await (const piece of timeline.from(selection, start)) read.push(...piece.map((e) => e.id));
      expect(read).toEqual(whole.slice(start));
    }
    const ends: string[] = [];
    for await (const piece of timeline.from(all, LINES)) ends.push(...piece.map((e) => e.id));
    expect(ends).toEqual((await timeline.page(all, LINES, 10)).events.map((e) => e.id));
  });

  it('obey the filter and know where an event stands', async () => {
    const selection = select('status:404 -uri:/p3');
    const page = await timeline.page(selection, 1000, 3);
    expect(page.shown).toBeLessThan(3000);
    expect(page.events[0]?.what).toBe('GET 404');
    expect(await timeline.locateEvent(selection, page.events[2]?.id ?? '')).toBe(1002);
    expect(await timeline.locateEvent(select('status:200'), page.events[2]?.id ?? '')).toBeNull();
    const untimed = (await timeline.page(all, LINES + 2, 1)).events[0];
    expect(untimed?.time).toBeNull();
    expect(await timeline.locateEvent(all, untimed?.id ?? '')).toBe(LINES + 2);
    // Many at once are found where each is found by itself.
    const ids = [untimed?.id ?? '', 'no id', ...[0, 499, 1000, 2500].flatMap((at) => page.events.map((e) => e.id).slice(0, at > 0 ? 1 : 3)), (await timeline.page(all, 0, 2)).events[0]?.id ?? '', '000000000001-000000000000-000000'];
    for (const list of [all, selection, select('status:200'), select('source:iis-config')]) {
      expect(await timeline.locateEvents(list, ids)).toEqual(await Promise.all(ids.map((id) => timeline.locateEvent(list, id))));
    }
    expect(await timeline.locateTime(all, parseInstant('2026-03-02T00:00:01Z') ?? 0n)).toBe(501);
    expect(await timeline.locateTime(all, parseInstant('2027-01-01') ?? 0n)).toBeNull();
  });

  it('show an event with its source, its words and every field in order', async () => {
    const [first] = (await timeline.page(select('uri:*shell'), 0, 5)).events;
    expect(first).toMatchObject({
      time: '2026-03-02T00:00:58Z', timeMeaning: 'request-finished', fidelity: 'exact', source: 'iis-log', what: 'GET 404', message: 'GET /p6shell 404 12 ms 10.0.0.2',
      server: 'WEB01', site: 'Default Web Site', ref: { path: 'C:\\inetpub\\logs\\a.log', evidencePath: 'logs/a.log', line: 29_003 },
    });
    expect(first?.fields.map((f) => `${f.name}=${f.value}`).join(' ')).toBe(
      'date=2026-03-02 time=00:00:58 cs-host=www cs-method=GET cs-uri-stem=/p6shell cs-uri-query=- sc-status=404 sc-substatus=0 c-ip=10.0.0.2 cs-username=- cs(User-Agent)=ua cs(Referer)=- sc-bytes=5 time-taken=12 X-Trace=t29000',
    );
    expect(await timeline.event(first?.id ?? '')).toEqual(first);
    expect(await timeline.event('000000000000-000000000000-000000')).toBeNull();
    expect(await timeline.event('nonsense')).toBeNull();
  });
});

describe('histogram', () => {
  it('counts every bucket, with the filter and without it', async () => {
    const h = await histogram(timeline, select('status:404'), 100, null, null);
    expect(h).toMatchObject({ start: '2026-03-02T00:00:00Z', step: 1 });
    expect(h.buckets).toHaveLength(60);
    expect(h.buckets[0]).toBe(50);
    expect(h.unfiltered[0]).toBe(500);
    expect(h.bySource['iis-log']).toEqual(h.buckets);
    expect(h.bySource['iis-config'].every((n) => n === 0)).toBe(true);
  });

  it('aligns its edges and shows empty stretches', async () => {
    const h = await histogram(timeline, all, 10, parseInstant('2026-03-01T23:59:30Z'), parseInstant('2026-03-02T00:02:00Z'));
    expect(h).toMatchObject({ start: '2026-03-01T23:59:30Z', step: 15, buckets: [0, 0, 7500, 7500, 7501, 7500, 0, 0, 0, 0] });
  });

  it('is not squeezed by a forged stamp, and shows it when that is all there is', async () => {
    expect((await histogram(timeline, all, 50, null, null)).start).toBe('2026-03-02T00:00:00Z');
    expect((await histogram(timeline, select('source:pe'), 50, null, null)).start).toBe('1992-06-19T22:22:17Z');
    expect(await histogram(timeline, all, 5, 10n, 5n)).toMatchObject({ start: null, buckets: [] });
  });
});

describe('groups', () => {
  it('are counted, largest first', async () => {
    const statuses = await stack(timeline, select('source:iis-log'), 'status', 1);
    expect(statuses).toMatchObject({ rows: [{ value: '200', count: 27_000, first: '2026-03-02T00:00:00Z', last: '2026-03-02T00:00:59Z' }], groups: 2, total: LINES, first: '2026-03-02T00:00:00Z', last: '2026-03-02T00:00:59Z' });
    expect(statuses.rows[0]?.spark).toHaveLength(24);
    expect(statuses.rows[0]?.spark.reduce((a, b) => a + b, 0)).toBe(27_000);
    expect((await stack(timeline, all, 'path', 5)).rows.map((r) => [r.value, r.count])).toEqual([['C:\\inetpub\\logs\\a.log', LINES], ['', 3]]);
    expect(await stack(timeline, all, 'toString', 5)).toMatchObject({ rows: [], groups: 0, total: LINES + 3 });
  });

  it('of all sources are summed up', async () => {
    expect(await timelineSummary(t.connection)).toEqual({
      events: LINES + 3, first: '2026-03-02T00:00:00Z', last: '2026-03-02T00:00:59Z', bySource: { 'iis-log': LINES, httperr: 0, 'ftp-log': 0, freb: 0, 'iis-config': 2, 'config-history': 0, pe: 1, 'file-times': 0 },
    });
  });
});

describe('requests around a moment', () => {
  const from = parseInstant('2026-03-02T00:00:58Z') ?? 0n;
  it('come in order and bounded', async () => {
    const near = await requestsNear(t.connection, { server: 'WEB01', from, to: from, limit: 7 });
    expect(near).toHaveLength(7);
    expect(near[0]?.time).toBe('2026-03-02T00:00:58Z');
    expect(await requestsNear(t.connection, { server: 'OTHER', from, to: from, limit: 7 })).toEqual([]);
  });

  describe('first answers', () => {
    let small: TestTimeline;
    beforeAll(async () => {
      small = await openTimeline();
      const row = (time: string, method: string, uri: string, status: number, ip = '10.0.0.1'): string => `2026-03-02 ${time} www ${method} ${uri} - ${status} 0 ${ip} - ua - 5 12 t\r\n`;
      await ingestText(small, 's.log', HEADER + [
        row('10:00:00', 'GET', '/old.aspx', 200), row('10:00:01', 'GET', '/UP/x.aspx', 404), row('12:00:00', 'GET', '/old.aspx', 200),
        ...Array.from({ length: 300 }, (_, i) => row('12:00:01', 'GET', `/scan${i}.php`, 404)),
        row('12:00:02', 'GET', '/logo.png', 200), row('12:00:03', 'GET', '/plain.hdr', 304), row('12:00:04', 'GET', '/its.png', 200, '10.0.0.66'), row('12:00:05', 'GET', '/up/X.aspx', 200),
        row('12:00:06', 'POST', '/up/x.aspx', 500), row('13:00:00', 'GET', '/late.aspx', 200),
      ].join(''));
    });
    afterAll(() => small.close());

    it('are rows below 400, those that say most first; static files and scans that met nothing are left out', async () => {
      const window = { server: 'WEB01', from: parseInstant('2026-03-02T12:00:00Z') ?? 0n, to: parseInstant('2026-03-02T12:30:00Z') ?? 0n, limit: 10 };
      const found = await firstAnsweredPaths(small.connection, { ...window, client: '10.0.0.66' });
      expect(found.map((p) => [p.uri.toLowerCase(), p.first, p.status, p.asked, p.requests, p.posts])).toEqual([
        ['/up/x.aspx', '2026-03-02T12:00:05Z', 200, '2026-03-02T10:00:01Z', 3, 1],
        ['/plain.hdr', '2026-03-02T12:00:03Z', 304, '2026-03-02T12:00:03Z', 1, 0],
        ['/its.png', '2026-03-02T12:00:04Z', 200, '2026-03-02T12:00:04Z', 1, 0],
      ]);
      expect((await new Timeline(small.connection).event(found[0]?.event ?? ''))?.message).toContain('GET /up/X.aspx');
      expect(await firstAnsweredPaths(small.connection, { ...window, site: 'Other' })).toEqual([]);
      expect(await firstAnsweredPaths(small.connection, { ...window, limit: 1 })).toHaveLength(1);
    });
  });
});
