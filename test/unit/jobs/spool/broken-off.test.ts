import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readLog, removeFiles } from '../../../../electron/jobs/spool/read-log.ts';
import { SourceUnreadable } from '../../../../electron/jobs/spool/source.ts';
import { SPOOL_START } from '../../../../electron/timeline/spool-format.ts';

async function* breakingOff(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
  throw new SourceUnreadable('gone');
}

async function rowsOf(text: string, format: string): Promise<{ readonly rows: number; readonly offset: number; readonly error: unknown }> {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'iisight-broken-'));
  let rows = 0;
  let offset = 0;
  try {
    for await (const segment of readLog(breakingOff(text), SPOOL_START, { directory, prefix: 'p', segmentBytes: 1 << 20, format })) {
      rows += segment.counts.rows;
      ({ offset } = segment.state);
      removeFiles(segment);
    }
    return { rows, offset, error: null };
  } catch (error) {
    return { rows, offset, error };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

describe('a short log that breaks off unreadable', () => {
  it('gives its whole lines, and goes on behind them', async () => {
    const whole = '#Fields: date time cs-uri-stem\r\n2026-03-01 00:00:01 /a\r\n2026-03-01 00:00:02 /b\r\n';
    const { rows, offset, error } = await rowsOf(`${whole}2026-03-01 00:00:0`, 'w3c-log');
    expect([rows, offset]).toEqual([2, whole.length]);
    expect(error).toBeInstanceOf(SourceUnreadable);
  });

  it('gives none where the order of its dates is told from more of its head', async () => {
    const { rows, offset, error } = await rowsOf('1.2.3.4, -, 04/05/2026, 10:00:00, W3SVC1, S, 10.0.0.1, 5, 1, 2, 200, 0, GET, /, -,\r\n', 'iis-log');
    expect([rows, offset]).toEqual([0, 0]);
    expect(error).toBeInstanceOf(SourceUnreadable);
  });
});
