import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { MAX_LINE } from '../../../../electron/artifacts/kit/log-lines.ts';
import { RowColumns } from '../../../../electron/jobs/spool/row-columns.ts';
import { readLog, removeFiles } from '../../../../electron/jobs/spool/read-log.ts';
import { SPOOL_START } from '../../../../electron/timeline/spool-format.ts';

const HEAD = '#Fields: date time cs-method cs-uri-stem\r\n2026-03-01 00:00:01 GET /first\r\n';
const SEGMENT = 64 * 1024;
const PIECE = 64 * 1024;
/** A block without a line end is judged when it is longer than a line may be. */
const MOST = 2 * SEGMENT + MAX_LINE + 2 * PIECE;

async function* bytesOf(filling: Uint8Array, pieces: number): AsyncGenerator<Uint8Array> {
  yield Buffer.from(HEAD);
  for (let i = 0; i < pieces; i++) yield filling;
  yield Buffer.from('\r\n2026-03-01 00:00:02 GET /last\r\n');
}

describe('a log of which most is no rows', () => {
  it.each([
    ['padding', Buffer.alloc(PIECE)],
    ['headers', Buffer.from('#Remark: x\r\n'.repeat(PIECE / 12))],
    ['one line that never ends', Buffer.alloc(PIECE, 'x')],
  ])('ends its segments all the same: %s', async (what, filling) => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'iisight-long-'));
    const spans: number[] = [];
    let rows = 0;
    let from = 0;
    for await (const segment of readLog(bytesOf(filling, 200), SPOOL_START, { directory: folder, prefix: 'p', segmentBytes: SEGMENT })) {
      expect(segment.baseOffset).toBe(from);
      from = segment.state.offset;
      spans.push(from - segment.baseOffset);
      rows += segment.counts.rows;
      removeFiles(segment);
    }
    rmSync(folder, { recursive: true });
    expect(rows).toBe(2);
    if (what !== 'one line that never ends') expect(Math.max(...spans)).toBeLessThan(MOST);
  });

  it('keeps places behind a line of gigabytes, inside of which no segment can end', () => {
    const columns = new RowColumns([], []);
    columns.off[columns.next()] = 2 ** 32 + 5;
    columns.count = 1;
    expect(columns.take('')?.columns.find((c) => c.name === 'off')?.constant).toBe(2 ** 32 + 5);
  });
});
