import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appendEvents, coverage, eventId, gaps, histogram, Indexes, stack, Timeline, type Selection } from '../../../electron/timeline/index.ts';
import { parseFilter } from '../../../shared/query/index.ts';
import { addLog, addRows } from './fill.ts';
import { openTimeline, type TestTimeline } from './helpers.ts';

/** 2026-03-02T00:00:00Z */
const MIDNIGHT = 1_772_409_600;
let t: TestTimeline;
beforeEach(async () => {
  t = await openTimeline();
  await addLog(t.connection, 1);
});
afterEach(() => t.close());

const select = (text: string, revision = 1): Selection => {
  const parsed = parseFilter(text);
  if (!parsed.ok) throw new Error(parsed.fault.message);
  return { filter: parsed.filter, revision };
};
const id = (off: number, file = 1, seq = 0): string => eventId({ fileId: BigInt(file), off: BigInt(off), seq });
const minute = (n: number): number => MIDNIGHT + n * 60;
const at = (n: number): string => new Date(minute(n) * 1000).toISOString().replace('.000', '');

describe('groups', () => {
  it('of one text are one group, whatever ids it has', async () => {
    for (let part = 0; part < 3; part++) {
      await addRows(t.connection, [0, 1, 2].map((i) => ({ off: part * 100 + i, second: minute(part * 8 + i), ip4: i === 0 ? 0x0a000001 : undefined, status: 200, texts: { uri: i === 2 ? '/b' : '/a', ...(i === 1 ? { ip: '2001:db8::1' } : {}) } } as const)));
    }
    const timeline = new Timeline(t.connection);
    const paths = await stack(timeline, select(''), 'uri', 1);
    expect(paths).toMatchObject({ groups: 2, total: 9, first: at(0), last: at(18), rows: [{ value: '/a', count: 6, first: at(0), last: at(17) }] });
    expect(paths.rows[0]?.spark).toEqual([1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0]);
    const addresses = await stack(timeline, select(''), 'ip', 9);
    expect(addresses.rows.map((r) => [r.value, r.count])).toEqual([['', 3], ['10.0.0.1', 3], ['2001:db8::1', 3]]);
    for (const field of ['site', 'server', 'path', 'source', 'what', 'message', 'status', 'component', 'host']) {
      const { rows, groups } = await stack(timeline, select(''), field, 9);
      expect([field, rows.reduce((sum, r) => sum + r.count, 0), groups]).toEqual([field, 9, rows.length]);
      for (const r of rows) expect(r.spark.reduce((a, b) => a + b, 0)).toBe(r.count);
    }
    expect((await stack(timeline, select('uri:/none'), 'uri', 9))).toMatchObject({ rows: [], groups: 0, total: 0, first: null });
  });

  it('of a column of the log join all places where it is kept', async () => {
    await t.connection.run(`insert into event_layout values (1, 'X-Own' || chr(31) || 'cs-uri-stem', ',uri', '0'), (2, 'cs-uri-stem' || chr(31) || 'a' || chr(31) || 'x-own', 'uri,,', '1,2'), (3, 'cs-uri-stem' || chr(31) || '__proto__', 'uri,', '1')`);
    await addRows(t.connection, [
      { off: 1, second: minute(1), layout: 1, texts: { uri: '/a', extra: 'one' } }, { off: 2, second: minute(2), layout: 2, texts: { uri: '/a', extra: 'other\u001fone' } },
      { off: 3, second: minute(3), layout: 2, texts: { uri: '/b', extra: 'one\u001f-' } }, { off: 4, second: minute(4), layout: 3, texts: { uri: '/b', extra: 'odd' } },
    ]);
    const timeline = new Timeline(t.connection);
    expect((await stack(timeline, select(''), 'log.X-OWN', 9)).rows.map((r) => [r.value, r.count])).toEqual([['', 2], ['one', 2]]);
    expect((await stack(timeline, select(''), 'log.cs-uri-stem', 9)).rows.map((r) => [r.value, r.count])).toEqual([['/a', 2], ['/b', 2]]);
    expect((await stack(timeline, select(''), 'log.__proto__', 9)).rows.map((r) => [r.value, r.count])).toEqual([['', 3], ['odd', 1]]);
    expect((await timeline.page(select('log.x-own:one'), 0, 9)).events.map((e) => e.id)).toEqual([id(1), id(2)]);
  });
});

