import { describe, expect, it } from 'vitest';
import { type CatalogCover, judgeSignature, NO_CATALOGS, type CatalogIndex } from '../../../electron/components/index.ts';
import { Component, type FileSignatures, type SignatureFacts } from '../../../shared/model/index.ts';
import { TestServer } from '../../helpers/model.ts';

const [SHA256, SHA1, FLAT] = ['2'.repeat(64), '1'.repeat(40), 'f'.repeat(64)];
const unsigned: FileSignatures = { table: null, signatures: [], digests: { sha1: SHA1, sha256: SHA256 } };
const MOMENT = '2026-03-01T00:00:00Z';

const signature = (part: Partial<SignatureFacts> = {}): SignatureFacts => ({
  place: 'primary', offset: 0, digestAlgorithm: 'sha256', signedDigest: null, actualDigest: null, digestMatches: null, contentHolds: true, signatureHolds: true, program: null,
  chain: [{
    subject: 'CN=Signer', issuer: 'CN=Root', serial: '01', thumbprint: '0'.repeat(40), sha256: '0'.repeat(64), spki: '0'.repeat(64), notBefore: '2020-01-01T00:00:00Z', notAfter: '2030-01-01T00:00:00Z',
    usages: [], isCa: false, signsContent: true, signatureAlgorithm: 'sha256RSA', selfSigned: false, keyBits: 2048, der: null,
  }],
  timestamp: null, pageHashes: null, remarks: [], malformed: [], claimedTime: null, ...part,
});

function index(covers: Readonly<Record<string, readonly [string, SignatureFacts, boolean?][]>>, unread = 0): CatalogIndex {
  const cover = (digest: string) => ([evidencePath, facts, contradicted = false]: readonly [string, SignatureFacts, boolean?]): CatalogCover => ({
    place: { path: null, evidencePath }, sha256: 'c'.repeat(64), signatures: [facts],
    member: { digest, by: 'both', algorithm: 'sha256', form: 'pe', offset: 100, file: null, pageHashes: null, contradicted },
  });
  const total = { read: Object.values(covers).flat().length, unread };
  return { covers: (digest) => (covers[digest] ?? []).map(cover(digest)), count: () => total, total };
}
const judge = (catalogs: CatalogIndex, signatures: FileSignatures | null = unsigned) => judgeSignature({ signatures, identity: null }, FLAT, catalogs, MOMENT);

describe('the verdict beside catalogs', () => {
  it('takes a catalog by any hash of the file, SHA-256 first', () => {
    expect(judge(index({ [SHA1]: [['one.cat', signature()]], [SHA256]: [['two.cat', signature()]] }))?.catalog).toBe('two.cat');
    expect(judge(index({ [SHA1]: [['one.cat', signature()]] }))?.catalog).toBe('one.cat');
    expect(judge(index({ [FLAT]: [['flat.cat', signature()]] }))).toMatchObject({ catalog: 'flat.cat', status: 'valid-untrusted-root' });
  });

  it('passes over catalogs that prove nothing, and says why', () => {
    const broken = signature({ contentHolds: false });
    expect(judge(index({ [SHA256]: [['broken.cat', broken]], [SHA1]: [['sound.cat', signature()]] }))?.catalog).toBe('sound.cat');
    expect(judge(index({ [SHA256]: [['broken.cat', broken]] }))).toMatchObject({ status: 'unsigned', catalog: null, reasons: expect.arrayContaining(['the catalog broken.cat names it and proves nothing: its list was changed after it was signed']) as string[] });
    expect(judge(index({ [SHA256]: [['forged.cat', signature(), true]] }))).toMatchObject({ status: 'unsigned', catalog: null });
  });

  it('says what there was to look into', () => {
    expect(judge(NO_CATALOGS)?.reasons.at(-1)).toBe('no catalogs were collected, through which Windows signs most of its own files');
    expect(judge(index({ [SHA256.replace('2', '3')]: [['a.cat', signature()], ['b.cat', signature()]] }, 1))?.reasons.at(-1)).toBe('none of the 2 catalogs of the evidence names it; 1 more could not be read whole');
  });

  it('is none where signatures were not read', () => expect(judge(NO_CATALOGS, null)).toBeNull());
});

describe('components of earlier cases', () => {
  it('are read without the signatures of their files', () => {
    const [component] = new TestServer().stock().join();
    const { signatures, ...earlier } = component ?? { signatures: null };
    expect(signatures).toEqual([]);
    expect(Component.parse(earlier)).toEqual(component);
  });
});
