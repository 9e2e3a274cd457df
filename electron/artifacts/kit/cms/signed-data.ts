import { Malformed, OutOfBounds } from '../bytes.ts';
import { type DerNode, TAG } from '../der.ts';
import { hexOf, integerHex, octetsOf, oidOf } from '../der-values.ts';
import { LimitReached } from '../findings.ts';
import { bytesKey, type Certificate, readCertificate } from './certificate.ts';
import { type Algorithm, readAlgorithm } from './keys.ts';
import { digestName, OID } from './oids.ts';

const MAX_CERTIFICATES = 200;
const MAX_SIGNERS = 8;
const MAX_ATTRIBUTES = 200;
/** Microsoft's timestamps carry one attribute certificate of about 1,000 bytes, which says how exact the clock was. */
const MAX_CLOCK = 1536;

/** Values of each attribute by its object identifier. */
export type Attributes = ReadonlyMap<string, readonly DerNode[]>;

/** SignerInfo (RFC 5652, 5.3; PKCS#7 1.5, 9.2). */
export interface SignerInfo {
  readonly at: number;
  readonly issuerKey: string | null;
  readonly serial: string | null;
  readonly keyId: string | null;
  readonly digestOid: string;
  readonly digest: string | null;
  readonly algorithm: Algorithm;
  readonly signature: Uint8Array;
  /** Null when the signature is over the content itself. */
  readonly signed: { readonly attributes: Attributes; /** As signed: with the tag of a SET. */ readonly parts: readonly Uint8Array[] } | null;
  readonly unsigned: Attributes;
  /** Attributes that occur twice: only one of them can be meant. */
  readonly repeated: readonly string[];
  /** Bytes of its identifier, its signed attributes and its signature. */
  readonly covered: number;
}

/** SignedData (RFC 5652, 5.1; PKCS#7 1.5, 9.1). */
export interface SignedData {
  readonly contentType: string;
  /** The element that was signed, or null when it is not in the message. */
  readonly content: DerNode | null;
  /** The bytes whose digest the signature carries. */
  readonly contentBytes: Uint8Array | null;
  readonly certificates: readonly Certificate[];
  /** Bytes of one attribute certificate among the certificates; it is not read. */
  readonly clockBytes: number;
  readonly signers: readonly SignerInfo[];
  readonly remarks: readonly string[];
}

/**
 * @param node ContentInfo
 * @throws OutOfBounds, Malformed, LimitReached
 */
export function readSignedData(node: DerNode): SignedData {
  const type = oidOf(node.expect(TAG.sequence).child(0));
  if (type !== OID.signedData) throw new Malformed(node.at, `content type ${type} where signed data belongs`);
  const body = node.child(1).child(0, TAG.sequence);
  const remarks: string[] = [];
  const encapsulated = body.child(2, TAG.sequence);
  const content = encapsulated.children[1]?.child(0) ?? null;
  const certificates: Certificate[] = [];
  let clockBytes = 0;
  const last = body.children.at(-1);
  for (const part of body.children.slice(3)) {
    if (part.isContext(0)) clockBytes = readCertificates(part, certificates, remarks);
  }
  if (last === undefined || !last.is(TAG.set)) throw new Malformed(body.at, 'signed data without signers');
  const signers: SignerInfo[] = [];
  for (const signer of last.each()) {
    if (signers.length >= MAX_SIGNERS) {
      remarks.push(`more than ${MAX_SIGNERS} signers; the rest is not read`);
      break;
    }
    signers.push(readSignerInfo(signer));
  }
  return { contentType: oidOf(encapsulated.child(0)), content, contentBytes: content === null ? null : signedContent(content), certificates, clockBytes, signers, remarks };
}

/** Octets of an OCTET STRING; PKCS#7 also signs other elements, always without their header. */
function signedContent(content: DerNode): Uint8Array {
  return content.is(TAG.octets) ? octetsOf(content) : content.content;
}

/** @returns bytes of an attribute certificate among them */
function readCertificates(set: DerNode, into: Certificate[], remarks: string[]): number {
  let unreadable = 0;
  let seen = 0;
  let clock = 0;
  for (const node of set.each()) {
    seen += 1;
    if (seen > MAX_CERTIFICATES) {
      remarks.push(`more than ${MAX_CERTIFICATES} certificates; the rest is not read`);
      break;
    }
    if (!node.is(TAG.sequence)) {
      if (node.end - node.at <= MAX_CLOCK) clock = node.end - node.at;
      continue;
    }
    try {
      into.push(readCertificate(node));
    } catch (error) {
      if (!(error instanceof OutOfBounds || error instanceof Malformed || error instanceof LimitReached)) throw error;
      unreadable += 1;
    }
  }
  if (unreadable > 0) remarks.push(`${unreadable} of the certificates in the signature cannot be read`);
  return clock;
}

export function readSignerInfo(node: DerNode): SignerInfo {
  const parts = node.expect(TAG.sequence).children;
  const identifier = node.child(1);
  const digestOid = readAlgorithm(node.child(2)).oid;
  const signedNode = parts[3]?.isContext(0) === true ? parts[3] : null;
  const next = signedNode === null ? 3 : 4;
  const unsignedNode = parts[next + 2]?.isContext(1) === true ? parts[next + 2] : undefined;
  const repeated: string[] = [];
  const signature = node.child(next + 1, TAG.octets);
  return {
    at: node.at, ...readIdentifier(identifier), digestOid, digest: digestName(digestOid), algorithm: readAlgorithm(node.child(next)),
    signature: octetsOf(signature),
    // The attributes were signed with the tag of a SET in place of [0] (RFC 5652, 5.4).
    signed: signedNode === null ? null : { attributes: readAttributes(signedNode, repeated), parts: [SET_TAG, signedNode.whole.subarray(1)] },
    unsigned: unsignedNode === undefined ? new Map() : readAttributes(unsignedNode, []), repeated,
    covered: [identifier, signedNode, signature].reduce((sum, part) => sum + (part === null ? 0 : part.end - part.at), 0),
  };
}

const SET_TAG = Uint8Array.of(0x31);

function readIdentifier(node: DerNode): Pick<SignerInfo, 'issuerKey' | 'serial' | 'keyId'> {
  if (node.isContext(0)) return { issuerKey: null, serial: null, keyId: bytesKey(octetsOf(node)) };
  return { issuerKey: bytesKey(node.expect(TAG.sequence).child(0).whole), serial: integerHex(node.child(1)), keyId: null };
}

function readAttributes(node: DerNode, repeated: string[]): Attributes {
  const map = new Map<string, DerNode[]>();
  let count = 0;
  for (const attribute of node.each()) {
    count += 1;
    if (count > MAX_ATTRIBUTES) throw new LimitReached(`more than ${MAX_ATTRIBUTES} attributes`);
    const oid = oidOf(attribute.expect(TAG.sequence).child(0));
    const values = attribute.child(1, TAG.set).children;
    const before = map.get(oid);
    if (before === undefined) map.set(oid, [...values]);
    else {
      repeated.push(oid);
      before.push(...values);
    }
  }
  return map;
}

/** `issuer … serial …`, for a signer whose certificate is not there. */
export function identifierText(signer: SignerInfo): string {
  return signer.keyId === null ? `serial number ${signer.serial ?? ''}` : `key identifier ${hexOf(Buffer.from(signer.keyId, 'latin1'))}`;
}
