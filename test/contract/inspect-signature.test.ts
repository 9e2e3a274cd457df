import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { InspectDocument } from '../../shared/contract/cli/documents.ts';
import { buildCli, runCli, scratch } from '../helpers/cli.ts';
import { SAMPLE } from '../helpers/engine.ts';
import { SigningLab, signingTools } from '../helpers/signing.ts';
import path from 'node:path';

const NATIVE = path.join(SAMPLE, 'C/ProgramData/Microsoft/Cache/cachehttp.dll');
const temp = scratch();

async function authenticode(...words: readonly string[]): Promise<InspectDocument['authenticode']> {
  const ran = await runCli(['inspect', ...words, '--json', '-'], { cwd: temp.dir });
  expect({ code: ran.code, said: ran.said }).toEqual({ code: 0, said: [] });
  return InspectDocument.parse(JSON.parse(ran.stdout)).authenticode;
}

beforeAll(() => {
  buildCli();
  copyFileSync(NATIVE, temp.at('unsigned.dll'));
  writeFileSync(temp.at('no-roots.pem'), 'nothing\n');
});
afterAll(() => temp.remove());

describe('inspect: signatures', () => {
  it('of a file that nobody signed', async () => {
    expect(await authenticode(temp.at('unsigned.dll'))).toMatchObject({ status: 'unsigned', signers: [], digestMatches: null, timestamp: null, nested: 0, catalog: null });
  });

  it('refuses roots that are none, with one sentence and 2', async () => {
    for (const roots of [temp.at('no-roots.pem'), temp.at('absent.pem'), temp.dir]) {
      const ran = await runCli(['inspect', temp.at('unsigned.dll'), '--roots', roots], { cwd: temp.dir });
      expect([ran.code, ran.said.length]).toEqual([2, 1]);
    }
  });

  it.skipIf(!signingTools.present)(`takes further roots for one answer (osslsigncode and openssl ${signingTools.present ? 'present' : 'absent'})`, async () => {
    const lab = new SigningLab();
    writeFileSync(temp.at('signed.dll'), lab.sign(readFileSync(NATIVE), lab.leaf({ subject: '/O=Lab/CN=Lab, O=Fake' })));
    copyFileSync(lab.root.cert, temp.at('root.pem'));
    lab.remove();
    expect(await authenticode(temp.at('signed.dll'))).toMatchObject({ status: 'valid-untrusted-root', digestMatches: true, digestAlgorithm: 'sha256' });
    const trusted = await authenticode(temp.at('signed.dll'), '--roots', temp.at('root.pem'));
    expect(trusted).toMatchObject({ status: 'valid', signers: [{ subject: 'CN=Lab\\, O\\=Fake, O=Lab', issuer: 'CN=Lab Root, O=Lab', pinnedCa: 'Lab Root' }] });
  });
});
