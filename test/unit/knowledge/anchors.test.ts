import { createHash, X509Certificate } from 'node:crypto';
import tls from 'node:tls';
import { describe, expect, it } from 'vitest';
import { parseCertificate } from '../../../electron/artifacts/kit/cms/index.ts';
import { ANCHORS } from '../../../electron/knowledge/index.ts';

const sha = (algorithm: string, bytes: Uint8Array): string => createHash(algorithm).update(bytes).digest('hex');

describe('the anchors that ship', () => {
  it('name each certificate once, with where it is from', () => {
    expect(new Set(ANCHORS.all.map((a) => a.sha256)).size).toBe(ANCHORS.all.length);
    expect(ANCHORS.all.filter((a) => a.source === '' || a.obtained === '' || a.date === '' || a.uses.length === 0)).toEqual([]);
    expect(ANCHORS.all.map((a) => `${a.thumbprint}${a.sha256}${a.spki}`).filter((hashes) => !/^[0-9a-f]{168}$/.test(hashes))).toEqual([]);
  });

  it('carry the key that their hash is of', () => {
    expect(ANCHORS.all.filter((a) => a.key !== null && sha('sha256', Buffer.from(a.key, 'base64')) !== a.spki)).toEqual([]);
  });

  it('have lists of their own for programs and for times', () => {
    expect(ANCHORS.code.length).toBeGreaterThan(30);
    expect(ANCHORS.time.some((a) => a.name === 'Microsoft Time-Stamp PCA 2010')).toBe(true);
    expect(ANCHORS.code.some((a) => a.name === 'Microsoft Time-Stamp PCA 2010')).toBe(false);
    expect(ANCHORS.time.some((a) => a.name === 'Microsoft Code Signing PCA 2011')).toBe(false);
  });

  it.each([
    ['Microsoft Root Certificate Authority', 'cdd4eeae6000ac7f40c3802c171e30148030c072'], ['Microsoft Root Certificate Authority 2010', '3b1efd3a66ea28b16697394703a72ca340a05bd5'],
    ['Microsoft Root Certificate Authority 2011', '8f43288ad272f3103b6fb1428485ea3014c0bcfe'], ['Microsoft Identity Verification Root Certificate Authority 2020', 'f40042e2e5f7e8ef8189fed15519aece42c3bfa2'],
    ['Microsoft Code Signing PCA 2011', 'f252e794fe438e35ace6e53762c0a234a2c52135'], ['DigiCert Trusted Root G4', 'ddfb16cd4931c973a2037d3fc83a4d7d775d05e4'],
  ])('%s is the one with the public thumbprint', (name, thumbprint) => expect(ANCHORS.all.find((a) => a.name === name)?.thumbprint).toBe(thumbprint));

  it('equal the certificates of the same hash in the list of Node.js, names as signatures write them', () => {
    const found = tls.rootCertificates.flatMap((pem) => {
      const { raw } = new X509Certificate(pem);
      const anchor = ANCHORS.all.find((a) => a.sha256 === sha('sha256', raw));
      if (anchor === undefined) return [];
      const parsed = parseCertificate(raw);
      expect([anchor.thumbprint, anchor.spki, anchor.subject, anchor.notBefore, anchor.notAfter])
        .toEqual([sha('sha1', raw), sha('sha256', parsed.spki), parsed.subject, parsed.notBefore, parsed.notAfter]);
      return [anchor];
    });
    expect(found.length).toBeGreaterThan(20);
  });
});
