import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readLog, removeFiles } from '../../../../electron/jobs/spool/read-log.ts';
import { SourceUnreadable } from '../../../../electron/jobs/spool/source.ts';
import { SPOOL_START, type SpoolState } from '../../../../electron/timeline/spool-format.ts';

const log = (name: string): Buffer => Buffer.from(`#Fields: date time cs-uri-stem\r\n${Array.from({ length: 20_000 }, (_, i) => `2026-03-01 00:00:01 /${name}/${i}\r\n`).join('')}`);

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let i = 0; i < bytes.length; i += size) yield bytes.subarray(i, i + size);
}

/** Reads on from a state, so many segments or to the end. */
async function read(bytes: Uint8Array, piece: number, state: SpoolState, segments = Infinity): Promise<{ readonly rows: number; readonly state: SpoolState; readonly sha256: string | null }> {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'iisight-exchanged-'));
  const out = { rows: 0, state, sha256: null as string | null };
  try {
    let count = 0;
    for await (const segment of readLog(pieces(bytes, piece), state, { directory, prefix: 'p', segmentBytes: 1 << 16 })) {
      removeFiles(segment);
      out.rows += segment.counts.rows;
      // As it is kept in the store.
      out.state = JSON.parse(JSON.stringify(segment.state)) as SpoolState;
      out.sha256 = segment.end?.sha256 ?? null;
      if ((count += 1) >= segments) break;
    }
    return out;
  } finally {
    rmSync(directory, { recursive: true });
  }
}

describe('a log of which a part was read', () => {
  it('is read on, in whatever pieces its bytes come', async () => {
    const bytes = log('a');
    const whole = await read(bytes, 1 << 20, SPOOL_START);
    for (const piece of [50_000, 70_001, 1 << 20]) {
      const begun = await read(bytes, 70_000, SPOOL_START, 2);
      const rest = await read(bytes, piece, begun.state);
      expect([begun.rows + rest.rows, rest.sha256]).toEqual([20_000, whole.sha256]);
      expect(begun.rows).toBeLessThan(20_000);
    }
  });

  it('is not read on when another stands in its place, of whatever size', async () => {
    const begun = await read(log('a'), 70_000, SPOOL_START, 2);
    for (const other of [log('b'), log('a').subarray(0, 100), Buffer.concat([Buffer.from('#'), log('a')])]) {
      await expect(read(other, 70_000, begun.state)).rejects.toThrow(SourceUnreadable);
    }
  });
});
