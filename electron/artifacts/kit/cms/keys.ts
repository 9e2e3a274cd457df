import { constants, createPublicKey, createVerify, type KeyObject } from 'node:crypto';
import { Malformed, OutOfBounds } from '../bytes.ts';
import { type DerNode, readDer, TAG } from '../der.ts';
import { bitsOf, integerBytes, oidOf, smallInteger } from '../der-values.ts';
import { LimitReached } from '../findings.ts';
import { digestName, OID, signatureAlgorithm } from './oids.ts';

/** Larger keys are refused before any arithmetic is done with them. */
const MAX_RSA_BITS = 8192;
const MAX_EXPONENT_BYTES = 5;
const CURVES: ReadonlySet<string> = new Set(['1.2.840.10045.3.1.7', '1.3.132.0.34', '1.3.132.0.35', '1.3.132.0.10']);

/** AlgorithmIdentifier: its identifier and parameters. */
export interface Algorithm {
  readonly oid: string;
  readonly parameters: DerNode | null;
}

export function readAlgorithm(node: DerNode): Algorithm {
  return { oid: oidOf(node.expect(TAG.sequence).child(0)), parameters: node.children[1] ?? null };
}

/** Counts signatures that may still be verified, over all of one file. @throws LimitReached when it is used up */
export class VerifyBudget {
  #left: number;
  constructor(left = 200) {
    this.#left = left;
  }
  spend(): void {
    this.#left -= 1;
    if (this.#left < 0) throw new LimitReached('more signatures than are verified for one file');
  }
}

/**
 * Whether a signature over some bytes was made with a key. All cryptography is node:crypto's.
 * @param spki SubjectPublicKeyInfo in DER
 * @param digest of the signed bytes, for algorithms that do not name it themselves; it takes precedence over theirs
 * @param parts the signed bytes, one after the other
 * @throws LimitReached when the budget is used up
 */
export function verifySignature(spki: Uint8Array, algorithm: Algorithm, digest: string | null, parts: readonly Uint8Array[], signature: Uint8Array, budget: VerifyBudget): boolean {
  const known = signatureAlgorithm(algorithm.oid);
  if (known === null) return false;
  budget.spend();
  const key = publicKey(spki, known.key);
  if (key === null) return false;
  const pss = algorithm.oid === OID.rsaPss ? pssParameters(algorithm.parameters) : null;
  const hash = pss?.digest ?? digest ?? known.digest;
  if (hash === null) return false;
  try {
    const verifier = createVerify(hash);
    for (const part of parts) verifier.update(part);
    if (pss) return verifier.verify({ key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: pss.saltLength }, signature);
    return verifier.verify(key, signature);
  } catch {
    // OpenSSL refuses odd keys and signatures with errors of many kinds; each means that the signature does not hold.
    return false;
  }
}

/** Null for keys that are malformed, too large or of another kind. */
function publicKey(spki: Uint8Array, kind: 'rsa' | 'ec'): KeyObject | null {
  try {
    const root = readDer(spki, { nodes: 40, depth: 6 });
    const { oid, parameters } = readAlgorithm(root.child(0));
    if (kind === 'rsa' ? !isUsableRsa(oid, root.child(1)) : oid !== OID.ec || parameters === null || !CURVES.has(oidOf(parameters))) return null;
    return createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
  } catch {
    return null;
  }
}

function isUsableRsa(oid: string, bits: DerNode): boolean {
  if (oid !== OID.rsa && oid !== OID.rsaPss) return false;
  const numbers = readDer(bitsOf(bits), { nodes: 8, depth: 2 });
  const modulus = integerBytes(numbers.child(0));
  const exponent = integerBytes(numbers.child(1));
  return modulus.length <= MAX_RSA_BITS / 8 + 1 && exponent.length <= MAX_EXPONENT_BYTES;
}

/** RSASSA-PSS-params (RFC 4055, 3.1); absent parts are SHA-1 and 20 bytes of salt. */
function pssParameters(parameters: DerNode | null): { readonly digest: string | null; readonly saltLength: number } | null {
  let digest: string | null = 'sha1';
  let saltLength = 20;
  try {
    for (const part of parameters?.children ?? []) {
      if (part.isContext(0)) digest = digestName(readAlgorithm(part.child(0)).oid);
      if (part.isContext(2)) saltLength = smallInteger(part.child(0));
    }
  } catch (error) {
    if (error instanceof OutOfBounds || error instanceof Malformed) return null;
    throw error;
  }
  return saltLength <= 1024 ? { digest, saltLength } : null;
}

/** Size of an RSA key in bits; null for other keys and for what cannot be read. */
export function rsaBits(spki: Uint8Array): number | null {
  try {
    const root = readDer(spki, { nodes: 40, depth: 6 });
    const { oid } = readAlgorithm(root.child(0));
    if (oid !== OID.rsa && oid !== OID.rsaPss) return null;
    const modulus = integerBytes(readDer(bitsOf(root.child(1)), { nodes: 8, depth: 2 }).child(0));
    const first = modulus.findIndex((byte) => byte !== 0);
    return first < 0 ? 0 : (modulus.length - first) * 8 - Math.clz32(modulus[first] ?? 0) + 24;
  } catch {
    return null;
  }
}
