import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ingestLog } from '../../../electron/jobs/spool/index.ts';
import { directLoader, HEADER, logFrom, openTimeline, type TestTimeline } from './helpers.ts';

const TEXT = HEADER + Array.from({ length: 60_000 }, (_, i) => `2026-03-02 14:00:00 www GET /p${i % 50} id=${i} 200 0 10.0.${i % 200}.1 - ua+${i % 3} - ${i} 12 t\r\n`).join('');

describe('an ingest that is stopped in the middle of a load', () => {
  let t: TestTimeline;
  beforeAll(async () => {
    t = await openTimeline();
  });
  afterAll(() => t.close());

  it('breaks the statement off, keeps nothing of the segment, and goes on later', async () => {
    const stop = new AbortController();
    const loader = directLoader();
    const connection = new Proxy(t.connection, {
      get(target, name) {
        if (name !== 'run') {
          const value: unknown = Reflect.get(target, name);
          return typeof value === 'function' ? value.bind(target) : value;
        }
        return async (sql: string, params: Parameters<typeof target.run>[1]) => {
          // While the rows are on their way; a statement that takes for ever stands for a long load.
          if (!sql.includes('insert into request') || stop.signal.aborted) return target.run(sql, params);
          setImmediate(() => stop.abort());
          return target.run('select count(*) from range(10000000000) a, range(1000) b');
        };
      },
    });
    const log = logFrom(t, 'long.log', TEXT);
    const first = await ingestLog({ connection, loader, spoolDirectory: t.folder, signal: stop.signal }, log);
    expect(first.file).toMatchObject({ done: 0, lines: 0 });
    expect(first.problems).toEqual([]);
    expect(await t.connection.all('select count(*) as n from log_text')).toEqual([{ n: 0n }]);
    expect((await ingestLog({ connection: t.connection, loader, spoolDirectory: t.folder }, log)).file).toMatchObject({ lines: 60_000, done: TEXT.length });
  });
});
