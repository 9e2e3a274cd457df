import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { MessageChannel } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSpooler, ingestLog, LogUnreadable, pumpStream, type LogLoader } from '../../../electron/jobs/spool/index.ts';
import { logFiles } from '../../../electron/timeline/index.ts';
import { directLoader, HEADER, ingestText, logFrom, openTimeline, workerLoader, type TestTimeline } from './helpers.ts';
import { ingestLogs } from '../../helpers/ingest-logs.ts';

function lines(from: number, count: number): string {
  return Array.from({ length: count }, (_, k) => {
    const i = from + k;
    if (i % 997 === 0) return `2026-03-02 14:00:00 damaged ${i}\r\n`;
    const at = new Date(Date.UTC(2026, 2, 2) + i * 250).toISOString();
    return `${at.slice(0, 10)} ${at.slice(11, 19)} www GET /p${i % 50} id=${i} 200 0 10.0.${i % 200}.1 - ua+${i % 3} - ${i} 12 t\r\n`;
  }).join('');
}

const DIGEST = `select count(*) as n, sum(hash(file_id, off, line, time, u.value, q.value, ip4, layout, e.value) % 1000000007)::VARCHAR as h
  from request left join log_text u on u.id = uri left join log_text q on q.id = query left join log_text e on e.id = extra`;

