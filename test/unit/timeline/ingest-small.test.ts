import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ingestLog, ingestSmall, LogUnreadable, pumpStream, type IngestContext, type LogLoader, type LogToRead } from '../../../electron/jobs/spool/index.ts';
import { logFiles } from '../../../electron/timeline/index.ts';
import { directLoader, HEADER, logFrom, openTimeline, workerLoader, type TestTimeline } from './helpers.ts';

function text(seed: number, count: number): string {
  return HEADER + Array.from({ length: count }, (_, i) => {
    const at = new Date(Date.UTC(2026, 2, 2) + (seed * 1000 + i) * 250).toISOString();
    return i % 97 === 50 ? `damaged ${i}\r\n` : `${at.slice(0, 10)} ${at.slice(11, 19)} www GET /p${(i + seed) % 50} id=${i} 200 0 10.0.${i % 200}.1 - ua+${seed} - ${i} 12 t\r\n`;
  }).join('');
}

const ROWS = `select evidence_path, off, line, request.time, length, u.value as uri, q.value as query, ip4, a.value as ua, layout, e.value as extra from request join event_file using (file_id)
  left join log_text u on u.id = uri left join log_text q on q.id = query left join log_text a on a.id = ua left join log_text e on e.id = extra order by all`;

/** What the store says, whatever the ids of texts. */
async function told(t: TestTimeline): Promise<unknown> {
  return [await t.connection.all(ROWS), await logFiles(t.connection), await t.connection.all('select evidence_path, state, finished, first, last from event_file order by all'),
    await t.connection.all('select * from event_reject order by all'), await t.connection.all('select * from event_layout order by all')];
}

describe('small logs that are read together', () => {
  let t: TestTimeline;
  let other: TestTimeline;
  let loader: LogLoader | null = null;
  beforeEach(async () => {
    [t, other] = [await openTimeline(), await openTimeline()];
  });
  afterEach(async () => {
    await loader?.close();
    loader = null;
    await t.close();
    await other.close();
  });
  const context = (of: TestTimeline, by: LogLoader): IngestContext => ({ connection: of.connection, loader: by, spoolDirectory: of.folder });

  const some = (of: TestTimeline): LogToRead[] => [
    logFrom(of, 'a.log', text(1, 400)), logFrom(of, 'b.log', ''), logFrom(of, 'c.log', text(3, 3000)), logFrom(of, 'd.log', `${HEADER}2026-03-02 14:`),
    { ...logFrom(of, 'e.log', text(5, 200).replace('X-Trace', 'X-Other')), format: 'ftp' }, logFrom(of, 'f.log', text(1, 400)),
  ];

  it('give what each of them gives alone', async () => {
    for (const segmentBytes of [undefined, 20_000]) {
      loader = await workerLoader(1, segmentBytes);
      const ours = segmentBytes === undefined ? t : await openTimeline();
      const progress = new Map<string, number>();
      const together = await ingestSmall({ ...context(ours, loader), onProgress: (log, done) => void progress.set(log.evidencePath, done) }, some(ours));
      const alone = [];
      for (const log of some(other)) alone.push(await ingestLog(context(other, directLoader()), log));
      if (segmentBytes === undefined) expect(together).toEqual(alone);
      expect(await told(ours)).toEqual(await told(other));
      expect([...progress.values()].reduce((a, b) => a + b, 0)).toBe(some(other).reduce((n, log) => n + log.size, 0));
      expect(readdirSync(ours.folder).filter((n) => n.endsWith('.rows') || n.endsWith('.texts'))).toEqual([]);
      // Nothing is read twice.
      const again = await ingestSmall(context(ours, loader), some(ours));
      expect(again.map((r) => [r.file, r.problems, r.hashedNow])).toEqual(together.map((r) => [r.file, r.problems, false]));
      expect(await told(ours)).toEqual(await told(other));
      await loader.close();
      if (ours !== t) await ours.close();
    }
  });

  it('are not held up by one that cannot be opened, or that breaks off, from a stream or a file', async () => {
    loader = await workerLoader(1);
    const source = async function* (bytes: string): AsyncGenerator<Uint8Array> {
      yield Buffer.from(bytes);
      throw new Error('gone');
    };
    const broken = (name: string, bytes: string): LogToRead => ({
      ...logFrom(t, name, ''),
      source: () => {
        const { port1, port2 } = new MessageChannel();
        void pumpStream(port1, source(bytes), () => 'the archive is damaged');
        return { kind: 'stream', port: port2 };
      },
    });
    // Its rows stand before a line that never ends: they are in no piece, and no part of the next log.
    const inside = `${text(1, 3).padEnd(70_000, ' ')}\r\n${'x'.repeat(3 << 20)}`;
    const results = await ingestSmall(context(t, loader), [
      logFrom(t, 'a.log', text(1, 40)), { ...logFrom(t, 'b.log', ''), source: () => ({ kind: 'file', path: path.join(t.folder, 'none.log') }) },
      { ...logFrom(t, 'c.log', ''), source: () => Promise.reject(new LogUnreadable('no such entry')) }, broken('d.log', text(2, 2000)), broken('e.log', inside), logFrom(t, 'f.log', text(3, 60)),
    ]);
    expect(results.map((r) => [r.file.lines, r.file.sha256 !== null, r.problems.filter((p) => p.kind === 'unreadable').map((p) => p.message)])).toEqual([
      [40, true, []], [0, false, ['the log cannot be opened (ENOENT)']], [0, false, ['no such entry']], [expect.any(Number), false, ['the archive is damaged']],
      [0, false, ['the archive is damaged']], [59, true, []],
    ]);
    expect(results[3]?.file.lines).toBeGreaterThan(1000);
    const counted = await t.connection.all('select evidence_path, count(*)::INTEGER as n from request join event_file using (file_id) group by all order by all');
    expect(counted.map((row) => row['n'])).toEqual([0, 3, 5].map((i) => results[i]?.file.lines));
  });

  it('are read alone where their bundle cannot be loaded, and left to the next call after a stop', async () => {
    const pool = await workerLoader(1);
    loader = pool;
    let bundles = 0;
    const spoilt: LogLoader = {
      segments: (request, signal) => pool.segments(request, signal),
      async *bundles(request, source, signal) {
        for await (const bundle of pool.bundles?.(request, source, signal) ?? []) {
          bundles += 1;
          if (typeof bundle.rows?.file === 'string') writeFileSync(bundle.rows.file, 'no rows\n');
          yield bundle;
        }
      },
      close: () => pool.close(),
    };
    const stop = AbortSignal.abort();
    expect((await ingestSmall({ ...context(t, pool), signal: stop }, some(t))).map((r) => r.file.lines)).toEqual([0, 0, 0, 0, 0, 0]);
    const together = await ingestSmall(context(t, spoilt), some(t));
    expect(bundles).toBe(1);
    for (const log of some(other)) await ingestLog(context(other, directLoader()), log);
    expect(together.every((r) => r.hashedNow && r.problems.every((p) => p.kind !== 'unreadable'))).toBe(true);
    expect(await told(t)).toEqual(await told(other));
  });
});
