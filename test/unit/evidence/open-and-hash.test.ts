import { createHash } from 'node:crypto';
import { appendFile, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { birthsAreTheServers } from '../../../electron/evidence/birth-times.ts';
import { readAll, sha256Of } from '../../../electron/evidence/hash.ts';
import { openEvidence } from '../../../electron/evidence/open.ts';
import { timeFidelityOf } from '../../../electron/evidence/time-fidelity.ts';
import { zipBytes } from '../../helpers/zip-writer.ts';

let dir = '';
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'iisight-open-'));
});
afterAll(async () => {
  await rm(dir, { recursive: true });
});

describe('opening evidence', () => {
  it('tells a zip by its first bytes', async () => {
    await writeFile(path.join(dir, 'data.bin'), zipBytes([{ name: 'a', content: 'a' }]));
    await writeFile(path.join(dir, 'fake.zip'), 'no zip');
    expect((await openEvidence(path.join(dir, 'data.bin'))).kind).toBe('zip');
    expect((await openEvidence(path.join(dir, 'fake.zip'))).kind).toBe('file');
    expect((await openEvidence(dir)).kind).toBe('folder');
  });

  it('reads one file, also through a link that a person chose', async () => {
    await writeFile(path.join(dir, 'web.config'), '<configuration/>');
    await symlink(path.join(dir, 'web.config'), path.join(dir, 'chosen'));
    const source = await openEvidence(path.join(dir, 'chosen'));
    expect(await source.inventory()).toMatchObject([{ evidencePath: 'web.config', type: 'file', size: 16 }]);
    expect(await readAll(await source.open('web.config'), 100)).toMatchObject({ ok: true });
    await expect(source.open('../data.bin')).rejects.toThrow('not in the evidence');
  });

  it.each(['missing', 'web.config/below'])('says that there is nothing at %s', async (name) => {
    const failure = { kind: 'unavailable', message: expect.stringContaining('no such folder or file') };
    await expect(openEvidence(path.join(dir, name))).rejects.toMatchObject({ failure });
  });

  it('refuses a device', async () => {
    await expect(openEvidence('/dev/null')).rejects.toMatchObject({ failure: { kind: 'unavailable' } });
  });
});

describe('hashing', () => {
  it('hashes the whole file, streamed or at once', async () => {
    const bytes = Buffer.alloc(3_000_001, 'evidence');
    await writeFile(path.join(dir, 'big'), bytes);
    const reader = await (await openEvidence(dir)).open('big');
    const expected = createHash('sha256').update(bytes).digest('hex');
    expect(await sha256Of(reader)).toEqual({ ok: true, sha256: expected });
    expect(await readAll(reader, 3_000_001)).toMatchObject({ ok: true, sha256: expected });
    expect(await readAll(reader, 3_000_000)).toMatchObject({ ok: false, problem: { kind: 'limit' } });
    await expect(sha256Of(reader, AbortSignal.abort())).rejects.toMatchObject({ failure: { kind: 'cancelled' } });
    await reader.close();
  });

  it('gives no hash for a file that changes while it is read', async () => {
    for (const change of [(file: string) => appendFile(file, 'more'), (file: string) => truncate(file, 2)]) {
      const file = path.join(dir, 'live.log');
      await writeFile(file, 'twelve bytes');
      const reader = await (await openEvidence(dir)).open('live.log');
      await change(file);
      expect(await sha256Of(reader)).toMatchObject({ ok: false, problem: { kind: 'unreadable' } });
      expect(await readAll(reader, 1000)).toMatchObject({ ok: false, problem: { kind: 'unreadable' } });
      await reader.close();
    }
  });
});

describe('fidelity of file times', () => {
  const day = 86_400n * 10_000_000n;
  const files = (created: (i: number) => bigint, modified: (i: number) => bigint): Parameters<typeof birthsAreTheServers>[0] =>
    Array.from({ length: 40 }, (_, i) => ({ evidencePath: `${i}`, type: 'file' as const, size: 0, created: created(i), modified: modified(i), problem: null }));

  it('tells a volume that lived from a copy', () => {
    expect(birthsAreTheServers(files((i) => BigInt(i) * day, (i) => BigInt(i) * day))).toBe(true);
    expect(birthsAreTheServers(files(() => 1000n * day, (i) => BigInt(i) * day))).toBe(false);
    expect(birthsAreTheServers(files((i) => BigInt(i), (i) => BigInt(i)))).toBe(false);
    expect(birthsAreTheServers([])).toBe(false);
  });

  it('follows the layout', () => {
    const mounted = { kind: 'folder', timeFidelity: 'full' } as const;
    expect(timeFidelityOf('tree', mounted)).toBe('full');
    expect(timeFidelityOf('tree', { kind: 'zip', timeFidelity: 'mtime-only' })).toBe('mtime-only');
    for (const layout of ['kape', 'velociraptor', 'acquire', 'ftk'] as const) expect(timeFidelityOf(layout, mounted)).toBe('mtime-only');
    expect(timeFidelityOf('loose', mounted)).toBe('none');
    expect(timeFidelityOf('tree', { kind: 'file', timeFidelity: 'none' })).toBe('none');
  });
});
