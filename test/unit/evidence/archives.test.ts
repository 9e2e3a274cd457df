import { afterEach, describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { gzipSync } from 'node:zlib';
import { openEvidence } from '../../../electron/evidence/open.ts';
import { sha256Of } from '../../../electron/evidence/hash.ts';
import { EvidenceUnreadable, type EvidenceSource } from '../../../electron/evidence/source.ts';
import { makeTree, zipTree, type Tree } from '../../helpers/tree.ts';
import { zipBytes, type ZipItem } from '../../helpers/zip-writer.ts';

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const item of opened.splice(0)) await item.close();
});

async function source(tree: Tree): Promise<EvidenceSource> {
  const made = await makeTree(tree);
  const evidence = await openEvidence(made.dir);
  opened.push(evidence, { close: () => made.cleanup() });
  return evidence;
}

async function bytesOf(evidence: EvidenceSource, path: string): Promise<Buffer> {
  const reader = await evidence.open(path);
  try {
    const chunks: Uint8Array[] = [];
    for await (const chunk of reader.stream()) chunks.push(Uint8Array.from(chunk));
    return Buffer.concat(chunks);
  } finally {
    await reader.close();
  }
}

const problemOf = async (work: Promise<unknown>): Promise<string> => work.then(() => 'none', (error: unknown) => (error instanceof EvidenceUnreadable ? `${error.problem.kind}: ${error.message}` : String(error)));
const zip = (items: readonly ZipItem[]): Buffer => zipBytes(items);

describe('gzip files of the evidence', () => {
  it('are opened as archive and inner name, of one member or several', async () => {
    const evidence = await source({ 'l/u_ex1.log.gz': gzipSync('one\n'), 'l/two.gz': Buffer.concat([gzipSync('one\n'), gzipSync('two\n')]) });
    expect((await evidence.members?.('l/u_ex1.log.gz'))?.members).toEqual([{ evidencePath: 'l/u_ex1.log.gz/u_ex1.log', size: 4, refusal: null, problem: null }]);
    expect((await bytesOf(evidence, 'l/u_ex1.log.gz/u_ex1.log')).toString()).toBe('one\n');
    expect((await bytesOf(evidence, 'l/two.gz/two')).toString()).toBe('one\ntwo\n');
    expect((await evidence.inventory()).map((e) => e.evidencePath)).toEqual(['l', 'l/two.gz', 'l/u_ex1.log.gz']);
  });

  it('any piece is the same as that of the whole, in any order; the size is known after the end', async () => {
    const content = Buffer.from(Array.from({ length: 200_000 }, (_, i) => `${i}\n`).join(''));
    const evidence = await source({ 'a.gz': Buffer.concat([gzipSync(content.subarray(0, 70_000)), gzipSync(content.subarray(70_000))]) });
    const reader = await evidence.open('a.gz/a');
    expect(reader.archive).toBe('a.gz');
    expect(reader.sizeClaimed).toBe(true);
    await fc.assert(fc.asyncProperty(fc.integer({ min: 0, max: content.length + 10 }), fc.integer({ min: 0, max: 100_000 }), async (offset, length) => {
      expect(Buffer.from(await reader.read(offset, length)).equals(content.subarray(offset, offset + length))).toBe(true);
    }), { numRuns: 30 });
    expect((await sha256Of(reader)).ok).toBe(true);
    expect(reader.size).toBe(content.length);
    expect(reader.sizeClaimed).toBe(false);
    await reader.close();
  });

  it('what is cut off or damaged gives what came before, and the reason', async () => {
    const whole = gzipSync(Buffer.alloc(3_000_000, 'abcdefg\n'), { level: 0 });
    const evidence = await source({ 'cut.gz': whole.subarray(0, 2_000_000), 'bad.gz': Buffer.concat([whole.subarray(0, 2_000_000), Buffer.alloc(900, 0xff), whole.subarray(2_000_900)]), 'tail.gz': Buffer.concat([gzipSync('x'), Buffer.from('garbage')]), 'short.gz': Buffer.from([0x1f, 0x8b, 8]) });
    for (const name of ['cut', 'bad']) {
      const reader = await evidence.open(`${name}.gz/${name}`);
      let got = 0;
      const read = (async () => {
        for await (const chunk of reader.stream()) got += chunk.length;
      })();
      expect(await problemOf(read), name).toMatch(/^malformed: The gzip file is damaged behind \d+ unpacked bytes/);
      expect(got).toBeGreaterThan(1_990_000);
      await reader.close();
    }
    expect(await problemOf(bytesOf(evidence, 'short.gz/short'))).toMatch(/^malformed/);
    expect(await problemOf(bytesOf(evidence, 'tail.gz/tail'))).toMatch(/^malformed/);
  });

  it('all that comes before garbage, a wrong checksum or a cut is given, to the last byte and once', async () => {
    const text = Buffer.from(Array.from({ length: 40_000 }, (_, i) => `line ${i} ${(i * 7919) % 1009}\n`).join(''));
    const packed = gzipSync(text);
    const wrong = Buffer.from(packed);
    wrong.writeUInt32LE(0, packed.length - 8);
    const two = Buffer.concat([gzipSync(text.subarray(0, 100_000)), gzipSync(text.subarray(100_000))]);
    const evidence = await source({ 'small.gz': Buffer.concat([gzipSync('a\nb\n'), Buffer.from('garbage')]), 'tail.gz': Buffer.concat([packed, Buffer.from('garbage')]), 'wrong.gz': wrong, 'two.gz': Buffer.concat([two, Buffer.alloc(20_000, 'x')]) });
    for (const name of ['small', 'tail', 'wrong', 'two']) {
      const reader = await evidence.open(`${name}.gz/${name}`);
      const got: Uint8Array[] = [];
      const read = (async () => {
        for await (const chunk of reader.stream()) got.push(Uint8Array.from(chunk));
      })();
      expect(await problemOf(read), name).toMatch(/^malformed: The gzip file is damaged behind \d+ unpacked bytes/);
      expect(Buffer.concat(got).equals(name === 'small' ? Buffer.from('a\nb\n') : text), name).toBe(true);
      await reader.close();
    }
  });

  it('a bomb is read up to the bound and no further', async () => {
    const bomb = gzipSync(Buffer.alloc(80 * 1024 * 1024));
    const evidence = await source({ 'bomb.gz': bomb });
    const reader = await evidence.open('bomb.gz/bomb');
    let got = 0;
    const read = (async () => {
      for await (const chunk of reader.stream()) got += chunk.length;
    })();
    expect(await problemOf(read)).toMatch(/^limit: The packed file grows from \d+ to more than/);
    expect(got).toBe(64 * 1024 * 1024);
    await reader.close();
  });

  it('other names in it, and names that only look packed, are none', async () => {
    const evidence = await source({ 'a.gz': gzipSync('x'), 'b.gz': 'plain', 'c.zip/d.log': 'a folder' });
    for (const name of ['a.gz/b', 'a.gz/../a.gz/a', 'a.gz/a/a', 'b.gz/b', 'x.gz/x', 'a.gz/']) expect(await problemOf(evidence.open(name)), name).not.toBe('none');
    expect(await evidence.members?.('b.gz')).toBeNull();
    expect((await bytesOf(evidence, 'c.zip/d.log')).toString()).toBe('a folder');
  });
});

