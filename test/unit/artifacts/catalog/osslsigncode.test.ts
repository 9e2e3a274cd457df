import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCatalog, WantedDigests } from '../../../../electron/artifacts/catalog/index.ts';
import { readSignatures } from '../../../../electron/artifacts/pe/authenticode/read.ts';
import { authenticodeDigest } from '../../../helpers/authenticode-digest.ts';
import { type MadeMember, signing, throwAwayKey, type ThrowAwayKey, unsignedCatalog } from '../../../helpers/catalog-writer.ts';

const program = readFileSync('test/fixtures/components/bin/x64/cachehttp.dll');
// Not a multiple of eight bytes: what is signed is the filled file.
const odd = Buffer.concat([program, Buffer.from('odd')]);
const other = Buffer.from(program);
other[3000] = (other[3000] ?? 0) ^ 1;

const member = (bytes: Buffer, algorithm: 'sha1' | 'sha256'): MadeMember => ({ tag: { hex: authenticodeDigest(bytes, algorithm) }, digest: authenticodeDigest(bytes, algorithm), file: 'm.dll' });

describe.skipIf(!signing)('catalogs and osslsigncode', () => {
  let folder: string;
  let key: ThrowAwayKey;
  beforeAll(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'iisight-oracle-'));
    key = throwAwayKey();
  });
  afterAll(() => {
    key.dispose();
    rmSync(folder, { recursive: true });
  });

  /** Whether the file is in the catalog, and the list is what was signed: by the tool, and by us. */
  function judged(catalog: Buffer, file: Buffer): { readonly tool: boolean; readonly own: boolean } {
    const [cat, dll, pem] = ['a.cat', 'm.dll', 'root.pem'].map((name) => path.join(folder, name)) as [string, string, string];
    writeFileSync(cat, catalog);
    writeFileSync(dll, file);
    writeFileSync(pem, key.root);
    const run = spawnSync('osslsigncode', ['verify', '-CAfile', pem, '-catalog', cat, '-in', dll], { encoding: 'utf8' });
    const digests = readSignatures(file)?.digests;
    const { hits, signatures } = readCatalog(catalog, new WantedDigests([digests?.sha1 ?? '', digests?.sha256 ?? '']));
    const sound = signatures[0]?.contentHolds === true && signatures[0].signatureHolds;
    return { tool: run.status === 0 && run.stdout.includes('File is signed in catalog'), own: sound && hits.some((hit) => !hit.contradicted) };
  }

  it.each([
    ['a program by its SHA-1', [member(program, 'sha1')], program, true],
    ['a program by its SHA-256', [member(program, 'sha256')], program, true],
    ['a program whose size is no multiple of eight', [member(odd, 'sha256')], odd, true],
    ['one of several', [member(other, 'sha1'), member(odd, 'sha1'), member(program, 'sha1')], program, true],
    ['a program that was changed', [member(program, 'sha1'), member(program, 'sha256')], other, false],
  ] as const)('agree on %s', (_what, members, file, covered) => {
    expect(judged(key.sign(unsignedCatalog(members)), file)).toEqual({ tool: covered, own: covered });
  });

  it('agree on a list that was changed after it was signed', () => {
    const signed = key.sign(unsignedCatalog([member(program, 'sha1'), { tag: { label: 'spare' }, digest: '77'.repeat(20) }]));
    const forged = Buffer.from(signed);
    forged.fill(0x78, forged.indexOf(Buffer.alloc(20, 0x77)), forged.indexOf(Buffer.alloc(20, 0x77)) + 20);
    expect(judged(signed, program)).toEqual({ tool: true, own: true });
    expect(judged(forged, program)).toEqual({ tool: false, own: false });
  });
});
