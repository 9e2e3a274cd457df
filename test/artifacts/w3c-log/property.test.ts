import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fieldLayout, LOG_COLUMNS } from '../../../electron/artifacts/kit/log-lines.ts';
import { parseLine } from '../../../electron/artifacts/kit/w3c-parse.ts';
import { readLogBytes } from '../../helpers/log-bytes.ts';
import { readBytes } from './read-bytes.ts';

const FIELDS = 'date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) sc-status sc-win32-status time-taken cs(Cookie)';
const HEADER = `#Software: Microsoft Internet Information Services 10.0\r\n#Fields: ${FIELDS}\r\n`;

const value = fc.oneof(
  fc.constantFrom('-', '/', '/a.aspx', '200', '0', '404', '10.0.0.1', '::1', '0200', '-1', '007', '99999999999', '"q"', 'a+b', '%00', '日本'),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }).map((s) => s.replaceAll(/[\s\p{Cc}#]/gu, 'x')),
).filter((s) => s.length > 0);
const clock = fc.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }), fc.integer({ min: 0, max: 59 })).map((t) => t.map((n) => String(n).padStart(2, '0')).join(':'));
const day = fc.constantFrom('2026-03-02', '2024-02-29', '1969-12-31', '1970-01-01', '2038-01-19', '2199-12-31', '2201-01-01', '9999-12-31');
const row = fc.tuple(day, clock, fc.array(value, { minLength: 12, maxLength: 12 })).map(([d, t, rest]) => [d, t, ...rest]);

/** Damage that must not touch any other line. */
const damage = fc.constantFrom('2026-03-02 14:00:01 short', '2026-13-02 14:00:01 a b c d e f g h i j k l', '\u0001', 'x'.repeat(3000), '2026-03-02 25:00:00 a b c d e f g h i j k l');

describe('logs of random records', () => {
  it('give back exactly the undamaged ones, and the exact place of the rest', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof({ weight: 4, arbitrary: row }, { weight: 1, arbitrary: damage }), { maxLength: 30 }), fc.integer({ min: 1, max: 3000 }), async (lines, chunk) => {
        const texts = lines.map((l) => (typeof l === 'string' ? l : l.join(' ')));
        const bytes = Buffer.from(HEADER + texts.map((l) => `${l}\r\n`).join(''), 'utf8');
        const { rows, rejects, counts } = await readBytes(bytes, { chunk, segmentBytes: 700 });
        const good = lines.filter((l): l is string[] => typeof l !== 'string');
        expect(rows.map((r) => r.fields.map(([, v]) => v))).toEqual(good);
        expect(counts.rejected).toBe(lines.length - good.length);
        const covered = new Set(rejects.flatMap((r) => bytes.subarray(r.offset, r.offset + r.length).toString('utf8').split('\r\n').slice(0, -1)));
        expect(covered).toEqual(new Set(lines.filter((l) => typeof l === 'string')));
        for (const r of rows) expect(bytes.subarray(r.offset, r.offset + r.length).toString('utf8')).toBe(`${r.fields.map(([, v]) => v).join(' ')}\r\n`);
      }),
      { numRuns: 60 },
    );
  });

  it('say the same on the fast path as the exact reader says', async () => {
    const layout = fieldLayout(FIELDS.split(' '));
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 20 }), async (lines) => {
        const { rows } = await readBytes(Buffer.from(HEADER + lines.map((l) => `${l.join(' ')}\n`).join('')));
        for (const [i, line] of lines.entries()) {
          const exact = parseLine(Buffer.from(line.join(' ')), layout, null);
          if (!exact.ok) throw new Error(exact.reject.reason);
          const fields = new Map(rows[i]?.fields);
          for (const [c, name] of LOG_COLUMNS.entries()) {
            const at = layout.columnAt[c] ?? -1;
            if (at >= 0 && !exact.row.kept.includes(at)) expect(fields.get(layout.names[at] ?? ''), name).toBe(String(exact.row.values[c] ?? '-'));
          }
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe('any bytes', () => {
  const pieces = fc.array(fc.oneof(
    fc.constantFrom(HEADER, '#Fields: date time\r\n', '\r\n', '\r', '\n', '\0\0\0\0\0\0\0\0\0\0', ' ', '#', '2026-03-02 14:00:01', '\ufeff').map((s) => Buffer.from(s)),
    row.map((r) => Buffer.from(`${r.join(' ')}\r\n`)),
    fc.uint8Array({ maxLength: 40 }).map((b) => Buffer.from(b)),
  ), { maxLength: 25 }).map((list) => Buffer.concat(list));
  const utf16 = pieces.map((b) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(b.toString('latin1'), 'utf16le'), b.subarray(0, 1)]));

  it('are counted once each, whatever they are, and chunks make no difference', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(pieces, utf16), fc.integer({ min: 1, max: 50 }), async (bytes, chunk) => {
        const whole = readLogBytes('w3c-log', bytes);
        const { rowBytes, headerBytes, paddingBytes, rejectedBytes } = whole.counts;
        expect(rowBytes + headerBytes + paddingBytes + rejectedBytes).toBe(bytes.length);
        expect(whole.rejects.reduce((sum, r) => sum + r.length, 0)).toBe(rejectedBytes);
        const parts = readLogBytes('w3c-log', bytes, { chunk, segments: true });
        expect({ ...parts, rejects: [] }).toEqual({ ...whole, rejects: [] });
      }),
      { numRuns: 500 },
    );
  });

  it('can be read on from any segment border', async () => {
    await fc.assert(
      fc.asyncProperty(pieces, fc.nat(), async (bytes, at) => {
        // A head longer than what is looked at before the first line, so that there are borders to resume from.
        const long = Buffer.concat([Buffer.from(HEADER), Buffer.alloc(70_000, '2026-03-02 14:00:01 x\r\n'), bytes]);
        const whole = await readBytes(long);
        const cut = 66_000 + (at % 4000);
        const first = await readBytes(long.subarray(0, long.lastIndexOf('\n', cut) + 1));
        const rest = await readBytes(long, { state: first.state });
        expect([...first.rows, ...rest.rows]).toEqual(whole.rows);
        expect(first.counts.rejected + rest.counts.rejected).toBe(whole.counts.rejected);
        expect(rest.sha256).toBe(whole.sha256);
      }),
      { numRuns: 25 },
    );
  });
});

