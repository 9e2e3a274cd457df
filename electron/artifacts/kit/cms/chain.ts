import type { CertificateFacts } from '../../../../shared/model/pe/signature.ts';
import { type Certificate, certificateFacts, isSignedBy, whyNotIssuer } from './certificate.ts';
import type { VerifyBudget } from './keys.ts';

const MAX_CHAIN = 10;
/** Certificates of one name that are tried. */
const MAX_CANDIDATES = 6;

/** Certificates to build chains from, by the name that they carry. */
export class CertificatePool {
  readonly #bySubject = new Map<string, Certificate[]>();
  readonly all: readonly Certificate[];

  constructor(certificates: readonly Certificate[]) {
    this.all = certificates;
    for (const certificate of certificates) {
      const list = this.#bySubject.get(certificate.subjectKey) ?? [];
      if (list.length === 0) this.#bySubject.set(certificate.subjectKey, list);
      if (list.length < MAX_CANDIDATES) list.push(certificate);
    }
  }

  /** By the name of its issuer and its serial number, or by its key's identifier. */
  find(issuerKey: string | null, serial: string | null, keyId: string | null): Certificate | null {
    return this.all.find((c) => (keyId === null ? c.issuerKey === issuerKey && c.serial === serial : c.subjectKeyId === keyId)) ?? null;
  }

  candidates(certificate: Certificate): readonly Certificate[] {
    return this.#bySubject.get(certificate.issuerKey) ?? [];
  }
}

/** The signer's certificate and each issuer that the pool has and whose key signed the one before. */
export interface Chain {
  readonly facts: CertificateFacts[];
  readonly remarks: readonly string[];
}

/**
 * Follows issuers by name and checks each step with the issuer's key. Only certificate authorities may issue; a
 * certificate that was used before ends the chain.
 * @throws LimitReached when the budget is used up
 */
export function buildChain(signer: Certificate, pool: CertificatePool, budget: VerifyBudget): Chain {
  const path: Certificate[] = [signer];
  const remarks: string[] = [];
  let selfSigned = false;
  for (let current = signer; path.length < MAX_CHAIN; ) {
    selfSigned = current.subjectKey === current.issuerKey && isSignedBy(current, current.spki, budget);
    if (selfSigned) break;
    const named = pool.candidates(current).filter((c) => !path.includes(c));
    const signing = named.filter((c) => isSignedBy(current, c.spki, budget));
    const between = path.length - 1;
    const next = signing.find((c) => whyNotIssuer(c, between) === null || isOldRoot(c, budget));
    if (next === undefined) {
      const [refused] = signing;
      if (refused !== undefined) remarks.push(`${current.subject} was issued by ${current.issuer}, ${whyNotIssuer(refused, between) ?? ''}`);
      else if (named.length > 0) remarks.push(`${current.subject} names ${current.issuer} as its issuer, but the key of that certificate did not sign it`);
      break;
    }
    path.push(next);
    current = next;
  }
  const last = path.length - 1;
  const facts = path.map((c, i) => {
    const made = certificateFacts(c, i === last && selfSigned);
    // Only where the chain leaves the file must a reader be able to check the next step.
    return i === last && !selfSigned ? made : { ...made, der: null };
  });
  return { facts, remarks };
}

/** Roots of the first years say nothing of what they may do; their own key signed them. Where they lead is for the anchors to say. */
function isOldRoot(c: Certificate, budget: VerifyBudget): boolean {
  return c.subjectKey === c.issuerKey && !c.limitsNames && isSignedBy(c, c.spki, budget);
}
