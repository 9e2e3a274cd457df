import { createHash } from 'node:crypto';
import type { CertificateFacts } from '../../../../shared/model/pe/signature.ts';
import type { InstantText } from '../../../../shared/time/instant.ts';
import { type DerNode, readDer, TAG } from '../der.ts';
import { bitsOf, integerHex, octetsOf, oidOf, smallInteger, timeOf } from '../der-values.ts';
import { LimitReached } from '../findings.ts';
import { type Algorithm, readAlgorithm, rsaBits, type VerifyBudget, verifySignature } from './keys.ts';
import { nameText } from './names.ts';
import { OID, signatureAlgorithm } from './oids.ts';

/** Certificates of more bytes are not kept whole in the facts. */
const MAX_KEPT = 8192;
/** Each check of a signature hashes the certificate once. */
const MAX_SIZE = 64 * 1024;
const MAX_USAGES = 100;
const MAX_EXTENSIONS = 200;

/** An X.509 certificate (RFC 5280, 4.1). Byte ranges share memory with the file. */
export interface Certificate {
  readonly whole: Uint8Array;
  readonly tbs: Uint8Array;
  readonly subject: string;
  readonly issuer: string;
  /** Names byte for byte, to look up by: names are equal when their bytes are. */
  readonly subjectKey: string;
  readonly issuerKey: string;
  readonly serial: string;
  readonly notBefore: InstantText;
  readonly notAfter: InstantText;
  readonly spki: Uint8Array;
  readonly algorithm: Algorithm;
  readonly signature: Uint8Array;
  readonly usages: readonly string[];
  readonly isCa: boolean;
  /** Authorities that may stand between it and a signer; null without a limit. */
  readonly pathLength: number | null;
  /** It may issue for some names only. */
  readonly limitsNames: boolean;
  /** The first byte of the key usage bits, or null without the extension. */
  readonly keyUsage: number | null;
  readonly subjectKeyId: string | null;
  readonly authorityKeyId: string | null;
}

interface Extensions {
  usages: string[];
  isCa: boolean;
  pathLength: number | null;
  limitsNames: boolean;
  keyUsage: number | null;
  subjectKeyId: string | null;
  authorityKeyId: string | null;
}

/** Bytes as a key of a Map. */
export const bytesKey = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');

/** @throws OutOfBounds, Malformed, LimitReached */
export function readCertificate(node: DerNode): Certificate {
  if (node.end - node.at > MAX_SIZE) throw new LimitReached(`a certificate of ${node.end - node.at} bytes`);
  const tbs = node.expect(TAG.sequence).child(0, TAG.sequence);
  const first = tbs.child(0).isContext(0) ? 1 : 0;
  const issuer = tbs.child(first + 2);
  const validity = tbs.child(first + 3, TAG.sequence);
  const subject = tbs.child(first + 4);
  const extensions: Extensions = { usages: [], isCa: false, pathLength: null, limitsNames: false, keyUsage: null, subjectKeyId: null, authorityKeyId: null };
  const extra = tbs.children.find((part) => part.isContext(3));
  for (const extension of extra?.child(0, TAG.sequence).children.slice(0, MAX_EXTENSIONS) ?? []) readExtension(extension, extensions);
  return {
    whole: node.whole, tbs: tbs.whole, subject: nameText(subject), issuer: nameText(issuer), subjectKey: bytesKey(subject.whole), issuerKey: bytesKey(issuer.whole),
    serial: integerHex(tbs.child(first)), notBefore: timeOf(validity.child(0)), notAfter: timeOf(validity.child(1)),
    spki: tbs.child(first + 5, TAG.sequence).whole, algorithm: readAlgorithm(node.child(1)), signature: bitsOf(node.child(2)), ...extensions,
  };
}

/** Extension values are DER in an OCTET STRING, after an optional BOOLEAN. */
function readExtension(extension: DerNode, out: Extensions): void {
  const oid = oidOf(extension.child(0));
  const last = extension.children.at(-1);
  if (last === undefined || last.constructed || !last.is(TAG.octets)) return;
  if (oid === OID.extendedKeyUsage) out.usages = last.inner().children.slice(0, MAX_USAGES).map(oidOf);
  else if (oid === OID.basicConstraints) {
    const [flag, limit] = last.inner().expect(TAG.sequence).children;
    out.pathLength = limit === undefined ? null : smallInteger(limit);
    out.isCa = flag !== undefined && flag.is(TAG.boolean) && flag.content[0] !== 0 && flag.content.length === 1;
  } else if (oid === OID.nameConstraints) out.limitsNames = true;
  else if (oid === OID.keyUsage) out.keyUsage = bitsOf(last.inner())[0] ?? 0;
  else if (oid === OID.subjectKeyId) out.subjectKeyId = bytesKey(octetsOf(last.inner()));
  else if (oid === OID.authorityKeyId) {
    const id = last.inner().children.find((part) => part.isContext(0));
    out.authorityKeyId = id === undefined ? null : bytesKey(id.content);
  }
}

/** Whether the key of `issuer` signed a certificate. Names are not compared. */
export function isSignedBy(certificate: Certificate, issuerSpki: Uint8Array, budget: VerifyBudget): boolean {
  return verifySignature(issuerSpki, certificate.algorithm, null, [certificate.tbs], certificate.signature, budget);
}

/** Bits of the key usage (RFC 5280, 4.2.1.3). */
const SIGNS_CONTENT = 0xc0;
const SIGNS_CERTIFICATES = 0x04;

/**
 * Whether a certificate may issue others (RFC 5280, 6.1.4).
 * @param between authorities between it and the signer
 * @returns null, or why not
 */
export function whyNotIssuer(c: Certificate, between: number): string | null {
  if (!c.isCa || (c.keyUsage !== null && (c.keyUsage & SIGNS_CERTIFICATES) === 0)) return 'which may not issue certificates';
  if (c.pathLength !== null && between > c.pathLength) return `which may have no more than ${c.pathLength} other authorities below it`;
  return c.limitsNames ? 'which may issue for some names only; for which is not checked' : null;
}

const hash = (algorithm: string, bytes: Uint8Array): string => createHash(algorithm).update(bytes).digest('hex');

/** @param selfSigned its own key signed it, which the caller has checked */
export function certificateFacts(c: Certificate, selfSigned: boolean): CertificateFacts {
  const bits = rsaBits(c.spki);
  return {
    subject: c.subject, issuer: c.issuer, serial: c.serial, thumbprint: hash('sha1', c.whole), sha256: hash('sha256', c.whole), spki: hash('sha256', c.spki),
    notBefore: c.notBefore, notAfter: c.notAfter, usages: [...c.usages], isCa: c.isCa, signsContent: c.keyUsage === null || (c.keyUsage & SIGNS_CONTENT) !== 0,
    signatureAlgorithm: signatureAlgorithm(c.algorithm.oid)?.name ?? c.algorithm.oid, selfSigned, keyBits: bits,
    der: c.whole.length <= MAX_KEPT ? Buffer.from(c.whole).toString('base64') : null,
  };
}

/** A certificate from DER on its own. @throws OutOfBounds, Malformed, LimitReached */
export function parseCertificate(der: Uint8Array): Certificate {
  return readCertificate(readDer(der, { nodes: 5000, depth: 24 }));
}