describe('ingest', () => {
  let t: TestTimeline;
  beforeAll(async () => {
    t = await openTimeline();
  });
  afterAll(() => t.close());

  it('accounts for every byte and tells what it left out', async () => {
    const text = `${HEADER}${lines(1, 2000)}2026-03-02 14:`;
    const { file, problems } = await ingestText(t, 'a.log', text);
    expect(file).toMatchObject({ lines: 1998, rejected: 3, size: text.length, done: text.length, format: 'w3c', site: 'Default Web Site', first: '2026-03-02T00:00:00Z' });
    expect(file.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(problems.map((p) => [p.kind, p.expected, p.line, p.message])).toEqual([
      ['malformed', false, 999, '4 values where #Fields names 15 (33 bytes)'],
      ['malformed', false, 1996, '4 values where #Fields names 15 (34 bytes)'],
      ['truncated', true, 2003, 'the line breaks off before its last field (14 bytes)'],
    ]);
    expect(new Set(problems.map((p) => p.id)).size).toBe(3);
    expect((await logFiles(t.connection)).map((l) => l.evidencePath)).toEqual(['logs/a.log']);
    expect(readdirSync(t.folder).filter((n) => n.endsWith('.spool'))).toEqual([]);
  });

  it('reads nothing twice', async () => {
    const before = await t.connection.all(DIGEST);
    const again = await ingestLog({ connection: t.connection, loader: directLoader(), spoolDirectory: t.folder }, logFrom(t, 'a.log', 'other bytes'));
    expect(again.file.lines).toBe(1998);
    expect(again.problems).toHaveLength(3);
    expect(await t.connection.all(DIGEST)).toEqual(before);
  });

  it('marks a log that brings its reader down or cannot be loaded, and reads the others', async () => {
    const dying = path.join(t.folder, 'dying.mjs');
    writeFileSync(dying, `import { parentPort } from 'node:worker_threads';\nparentPort.on('message', () => { throw new Error('heap'); });\n`);
    const killed = createSpooler({ workerUrl: pathToFileURL(dying), workers: 1 });
    const context = { connection: t.connection, spoolDirectory: t.folder };
    const [first] = await ingestLogs({ ...context, loader: killed }, [logFrom(t, 'kills.log', HEADER)], 1);
    await killed.close();
    expect(first?.problems.map((p) => [p.kind, p.message])).toEqual([['unreadable', expect.stringContaining('heap')]]);
    const good = directLoader();
    const spoilt: LogLoader = {
      close: () => good.close(),
      async *segments(request) {
        for await (const segment of good.segments(request)) {
          const file = segment.rows?.file;
          if (typeof file === 'string' && JSON.stringify(request.source).includes('spoilt.log')) writeFileSync(file, 'no row\n');
          yield segment;
        }
      },
    };
    const results = await ingestLogs({ ...context, loader: spoilt }, ['spoilt.log', 'fine.log'].map((name) => logFrom(t, name, HEADER + lines(1, 5))), 1);
    expect(results.map((r) => [r?.file.lines, r?.problems.map((p) => p.kind)])).toEqual([[0, ['unreadable']], [5, []]]);
  });

  it('sums up damage that is everywhere', async () => {
    const { file, problems } = await ingestText(t, 'damaged.log', HEADER + Array.from({ length: 400 }, (_, i) => `${'x '.repeat((i % 2) + 1)}\r\n`).join(''));
    expect(file.rejected).toBe(400);
    expect(problems).toHaveLength(101);
    expect(problems[100]).toMatchObject({ kind: 'limit', message: '300 more places of this log hold no rows; in all 400 lines' });
  });

  it('says when a log cannot be opened, and when it is no plain file', async () => {
    const ctx = { connection: t.connection, loader: directLoader(), spoolDirectory: t.folder };
    const loader = { ...ctx.loader, segments: () => failing() };
    // oxlint-disable-next-line require-yield -- it fails before the first segment
    async function* failing(): AsyncGenerator<never> {
      throw new LogUnreadable('the log cannot be opened (EACCES)');
    }
    const { problems, file } = await ingestLog({ ...ctx, loader }, logFrom(t, 'closed.log', 'x'));
    expect(problems).toMatchObject([{ kind: 'unreadable', message: 'the log cannot be opened (EACCES)', expected: false }]);
    expect(file).toMatchObject({ done: 0, lines: 0 });
  });
});

describe('ingest through workers', () => {
  it('gives the same rows with one and with two, from files and from a stream', async () => {
    const digests: unknown[] = [];
    for (const workers of [1, 2]) {
      const t = await openTimeline();
      const loader = await workerLoader(workers, 60_000);
      const logs = Array.from({ length: 5 }, (_, i) => logFrom(t, `u_ex${i}.log`, HEADER + lines(i * 1000, 1500)));
      const whole = Buffer.from(HEADER + lines(9000, 3000));
      const streamed = {
        ...logFrom(t, 'zip.log', whole),
        source: () => {
          const { port1, port2 } = new MessageChannel();
          void pumpStream(port1, slices(whole), String);
          return { kind: 'stream' as const, port: port2 };
        },
      };
      const done: number[] = [];
      const results = await ingestLogs({ connection: t.connection, loader, spoolDirectory: t.folder, onProgress: (_, bytes) => done.push(bytes) }, [...logs, streamed], workers);
      expect(results.map((r) => r?.file.evidencePath)).toEqual([...logs, streamed].map((l) => l.evidencePath));
      expect(results.every((r) => r !== null && r.file.done === r.file.size)).toBe(true);
      expect(done.length).toBeGreaterThan(10);
      digests.push([await t.connection.all(DIGEST), results]);
      await loader.close();
      await t.close();
    }
    expect(digests[1]).toEqual(digests[0]);
  });

  it('stops when told to, keeps what was committed, and goes on later', async () => {
    const t = await openTimeline();
    const loader = await workerLoader(1, 20_000);
    const log = logFrom(t, 'long.log', HEADER + lines(1, 20_000));
    const stop = new AbortController();
    const ctx = { connection: t.connection, loader, spoolDirectory: t.folder };
    const first = await ingestLog({ ...ctx, signal: stop.signal, onProgress: () => stop.abort() }, log);
    expect(first.file.done).toBeGreaterThan(0);
    expect(first.file.done).toBeLessThan(first.file.size);
    expect(first.file.sha256).toBeNull();
    const second = await ingestLog(ctx, log);
    expect(second.file).toMatchObject({ lines: 19_980, rejected: 20, done: second.file.size });
    await loader.close();
    await t.close();
  });

  it('tells a missing file, a folder and a FIFO-like name from a log', async () => {
    const t = await openTimeline();
    const loader = await workerLoader(1);
    mkdirSync(path.join(t.folder, 'folder.log'));
    const log = logFrom(t, 'there.log', HEADER + lines(1, 10));
    const messages: string[] = [];
    for (const name of ['absent.log', 'folder.log', 'there.log']) {
      const { problems, file } = await ingestLog(
        { connection: t.connection, loader, spoolDirectory: t.folder }, { ...log, fileId: BigInt(messages.length), source: () => ({ kind: 'file', path: path.join(t.folder, name) }) },
      );
      messages.push(`${problems[0]?.message ?? 'read'} ${file.lines}`);
    }
    expect(messages).toEqual(['the log cannot be opened (ENOENT) 0', 'the log is not a plain file 0', 'read 10']);
    await loader.close();
    await t.close();
  });
});

async function* slices(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 10_000) yield bytes.subarray(at, at + 10_000);
}
