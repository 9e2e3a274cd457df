import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NO_OPTIONS } from '../../../../electron/artifacts/kit/log-lines.ts';
import { readLog, removeFiles } from '../../../../electron/jobs/spool/read-log.ts';
import { EXTRA_SEPARATOR, SPOOL_START, type StoredLayout } from '../../../../electron/timeline/spool-format.ts';
import { ip4Text } from '../../../../electron/timeline/address.ts';
import { instantText } from '../../../../shared/time/instant.ts';
import { readLogBytes, type LogLine } from '../../../helpers/log-bytes.ts';
import { spoolRows } from '../../../helpers/spool-rows.ts';

/** What the spool files say of a log, in the form of what the exact reader says. */
async function spooled(directory: string, bytes: Uint8Array, lineOptions = NO_OPTIONS): Promise<LogLine[]> {
  const lines: LogLine[] = [];
  const texts = new Map<string, string[]>();
  const layouts = new Map<string, StoredLayout>();
  for await (const segment of readLog(once(bytes), SPOOL_START, { directory, prefix: 'p', segmentBytes: 1 << 20, lines: lineOptions })) {
    for (const layout of segment.layouts) layouts.set(String(layout.id), layout);
    for (const row of await spoolRows(segment, texts)) lines.push(lineOf(row, layouts));
    removeFiles(segment);
  }
  return lines;
}

function lineOf(row: ReadonlyMap<string, string | null>, layouts: ReadonlyMap<string, StoredLayout>): LogLine {
  const layout = layouts.get(row.get('layout') ?? '');
  const ticks = row.get('time') ?? null;
  const time = ticks === null ? null : instantText(BigInt(ticks));
  const extra = (row.get('extra') ?? '').split(EXTRA_SEPARATOR);
  const ip4 = row.get('ip4') ?? null;
  return {
    offset: Number(row.get('off')), length: Number(row.get('length')), line: Number(row.get('line')), time, site: row.get('site') ?? null,
    fields: (layout?.names ?? []).map((name, i) => {
      const kept = layout?.kept.indexOf(i) ?? -1;
      if (kept >= 0) return [name, extra[kept] ?? ''] as const;
      const column = layout?.columns[i] ?? '';
      if (column === 'date') return [name, time?.slice(0, 10) ?? '-'] as const;
      if (column === 'clock') return [name, time?.slice(11, 19) ?? '-'] as const;
      if (column === 'ip' && ip4 !== null) return [name, ip4Text(Number(ip4))] as const;
      return [name, row.get(column) ?? '-'] as const;
    }),
  };
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

const NAMES = ['date', 'time', 's-ip', 'cs-method', 'cs-uri-stem', 'cs-uri-query', 's-port', 'cs-username', 'c-ip', 'cs(User-Agent)', 'sc-status', 'sc-bytes', 'cs(Cookie)', 'X-Forwarded-For'];
const value = fc.oneof(
  fc.constantFrom('-', '0', '00', '01', '7', '200', '4294967295', '2147483647', '2147483648', '999999999999999', '1000000000000000', '10.0.0.1', '010.0.0.1', '1.2.3', '255.255.255.255',
    '256.0.0.1', '::1', '::ffff:1.2.3.4', '2026-03-02', '2026-02-30', '1969-12-31', '2201-01-01', '14:00:01', '24:00:00', '14:00:01.25', 'GET', '/a', 'é', 'ÿ\u0001', '"a b"', '\\xE9', '-1', '+'),
  fc.string({ minLength: 1, maxLength: 12 }).map((s) => s.replaceAll(/[\s\r\n]/g, '_')),
);
const fields = fc.shuffledSubarray(NAMES, { minLength: 1 });
const block = fields.chain((names) => fc.array(fc.oneof(
  fc.tuple(...names.map((name) => (name === 'date' ? fc.constantFrom('2026-03-02', '2026-03-03', '2026-3-2') : name === 'time' ? fc.constantFrom('14:00:01', '14:00:02', '23:59:59') : value)))
    .map((values) => Buffer.from(values.join(' '), 'utf8')),
  fc.uint8Array({ maxLength: 30 }).map((b) => Buffer.from(b)),
), { maxLength: 12 }).map((lines) => Buffer.concat([Buffer.from(`#Fields: ${names.join(' ')}\r\n`), ...lines.flatMap((l) => [l, Buffer.from('\r\n')])])));

describe('rows in spool files', () => {
  let directory = '';
  beforeAll(() => {
    directory = mkdtempSync(path.join(os.tmpdir(), 'iisight-fast-'));
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  it('are what the exact reader makes of every line, plain or not', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(block, { minLength: 1, maxLength: 4 }).map((b) => Buffer.concat(b)), async (bytes) => {
        expect(await spooled(directory, bytes)).toEqual(readLogBytes('w3c-log', bytes).rows);
      }),
      { numRuns: 150 },
    );
  }, 120_000);

  it('have the site that the exact reader finds in each line, beside the values without a column', async () => {
    const sites = new Map([[1, 'Default Web Site'], [2, 'Shöp'], [44, 'x'.repeat(70_000)]]);
    const site = fc.oneof(fc.constantFrom('W3SVC1', 'w3svc2', 'W3SVC3', '3', '-', '02', 'W3SVC44', 'W3SVC9', 'é1', 'W3SVC12345678901'), fc.integer({ min: 0, max: 2000 }).map((n) => `S${n}`));
    const others = fc.subarray(['cs(Cookie)', 's-ip', 'X-A']);
    await fc.assert(
      fc.asyncProperty(others, fc.constantFrom('s-sitename', 'S-SiteID'), fc.array(fc.tuple(site, fc.constantFrom('a', '-', '10.0.0.5', 'ab;c')), { maxLength: 30 }), async (names, siteName, rows) => {
        const lines = rows.map(([s, v]) => `2026-03-02 14:00:01 ${[v, s, v].join(' ')} ::1${names.map(() => ` ${v}${s}`).join('')}\r\n`);
        const bytes = Buffer.from(`#Fields: date time cs-method ${siteName} cs-uri-stem c-ip${names.map((n) => ` ${n}`).join('')}\r\n${lines.join('')}`);
        expect(await spooled(directory, bytes, { ...NO_OPTIONS, sites })).toEqual(readLogBytes('w3c-log', bytes, { sites }).rows);
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  it('leave out what does not vary, and bring it back', async () => {
    const bytes = Buffer.from(`#Fields: ${NAMES.join(' ')}\r\n${'2026-03-02 14:00:01 10.0.0.5 GET / - 443 - 10.0.0.9 ua 200 12 c x\r\n'.repeat(3)}`);
    expect(await spooled(directory, bytes)).toEqual(readLogBytes('w3c-log', bytes).rows);
  });
});
