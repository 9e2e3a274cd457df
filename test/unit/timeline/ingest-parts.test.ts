import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ingestLog, type LogLoader, type LogToRead } from '../../../electron/jobs/spool/index.ts';
import { readLog, readRange, startOfRange } from '../../../electron/jobs/spool/read-log.ts';
import { SPOOL_START, type SpoolState } from '../../../electron/timeline/spool-format.ts';
import { readLogBytes } from '../../helpers/log-bytes.ts';
import { openTimeline, type TestTimeline } from './helpers.ts';

const WIDE = '#Fields: date time cs-method cs-uri-stem c-ip sc-status sc-bytes\r\n';
const NARROW = '#Fields: time cs-uri-stem sc-status\r\n';

/** A log with changes of fields and days, damage and gaps; longer than what is looked at before anything else. */
const log = fc.array(fc.tuple(fc.constantFrom('wide', 'narrow', 'day', 'damage', 'nuls', 'same', 'same'), fc.integer({ min: 1, max: 400 })), { minLength: 3, maxLength: 12 })
  .map((parts) => {
    let text = `#Date: 2026-03-01 00:00:00\r\n${WIDE}`;
    let wide = true;
    for (const [n, [kind, count]] of [['same', 1200] as const, ...parts].entries()) {
      if (kind === 'wide' || kind === 'narrow') {
        wide = kind === 'wide';
        text += wide ? WIDE : NARROW;
      }
      if (kind === 'day') text += `#Date: 2026-03-0${(n % 8) + 1} 00:00:00\r\n`;
      if (kind === 'damage') text += 'broken\r\n\r\nmore broken\n';
      if (kind === 'nuls') text += `2026-03-01 14:${'\0'.repeat(3000)}\r\n`;
      for (let i = 0; i < count; i++) {
        const time = `0${n % 10}:${String(i % 60).padStart(2, '0')}:00`;
        text += wide ? `2026-03-01 ${time} GET /p${i % 30} 10.0.${n}.${i % 250} 200 ${i * n}\r\n` : `${time} /q${i % 40} 40${i % 5}\r\n`;
      }
    }
    return Buffer.from(text, 'latin1');
  });

/** Where to read before the rest: begin and end as shares of the file; what is assumed there; or the whole for a while. */
const step = fc.oneof(
  fc.record({ from: fc.double({ min: 0, max: 1, noNaN: true }), to: fc.double({ min: 0, max: 1, noNaN: true }), right: fc.boolean() }),
  fc.record({ segments: fc.integer({ min: 0, max: 3 }) }),
);

/** Reads pieces of the bytes in this thread; a segment ends with every piece. */
function loaderOf(bytes: Uint8Array, piece: number): LogLoader {
  async function* from(at: number): AsyncGenerator<Uint8Array> {
    for (let i = at; i < bytes.length; i += piece) yield bytes.subarray(i, i + piece);
  }
  return {
    segments: (request) => {
      const options = { ...request, segmentBytes: 1 };
      if (request.range === null) return readLog(from(0), request.state, options);
      return readRange(from(startOfRange(request.state, request.range.exact)), request.state, request.range, options);
    },
    close: () => Promise.resolve(),
  };
}

/** What truly holds at the first line that begins at or after `offset`. */
function stateAt(bytes: Uint8Array, offset: number): SpoolState {
  const end = Buffer.from(bytes).indexOf(10, Math.max(0, offset - 1));
  return end < 0 ? SPOOL_START : readLogBytes('w3c-log', bytes.subarray(0, end + 1)).state;
}

