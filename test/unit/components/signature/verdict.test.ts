import { describe, expect, it } from 'vitest';
import { judgeFile, partOf, readRoots, trustOf } from '../../../../electron/components/signature/index.ts';
import { ANCHORS } from '../../../../electron/knowledge/index.ts';
import type { CertificateFacts, FileSignatures, SignatureFacts } from '../../../../shared/model/index.ts';

const MOMENT = '2026-11-24T00:00:00Z';
const pca = ANCHORS.code.find((a) => a.name === 'Microsoft Code Signing PCA 2011');
const root = ANCHORS.code.find((a) => a.name === 'DigiCert Trusted Root G4');

function certificate(changes: Partial<CertificateFacts> = {}): CertificateFacts {
  return {
    subject: 'CN=Somebody, O=Somebody', issuer: 'CN=Issuer', serial: '01', thumbprint: '00'.repeat(20), sha256: '00'.repeat(32), spki: '00'.repeat(32),
    notBefore: '2020-01-01T00:00:00Z', notAfter: '2030-01-01T00:00:00Z', usages: ['1.3.6.1.5.5.7.3.3'], isCa: false, signsContent: true, signatureAlgorithm: 'sha256RSA', selfSigned: false, keyBits: 2048, der: null,
    ...changes,
  };
}

/** A certificate of the chain that is an anchor. */
function anchorCertificate(anchor: typeof pca): CertificateFacts {
  if (anchor === undefined) throw new Error('no such anchor');
  const { subject, thumbprint, sha256, spki } = anchor;
  return certificate({ subject, thumbprint, sha256, spki, usages: [], isCa: true });
}

function signature(changes: Partial<SignatureFacts> = {}): SignatureFacts {
  return {
    place: 'primary', offset: 0, digestAlgorithm: 'sha256', signedDigest: 'aa', actualDigest: 'aa', digestMatches: true, contentHolds: true, signatureHolds: true, program: null,
    chain: [certificate(), anchorCertificate(root)], timestamp: null, pageHashes: null, remarks: [], malformed: [], claimedTime: null, ...changes,
  };
}

const file = (...signatures: SignatureFacts[]): FileSignatures => ({ table: { offset: 0, size: 8, entries: 1, malformed: [], remarks: [] }, signatures, digests: null });
const status = (...signatures: SignatureFacts[]): string => judgeFile(file(...signatures), { moment: MOMENT }).status;
const expired = certificate({ notAfter: '2021-01-01T00:00:00Z' });
const wrong = certificate({ usages: ['1.3.6.1.5.5.7.3.1'] });