describe('steps', () => {
  it('go to the nearest event that passes, also within one moment and from one that does not pass', async () => {
    await addRows(t.connection, [0, 1, 2, 3, 4, 5].map((i) => ({ off: i, second: i === 5 ? null : minute(i < 4 ? 0 : 9), status: i % 2 ? 404 : 200 })));
    const timeline = new Timeline(t.connection);
    const step = async (from: string, text: string, forward: boolean): Promise<string | null> => (await timeline.step(select(text), from, forward))?.id ?? null;
    expect(await step(id(0), 'status:200', true)).toBe(id(2));
    expect(await step(id(1), 'status:200', true)).toBe(id(2));
    expect(await step(id(1), 'status:200', false)).toBe(id(0));
    expect(await step(id(0), 'status:200', false)).toBeNull();
    expect(await step(id(2), '', true)).toBe(id(3));
    expect(await step(id(3), 'status:404', true)).toBe(id(5));
    expect(await step(id(5), 'status:404', false)).toBe(id(3));
    expect(await step(id(5), 'status:404', true)).toBeNull();
    expect(await step(id(99), '', true)).toBeNull();
    expect(await step('nonsense', '', true)).toBeNull();
  });
});

describe('silences', () => {
  it('are those asked for, longest kept, in order of time', async () => {
    await addRows(t.connection, [0, 1, 1, 5, 6, 30].map((n, i) => ({ off: i, second: minute(n) })));
    const timeline = new Timeline(t.connection);
    expect(await gaps(timeline, select(''), 120, 9)).toEqual([
      { from: at(1), to: at(5), seconds: 240, before: id(2), after: id(3) }, { from: at(6), to: at(30), seconds: 1440, before: id(4), after: id(5) },
    ]);
    expect((await gaps(timeline, select(''), 120, 1)).map((g) => g.seconds)).toEqual([1440]);
    expect(await gaps(timeline, select(''), 1441, 9)).toEqual([]);
    expect(await gaps(timeline, select('status:500'), null, 9)).toEqual([]);
  });

  it('are unusual beside those of other days', async () => {
    const rows = Array.from({ length: 10 * 24 }, (_, h) => h).filter((h) => h % 24 < 20 && Math.floor(h / 24) !== 6);
    await addRows(t.connection, rows.map((h, i) => ({ off: i, second: minute(h * 60) })));
    // Five quiet hours each night are usual; a day without anything is not.
    expect(await gaps(new Timeline(t.connection), select(''), null, 9)).toEqual([expect.objectContaining({ from: at((5 * 24 + 19) * 60), to: at(7 * 24 * 60), seconds: 29 * 3600 })]);
  });
});

describe('while logs are being loaded', () => {
  it('every answer is that of the rows there are, also of texts that came later', async () => {
    const indexes = new Indexes();
    const growing = new Timeline(t.connection, indexes);
    const beside = new Timeline(await t.store.connect(), indexes);
    for (let revision = 1; revision < 7; revision++) {
      await addRows(t.connection, Array.from({ length: 50 }, (_, i) => ({ off: revision * 100 + i, second: MIDNIGHT - revision * 86_400 + i, status: 200 + (i % 2), ip4: i, texts: { uri: `/p${i % 5}/${revision}`, ua: 'a+b', ip: '::1' } })));
      if (revision === 4) await appendEvents(t.connection, [{ evidencePath: 'x', path: null, sha256: '', server: null, offset: 0, seq: 0, time: 5n, meaning: 'config-saved', fidelity: 'exact', source: 'iis-config', what: '/p1/', message: '', fields: [] }]);
      for (const text of ['', 'uri:*p1*', '-uri:*p1*', 'p1', 'ip:0.0.0.*', 'ip:::/0', 'what:201', 'ua:"a b"', 'status:*1']) {
        const grown = await growing.page(select(text, revision), 10, 20);
        const anew = await new Timeline(t.connection).page(select(text, revision), 10, 20);
        expect([text, grown]).toEqual([text, anew]);
        expect(await histogram(beside, select(text, revision), 50, null, null)).toEqual(await histogram(new Timeline(t.connection), select(text, revision), 50, null, null));
      }
    }
    // Without a new revision nothing is asked of the store again.
    await addRows(t.connection, [{ off: 9000, second: MIDNIGHT }]);
    expect(await growing.count(select('', 6))).toBe(301);
    expect(await growing.count(select('', 7))).toBe(302);
  });

  it('the line of a row in a part that was read ahead is told when it is known', async () => {
    await addRows(t.connection, [5, 50, 150].map((off) => ({ off, second: MIDNIGHT + off, line: 3 })));
    await t.connection.run(`insert into event_stretch values (1, 40, 100, 9, '{}', '{}', null), (1, 100, 200, 9, '{}', '{}', 1000)`);
    const { events } = await new Timeline(t.connection).page(select(''), 0, 9);
    expect(events.map((e) => e.ref.line)).toEqual([3, undefined, 1003]);
  });
});

