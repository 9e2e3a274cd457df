import { execFileSync } from 'node:child_process';
import { chmod, link, lstat, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { readAll } from '../../../electron/evidence/hash.ts';
import { openEvidence } from '../../../electron/evidence/open.ts';
import { EvidenceUnreadable, type InventoryEntry } from '../../../electron/evidence/source.ts';
import { makeTree, type MadeTree, type Tree } from '../../helpers/tree.ts';

const made: MadeTree[] = [];
async function tree(lines: Tree): Promise<string> {
  const one = await makeTree(lines);
  made.push(one);
  return one.dir;
}
afterEach(async () => {
  for (const one of made.splice(0)) await one.cleanup();
});

async function list(dir: string): Promise<Map<string, InventoryEntry>> {
  const source = await openEvidence(dir);
  return new Map((await source.inventory()).map((entry) => [entry.evidencePath, entry]));
}

async function problemOf(dir: string, name: string): Promise<string> {
  const source = await openEvidence(dir);
  const error: unknown = await source.open(name).then(() => null, (e: unknown) => e);
  if (!(error instanceof EvidenceUnreadable)) throw new Error(`opening ${name} gave no EvidenceUnreadable: ${String(error)}`);
  return error.problem.kind;
}

describe('folder as evidence', () => {
  it('lists files and folders sorted, with sizes and modification times, without the times of the copy', async () => {
    const dir = await tree({ 'C/b.txt': { content: 'abc', mtime: '2026-03-02T14:11:58Z' }, 'C/a': { folder: true }, 'A.txt': '' });
    const source = await openEvidence(dir);
    const entries = await source.inventory();
    expect(entries.map((e) => [e.evidencePath, e.type, e.size])).toEqual([['A.txt', 'file', 0], ['C', 'folder', 0], ['C/a', 'folder', 0], ['C/b.txt', 'file', 3]]);
    expect(entries[3]?.modified).toBe(BigInt(Date.parse('2026-03-02T14:11:58Z')) * 10_000n);
    expect(entries.every((e) => e.created === null)).toBe(true);
    expect(source.timeFidelity).toBe('mtime-only');
  });

  it('reads whole, in part, past the end and as a stream', async () => {
    const dir = await tree({ 'x.bin': Buffer.from('0123456789') });
    const reader = await (await openEvidence(dir)).open('x.bin');
    expect(Buffer.from(await reader.read(3, 4)).toString()).toBe('3456');
    expect(Buffer.from(await reader.read(8, 100)).toString()).toBe('89');
    expect((await reader.read(100, 5)).length).toBe(0);
    const chunks: Uint8Array[] = [];
    for await (const chunk of reader.stream(7)) chunks.push(chunk);
    expect(Buffer.concat(chunks).toString()).toBe('789');
    await reader.close();
  });

  it('lists links with where they lead and never follows them', async () => {
    const dir = await tree({ 'in.txt': 'x', 'sub/inner': { link: '../in.txt' }, out: { link: '/etc/passwd' }, up: { link: '../..' }, loop: { link: 'loop' }, proc: { link: '/proc/self' }, folder: { link: 'sub' } });
    const entries = await list(dir);
    expect(entries.size).toBe(8);
    expect(['out', 'up', 'proc'].map((name) => entries.get(name)?.problem?.kind)).toEqual(['escape', 'escape', 'escape']);
    expect(['sub/inner', 'loop', 'folder'].map((name) => entries.get(name)?.problem?.kind)).toEqual(['unsupported', 'unsupported', 'unsupported']);
    expect(entries.get('out')?.problem?.message).toContain('/etc/passwd');
    expect(await problemOf(dir, 'out')).toBe('escape');
    expect(await problemOf(dir, 'loop')).toBe('escape');
    expect(await problemOf(dir, 'folder/inner')).toBe('escape');
    expect(await problemOf(dir, 'proc/cmdline')).toBe('escape');
  });

  it.each(['../secret', '..', '', '/etc/passwd', 'a/../../secret', 'a//b', './in.txt', 'nul\0byte'])('refuses %j as a name', async (name) => {
    const dir = await tree({ 'in.txt': 'x' });
    await writeFile(path.join(dir, '../secret'), 'secret');
    expect(await problemOf(dir, name)).toBe('escape');
  });

  it('lists FIFOs and sockets and does not wait for them', async () => {
    const dir = await tree({ pipe: { fifo: true } });
    const server = createServer();
    await new Promise<void>((done) => server.listen(path.join(dir, 'socket'), done));
    try {
      const entries = await list(dir);
      expect([...entries.values()].map((e) => [e.evidencePath, e.type, e.problem?.kind])).toEqual([['pipe', 'other', 'unsupported'], ['socket', 'other', 'unsupported']]);
      expect(await problemOf(dir, 'pipe')).toBe('unreadable');
      expect(await problemOf(dir, 'socket')).toBe('unreadable');
    } finally {
      server.close();
    }
  });

  it('shows names that are not UTF-8 and opens them', async () => {
    const dir = await tree({});
    const sub = Buffer.concat([Buffer.from(`${dir}/d`), Buffer.from([0xff])]);
    await mkdir(sub);
    await writeFile(Buffer.concat([sub, Buffer.from('/'), Buffer.from([0x61, 0xe9])]), 'latin');
    await writeFile(path.join(dir, 'd\\xFF'), 'a file that looks like the escape');
    const source = await openEvidence(dir);
    const names = (await source.inventory()).map((e) => e.evidencePath);
    expect(names).toHaveLength(3);
    const latin = names.find((name) => name.endsWith('a\\xE9'));
    const reader = await (await openEvidence(dir)).open(latin ?? '');
    expect(await readAll(reader, 100)).toMatchObject({ ok: true, bytes: Buffer.from('latin') });
    await reader.close();
  });

  it('lists odd and twin names as anomalies', async () => {
    const long = 'n'.repeat(255);
    const dir = await tree({ 'NUL.aspx': '', CON: '', 'dot.': '', 'space ': '', Web: '', web: '', [long]: '', hard: 'x' });
    await link(path.join(dir, 'hard'), path.join(dir, 'hard2'));
    const entries = await list(dir);
    expect(entries.size).toBe(9);
    const flagged = [...entries.values()].filter((e) => e.problem?.kind === 'anomaly').map((e) => e.evidencePath);
    expect(flagged).toEqual(['CON', 'NUL.aspx', 'Web', 'dot.', 'space ', 'web']);
    expect(entries.get(long)?.type).toBe('file');
  });

  it('reads 0555 folders and changes nothing', async () => {
    const dir = await tree({ 'a/b.txt': 'x', 'a/c/d.txt': 'y' });
    await chmod(path.join(dir, 'a'), 0o555);
    const before = await stamps(dir);
    const source = await openEvidence(dir);
    for (const entry of await source.inventory()) {
      if (entry.type !== 'file') continue;
      const reader = await source.open(entry.evidencePath);
      await readAll(reader, 10);
      await reader.close();
    }
    await source.close();
    expect(await stamps(dir)).toEqual(before);
    await chmod(path.join(dir, 'a'), 0o755);
  });

  it('lists a folder 4,096 levels deep up to where the system can reach and says where it stopped', async () => {
    const dir = await tree({ 'top.txt': 'x' });
    await makeDeep(dir, 4096);
    const started = performance.now();
    const entries = [...(await list(dir)).values()];
    expect(performance.now() - started).toBeLessThan(5000);
    expect(entries.length).toBeGreaterThan(1000);
    const cut = entries.filter((e) => e.problem?.kind === 'limit');
    expect(cut).toHaveLength(1);
    expect(entries.some((e) => e.evidencePath === 'top.txt')).toBe(true);
    execFileSync('rm', ['-rf', dir]);
  });

  it('stops when told to', async () => {
    const dir = await tree({ a: '' });
    const source = await openEvidence(dir);
    await expect(source.inventory(AbortSignal.abort())).rejects.toMatchObject({ failure: { kind: 'cancelled' } });
  });

  it('says so when the evidence goes away', async () => {
    const dir = await tree({ a: '' });
    const source = await openEvidence(dir);
    await rm(dir, { recursive: true });
    expect(await source.inventory()).toEqual([]);
    expect(source.problems?.[0]?.kind).toBe('unreadable');
  });
});

/** No path of more than 4,095 bytes can be made, but a folder can be moved into another: chains of 1,024 are stacked. */
async function makeDeep(dir: string, levels: number): Promise<void> {
  const chain = Array.from({ length: 1024 }, () => 'd').join('/');
  for (let made = 0; made < levels; made += 1024) {
    await mkdir(path.join(dir, 'next', chain), { recursive: true });
    if (made > 0) await rename(path.join(dir, 'top'), path.join(dir, 'next', chain, 'top'));
    await rename(path.join(dir, 'next'), path.join(dir, 'top'));
  }
}

async function stamps(dir: string): Promise<unknown> {
  const names = (await readdir(dir, { recursive: true })).sort();
  const all = await Promise.all(names.map(async (name) => ({ name, stat: await lstat(path.join(dir, name), { bigint: true }) })));
  return all.map(({ name, stat }) => [name, stat.mtimeNs, stat.ctimeNs, stat.size, stat.isFile() ? stat.atimeNs : 0n]);
}
