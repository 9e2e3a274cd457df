import { certificateFacts, parseCertificate } from '../../artifacts/kit/cms/index.ts';
import { Malformed, OutOfBounds } from '../../artifacts/kit/bytes.ts';
import { LimitReached } from '../../artifacts/kit/findings.ts';
import type { TrustAnchor } from '../../knowledge/index.ts';

const MAX_ROOTS = 1000;
const BLOCK = /-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----([^-]*)-----END/g;

/** Certificates that a user trusts for one question, from PEM text, and how many blocks could not be read. */
export interface AddedRoots {
  readonly anchors: readonly TrustAnchor[];
  readonly unreadable: number;
}

export function readRoots(pem: string): AddedRoots {
  const anchors: TrustAnchor[] = [];
  let unreadable = 0;
  for (const [, body = ''] of pem.matchAll(BLOCK)) {
    if (anchors.length + unreadable >= MAX_ROOTS) break;
    try {
      const certificate = parseCertificate(Buffer.from(body, 'base64'));
      const { thumbprint, sha256, spki, subject, notBefore, notAfter } = certificateFacts(certificate, false);
      anchors.push({
        name: shortName(subject), owner: shortName(subject), kind: 'added', uses: ['code', 'time'], subject, thumbprint, sha256, spki,
        key: Buffer.from(certificate.spki).toString('base64'), notBefore, notAfter, publishers: 'any', source: 'added by the user', obtained: 'computed from the certificate', date: '',
      });
    } catch (error) {
      if (!(error instanceof OutOfBounds || error instanceof Malformed || error instanceof LimitReached)) throw error;
      unreadable += 1;
    }
  }
  return { anchors, unreadable };
}

/** The common name of a subject, or the whole of it. */
export function shortName(subject: string): string {
  return partOf(subject, 'CN') ?? subject;
}

/** One part of a name without the escapes of separators: the first of that key, read from the start of the name. */
export function partOf(subject: string, key: string): string | null {
  for (const [, found, value = ''] of subject.matchAll(PART)) {
    if (found === key) return value.replace(/\\(.)/g, '$1');
  }
  return null;
}

/** Sticky: each part begins where the one before ended, so that no value is taken for a part. */
const PART = /(?:, | \+ )?([^=,+\\]+)=((?:\\.|[^,+\\])*?)(?=, | \+ |$)/gy;
