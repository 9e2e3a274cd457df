import { createHash } from 'node:crypto';
import type { SignatureFacts } from '../../../../shared/model/pe/signature.ts';
import { parseInstant } from '../../../../shared/time/instant.ts';
import { Malformed, OutOfBounds } from '../bytes.ts';
import { type DerNode, readDer, TAG } from '../der.ts';
import { octetsOf, timeOf } from '../der-values.ts';
import type { Certificate } from './certificate.ts';
import { buildChain, CertificatePool } from './chain.ts';
import { readAlgorithm, type VerifyBudget } from './keys.ts';
import { digestName, isWeakDigest, OID } from './oids.ts';
import { readSignedData, readSignerInfo, type SignerInfo } from './signed-data.ts';
import { checkSigner } from './signer.ts';
import { uncoveredRemarks } from './uncovered.ts';

type Stamp = NonNullable<SignatureFacts['timestamp']>;

/** Stamps of one signature that are looked at. */
const MAX_STAMPS = 4;
const TIME_STAMPING = '1.3.6.1.5.5.7.3.8';

/** The timestamp that counts, and the elements of all that hold. */
export interface ReadTimestamp {
  readonly stamp: Stamp | null;
  readonly held: readonly { readonly stamp: Stamp; readonly node: DerNode }[];
}

/**
 * The moment that a third party vouches for: RFC 3161 tokens (also under Microsoft's identifier) and counter-signatures
 * of PKCS#9. Of several the first that holds, else the first.
 * @param pool certificates of the signature; those of a token are added to them
 */
export function readTimestamp(signer: SignerInfo, pool: CertificatePool, budget: VerifyBudget): ReadTimestamp {
  const tokens = [...(signer.unsigned.get(OID.microsoftTimeStamp) ?? []), ...(signer.unsigned.get(OID.timeStampToken) ?? [])];
  const stamps = [
    ...tokens.slice(0, MAX_STAMPS).map((node) => ({ node, stamp: guarded('rfc3161', () => readToken(node, signer, pool, budget)) })),
    ...(signer.unsigned.get(OID.counterSignature) ?? []).slice(0, MAX_STAMPS).map((node) => ({ node, stamp: guarded('legacy', () => readCounterSignature(node, signer, pool, budget)) })),
  ];
  const held = stamps.filter(({ stamp }) => stamp.holds);
  return { stamp: (held[0] ?? stamps[0])?.stamp ?? null, held };
}

function guarded(kind: Stamp['kind'], read: () => Stamp): Stamp {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof OutOfBounds || error instanceof Malformed)) throw error;
    return { kind, time: null, holds: false, reasons: [`the timestamp cannot be read: ${error.message}`], chain: [] };
  }
}

/** TSTInfo (RFC 3161, 2.4.2) in signed data; its imprint is the digest of the signature that it stamps. */
function readToken(node: DerNode, signer: SignerInfo, outer: CertificatePool, budget: VerifyBudget): Stamp {
  const token = readSignedData(node);
  const [stamper] = token.signers;
  if (token.contentType !== OID.timeStampInfo || token.content === null || token.contentBytes === null || stamper === undefined) {
    return { kind: 'rfc3161', time: null, holds: false, reasons: ['the timestamp token has no timestamp or no signer'], chain: [] };
  }
  const info = readDer(token.contentBytes, { nodes: 500, depth: 16 }).expect(TAG.sequence);
  const imprint = info.child(2, TAG.sequence);
  const digest = digestName(readAlgorithm(imprint.child(0)).oid);
  const time = timeOf(info.child(4));
  const pool = new CertificatePool([...token.certificates, ...outer.all]);
  const check = checkSigner(stamper, token.contentType, token.contentBytes, pool, budget);
  const reasons = [...check.reasons];
  const matches = digest !== null && createHash(digest).update(signer.signature).digest().equals(octetsOf(imprint.child(1)));
  if (!matches) reasons.push('the timestamp is over another signature');
  if (isWeakDigest(digest)) reasons.push(`the timestamp names the signature by a weak digest (${digest ?? ''})`);
  const stamp = finish('rfc3161', time, matches && check.contentHolds && check.signatureHolds, reasons, check.certificate, pool, budget);
  return { ...stamp, reasons: [...stamp.reasons, ...uncoveredRemarks(node, token, stamper, stamp.chain, []).map((remark) => `in the timestamp: ${remark}`)] };
}

/** PKCS#9 countersignature (RFC 2985, 5.3.6): a signer whose content is the signature that it stamps. */
function readCounterSignature(node: DerNode, signer: SignerInfo, pool: CertificatePool, budget: VerifyBudget): Stamp {
  const stamper = readSignerInfo(node);
  const check = checkSigner(stamper, null, signer.signature, pool, budget);
  const reasons = [...check.reasons];
  if (stamper.signed === null) reasons.push('the counter-signature signs no moment');
  return finish('legacy', check.claimedTime, stamper.signed !== null && check.contentHolds && check.signatureHolds && check.claimedTime !== null, reasons, check.certificate, pool, budget);
}

function finish(kind: Stamp['kind'], time: string | null, mathHolds: boolean, reasons: string[], certificate: Certificate | null, pool: CertificatePool, budget: VerifyBudget): Stamp {
  if (certificate === null) return { kind, time, holds: false, reasons, chain: [] };
  const chain = buildChain(certificate, pool, budget);
  reasons.push(...chain.remarks);
  const usable = certificate.usages.includes(TIME_STAMPING);
  if (!usable) reasons.push(`the certificate of ${certificate.subject} is not meant for timestamps`);
  const valid = time !== null && isWithin(time, certificate.notBefore, certificate.notAfter);
  if (!valid) reasons.push(`the certificate of ${certificate.subject} was not valid at the moment that it vouches for`);
  return { kind, time, holds: mathHolds && usable && valid, reasons, chain: chain.facts };
}

/** Both ends belong to the time of validity (RFC 5280, 4.1.2.5). */
function isWithin(time: string, from: string, until: string): boolean {
  const [moment, first, last] = [parseInstant(time), parseInstant(from), parseInstant(until)];
  return moment !== null && first !== null && last !== null && first <= moment && moment <= last;
}
