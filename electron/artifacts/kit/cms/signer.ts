import { createHash } from 'node:crypto';
import { Malformed, OutOfBounds } from '../bytes.ts';
import { type DerNode, TAG } from '../der.ts';
import { octetsOf, oidOf, timeOf } from '../der-values.ts';
import type { Certificate } from './certificate.ts';
import type { CertificatePool } from './chain.ts';
import { type VerifyBudget, verifySignature } from './keys.ts';
import { OID } from './oids.ts';
import { identifierText, type SignerInfo } from './signed-data.ts';

/** What one signer's signature says of the content that it is over. */
export interface SignerCheck {
  readonly certificate: Certificate | null;
  /** The signed attributes carry the content's digest and type (or there are none, and the signature is over the content). */
  readonly contentHolds: boolean;
  readonly signatureHolds: boolean;
  readonly claimedTime: string | null;
  /** Why something does not hold, in words. */
  readonly reasons: readonly string[];
}

/**
 * Checks one signer (RFC 5652, 5.4 and 5.6).
 * @param contentType null for counter-signatures, which have none
 * @param content null when the content is not in the message
 * @throws LimitReached when the budget is used up
 */
export function checkSigner(signer: SignerInfo, contentType: string | null, content: Uint8Array | null, pool: CertificatePool, budget: VerifyBudget): SignerCheck {
  const reasons: string[] = [];
  const certificate = pool.find(signer.issuerKey, signer.serial, signer.keyId);
  if (certificate === null) reasons.push(`the signer's certificate (${identifierText(signer)}) is not in the file`);
  if (signer.digest === null) reasons.push(`the digest algorithm ${signer.digestOid} is not known`);
  if (content === null) reasons.push('the signed content is not in the message');
  if (signer.repeated.length > 0) reasons.push(`signed attributes occur twice: ${signer.repeated.join(', ')}`);
  const contentHolds = content !== null && signer.digest !== null && signer.repeated.length === 0 && contentAttributesHold(signer, contentType, content, reasons);
  const parts = signer.signed?.parts ?? (content === null ? [] : [content]);
  const signatureHolds = certificate !== null && parts.length > 0 && verifySignature(certificate.spki, signer.algorithm, signer.digest, parts, signer.signature, budget);
  if (certificate !== null && !signatureHolds) reasons.push(`the key of ${certificate.subject} did not make this signature`);
  return { certificate, contentHolds, signatureHolds, claimedTime: claimedTime(signer), reasons };
}

function contentAttributesHold(signer: SignerInfo, contentType: string | null, content: Uint8Array, reasons: string[]): boolean {
  if (signer.signed === null || signer.digest === null) return true;
  const digest = single(signer.signed.attributes.get(OID.messageDigest));
  if (digest === null || !digest.is(TAG.octets)) {
    reasons.push('the signed attributes carry no digest of the content');
    return false;
  }
  if (!createHash(signer.digest).update(content).digest().equals(octetsOf(digest))) {
    reasons.push('the content is not the one that was signed: its digest differs from the one in the signed attributes');
    return false;
  }
  const type = single(signer.signed.attributes.get(OID.contentType));
  if (contentType !== null && (type === null || typeText(type) !== contentType)) {
    reasons.push('the signed attributes name another type of content');
    return false;
  }
  return true;
}

function typeText(node: DerNode): string | null {
  try {
    return oidOf(node);
  } catch (error) {
    if (error instanceof Malformed || error instanceof OutOfBounds) return null;
    throw error;
  }
}

export function single(values: readonly DerNode[] | undefined): DerNode | null {
  return values?.length === 1 ? (values[0] ?? null) : null;
}

/** The signer's own word for when it signed (PKCS#9 signingTime). */
export function claimedTime(signer: SignerInfo): string | null {
  const node = single(signer.signed?.attributes.get(OID.signingTime));
  try {
    return node === null ? null : timeOf(node);
  } catch (error) {
    if (error instanceof Malformed || error instanceof OutOfBounds) return null;
    throw error;
  }
}
