import { mkdir, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { readAll, sha256Of } from '../../../electron/evidence/hash.ts';
import { openEvidence } from '../../../electron/evidence/open.ts';
import { type EvidenceSource, EvidenceUnreadable, type InventoryEntry } from '../../../electron/evidence/source.ts';
import { writeZip, zipTree, type MadeZip } from '../../helpers/tree.ts';
import { zipBytes, type ZipItem } from '../../helpers/zip-writer.ts';

const closing: Array<() => Promise<void>> = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

async function opened(zip: MadeZip): Promise<EvidenceSource> {
  closing.push(zip.cleanup);
  const source = await openEvidence(zip.file);
  closing.push(() => source.close());
  return source;
}

async function sourceOf(...items: ZipItem[]): Promise<EvidenceSource> {
  return opened(await writeZip(zipBytes(items)));
}

async function list(source: EvidenceSource): Promise<Map<string, InventoryEntry>> {
  return new Map((await source.inventory()).map((entry) => [entry.evidencePath, entry]));
}

async function textOf(source: EvidenceSource, name: string): Promise<string> {
  const reader = await source.open(name);
  const whole = await readAll(reader, 1 << 20);
  await reader.close();
  return whole.ok ? Buffer.from(whole.bytes).toString() : `${whole.problem.kind}: ${whole.problem.message}`;
}

async function refusal(source: EvidenceSource, name: string): Promise<string> {
  const error: unknown = await source.open(name).then(() => null, (e: unknown) => e);
  if (!(error instanceof EvidenceUnreadable)) throw new Error(`opening ${name} gave no EvidenceUnreadable: ${String(error)}`);
  return error.problem.kind;
}

describe('zip as evidence', () => {
  it('lists and reads entries in place', async () => {
    const source = await opened(await zipTree({ 'C/Windows': { folder: true }, 'C/Windows/a.txt': { content: 'hello', mtime: '2026-03-02T14:11:59Z' }, 'b.bin': '' }));
    expect(source.kind).toBe('zip');
    const entries = await source.inventory();
    expect(entries.map((e) => [e.evidencePath, e.type, e.size, e.problem])).toEqual([['C/Windows', 'folder', 0, null], ['C/Windows/a.txt', 'file', 5, null], ['b.bin', 'file', 0, null]]);
    expect(entries[1]?.modified).toBe(BigInt(Date.parse('2026-03-02T14:11:59Z')) * 10_000n);
    expect(await textOf(source, 'C/Windows/a.txt')).toBe('hello');
    expect(await textOf(source, 'b.bin')).toBe('');
    expect(await refusal(source, 'C/Windows')).toBe('unreadable');
    expect(await refusal(source, '../b.bin')).toBe('unreadable');
  });

  it('takes DOS times as they are, whatever the zone of this machine, and says that their zone is unknown', async () => {
    const source = await sourceOf({ name: 'a', content: '1' }, { name: 'b', content: '1', dosTime: 0xffffffff });
    const entries = await source.inventory();
    expect(entries.map((e) => e.modified)).toEqual([BigInt(Date.UTC(2026, 2, 2, 14, 11, 58)) * 10_000n, null]);
    expect(source.problems).toMatchObject([{ kind: 'anomaly', expected: true }]);
  });

  it('lists names that lead out, reads them in place and writes nothing', async () => {
    const names = ['../up.txt', '..\\back.txt', 'a/../../b', '/abs.txt', '\\abs2.txt', 'C:/drive.txt', 'C:rel', '//server/share/x', '\\\\server\\share\\y', '\\\\?\\C:\\z', 'nul\0.txt', 'a/NUL', 'con.aspx', 'dot.'];
    const zip = await writeZip(zipBytes(names.map((name) => ({ name, content: 'out', unixMode: 0o100644 }))));
    const source = await opened(zip);
    const entries = await list(source);
    expect(entries.size).toBe(names.length);
    expect([...entries.values()].map((e) => e.problem?.kind)).toEqual(names.map(() => 'escape'));
    for (const name of entries.keys()) expect(await textOf(source, name)).toBe('out');
    expect(await readdir(path.dirname(zip.file))).toEqual(['evidence.zip']);
  });

  it('understands the backslashes of Windows PowerShell, and not those of a Unix name', async () => {
    const source = await sourceOf({ name: 'C\\Windows\\x.txt', content: 'x' }, { name: 'odd\\name', content: 'y', unixMode: 0o100644 }, { name: '..\\up', content: 'z' });
    const entries = await list(source);
    expect([...entries.keys()]).toEqual(['../up', 'C/Windows/x.txt', 'odd\\name']);
    expect(entries.get('../up')?.problem?.kind).toBe('escape');
  });

  it('lists links and does not follow them', async () => {
    const source = await opened(await zipTree({ link: { link: '/etc/passwd' } }));
    expect((await source.inventory())[0]).toMatchObject({ type: 'link', problem: { kind: 'escape' } });
    expect(await refusal(source, 'link')).toBe('escape');
  });

  it('keeps every entry of a name, and marks twins by case', async () => {
    const source = await sourceOf({ name: 'web.config', content: 'one' }, { name: 'web.config', content: 'two' }, { name: 'WEB.config', content: 'three' });
    const entries = await list(source);
    expect([...entries.keys()]).toEqual(['WEB.config', 'web (2).config', 'web.config']);
    expect(await textOf(source, 'web.config')).toBe('one');
    expect(await textOf(source, 'web (2).config')).toBe('two');
    expect([...entries.values()].map((e) => e.problem?.kind)).toEqual(['anomaly', 'anomaly', 'anomaly']);
  });

  it('shows the bytes of a name that is marked as UTF-8 and is not', async () => {
    const source = await sourceOf({ name: Buffer.from([0x61, 0xff]), content: 'x' }, { name: Buffer.from([0x62, 0x82]), content: 'y', flags: 0 });
    expect([...(await list(source)).keys()]).toEqual(['a\\xFF', 'bé']);
  });

  it('says which entries it cannot read', async () => {
    const source = await sourceOf({ name: 'secret', content: 'x', flags: 0x801 }, { name: 'lzma', content: 'x', method: 14 }, { name: 'plain', content: 'x' });
    const entries = await list(source);
    expect(['secret', 'lzma', 'plain'].map((name) => entries.get(name)?.problem?.kind)).toEqual(['unsupported', 'unsupported', undefined]);
    expect(await refusal(source, 'secret')).toBe('unsupported');
  });

  it.each<[string, Partial<ZipItem>]>([
    ['a size that is too small', { claimedSize: 3 }],
    ['a size that is too large', { claimedSize: 3000 }],
    ['a wrong checksum', { crc: 1 }],
    ['torn data', { compressed: Buffer.from([0xff, 0xff, 0xff]) }],
  ])('reports %s', async (_name, fault) => {
    const source = await sourceOf({ name: 'x', content: 'hello hello hello hello', deflate: true, ...fault });
    expect(await textOf(source, 'x')).toMatch(/^malformed: /);
    const reader = await source.open('x');
    expect(await sha256Of(reader)).toMatchObject({ ok: false, problem: { kind: 'malformed' } });
  });

  it.each<[string, (header: Buffer) => void]>([
    ['name', (header) => header.write('evil', 30, 'latin1')],
    ['method', (header) => header.writeUInt16LE(0, 8)],
    ['encryption', (header) => header.writeUInt16LE(0x801, 6)],
    ['signature', (header) => header.write('XX', 2, 'latin1')],
  ])('reports a local header with another %s than the directory', async (_name, change) => {
    const whole = zipBytes([{ name: 'first', content: 'x' }, { name: 'good', content: 'hello hello', deflate: true }]);
    change(whole.subarray(whole.lastIndexOf('PK\u0003\u0004')));
    expect(await textOf(await opened(await writeZip(whole)), 'good')).toMatch(/^malformed: /);
  });

  it('reads Deflate64, and reports its damage', async () => {
    // Stored blocks are the same in Deflate and Deflate64.
    const content = Buffer.alloc(200_000, 'IIS log ');
    const item = { name: 'd64', content, compressed: deflateRawSync(content, { level: 0 }), method: 9 };
    const good = await sourceOf(item, { name: 'small', content: 'x', compressed: deflateRawSync(Buffer.from('x'), { level: 0 }), method: 9, crc: 7 });
    expect(await textOf(good, 'd64')).toBe(content.toString());
    expect(await textOf(good, 'small')).toMatch(/^malformed: /);
    const reader = await good.open('d64');
    for await (const chunk of reader.stream(199_999)) expect(Buffer.from(chunk).toString()).toBe(' ');
    await reader.close();
  });

  it('refuses entries that share their bytes', async () => {
    const data = deflateRawSync(Buffer.alloc(100_000));
    const source = await sourceOf(...Array.from({ length: 50 }, (_, i) => ({ name: `f${i}`, content: Buffer.alloc(100_000), compressed: data, ...(i === 0 ? {} : { sameDataAs: 0 }) })));
    const entries = await source.inventory();
    expect(entries).toHaveLength(50);
    expect(entries.every((e) => e.problem?.kind === 'malformed')).toBe(true);
    expect(await refusal(source, 'f7')).toBe('malformed');
  });

  it('stops a bomb and says so', async () => {
    const size = 400 * 1024 * 1024;
    const source = await sourceOf({ name: 'bomb', compressed: deflateRawSync(Buffer.alloc(size), { level: 1 }), claimedSize: size });
    expect((await source.inventory())[0]?.problem?.kind).toBe('limit');
    const reader = await source.open('bomb');
    const started = performance.now();
    expect(await sha256Of(reader)).toMatchObject({ ok: false, problem: { kind: 'limit' } });
    expect(performance.now() - started).toBeLessThan(5000);
    expect((await reader.read(1000, 10)).length).toBe(10);
    await expect(reader.read(size - 10, 10)).rejects.toThrow('only its first');
    await reader.close();
  });

  it('reads a large entry at random and in order', async () => {
    const bytes = Buffer.alloc(34 * 1024 * 1024);
    for (let i = 0; i < bytes.length; i += 4) bytes.writeUInt32LE(Math.imul(i, 2_654_435_761) >>> 0, i);
    const source = await sourceOf({ name: 'big', content: bytes, compressed: deflateRawSync(bytes, { level: 1 }) });
    const reader = await source.open('big');
    for (const at of [0, 5_000_000, 5_000_010, 35_000_000, 17, bytes.length - 5]) {
      expect(Buffer.from(await reader.read(at, 1000)).equals(bytes.subarray(at, at + 1000))).toBe(true);
    }
    const both = await Promise.all([reader.read(100, 50), reader.read(20, 50)]);
    expect(both.map((part, i) => Buffer.from(part).equals(i === 0 ? bytes.subarray(100, 150) : bytes.subarray(20, 70)))).toEqual([true, true]);
    let total = 0;
    for await (const chunk of reader.stream(bytes.length - 3_000_000)) {
      expect(chunk.length).toBeLessThanOrEqual(4 * 1024 * 1024);
      total += chunk.length;
    }
    expect(total).toBe(3_000_000);
    await reader.close();
  });

  it('gives up an entry in the middle without a trace', async () => {
    const source = await sourceOf({ name: 'big', content: Buffer.alloc(50_000_000, 'abcdefgh ijk'), deflate: true });
    const reader = await source.open('big');
    for await (const chunk of reader.stream()) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
    await reader.close();
    await expect(reader.read(0, 1)).rejects.toThrow(EvidenceUnreadable);
  });

  it.each<[string, (whole: Buffer) => Buffer]>([
    ['cut off in its directory', (whole) => whole.subarray(0, whole.length - 30)],
    ['cut off in its data', (whole) => whole.subarray(0, 40)],
    ['nothing but its first bytes', () => Buffer.from('PK\u0003\u0004')],
  ])('refuses a zip that is %s', async (_name, cut) => {
    const zip = await writeZip(cut(zipBytes([{ name: 'a', content: 'a' }, { name: 'b', content: 'b'.repeat(50) }])));
    closing.push(zip.cleanup);
    await expect(openEvidence(zip.file)).rejects.toMatchObject({ failure: { kind: 'unavailable' } });
  });

  it('lists what stands before the damage of a directory', async () => {
    const whole = zipBytes([{ name: 'a', content: 'a' }, { name: 'b', content: 'b' }]);
    whole.write('XX', whole.lastIndexOf('PK\u0001\u0002'), 'latin1');
    const source = await opened(await writeZip(whole));
    expect((await source.inventory()).map((e) => e.evidencePath)).toEqual(['a']);
    expect(source.problems?.[0]?.kind).toBe('malformed');
  });

  it('opens an empty zip', async () => {
    expect(await (await sourceOf()).inventory()).toEqual([]);
  });

  it('lists many entries in one go', async () => {
    const source = await sourceOf(...Array.from({ length: 30_000 }, (_, i) => ({ name: `C/Windows/f${i}`, content: 'x' })));
    const seen: number[] = [];
    expect(await source.inventory(undefined, (files) => seen.push(files))).toHaveLength(30_000);
    expect(seen.at(-1)).toBe(30_000);
    const stopped = await sourceOf({ name: 'a', content: 'a' });
    await expect(stopped.inventory(AbortSignal.abort())).rejects.toMatchObject({ failure: { kind: 'cancelled' } });
  });

  it('changes neither the zip nor its folder', async () => {
    const zip = await zipTree({ 'a/b.txt': 'x' });
    const folder = path.join(path.dirname(zip.file), 'beside');
    await mkdir(folder);
    const before = await stat(zip.file, { bigint: true });
    const source = await opened(zip);
    await source.inventory();
    await textOf(source, 'a/b.txt');
    const after = await stat(zip.file, { bigint: true });
    expect([after.mtimeNs, after.ctimeNs, after.size]).toEqual([before.mtimeNs, before.ctimeNs, before.size]);
    expect(await readdir(folder)).toEqual([]);
  });
});