describe('hostile sizes', () => {
  it('a 200 MB line, 50,000 headers and a NUL block are read in bounded memory and stated', async () => {
    async function* hostile(): AsyncGenerator<Uint8Array> {
      yield Buffer.from(HEADER);
      for (let i = 0; i < 200; i++) yield Buffer.alloc(1 << 20, 'x ');
      yield Buffer.from('\r\n');
      for (let i = 0; i < 50; i++) yield Buffer.from(Array.from({ length: 1000 }, (_, k) => `#Fields: date time f${i} g${k}\r\n`).join(''));
      yield Buffer.alloc(1 << 20);
      yield Buffer.from(`\r\n${HEADER}2026-03-02 14:00:01 ${'a '.repeat(11)}z\r\n`);
    }
    const { readLog, removeFiles } = await import('../../../electron/jobs/spool/read-log.ts');
    const { SPOOL_START } = await import('../../../electron/timeline/spool-format.ts');
    const os = await import('node:os');
    const before = process.memoryUsage().rss;
    let peak = 0;
    const seen: string[] = [];
    for await (const segment of readLog(hostile(), SPOOL_START, { directory: os.tmpdir(), prefix: `iisight-hostile-${process.pid}`, segmentBytes: 1 << 26 })) {
      peak = Math.max(peak, process.memoryUsage().rss - before);
      seen.push(...segment.rejects.map((r) => `${r.kind} ${r.length}`));
      if (segment.counts.rows + segment.counts.paddingBytes > 0) seen.push(`${segment.counts.rows} rows, ${segment.counts.paddingBytes} padding`);
      removeFiles(segment);
    }
    expect(seen).toEqual([`limit ${200 * (1 << 20) + 2}`, `1 rows, ${(1 << 20) + 2} padding`]);
    expect(peak).toBeLessThan(200 * (1 << 20));
  });
});
