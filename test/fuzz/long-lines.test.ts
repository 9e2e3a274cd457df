import { describe, expect, it } from 'vitest';
import { readBytes } from '../artifacts/w3c-log/read-bytes.ts';

const HEAD = '#Fields: date time s-ip cs-method cs-uri-stem sc-status\r\n';
const row = (second: number, stem: string): string => `2026-03-01 00:00:${String(second).padStart(2, '0')} 10.0.0.1 GET ${stem} 200\r\n`;
const MIB = 1024 * 1024;

/** What a reader of the case sees of a log, whatever the pieces in which its bytes arrived. */
async function seen(bytes: Buffer, chunk: number): Promise<unknown> {
  const { rows, counts, rejects, sha256 } = await readBytes(bytes, { chunk });
  expect(counts.rowBytes + counts.headerBytes + counts.paddingBytes + counts.rejectedBytes).toBe(bytes.length);
  return { rows: rows.map((r) => [r.offset, r.length, r.line, r.time]), counts, rejects, sha256 };
}

/** The same for every way of cutting the bytes. */
async function same(bytes: Buffer): Promise<{ rows: [number, number, number, string][]; counts: { rows: number; rejected: number; paddingBytes: number } }> {
  const first = await seen(bytes, MIB);
  for (const chunk of [64 * 1024, 200_003, MIB - 1, 3 * MIB]) expect(await seen(bytes, chunk), `chunks of ${chunk}`).toEqual(first);
  return first as Awaited<ReturnType<typeof same>>;
}

describe('lines at and over the limit', () => {
  it.each([-60, -55, -54, -53, -52, -51, -50, 0, 1, 200_000, 500_000, 900_000, 1_200_000])('one of 1 MiB %i bytes is judged by its length alone', async (more) => {
    for (const before of ['', row(0, `/${'b'.repeat(700_000)}`)]) {
      const bytes = Buffer.from(HEAD + before + row(1, `/${'a'.repeat(MIB + more)}`) + row(2, '/after'));
      const { rows, counts } = await same(bytes);
      const long = row(1, `/${'a'.repeat(MIB + more)}`).length > MIB;
      expect(counts).toMatchObject({ rejected: long ? 1 : 0, rows: (before === '' ? 1 : 2) + (long ? 0 : 1) });
      expect(rows.at(-1)?.[3]).toBe('2026-03-01T00:00:02Z');
    }
  }, 30_000);

  it('a block of NULs of any size is padding, and the row behind it is read', async () => {
    for (const size of [20, 70_000, MIB, 3 * MIB + 17]) {
      const bytes = Buffer.from(HEAD + row(1, '/before') + '\0'.repeat(size) + row(2, '/after') + row(3, '/end'));
      const { rows, counts } = await same(bytes);
      expect(counts, `${size} NULs`).toMatchObject({ rows: 3, rejected: 0, paddingBytes: size });
      expect(rows.map((r) => r[3])).toEqual(['2026-03-01T00:00:01Z', '2026-03-01T00:00:02Z', '2026-03-01T00:00:03Z']);
    }
  });

  it('a torn line before such a block is told, an over-long one too, and stray CRs change nothing', async () => {
    const gap = '\0'.repeat(2 * MIB);
    const torn = await same(Buffer.from(`${HEAD}2026-03-01 00:00:01 10.0${gap}${row(2, '/after')}`));
    expect(torn.counts).toMatchObject({ rows: 1, rejected: 1, paddingBytes: gap.length });
    const long = await same(Buffer.from(`${HEAD}${'x'.repeat(MIB + 300_000)}${gap}${row(2, '/after')}`));
    expect(long.counts).toMatchObject({ rows: 1, rejected: 1, paddingBytes: gap.length });
    const strays = await same(Buffer.from(`${HEAD}${row(1, '/x').replace('\r\n', '\r').repeat(30_000)}\n${row(2, '/after')}`));
    expect(strays.counts).toMatchObject({ rows: 1, rejected: 1 });
  });
});
