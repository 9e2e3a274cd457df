import type { CertificateFacts, SignatureFacts } from '../../../../shared/model/pe/signature.ts';
import { Malformed, OutOfBounds } from '../bytes.ts';
import { type DerNode, readDer } from '../der.ts';
import { LimitReached } from '../findings.ts';
import { buildChain, CertificatePool } from './chain.ts';
import { VerifyBudget } from './keys.ts';
import { isWeakDigest, OID } from './oids.ts';
import { programName } from './opus.ts';
import { readSignedData, type SignedData, type SignerInfo } from './signed-data.ts';
import { checkSigner } from './signer.ts';
import { type ReadTimestamp, readTimestamp } from './timestamp.ts';
import { uncoveredRemarks } from './uncovered.ts';

/** What the signed content says of a file, by its kind: a PE's digest, a catalog's list. */
export type ContentFacts = Pick<SignatureFacts, 'digestAlgorithm' | 'signedDigest' | 'actualDigest' | 'digestMatches' | 'pageHashes' | 'remarks' | 'malformed'>;

/** @param content null when the message has none */
export type ReadContent = (contentType: string, content: DerNode | null) => ContentFacts;

/** For content that names no file of its own, such as a catalog's list: only the signature itself is judged. */
export const PLAIN_CONTENT: ReadContent = () => ({ digestAlgorithm: null, signedDigest: null, actualDigest: null, digestMatches: null, pageHashes: null, remarks: [], malformed: [] });

export interface CmsSignatures {
  /** The signature and, after it, those nested in it; never empty. */
  readonly signatures: readonly SignatureFacts[];
  /** One past the message, or null when not even its length could be read. */
  readonly end: number | null;
  /** The outermost message, for who wants to read its content. */
  readonly data: SignedData | null;
}

export const MAX_SIGNATURES = 16;
const MAX_NESTING = 4;
const NODES = 50_000;

interface Reading {
  readonly readContent: ReadContent;
  readonly budget: VerifyBudget;
  readonly found: SignatureFacts[];
}

/**
 * Verifies a PKCS#7 or CMS message with everything in it: signer, chain, timestamp, nested signatures. Never throws for
 * any bytes; what cannot be read is said in `malformed`.
 * @param bytes whatever the message lies in; facts give offsets in it
 * @param at where the message begins; it ends before `until`
 * @param place what to call the signature: `primary`
 */
export function readCmsSignatures(bytes: Uint8Array, at: number, until: number, place: string, readContent: ReadContent, budget = new VerifyBudget(), nodes = NODES): CmsSignatures {
  const reading: Reading = { readContent, budget, found: [] };
  let end: number | null = null;
  let data: SignedData | null = null;
  try {
    const node = readDer(bytes.subarray(0, until), { nodes, depth: 48 }, at);
    end = node.end;
    data = readOne(node, place, reading, 0);
  } catch (error) {
    reading.found.push(unreadable(place, at, messageOf(error)));
  }
  return { signatures: reading.found, end, data };
}

function readOne(node: DerNode, place: string, reading: Reading, depth: number): SignedData {
  const data = readSignedData(node);
  const [signer] = data.signers;
  if (signer === undefined) throw new Malformed(node.at, 'the signature has no signer');
  const content = contentFacts(data, reading.readContent);
  const index = reading.found.length;
  reading.found.push(signatureFacts(node, place, data, signer, content, reading.budget));
  const nested = signer.unsigned.get(OID.nestedSignature) ?? [];
  for (const inner of nested) {
    if (depth >= MAX_NESTING || reading.found.length >= MAX_SIGNATURES) {
      reading.found[index]?.remarks.push('more nested signatures than are read');
      break;
    }
    const name = reading.found[0]?.place === 'primary' ? `nested ${reading.found.length}` : `${reading.found[0]?.place ?? place}, nested ${reading.found.length}`;
    try {
      readOne(inner, name, reading, depth + 1);
    } catch (error) {
      reading.found.push(unreadable(name, inner.at, messageOf(error)));
    }
  }
  return data;
}

