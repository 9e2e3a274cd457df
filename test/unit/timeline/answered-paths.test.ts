import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type AnsweredPath, answeredPaths, answersOf } from '../../../electron/timeline/served/answered-paths.ts';
import { eventId } from '../../../electron/timeline/event-id.ts';
import { fileIdOf } from '../../../electron/timeline/file-id.ts';
import { rowsOfPath } from '../../../electron/timeline/served/path-rows.ts';
import { ingestText, openTimeline, type TestTimeline } from './helpers.ts';

const HEAD = '#Fields: date time cs-method cs-uri-stem c-ip sc-status sc-bytes cs-bytes\r\n';
const row = (time: string, method: string, uri: string, ip: string, status: number): string => `2026-03-02 ${time} ${method} ${uri} ${ip} ${status} 100 10\r\n`;

let t: TestTimeline;
beforeEach(async () => {
  t = await openTimeline();
});
afterEach(() => t.close());

async function all(limit?: number): Promise<AnsweredPath[]> {
  const found: AnsweredPath[] = [];
  for await (const one of answeredPaths(t.connection, 'WEB01', limit)) found.push(one);
  return found;
}

describe('paths that were answered', () => {
  test('by site, path and method, over all logs; what was written to comes first, then what few asked for', async () => {
    await ingestText(t, 'a.log', HEAD + row('10:00:01', 'GET', '/x', '10.0.0.1', 200) + row('10:00:02', 'GET', '/x', '10.0.0.2', 206) + row('10:00:03', 'POST', '/x', '::1', 201) + row('10:00:04', 'GET', '/x', '10.0.0.1', 404), 'A');
    await ingestText(t, 'b.log', HEAD + row('09:00:00', 'GET', '/x', '10.0.0.9', 200) + row('11:00:00', 'get', '/y', '10.0.0.9', 200) + row('11:00:01', 'PROPFIND', '/z', '10.0.0.9', 207), 'A');
    await ingestText(t, 'c.log', HEAD + row('12:00:00', 'GET', '/x', '10.0.0.1', 200), 'B');
    const found = await all();
    expect(found.map(({ site, path, method, rows, first, last, sent, received }) => [site, path, method, rows, first?.slice(11), last?.slice(11), sent, received])).toEqual([
      ['A', '/x', 'POST', 1, '10:00:03Z', '10:00:03Z', 100, 10],
      ['B', '/x', 'GET', 1, '12:00:00Z', '12:00:00Z', 100, 10],
      ['A', '/y', 'GET', 1, '11:00:00Z', '11:00:00Z', 100, 10],
      ['A', '/x', 'GET', 3, '09:00:00Z', '10:00:02Z', 300, 30],
    ]);
    const first = (file: string, off: number): string => eventId({ fileId: fileIdOf(`logs/${file}`), off: BigInt(off), seq: 0 });
    expect(await answersOf(t.connection, 'WEB01', { site: 'A', path: '/x', method: 'GET' })).toEqual({ clients: 3, event: first('b.log', HEAD.length) });
    expect(await answersOf(t.connection, 'WEB01', { site: 'A', path: '/x', method: 'POST' })).toMatchObject({ clients: 1 });
    expect(await answersOf(t.connection, 'WEB01', { site: 'B', path: '/x', method: 'GET' })).toEqual({ clients: 1, event: first('c.log', HEAD.length) });
    expect(await all(1)).toHaveLength(1);
  });
  test('a name of another server, or nothing at all', async () => {
    await ingestText(t, 'a.log', HEAD + row('10:00:01', 'GET', '/x', '10.0.0.1', 500));
    expect(await all()).toEqual([]);
  });
});

describe('rows of a path', () => {
  test('with what lies below it, in any letter case, and nothing beside it', async () => {
    await ingestText(t, 'a.log', HEAD + ['/Up', '/up/a.aspx', '/UP/a.aspx', '/upper', '/x/up', '/up%'].map((uri, i) => row(`10:00:0${i}`, 'GET', uri, '10.0.0.1', 404)).join(''), 'A');
    await ingestText(t, 'b.log', HEAD + row('11:00:00', 'GET', '/up', '10.0.0.1', 200), 'B');
    const { logged, errors, paths } = await rowsOfPath(t.connection, 'WEB01', 'A', '/uP');
    expect(logged).toMatchObject({ rows: 3, first: '2026-03-02T10:00:00Z', last: '2026-03-02T10:00:02Z' });
    expect(logged.event).not.toBeNull();
    expect(errors).toEqual({ rows: 0, first: null, last: null, event: null });
    expect([...paths].sort()).toEqual(['/UP/a.aspx', '/Up', '/up/a.aspx']);
  });
});