describe('zips of the evidence', () => {
  it('members are listed and read; the zip itself may lie in a zip', async () => {
    const inner = zip([{ name: 'W3SVC1/u_ex1.log', content: 'rows\n', deflate: true }, { name: 'b.log', content: 'stored\n' }]);
    const made = await zipTree({ 'C/logs/old.zip': inner, 'C/a.txt': 'x' });
    const evidence = await openEvidence(made.file);
    opened.push(evidence, { close: () => made.cleanup() });
    const listing = await evidence.members?.('C/logs/old.zip');
    expect(listing?.members.map((m) => m.evidencePath)).toEqual(['C/logs/old.zip/W3SVC1/u_ex1.log', 'C/logs/old.zip/b.log']);
    expect((await bytesOf(evidence, 'C/logs/old.zip/W3SVC1/u_ex1.log')).toString()).toBe('rows\n');
    expect((await bytesOf(evidence, 'C/logs/old.zip/b.log')).toString()).toBe('stored\n');
  });

  it('names that lead out, encrypted members, bombs and archives within are told and not read', async () => {
    const evidence = await source({
      'x.zip': zip([
        { name: '../../etc/passwd', content: 'out' }, { name: 'secret.log', content: 'x', flags: 0x801 }, { name: 'inner.zip', content: zip([{ name: 'a', content: 'a' }]) },
        { name: 'more.log.gz', content: gzipSync('y') }, { name: 'good.log', content: 'good' }, { name: 'C:\\logs\\abs.log', content: 'abs' }, { name: 'odd.log', content: 'x', method: 99 },
      ]),
    });
    const members = (await evidence.members?.('x.zip'))?.members ?? [];
    const byName = new Map(members.map((m) => [m.evidencePath, m]));
    expect(byName.get('x.zip/../../etc/passwd')?.refusal?.kind).toBe('escape');
    expect(byName.get('x.zip/secret.log')?.refusal?.message).toMatch(/encrypted/);
    expect(byName.get('x.zip/inner.zip')?.refusal?.message).toMatch(/archive within an archive/);
    expect(byName.get('x.zip/more.log.gz')?.refusal?.message).toMatch(/archive within an archive/);
    expect(byName.get('x.zip/odd.log')?.refusal?.kind).toBe('unsupported');
    expect(byName.get('x.zip/good.log')?.refusal).toBeNull();
    const absolute = members.find((m) => m.evidencePath.endsWith('abs.log'));
    expect(absolute?.problem?.kind).toBe('escape');
    expect((await bytesOf(evidence, absolute?.evidencePath ?? '')).toString()).toBe('abs');
  });

  it('many zips and readers at once do not disturb each other', async () => {
    const tree = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`${i}.zip`, zip(Array.from({ length: 5 }, (_2, k) => ({ name: `${k}.log`, content: `${i}-${k}`, deflate: true })))]));
    const evidence = await source(tree);
    const all = await Promise.all(Array.from({ length: 150 }, (_, n) => bytesOf(evidence, `${n % 30}.zip/${n % 5}.log`)));
    expect(all.map(String)).toEqual(Array.from({ length: 150 }, (_, n) => `${n % 30}-${n % 5}`));
  });

  it('damaged zips are refused and never hang', async () => {
    const good = zip([{ name: 'a.log', content: Buffer.alloc(5000, 'row\n'), deflate: true }, { name: 'b.log', content: 'b' }]);
    const tree: Record<string, Buffer> = {};
    for (let i = 4; i < good.length; i += 3) tree[`${i}.zip`] = Buffer.concat([good.subarray(0, i), Buffer.from([(good[i] ?? 0) ^ 0xff]), good.subarray(i + 1)]);
    const evidence = await source(tree);
    for (const name of Object.keys(tree)) {
      const listing = await evidence.members?.(name).catch((error: unknown) => {
        expect(error, name).toBeInstanceOf(EvidenceUnreadable);
        return null;
      });
      for (const member of listing?.members ?? []) {
        if (member.refusal === null) expect(await problemOf(bytesOf(evidence, member.evidencePath)), `${name} ${member.evidencePath}`).toMatch(/^(none|[a-z]+: )/);
      }
    }
  });
});