describe('the verdict', () => {
  it('takes the worst of one signature: malformed, tampered, wrong-usage, expired, valid-untrusted-root, valid', () => {
    const bad = { digestMatches: false, malformed: ['x'], chain: [certificate({ usages: wrong.usages, notAfter: expired.notAfter })] };
    expect(status(signature(bad))).toBe('malformed');
    expect(status(signature({ ...bad, malformed: [] }))).toBe('tampered');
    expect(status(signature({ ...bad, malformed: [], digestMatches: true }))).toBe('wrong-usage');
    expect(status(signature({ chain: [expired] }))).toBe('expired');
    expect(status(signature({ chain: [certificate()] }))).toBe('valid-untrusted-root');
    expect(status(signature())).toBe('valid');
  });

  it('calls a file tampered for each thing that does not hold', () => {
    for (const change of [{ digestMatches: false }, { contentHolds: false }, { signatureHolds: false }, { pageHashes: { algorithm: 'sha1', pages: 2, wrong: [1] } }]) {
      expect(status(signature(change)), JSON.stringify(change)).toBe('tampered');
    }
  });

  it('judges the moment at both ends of the time of validity', () => {
    const at = (moment: string): string => judgeFile(file(signature()), { moment }).status;
    expect([at('2019-12-31T23:59:59Z'), at('2020-01-01T00:00:00Z'), at('2030-01-01T00:00:00Z'), at('2030-01-01T00:00:01Z')]).toEqual(['expired', 'valid', 'valid', 'expired']);
    expect([at('2025-01-01T00:00:00Z'), at('2025-01-01T00:00:00Z')]).toEqual(['valid', 'valid']);
  });

  it('takes no name for a root: only the certificate or its key', () => {
    const named = certificate({ subject: root?.subject ?? '', issuer: root?.subject ?? '', isCa: true, selfSigned: true });
    expect(status(signature({ chain: [certificate(), named] }))).toBe('valid-untrusted-root');
    // A signer may not stand in for an anchor by its key alone.
    expect(status(signature({ chain: [certificate({ spki: root?.spki ?? '' })] }))).toBe('valid-untrusted-root');
    expect(status(signature({ chain: [certificate(), certificate({ spki: root?.spki ?? '', isCa: true, usages: [] })] }))).toBe('valid');
  });

  it('trusts no certificate that was issued with MD5, but anchors that it knows by their hash', () => {
    expect(status(signature({ chain: [certificate({ signatureAlgorithm: 'md5RSA' }), anchorCertificate(root)] }))).toBe('valid-untrusted-root');
    expect(status(signature({ chain: [certificate(), { ...anchorCertificate(root), signatureAlgorithm: 'md5RSA' }] }))).toBe('valid');
  });

  it('keeps anchors for times apart from anchors for programs', () => {
    const stamper = ANCHORS.time.find((a) => a.name === 'Microsoft Time-Stamp PCA 2010');
    expect(status(signature({ chain: [certificate(), anchorCertificate(stamper)] }))).toBe('valid-untrusted-root');
    const stamp = (last: typeof pca): SignatureFacts => signature({
      chain: [expired, anchorCertificate(root)],
      timestamp: { kind: 'rfc3161', time: '2020-06-01T00:00:00Z', holds: true, reasons: [], chain: [certificate({ usages: ['1.3.6.1.5.5.7.3.8'] }), anchorCertificate(last)] },
    });
    expect([status(stamp(stamper)), status(stamp(pca))]).toEqual(['valid', 'expired']);
  });

  it.each(['O=Microsoft Corporation, CN=x', 'CN=Micr0soft Windows', 'CN=Мicrosoft', 'CN=M i c r o s o f t', 'CN=Microsoft\u200b Corp'])('says that %s is a claim', (subject) => {
    expect(judgeFile(file(signature({ chain: [certificate({ subject, selfSigned: true })] })), { moment: MOMENT }).reasons.some((r) => r.includes('calls itself'))).toBe(true);
  });

  it('says nothing of the kind where Microsoft itself vouches', () => {
    const own = signature({ chain: [certificate({ subject: 'CN=Microsoft Windows, O=Microsoft Corporation' }), anchorCertificate(pca)] });
    expect(judgeFile(file(own), { moment: MOMENT }).reasons.join()).not.toContain('calls itself');
    const foreign = signature({ chain: [certificate({ subject: 'CN=Microsoft Windows, O=Microsoft Corporation' }), anchorCertificate(root)] });
    expect(judgeFile(file(foreign), { moment: MOMENT }).reasons.join()).toContain("which is not Microsoft's own");
  });

  it('lets catalogs speak for what nobody signed inside', () => {
    const unsigned: FileSignatures = { table: null, signatures: [], digests: null };
    const good = { place: 'good.cat', signatures: [signature({ digestMatches: null })] };
    const forged = { place: 'forged.cat', signatures: [signature({ chain: [certificate({ selfSigned: true })], digestMatches: null })] };
    const judge = (catalogs: readonly (typeof good)[], own = unsigned): [string, string | null] => {
      const { status: word, catalog } = judgeFile(own, { moment: MOMENT, catalogs });
      return [word, catalog];
    };
    expect(judge([])).toEqual(['unsigned', null]);
    expect(judge([good])).toEqual(['catalog', 'good.cat']);
    expect(judge([forged, good])).toEqual(['catalog', 'good.cat']);
    expect(judge([forged])).toEqual(['valid-untrusted-root', 'forged.cat']);
    expect(judge([good], file(signature({ digestMatches: false })))).toEqual(['tampered', null]);
    expect(judge([good], file(signature({ chain: [certificate()] })))).toEqual(['catalog', 'good.cat']);
    expect(judge([forged], file(signature({ chain: [expired] })))).toEqual(['expired', null]);
  });

  it('tells what lies in a table without a signature, and by what hash a catalog names the file', () => {
    const read: FileSignatures = { table: { offset: 512, size: 4096, entries: 1, malformed: [], remarks: ['the entry at offset 512 has type 1'] }, signatures: [], digests: null };
    const hit = { place: 'a.cat', signatures: [signature({ digestMatches: null })], algorithm: 'sha1' };
    const weak = judgeFile(read, { moment: MOMENT, catalogs: [hit] });
    expect(weak).toMatchObject({ status: 'catalog', digestAlgorithm: 'sha1' });
    expect(weak.reasons.join('\n')).toMatch(/the entry at offset 512 has type 1/);
    expect(weak.reasons.join('\n')).toMatch(/names the file by sha1 alone, a weak digest/);
    const strong = judgeFile(read, { moment: MOMENT, catalogs: [hit, { ...hit, place: 'b.cat', algorithm: 'sha256' }] });
    expect(strong).toMatchObject({ catalog: 'b.cat', digestAlgorithm: 'sha256' });
    expect(strong.reasons.join()).not.toContain('weak');
  });

  it('names nobody as a signer by a further signature that is another file\'s', () => {
    const foreign = signature({ place: 'nested 1', digestMatches: false, chain: [certificate({ subject: 'CN=Microsoft Windows, O=Microsoft Corporation' }), anchorCertificate(pca)] });
    const judged = judgeFile(file(signature(), foreign), { moment: MOMENT });
    expect(judged.signers.map((s) => s.subject)).toEqual(['CN=Somebody, O=Somebody']);
    expect(judged.reasons.some((r) => r.startsWith('nested 1 signature (sha256): tampered, in the name of CN=Microsoft Windows, O=Microsoft Corporation'))).toBe(true);
  });

  it('is malformed where the table is, whatever the signature says', () => {
    const read = file(signature());
    expect(judgeFile({ ...read, table: { offset: 0, size: 8, entries: 1, malformed: ['in a section'], remarks: [] } }, { moment: MOMENT }).status).toBe('malformed');
    expect(judgeFile(null, { moment: MOMENT }).status).toBe('unsigned');
  });
});

describe('added roots', () => {
  it('ignore what is no certificate', () => {
    expect(readRoots('nothing')).toEqual({ anchors: [], unreadable: 0 });
    expect(readRoots('-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----')).toEqual({ anchors: [], unreadable: 1 });
    expect(trustOf().code.find([])).toBeNull();
  });

  it('read parts of names without taking one for another', () => {
    expect(partOf('CN=a\\, O=Microsoft, O=Evil', 'O')).toBe('Evil');
    expect(partOf('CN=a\\, O=Microsoft, O=Evil', 'CN')).toBe('a, O=Microsoft');
    expect(partOf('O=Evil', 'CN')).toBeNull();
  });
});
