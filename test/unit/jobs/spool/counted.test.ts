import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Dictionary } from '../../../../electron/jobs/spool/dictionary.ts';
import { readLog, removeFiles } from '../../../../electron/jobs/spool/read-log.ts';
import { openSource } from '../../../../electron/jobs/spool/source.ts';
import { SPOOL_START } from '../../../../electron/timeline/spool-format.ts';

const FILES = 1000;
const NAMES = ['date', 'time', 'cs-method', 'cs-uri-stem', 'cs-username', 'sc-status', 'cs(User-Agent)', 'c-ip'];

/** Lines as servers and damage make them. No blank lines and no stray CRs: a line of those is not one line to `grep`. */
const good = fc.tuple(fc.integer({ min: 0, max: 59 }), fc.constantFrom('GET', 'POST'), fc.string({ minLength: 1, maxLength: 8 })).map(([s, m, u]) =>
  `2026-03-02 14:00:${String(s).padStart(2, '0')} ${m} /${u.replaceAll(/[\s\r\n#]/g, '_')} - 200 ua 10.0.0.1`);
const damaged = fc.oneof(
  fc.constantFrom('x', '2026-03-02', '2026-03-02 99:00:00 GET / - 200 ua ::1', '2026-03-02 14:00:00 GET /  - 200 ua ::1', ' #no directive', 'a b c d e f g h i j k', '2026-03-02 14:00:00 GET / - two ua ::1'),
  fc.uint8Array({ minLength: 1, maxLength: 30 }).map((b) => `x${Buffer.from(b).toString('latin1').replaceAll(/[\r\n\0]/g, '?')}`),
  fc.constant('y'.repeat(70_000)),
);
const header = fc.oneof(fc.constantFrom('#Software: x', '#Date: 2026-03-02 00:00:00', '#'), fc.shuffledSubarray(NAMES).map((n) => `#Fields: ${n.join(' ')}`), fc.constant(`#Fields: ${NAMES.join(' ')}`));
const file = fc.record({
  lines: fc.array(fc.oneof({ weight: 8, arbitrary: good }, { weight: 2, arbitrary: damaged }, { weight: 1, arbitrary: header }), { maxLength: 30 }),
  end: fc.constantFrom('\r\n', '\n'),
  torn: fc.boolean(),
}).map(({ lines, end, torn }) => Buffer.from([`#Fields: ${NAMES.join(' ')}`, ...lines].join(end) + (torn ? '' : end), 'latin1'));

describe('lines of a thousand logs', () => {
  it('are rows or rejected, each of them, as another program counts them', async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'iisight-count-'));
    const files = fc.sample(file, { numRuns: FILES, seed: 20_260_302 });
    const names = files.map((_, i) => `${i}.log`);
    for (const [i, bytes] of files.entries()) writeFileSync(path.join(folder, names[i] ?? ''), bytes);
    const counted = spawnSync('grep', ['-acv', '^#', ...names], { cwd: folder, encoding: 'utf8', env: { LC_ALL: 'C' } });
    const expected = counted.stdout.trim().split('\n').map((line) => Number(line.split(':')[1]));
    const dictionary = new Dictionary();
    const found: number[] = [];
    const bytesOf: number[] = [];
    for (const name of names) {
      let lines = 0;
      let bytes = 0;
      for await (const segment of readLog(openSource({ kind: 'file', path: path.join(folder, name) }), SPOOL_START, { directory: folder, prefix: 'p', segmentBytes: 1 << 20, dictionary })) {
        const { rows, rejected, rowBytes, headerBytes, paddingBytes, rejectedBytes } = segment.counts;
        expect(segment.rows?.rows ?? 0).toBe(rows);
        lines += rows + rejected;
        bytes += rowBytes + headerBytes + paddingBytes + rejectedBytes;
        removeFiles(segment);
      }
      found.push(lines);
      bytesOf.push(bytes);
    }
    rmSync(folder, { recursive: true });
    expect(found).toEqual(expected);
    expect(bytesOf).toEqual(files.map((b) => b.length));
    expect(expected.reduce((a, b) => a + b, 0)).toBeGreaterThan(3 * FILES);
  }, 120_000);
});