describe('a log that is read in parts', () => {
  let t: TestTimeline;
  beforeAll(async () => {
    t = await openTimeline();
  });
  afterAll(() => t.close());

  const identity = (fileId: bigint, bytes: Uint8Array): LogToRead => ({
    fileId, evidencePath: `logs/${fileId}.log`, path: null, server: null, site: null, size: bytes.length, source: () => ({ kind: 'file', path: '' }),
  });
  const contextOf = (loader: LogLoader) => ({ connection: t.connection, loader, spoolDirectory: t.folder });

  /** Everything that the store says of a log, without what names it. */
  async function told(fileId: bigint, problems: readonly { readonly message: string; readonly line?: number | undefined }[]): Promise<unknown> {
    const rows = await t.connection.all(
      `select off, length, line + coalesce(line_base, 0) as line, time, m.value as method, u.value as uri, ip4, status, bytes_sent, e.value as extra
       from request r left join event_stretch s on s.file_id = r.file_id and off >= begin and off < "end"
       left join log_text m on m.id = method left join log_text u on u.id = uri left join log_text e on e.id = extra where r.file_id = $1 order by off`, [fileId],
    );
    const file = await t.connection.all('select size, rows, rejected, row_bytes, header_bytes, padding_bytes, rejected_bytes, first, last, finished, sha256 from event_file where file_id = $1', [fileId]);
    return { rows, file, problems: problems.map((p) => [p.line, p.message]) };
  }

  it('gives exactly the rows, counts and line numbers of one reading from start to end, in whatever order', async () => {
    let run = 0n;
    await fc.assert(
      fc.asyncProperty(log, fc.array(step, { maxLength: 6 }), fc.integer({ min: 15_000, max: 80_000 }), async (bytes, steps, piece) => {
        run += 2n;
        const whole = await ingestLog(contextOf(loaderOf(bytes, 1 << 20)), identity(run, bytes));
        expect(whole.file.done).toBe(bytes.length);
        const loader = loaderOf(bytes, piece);
        const parts = identity(run + 1n, bytes);
        for (const s of steps) {
          if ('segments' in s) {
            const stop = new AbortController();
            let left = s.segments;
            await ingestLog({ ...contextOf(loader), signal: stop.signal, onProgress: () => (left-- <= 0 ? stop.abort() : undefined) }, parts);
            continue;
          }
          const from = Math.floor(s.from * bytes.length);
          const to = Math.floor(s.to * bytes.length);
          const state = s.right ? stateAt(bytes, from) : { ...SPOOL_START, fields: ['time', 'cs-uri-stem', 'sc-status'], day: '2026-03-01' };
          const { file } = await ingestLog(contextOf(loader), parts, { range: { from, to, state } });
          expect(file.done).toBeLessThanOrEqual(bytes.length);
        }
        const end = await ingestLog(contextOf(loader), parts);
        expect(end.file.sha256).toBe(whole.file.sha256);
        expect(await told(run + 1n, end.problems)).toEqual(await told(run, whole.problems));
        for (const table of ['request', 'event_reject', 'event_stretch', 'event_file']) await t.connection.run(`delete from ${table}`);
      }),
      { numRuns: 20 },
    );
  }, 120_000);

  it('reads a range once, keeps what held, and says no line before it is known', async () => {
    const bytes = Buffer.from(WIDE + '2026-03-01 00:00:00 GET /a 10.0.0.1 200 1\r\n'.repeat(8000) + 'broken\r\n'.repeat(2) + '2026-03-01 00:00:00 GET /b 10.0.0.1 200 1\r\n'.repeat(2000));
    const file = identity(-1n, bytes);
    const state = { ...SPOOL_START, fields: WIDE.trim().split(' ').slice(1) };
    const range = { from: 300_000, to: bytes.length, state };
    const loader = loaderOf(bytes, 50_000);
    const early = await ingestLog(contextOf(loader), file, { range });
    expect(early.file).toMatchObject({ done: bytes.length - bytes.indexOf('\n', 299_999) - 1, sha256: null });
    expect(early.problems.map((p) => [p.line, p.offset])).toEqual([[undefined, bytes.indexOf('broken')]]);
    expect((await ingestLog(contextOf(loader), file, { range })).file).toEqual(early.file);
    const end = await ingestLog(contextOf(loader), file);
    expect(end.problems.map((p) => p.line)).toEqual([8002]);
    expect(end.file).toMatchObject({ lines: 10_000, rejected: 2, done: bytes.length });
    expect(await t.connection.all('select line_base from event_stretch where file_id = -1')).toHaveLength(1);
  });
});