describe('fields of a row', () => {
  const SEP = '\u001f';
  it('are those of the log; date and time that the log wrote otherwise are named as those of UTC', async () => {
    await addLog(t.connection, 2, { zone: '+02:00' });
    await addLog(t.connection, 3, { zone: 'UTC', zone_assumed: true });
    await t.connection.append('event_layout', new Map([
      ['id', [5n, 6n]], ['names', [`date${SEP}time${SEP}s-sitename`, `date${SEP}time${SEP}x-utc-offset`]], ['columns', ['date,clock,', 'date,clock,']], ['kept', ['2', '2']],
    ]));
    const row = (file: number, layout: number, extra: string) => ({ file, off: layout, second: MIDNIGHT + file, layout, texts: { extra, site: 'Shop' } });
    await addRows(t.connection, [row(1, 5, 'W3SVC7'), row(2, 5, 'W3SVC8'), row(3, 5, '-'), row(3, 6, '+0200')]);
    const timeline = new Timeline(t.connection);
    const { events } = await timeline.page(select('-time:2000'), 0, 9);
    const shown = events.map((e) => e.fields.map((f) => `${f.name}=${f.value}`).join(' '));
    expect(shown).toEqual([
      'date=2026-03-02 time=00:00:01 s-sitename=W3SVC7', 'date-utc=2026-03-02 time-utc=00:00:02 s-sitename=W3SVC8', 'date=2026-03-02 time=00:00:03 s-sitename=-',
      'date-utc=2026-03-02 time-utc=00:00:03 x-utc-offset=+0200',
    ]);
    expect(events.map((e) => e.site)).toEqual(['Shop', 'Shop', 'Shop', 'Shop']);
    expect(await timeline.count(select('log.time-utc:"00:00:02"'))).toBe(1);
    expect(await timeline.count(select('log.date-utc:2026-03-02'))).toBe(4);
    expect((await stack(timeline, select(''), 'log.time-utc', 9)).rows.map((r) => [r.value, r.count])).toEqual([['00:00:03', 2], ['00:00:01', 1], ['00:00:02', 1]]);
  });
});

describe('networks', () => {
  it('hold the IPv4 addresses that a log wrote as mapped ones', async () => {
    await addRows(t.connection, ['::ffff:10.1.2.3', '::ffff:a01:204', '::FFFF:11.0.0.1', '10::1'].map((ip, off) => ({ off, second: MIDNIGHT + off, texts: { ip } })));
    await addRows(t.connection, [{ off: 9, second: MIDNIGHT + 9, ip4: 0x0a000001 }]);
    const found = async (text: string): Promise<number[]> => (await new Timeline(t.connection).page(select(text), 0, 9)).events.map((e) => Number(e.ref.offset));
    expect(await found('ip:10.0.0.0/8')).toEqual([0, 1, 9]);
    expect(await found('ip:10::/16')).toEqual([3]);
    expect(await found('-ip:10.0.0.0/8')).toEqual([2, 3]);
  });
});

describe('hostile values', () => {
  it('are found as they are and never understood', async () => {
    const long = 'x'.repeat(3_000_000);
    const values = ['100%', '100x', 'a_b', 'axb', '\\', "'; drop table request; --", '*', '\u{1F600}', long, 'a\u001fb', '?'];
    await addRows(t.connection, values.map((uri, i) => ({ off: i, second: MIDNIGHT + i, texts: { uri } })));
    const timeline = new Timeline(t.connection);
    const found = async (text: string): Promise<number[]> => (await timeline.page(select(text), 0, 99)).events.map((e) => Number(e.ref.offset));
    expect(await found('uri:"100%"')).toEqual([0]);
    expect(await found('uri:a_b')).toEqual([2]);
    expect(await found('uri:*_*')).toEqual([2]);
    expect(await found('uri:1*%')).toEqual([0]);
    expect(await found('uri:\\')).toEqual([4]);
    expect(await found(`"drop table"`)).toEqual([5]);
    expect(await found('uri:"*"')).toEqual([6]);
    expect(await found('uri:?')).toEqual([4, 6, 7, 10]);
    expect(await found('uri:~^x{1000}')).toEqual([8]);
    expect((await timeline.event(id(8)))?.message).toHaveLength(long.length);
  });

  it('of time, spread over ten thousand years, are counted in coarser units', async () => {
    const years = Array.from({ length: 70_000 }, (_, i) => i);
    await addRows(t.connection, years.map((i) => ({ off: i, second: -62_000_000_000 + i * 4_000_000 })));
    const timeline = new Timeline(t.connection);
    for (const offset of [0, 34_999, 69_990]) expect((await timeline.page(select(''), offset, 3)).events.map((e) => e.ref.offset)).toEqual([offset, offset + 1, offset + 2]);
    expect(await timeline.locateEvent(select(''), id(12_345))).toBe(12_345);
    expect((await histogram(timeline, select(''), 100, null, null)).buckets.reduce((a, b) => a + b, 0)).toBe(70_000);
  });
});

