import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appendEvents, eventId, Timeline } from '../../../electron/timeline/index.ts';
import { requestMessage, requestWhat } from '../../../electron/timeline/request-text.ts';
import { foldText, matches, parseFilter, printFilter, type Filter, type FilterRecord } from '../../../shared/query/index.ts';
import { instantText } from '../../../shared/time/instant.ts';
import { everyFilter, FIRST_TICK, WORDS } from '../query/arbitrary.ts';
import { HEADER, ingestText, openTimeline, type TestTimeline } from './helpers.ts';

const ADDRESSES = ['10.0.0.1', '10.9.9.9', '203.0.113.7', '::1', '2001:db8::9', 'fe80::1%4', '::ffff:10.0.0.1', 'odd', '-'];
/** A value as a log can hold it: no space, not empty. */
const VALUES = WORDS.map((w) => w.replaceAll(' ', '+'));

const ROWS = 400;
const SECOND_FIELDS = `#Fields: ${HEADER.split('#Fields: ')[1]?.replace('X-Trace', 'cs-bytes sc-win32-status s-port s-ip cs(Cookie) X-Forwarded-For a:b')}`;

let t: TestTimeline;
let timeline: Timeline;
let records: Map<string, FilterRecord>;

beforeAll(async () => {
  t = await openTimeline();
  records = new Map();
  await addRequests();
  await addOthers();
  timeline = new Timeline(t.connection);
});
afterAll(() => t.close());

async function addRequests(): Promise<void> {
  let s = 7;
  const pick = <T>(list: readonly T[]): T => {
    s = (Math.imul(s, 1_664_525) + 1_013_904_223) >>> 0;
    return list[s % 7919 % list.length] as T;
  };
  const lines: { text: string; record: FilterRecord }[] = [];
  for (let i = 0; i < ROWS; i++) {
    const time = instantText(FIRST_TICK + BigInt(i % 60) * 10_000_000n);
    const host = pick(VALUES), method = pick(['GET', 'POST', '-']), uri = pick(VALUES), query = pick(VALUES), status = pick(['200', '404', '500', '-']);
    const sub = pick(['0', '1', '-']), ip = pick(ADDRESSES), user = pick(VALUES), ua = pick(VALUES), referer = pick(VALUES), bytes = pick(['0', '999', '1234', '-']);
    const taken = pick(['0', '999', '1000', '1234', '65999', '-']);
    // The second half of the log has other fields.
    const cookie = pick(VALUES), forwarded = pick(ADDRESSES), own = pick(VALUES), received = pick(['0', '1234', '-']), win32 = pick(['0', '64', '-']), port = pick(['80', '443', '-']);
    const common = [host, method, uri, query, status, sub, ip, user, ua, referer, bytes, taken];
    const more = i < ROWS / 2 ? ['x'] : [received, win32, port, '10.0.0.9', cookie, forwarded, own];
    const text = `${i === ROWS / 2 ? SECOND_FIELDS : ''}${time.slice(0, 10)} ${time.slice(11, 19)} ${[...common, ...more].join(' ')}\r\n`;
    const log = new Map((i < ROWS / 2 ? HEADER : SECOND_FIELDS).split('#Fields: ')[1]?.trim().toLowerCase().split(' ').map((name, at) => [name, [time.slice(0, 10), time.slice(11, 19), ...common, ...more][at] ?? '']));
    for (const [name, value] of log) if (value === '-') log.delete(name);
    const v = (value: string): string | null => (value === '-' ? null : value);
    const n = (value: string): number | null => (value === '-' ? null : Number(value));
    const request = { method: v(method), uri: v(uri), query: v(query), status: n(status), taken: n(taken), ip: v(ip) };
    lines.push({
      text,
      record: {
        time, tags: i % 5 === 0 ? ['install'] : [], log,
        values: {
          ...(i < ROWS / 2 ? {} : { received: n(received), win32: n(win32), port: n(port) }),
          source: 'iis-log', server: 'WEB01', site: 'Default Web Site', path: 'C:\\inetpub\\logs\\a.log', host: v(host), user: v(user), ua: v(ua), referer: v(referer),
          substatus: n(sub), bytes: n(bytes), ...request, what: requestWhat(request), message: requestMessage(request),
        },
      },
    });
  }
  const { file } = await ingestText(t, 'a.log', HEADER + lines.map((l) => l.text).join(''));
  expect(file.lines).toBe(ROWS);
  const rows = await t.connection.all('select file_id, off from request order by off');
  for (const [i, row] of rows.entries()) {
    const line = lines[i];
    if (line !== undefined) records.set(eventId({ fileId: row['file_id'] as bigint, off: row['off'] as bigint, seq: 0 }), line.record);
  }
}

async function addOthers(): Promise<void> {
  const before = new Set(records.keys());
  const times = [null, FIRST_TICK, FIRST_TICK + 5_000_000n, 0n];
  const events = times.map((time, i) => ({
    evidencePath: 'C/Windows/applicationHost.config', path: null, sha256: '', server: 'WEB01', offset: 10, seq: i, time, meaning: 'component-added' as const,
    fidelity: 'exact' as const, source: 'iis-config' as const, what: 'native module ADDED', message: `+ module "ÄÖ${i}"`, component: 'x', about: i % 2 ? 'C:\\A.aspx' : null, fields: [],
  }));
  await appendEvents(t.connection, events);
  for (const row of await t.connection.all(`select file_id, off, seq from event where source = 'iis-config' order by seq`)) {
    const e = events[Number(row['seq'])];
    const id = eventId({ fileId: row['file_id'] as bigint, off: row['off'] as bigint, seq: Number(row['seq']) });
    if (e === undefined || before.has(id)) continue;
    records.set(id, {
      time: e.time === null ? null : instantText(e.time), tags: [],
      values: { source: e.source, what: e.what, message: e.message, server: e.server, component: e.component, path: e.about },
    });
  }
}

