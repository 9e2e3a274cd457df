import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Dictionary } from '../../../electron/jobs/spool/dictionary.ts';
import { ingestLog, type LogLoader } from '../../../electron/jobs/spool/index.ts';
import { readLog } from '../../../electron/jobs/spool/read-log.ts';
import type { Segment } from '../../../electron/timeline/spool-format.ts';
import { logFrom, openTimeline, workerLoader, type TestTimeline } from './helpers.ts';

const FIELDS = '#Fields: date time cs-uri-stem cs-uri-query c-ip\r\n';

function lines(from: number, count: number, path: (i: number) => string): string {
  return Array.from({ length: count }, (_, k) => `2026-03-02 14:00:00 ${path(from + k)} n=${from + k} 10.0.0.1\r\n`).join('');
}

describe('texts of log rows', () => {
  let t: TestTimeline;
  beforeAll(async () => {
    t = await openTimeline();
  });
  afterAll(() => t.close());

  /** Rows whose texts are not those of their line. */
  async function wrong(evidencePath: string, path: string): Promise<unknown> {
    return t.connection.all(
      `select off, u.value as uri, q.value as query from request r join event_file f on f.file_id = r.file_id left join log_text u on u.id = uri and u.kind = 3
       left join log_text q on q.id = query and q.kind = 4 where f.evidence_path = $1 and (u.value is distinct from ${path} or q.value is null)`, [evidencePath],
    );
  }

  it('are right after a failed load, in the log that failed and in the next one', async () => {
    const dictionary = new Dictionary();
    let spoil = true;
    const seen: string[] = [];
    const loader: LogLoader = {
      close: () => Promise.resolve(),
      async *segments(request) {
        // As a worker does: what was not loaded makes the next reading begin a new epoch.
        let waiting = 0;
        try {
          for await (const segment of readLog(pieces(request.source.kind === 'file' ? request.source.path : ''), request.state, { ...request, segmentBytes: 1, dictionary })) {
            seen.push(`${segment.texts.epoch.split('-')[1]}:${segment.texts.from}+${segment.texts.count}`);
            if (spoil && seen.length === 3 && segment.rows?.file !== null && segment.rows !== null) writeFileSync(segment.rows.file, 'spoilt');
            waiting = 1;
            yield segment;
            waiting = 0;
          }
        } finally {
          if (waiting > 0) dictionary.startEpoch();
        }
      },
    };
    const texts = new Map<string, string>();
    async function* pieces(path: string): AsyncGenerator<Uint8Array> {
      const bytes = Buffer.from(texts.get(path) ?? '');
      for (let at = 0; at < bytes.length; at += 100_000) yield bytes.subarray(at, at + 100_000);
    }
    const log = (name: string, text: string) => {
      texts.set(name, text);
      return { ...logFrom(t, name, text), source: () => ({ kind: 'file' as const, path: name }) };
    };
    const ctx = { connection: t.connection, loader, spoolDirectory: t.folder };
    const a = log('a.log', FIELDS + lines(0, 8000, (i) => `/a${i % 100}`));
    const first = await ingestLog(ctx, a);
    expect(first.problems).toMatchObject([{ kind: 'unreadable' }]);
    expect(first.file.lines).toBeGreaterThan(0);
    expect(first.file.lines).toBeLessThan(8000);
    spoil = false;
    await ingestLog(ctx, log('b.log', FIELDS + lines(0, 3000, (i) => `/b${i % 70}`)));
    expect((await ingestLog(ctx, a)).file.lines).toBe(8000);
    expect(await wrong('logs/a.log', `'/a' || (substr(q.value, 3)::INTEGER % 100)`)).toEqual([]);
    expect(await wrong('logs/b.log', `'/b' || (substr(q.value, 3)::INTEGER % 70)`)).toEqual([]);
    expect(seen.slice(0, 4).map((s) => s.split('+')[0])).toEqual(['0:0', expect.stringMatching(/^0:\d{4}/), expect.stringMatching(/^0:\d{4}/), '1:0']);
    expect(await t.connection.all('select count(*) - count(distinct id) as twice from log_text')).toEqual([{ twice: 0n }]);
  });

  it('are refused where those before them are missing, rather than taken for others', async () => {
    const segments: Segment[] = [];
    const text = Buffer.from(FIELDS + lines(0, 6000, (i) => `/c${i}`));
    const loader: LogLoader = {
      close: () => Promise.resolve(),
      async *segments(request) {
        async function* pieces(): AsyncGenerator<Uint8Array> {
          for (let at = 0; at < text.length; at += 100_000) yield text.subarray(at, at + 100_000);
        }
        for await (const segment of readLog(pieces(), request.state, { ...request, segmentBytes: 1 })) {
          segments.push(segment);
          if (segments.length !== 1) yield segment;
        }
      },
    };
    await expect(ingestLog({ connection: t.connection, loader, spoolDirectory: t.folder }, logFrom(t, 'c.log', text))).rejects.toThrow('rest on others');
    expect(await t.connection.all(`select rows from event_file where evidence_path = 'logs/c.log'`)).toEqual([{ rows: 0n }]);
  });

  it('of one worker go into the store that they are for', async () => {
    const other = await openTimeline();
    const loader = await workerLoader(1);
    const text = FIELDS + lines(0, 2000, (i) => `/d${i % 50}`);
    for (const at of [t, other, t]) {
      const name = `d${at === t ? 't' : 'o'}${Math.random()}.log`;
      const { file } = await ingestLog({ connection: at.connection, loader, spoolDirectory: at.folder }, logFrom(at, name, text));
      expect(file.lines).toBe(2000);
    }
    for (const at of [t, other]) {
      const rows = await at.connection.all(`select distinct u.value as uri from request r join event_file f on f.file_id = r.file_id left join log_text u on u.id = uri where evidence_path like 'logs/d%'`);
      expect(rows.map((r) => String(r['uri'])).sort()).toEqual(Array.from({ length: 50 }, (_, i) => `/d${i}`).sort());
    }
    await loader.close();
    await other.close();
  });

  it('that never come again cost a new epoch, not more and more memory', async () => {
    const loader = await workerLoader(1);
    const text = FIELDS + lines(0, 700_000, (i) => `/e${i}`);
    const { file } = await ingestLog({ connection: t.connection, loader, spoolDirectory: t.folder }, logFrom(t, 'e.log', text));
    expect(file.lines).toBe(700_000);
    expect(await wrong('logs/e.log', `'/e' || substr(q.value, 3)`)).toEqual([]);
    await loader.close();
  }, 60_000);
});