describe('coverage', () => {
  const day = (n: number): bigint => BigInt(MIDNIGHT + n * 86_400) * 10_000_000n;
  const log = (file: number, from: number, facts: Readonly<Record<string, bigint | boolean | number | string | null>> = {}): Promise<void> =>
    addLog(t.connection, file, { site: 'S', head_time: day(from), tail_time: day(from) + 800_000_000_000n, finished: false, ...facts });

  it('never calls a packed log that is not read yet a hole, and a missing day is one however the first rows of days lie', async () => {
    // Of packed logs only the first row is known; it comes some seconds earlier or later each day. Day 5 is missing.
    for (const [i, jitter] of [0, 7, 1, 30, 2, null, 11, 3, 40].entries()) {
      if (jitter !== null) await log(40 + i, i, { head_time: day(i) + BigInt(jitter) * 10_000_000n, tail_time: null });
    }
    const lane = (await coverage(t.connection)).lanes.find((l) => l.site === 'S');
    expect(lane?.stretches.map((s) => [s.state, s.from.slice(0, 10), s.to.slice(0, 10)])).toEqual([['unread', '2026-03-02', '2026-03-06'], ['none', '2026-03-06', '2026-03-08'], ['unread', '2026-03-08', '2026-03-10']]);
  });

  it('tells read, unread and missing stretches of each lane', async () => {
    await log(10, 0, { finished: true });
    await log(11, 1, { finished: true });
    await log(12, 2, { first: day(2), last: day(2) + 10_000_000n });
    await log(13, 3);
    await log(14, 7, { finished: true });
    await log(15, 8, { finished: true });
    await log(20, 0, { source: 1, site: null });
    const { lanes, first, last } = await coverage(t.connection);
    expect(lanes.map((l) => [l.source, l.server, l.site, l.files])).toEqual([['iis-log', 'WEB01', 'S', 6], ['iis-log', 'WEB01', 'Site 1', 1], ['httperr', 'WEB01', null, 1]]);
    expect(lanes[0]?.stretches).toEqual([
      { from: at(0), to: '2026-03-04T00:00:02Z', state: 'read', logs: ['logs/10.log', 'logs/11.log', 'logs/12.log'] },
      { from: '2026-03-04T00:00:02Z', to: '2026-03-05T22:13:21Z', state: 'unread', logs: ['logs/12.log', 'logs/13.log'] },
      { from: '2026-03-05T22:13:21Z', to: '2026-03-09T00:00:00Z', state: 'none', logs: ['logs/13.log', 'logs/14.log'] },
      { from: '2026-03-09T00:00:00Z', to: '2026-03-10T22:13:21Z', state: 'read', logs: ['logs/14.log', 'logs/15.log'] },
    ]);
    expect(lanes[1]?.stretches).toEqual([]);
    expect([first, last]).toEqual([at(0), '2026-03-10T22:13:21Z']);
  });

  it('tells as read what was read ahead', async () => {
    await log(30, 0, { tail_time: day(9), first: day(0), last: day(6), size: 1000n });
    await t.connection.run(`insert into event_stretch values (30, 400, 700, 9, '{}', '{}', null)`);
    await addRows(t.connection, [[0, 0], [90, 1], [400, 4], [650, 6]].map(([off = 0, n = 0]) => ({ file: 30, off, second: MIDNIGHT + n * 86_400 })));
    const lane = (await coverage(t.connection)).lanes.find((l) => l.stretches.some((s) => s.logs.includes('logs/30.log')));
    expect(lane?.stretches.map((s) => [s.state, s.from.slice(0, 10), s.to.slice(0, 19)])).toEqual([
      ['read', '2026-03-02', '2026-03-03T00:00:01'], ['unread', '2026-03-03', '2026-03-06T00:00:00'], ['read', '2026-03-06', '2026-03-08T00:00:01'], ['unread', '2026-03-08', '2026-03-11T00:00:01'],
    ]);
  });

  it('has no overlaps and no more stretches than can be shown', async () => {
    for (let i = 0; i < 60; i++) await log(100 + i, (i * 7) % 31, { finished: i % 3 === 0, tail_time: day(((i * 7) % 31) + (i % 4)) });
    const [lane] = (await coverage(t.connection)).lanes;
    const stretches = lane?.stretches ?? [];
    for (const [i, s] of stretches.entries()) {
      expect(s.from < s.to).toBe(true);
      expect(i === 0 || s.from === stretches[i - 1]?.to).toBe(true);
    }
    expect(stretches.length).toBeGreaterThan(1);
  });
});
