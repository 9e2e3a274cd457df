import { createHash } from 'node:crypto';
import { BlobReader, ZipReader } from '@zip.js/zip.js';
import { describe, expect, it } from 'vitest';
import { sampleZip } from '../../../electron/report/exports/sample.ts';
import { harmlessName, type SampleFacts } from '../../../electron/report/exports/sheet.ts';

const FILE: SampleFacts['file'] = { path: 'C:\\Ext\\ca\u202Eche.dll', evidencePath: 'C/Ext/ca\u202Eche.dll', server: 's1', size: 3, modified: '2026-03-02T14:08:55Z', created: null, timeFidelity: 'mtime-only', sha256: null, artifact: 'pe' };
const SOURCE = { file: FILE, examination: { caseNumber: '2026-17', examiner: 'A. Examiner', hostLabel: 'WEB01' }, caseId: 'id', location: '/evidence' };

async function* pieces(...all: readonly Uint8Array[]): AsyncGenerator<Uint8Array, void, undefined> {
  yield* all;
}

async function zipOf(content: AsyncIterable<Uint8Array>, taken: (facts: SampleFacts) => void = () => undefined): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of sampleZip(SOURCE, content, 'infected', taken)) parts.push(part);
  return Buffer.concat(parts);
}

/** Entries by name, opened with a password. */
async function opened(zip: Buffer, password: string): Promise<Map<string, Buffer>> {
  const reader = new ZipReader(new BlobReader(new Blob([Uint8Array.from(zip)])), { password });
  const found = new Map<string, Buffer>();
  for (const entry of await reader.getEntries()) {
    const parts: Uint8Array[] = [];
    if ('getData' in entry && entry.getData !== undefined) await entry.getData(new WritableStream<Uint8Array>({ write: (part) => void parts.push(Uint8Array.from(part)) }));
    found.set(entry.filename, Buffer.concat(parts));
    expect(entry.encrypted, entry.filename).toBe(true);
    expect(entry.zipCrypto, entry.filename).toBe(false);
  }
  await reader.close();
  return found;
}

describe('a file that is handed over', () => {
  it('opens with its password alone, and its sheet tells its hashes and where it came from', async () => {
    const content = Buffer.alloc(300_000, 'MZ\u0000content');
    const zip = await zipOf(pieces(content.subarray(0, 100_000), content.subarray(100_000)));
    const entries = await opened(zip, 'infected');
    expect([...entries.keys()]).toEqual(['ca_che.dll.bin', 'sheet.txt']);
    expect(entries.get('ca_che.dll.bin')?.equals(content)).toBe(true);
    const sheet = entries.get('sheet.txt')?.toString('utf8') ?? '';
    for (const name of ['md5', 'sha1', 'sha256']) expect(sheet).toContain(createHash(name).update(content).digest('hex'));
    for (const fact of ['C:\\Ext\\ca\u2039U+202E\u203Ache.dll', '2026-03-02T14:08:55Z', '2026-17', 'A. Examiner', 'WEB01', '/evidence', '300000']) expect(sheet).toContain(fact);
    await expect(opened(zip, 'wrong')).rejects.toThrow();
    expect(zip.includes(content.subarray(0, 64))).toBe(false);
  });

  it('fails as a whole when its content is not what the case says', async () => {
    await expect(zipOf(pieces(Buffer.from('x')), () => {
      throw new Error('other content');
    })).rejects.toThrow('other content');
  });

  it('fails as a whole when reading fails', async () => {
    async function* broken(): AsyncGenerator<Uint8Array, void, undefined> {
      yield Buffer.from('begin');
      throw new Error('gone');
    }
    await expect(zipOf(broken())).rejects.toThrow('gone');
  });

  it.each([['a/b/x.dll', 'x.dll.bin'], ['../../etc/passwd', 'passwd.bin'], ['C/CON', 'CON.bin'], ['a/.hidden', 'hidden.bin'], ['a/\u202Egpj.exe', '_gpj.exe.bin'], ['a/...', 'sample.bin'], ['a/-rf', 'rf.bin'], [`a/${'n'.repeat(300)}.dll`, `${'n'.repeat(100)}.bin`]])('is called harmlessly: %s', (evidencePath, name) => {
    expect(harmlessName(evidencePath)).toBe(name);
  });
});
