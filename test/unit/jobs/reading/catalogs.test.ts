import { describe, expect, it } from 'vitest';
import { indexOf } from '../../../../electron/jobs/reading/catalogs.ts';
import { ANCHORS } from '../../../../electron/knowledge/index.ts';
import type { CatalogMember, CertificateFacts, SignatureFacts } from '../../../../shared/model/index.ts';

const digest = 'ab'.repeat(32);
const member: CatalogMember = { digest, by: 'both', algorithm: 'sha256', form: 'pe', offset: 100, file: null, pageHashes: null, contradicted: false };
const [anchor] = ANCHORS.code;

function signature(sha256: string): SignatureFacts {
  const certificate: CertificateFacts = {
    subject: 'CN=A', issuer: 'CN=A', serial: '01', thumbprint: '00'.repeat(20), sha256, spki: '00'.repeat(32), notBefore: '2020-01-01T00:00:00Z', notAfter: '2030-01-01T00:00:00Z',
    usages: [], isCa: true, signsContent: true, signatureAlgorithm: 'sha256RSA', selfSigned: true, keyBits: 2048, der: null,
  };
  return {
    place: 'primary', offset: 0, digestAlgorithm: 'sha256', signedDigest: null, actualDigest: null, digestMatches: null, contentHolds: true, signatureHolds: true, program: null,
    chain: [certificate], timestamp: null, pageHashes: null, remarks: [], malformed: [], claimedTime: null,
  };
}

const report = (evidencePath: string, sha256: string): Parameters<typeof indexOf>[0][number] =>
  ({ file: { path: null, evidencePath, server: null }, report: { sha256: null, facts: null, hits: [member], signatures: [signature(sha256)], problems: [] } });

describe('the index of catalogs', () => {
  it('keeps those of known signers, however many others name the same file', () => {
    const planted = Array.from({ length: 500 }, (_, i) => report(`C/Inetpub/CatRoot/${1000 + i}.cat`, '11'.repeat(32)));
    const covers = indexOf([...planted, report('C/Windows/System32/CatRoot/x.cat', anchor?.sha256 ?? '')]).covers(digest);
    expect(covers).toHaveLength(65);
    expect(covers.at(-1)?.place.evidencePath).toBe('C/Windows/System32/CatRoot/x.cat');
  });
});
