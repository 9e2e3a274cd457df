import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ingestLog } from '../../../electron/jobs/spool/index.ts';
import { EventRows } from '../../../electron/timeline/rows.ts';
import { directLoader, logFrom, openTimeline, type TestTimeline } from './helpers.ts';

describe('years beyond 9999', () => {
  let t: TestTimeline;
  beforeAll(async () => {
    t = await openTimeline();
  });
  afterAll(() => t.close());

  it('that an offset makes are whole dates, and times stay times', async () => {
    const log = { ...logFrom(t, 'nc.log', '1.2.3.4 - - [31/Dec/9999:23:59:59 -1400] "GET / HTTP/1.1" 200 5\r\n'), artifact: 'ncsa-log' };
    await ingestLog({ connection: t.connection, loader: directLoader(), spoolDirectory: t.folder }, log);
    const rows = await t.connection.all('select *, source as log_source, 0 as seq, extra as log_extra, site as log_site from request');
    const [event] = await new EventRows(t.connection).toEvents(rows);
    expect(event?.time).toBe('+010000-01-01T13:59:59Z');
    expect(event?.fields.map((f) => f.value)).toEqual(expect.arrayContaining(['+010000-01-01', '13:59:59']));
  });
});
