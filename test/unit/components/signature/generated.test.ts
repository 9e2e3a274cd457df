import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readSignatures } from '../../../../electron/artifacts/pe/authenticode/read.ts';
import { judgeFile, readRoots, trustOf } from '../../../../electron/components/signature/index.ts';
import type { Authenticode } from '../../../../shared/model/index.ts';
import { corpus } from '../../../helpers/corpus.ts';
import { EXPECTED } from './variants.ts';

const MOMENT = '2026-11-24T00:00:00Z';
const folder = 'authenticode/generated';

function judge(file: string, pem: string | null): Authenticode {
  const trust = trustOf(pem === null ? [] : readRoots(readFileSync(corpus.file(folder, 'pki', pem), 'utf8')).anchors);
  return judgeFile(readSignatures(readFileSync(corpus.file(folder, file))), { moment: MOMENT, trust });
}

describe.skipIf(!corpus.present)('the generated variants of the corpus', () => {
  it.each(EXPECTED)('%s: %s, with its root %s', (file, alone, withCa) => {
    expect([judge(file, null).status, judge(file, 'ca.pem').status]).toEqual([alone, withCa]);
  });

  it('judges an expired signer at the moment of its timestamp, once the root of both is trusted', () => {
    const verdict = judge('signed_expired_timestamped2015.dll', 'oldca.pem');
    expect(verdict).toMatchObject({ status: 'valid', timestamp: '2015-07-01T00:00:00Z' });
    expect(verdict.reasons[0]).toBe('chain to Fixture Old Root (test only) (root that you added), offline, revocation not checked');
  });

  it('says of a self-made Microsoft that it is one', () => {
    const { reasons } = judge('signed_selfsigned_fake_microsoft.dll', 'ca.pem');
    expect(reasons.join('\n')).toContain('signed its own certificate');
    expect(reasons.join('\n')).toContain('calls itself "Microsoft Corporation", but nothing in its chain is Microsoft\'s');
  });

  it('tells what no digest covers, with its place', () => {
    expect(judge('padded_certtable.dll', null).reasons).toContain('69 bytes behind the signature in its entry (offset 14835) are covered by no digest');
    expect(judge('signed_unauthblob.dll', null).reasons.some((r) => r.includes('1.3.6.1.4.1.42921.1.2.1') && r.includes('covered by no signature'))).toBe(true);
    expect(judge('appended_after_cert.dll', null).reasons.some((r) => r.includes('64 bytes lie after the certificate table'))).toBe(true);
  });

  it('says what a nested signature says', () => {
    const verdict = judge('signed_dual_nested.dll', 'ca.pem');
    expect([verdict.nested, verdict.signers.length, verdict.digestAlgorithm]).toEqual([1, 2, 'sha1']);
    expect(verdict.reasons.some((r) => r.startsWith('nested 1 signature (sha256): valid'))).toBe(true);
  });

  it('names the Microsoft CA of a transplanted signature, which is still another file\'s', () => {
    const verdict = judge('transplanted_ms_signature.dll', null);
    expect(verdict.signers[0]?.pinnedCa).toBe('Microsoft Code Signing PCA 2011');
    expect(verdict.digestMatches).toBe(false);
  });
});