async function idsOf(filter: Filter): Promise<string[]> {
  const tags = (): string[] => [...records].filter(([, r]) => r.tags.includes('install')).map(([id]) => id);
  const { events, shown } = await timeline.page({ filter, revision: 1, tags }, 0, 1000);
  expect(shown).toBe(events.length);
  return events.map((e) => e.id).sort();
}

describe('filters in SQL', () => {
  it('select exactly what the reference evaluator does', async () => {
    const hits = { none: 0, some: 0 };
    await fc.assert(
      fc.asyncProperty(everyFilter, async (filter) => {
        if (filter.terms.some((term) => term.test.kind === 'around' && !records.has(term.test.event))) {
          // Of what is not there, or has no moment, nothing is told: see below.
          await expect(idsOf(filter)).rejects.toThrow(/no such event/);
          return;
        }
        const expected = [...records].filter(([, record]) => matches(filter, record)).map(([id]) => id).sort();
        hits[expected.length === 0 ? 'none' : 'some'] += 1;
        expect(await idsOf(filter), printFilter(filter)).toEqual(expected);
      }),
      { numRuns: 200 },
    );
    // Both outcomes must have occurred often, or the test says nothing.
    expect(Math.min(hits.none, hits.some)).toBeGreaterThan(20);
  });

  it.each(['tag:install', '-tag:install status:200', 'user:-', '-user:""', 'ua:"a b"', 'ip:10.0.0.0/8', 'ip:::/0', '"post"', '"GET /a?"', '"1.2 s"', '@1970-01-01'])('%s', async (text) => {
    const parsed = parseFilter(text);
    if (!parsed.ok) throw new Error(parsed.fault.message);
    const expected = [...records].filter(([, record]) => matches(parsed.filter, record)).map(([id]) => id).sort();
    expect(await idsOf(parsed.filter)).toEqual(expected);
    expect(expected.length).toBeGreaterThan(0);
  });

  it('of a moment, a column of the log or an expression that is not there', async () => {
    const [[id = '', record] = []] = [...records].filter(([, r]) => r.time !== null && r.values.source === 'iis-config');
    const untimed = [...records].find(([, r]) => r.time === null)?.[0] ?? '';
    const around = (event: string): Filter => ({ terms: [{ field: 'time', negated: false, test: { kind: 'around', event, seconds: 2 }, start: 3, end: 9 }] });
    const expected = [...records].filter(([, r]) => matches(around(id), r, () => record?.time ?? null)).map(([found]) => found).sort();
    expect(await idsOf(around(id))).toEqual(expected);
    expect(expected.length).toBeGreaterThan(3);
    await expect(idsOf(around('000000000001-000000000001-000001'))).rejects.toMatchObject({ failure: { kind: 'usage', message: 'There is no such event in this case.', column: 4 } });
    await expect(idsOf(around(untimed))).rejects.toMatchObject({ failure: { kind: 'usage', column: 4 } });
    await expect(idsOf({ terms: [{ field: 'uri', negated: false, test: { kind: 'regex', pattern: '(' }, start: 0, end: 1 }] })).rejects.toMatchObject({ failure: { kind: 'usage', column: 1 } });
    for (const name of ['__proto__', 'constructor', "x'; drop table request; --", 'a\u001fb']) {
      const named = (value: string): Filter => ({ terms: [{ field: 'log', name, negated: false, test: { kind: 'equals', value }, start: 0, end: 1 }] });
      expect(await idsOf(named('x'))).toEqual([]);
      expect(await idsOf(named(''))).toHaveLength(records.size);
    }
  });

  it('never carry user text as SQL', async () => {
    const parsed = parseFilter(`uri:"'; drop table request; --" "') or true --"`);
    expect(parsed.ok && (await idsOf(parsed.filter))).toEqual([]);
    expect((await t.connection.all('select count(*) as n from request'))[0]).toEqual({ n: BigInt(ROWS) });
  });
});

describe('foldText', () => {
  it('agrees with lower() of the store on every letter that the store knows', async () => {
    const letters: string[] = [];
    for (let c = 1; c < 0x1_e944; c++) if ((c < 0xd800 || c > 0xdfff) && /\p{L}/u.test(String.fromCodePoint(c))) letters.push(String.fromCodePoint(c));
    const rows = await t.connection.all('select lower(c) as c from (select unnest(string_split($1, chr(10))) as c)', [letters.join('\n')]);
    const folded = rows.map((row) => row['c']);
    // A letter that came with a newer Unicode is left as it is there.
    const different = letters.filter((c, i) => folded[i] !== foldText(c) && folded[i] !== c);
    expect(letters.filter((c, i) => folded[i] !== c).length).toBeGreaterThan(1300);
    expect(different).toEqual([]);
  });
});
