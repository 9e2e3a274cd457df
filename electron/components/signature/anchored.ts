import type { CertificateFacts } from '../../../shared/model/index.ts';
import { isSignedBy, parseCertificate, VerifyBudget } from '../../artifacts/kit/cms/index.ts';
import { Malformed, OutOfBounds } from '../../artifacts/kit/bytes.ts';
import { LimitReached } from '../../artifacts/kit/findings.ts';
import { ANCHORS, type TrustAnchor } from '../../knowledge/index.ts';

/** Where a chain meets an anchor. */
export interface Anchored {
  readonly anchor: TrustAnchor;
  /** The certificate that is the anchor, or that the anchor's key signed. */
  readonly index: number;
  /** The anchor is not in the file: its known key signed the certificate at `index`. */
  readonly byKey: boolean;
}

/** Certificates of one issuer's name that are tried as the next step out of the file. */
const MAX_TRIED = 8;

/** Anchors to end chains at, looked up by hash and by name. */
export class AnchorSet {
  readonly #bySha256 = new Map<string, TrustAnchor>();
  readonly #bySpki = new Map<string, TrustAnchor>();
  readonly #bySubject = new Map<string, TrustAnchor[]>();

  constructor(anchors: readonly TrustAnchor[]) {
    for (const anchor of anchors) {
      if (!this.#bySha256.has(anchor.sha256)) this.#bySha256.set(anchor.sha256, anchor);
      if (!this.#bySpki.has(anchor.spki)) this.#bySpki.set(anchor.spki, anchor);
      const named = this.#bySubject.get(anchor.subject);
      if (named === undefined) this.#bySubject.set(anchor.subject, [anchor]);
      else named.push(anchor);
    }
  }

  /**
   * The first anchor on the way up. An issuer counts by its key: a certificate of another form with an anchor's key
   * (a cross-certificate) issued with that key. The signer itself counts only as the very certificate.
   */
  find(chain: readonly CertificateFacts[]): Anchored | null {
    for (const [index, certificate] of chain.entries()) {
      const anchor = this.#bySha256.get(certificate.sha256) ?? (index > 0 ? this.#bySpki.get(certificate.spki) : undefined);
      if (anchor !== undefined) return { anchor, index, byKey: false };
    }
    const last = chain.at(-1);
    const outside = last === undefined ? undefined : this.#issuerOf(last);
    return outside === undefined ? null : { anchor: outside, index: chain.length - 1, byKey: true };
  }

  /** The anchor whose key signed a certificate; its name alone proves nothing. */
  #issuerOf(certificate: CertificateFacts): TrustAnchor | undefined {
    const named = this.#bySubject.get(certificate.issuer) ?? [];
    if (certificate.der === null || named.length === 0) return undefined;
    try {
      const parsed = parseCertificate(Buffer.from(certificate.der, 'base64'));
      const budget = new VerifyBudget();
      return named.slice(0, MAX_TRIED).find((a) => a.key !== null && isSignedBy(parsed, Buffer.from(a.key, 'base64'), budget));
    } catch (error) {
      if (error instanceof OutOfBounds || error instanceof Malformed || error instanceof LimitReached) return undefined;
      throw error;
    }
  }
}

/** The anchors that ship, for programs and for times, with those that a user added for both. */
export interface Trust {
  readonly code: AnchorSet;
  readonly time: AnchorSet;
}

export function trustOf(added: readonly TrustAnchor[] = []): Trust {
  return { code: new AnchorSet([...added, ...ANCHORS.code]), time: new AnchorSet([...added, ...ANCHORS.time]) };
}