function contentFacts(data: SignedData, readContent: ReadContent): ContentFacts {
  try {
    return readContent(data.contentType, data.content);
  } catch (error) {
    return { ...PLAIN_CONTENT(data.contentType, data.content), malformed: [`the signed content cannot be read: ${messageOf(error)}`] };
  }
}

function signatureFacts(node: DerNode, place: string, data: SignedData, signer: SignerInfo, content: ContentFacts, budget: VerifyBudget): SignatureFacts {
  const pool = new CertificatePool(data.certificates);
  const check = checkSigner(signer, data.contentType, data.contentBytes, pool, budget);
  const chain = check.certificate === null ? { facts: [], remarks: [] } : buildChain(check.certificate, pool, budget);
  const algorithm = content.digestAlgorithm ?? signer.digest;
  const times = readTimestamp(signer, pool, budget);
  return {
    place, offset: node.at, digestAlgorithm: algorithm, signedDigest: content.signedDigest, actualDigest: content.actualDigest, digestMatches: content.digestMatches,
    contentHolds: check.contentHolds, signatureHolds: check.signatureHolds, program: programName(signer), chain: [...chain.facts],
    timestamp: times.stamp, pageHashes: content.pageHashes,
    remarks: [...check.reasons, ...chain.remarks, ...content.remarks, ...data.remarks, ...signerRemarks(data, signer, algorithm), ...weakKeys(chain.facts), ...uncovered(node, data, signer, chain.facts, times)], malformed: content.malformed,
    claimedTime: check.claimedTime,
  };
}

/** Nested signatures are judged on their own; of other attributes without a signature the sizes are told. */
function uncovered(node: DerNode, data: SignedData, signer: SignerInfo, chain: readonly CertificateFacts[], times: ReadTimestamp): string[] {
  const told = [...signer.unsigned].flatMap(([oid, values]) => (oid === OID.nestedSignature || !KNOWN_UNSIGNED.has(oid) ? values : []));
  return uncoveredRemarks(node, data, signer, [...chain, ...times.held.flatMap(({ stamp }) => stamp.chain)], [...told, ...times.held.map((h) => h.node)]);
}

const STRONG_RSA = 2048;

function weakKeys(chain: readonly CertificateFacts[]): string[] {
  return chain.flatMap(({ subject, keyBits }) => (keyBits !== null && keyBits < STRONG_RSA ? [`the RSA key of ${subject} has ${keyBits} bits: others may have worked out its private part`] : []));
}

const KNOWN_UNSIGNED: ReadonlySet<string> = new Set([OID.microsoftTimeStamp, OID.timeStampToken, OID.counterSignature, OID.nestedSignature]);

function signerRemarks(data: SignedData, signer: SignerInfo, algorithm: string | null): string[] {
  const remarks: string[] = [];
  if (isWeakDigest(algorithm)) remarks.push(`${algorithm ?? ''} is a weak digest, as was usual in its time: two contents with one signature can be made by who prepares both`);
  else if (isWeakDigest(signer.digest)) remarks.push(`the signature itself uses ${signer.digest ?? ''}, a weak digest`);
  if (data.signers.length > 1) remarks.push(`${data.signers.length} signers where one belongs; the first is judged`);
  for (const [oid, values] of signer.unsigned) {
    if (KNOWN_UNSIGNED.has(oid)) continue;
    const size = values.reduce((sum, v) => sum + v.end - v.at, 0);
    remarks.push(`the attribute ${oid} at offset ${values[0]?.at ?? signer.at} (${size} bytes) is covered by no signature: anybody can change it`);
  }
  return remarks;
}

function messageOf(error: unknown): string {
  if (error instanceof OutOfBounds || error instanceof Malformed || error instanceof LimitReached) return error.message;
  throw error;
}

function unreadable(place: string, offset: number, why: string): SignatureFacts {
  return {
    place, offset, digestAlgorithm: null, signedDigest: null, actualDigest: null, digestMatches: null, contentHolds: false, signatureHolds: false, program: null,
    chain: [], timestamp: null, pageHashes: null, remarks: [], malformed: [`the signature cannot be read: ${why}`], claimedTime: null,
  };
}
