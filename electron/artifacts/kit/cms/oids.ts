/** Object identifiers of PKCS#7, CMS, X.509 and Authenticode that are read. */
export const OID = {
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3', messageDigest: '1.2.840.113549.1.9.4', signingTime: '1.2.840.113549.1.9.5', counterSignature: '1.2.840.113549.1.9.6',
  timeStampToken: '1.2.840.113549.1.9.16.2.14', timeStampInfo: '1.2.840.113549.1.9.16.1.4',
  microsoftTimeStamp: '1.3.6.1.4.1.311.3.3.1', nestedSignature: '1.3.6.1.4.1.311.2.4.1', opusInfo: '1.3.6.1.4.1.311.2.1.12',
  subjectKeyId: '2.5.29.14', keyUsage: '2.5.29.15', basicConstraints: '2.5.29.19', nameConstraints: '2.5.29.30', authorityKeyId: '2.5.29.35', extendedKeyUsage: '2.5.29.37',
  rsa: '1.2.840.113549.1.1.1', rsaPss: '1.2.840.113549.1.1.10', ec: '1.2.840.10045.2.1',
} as const;

const DIGESTS: ReadonlyMap<string, string> = new Map([
  ['1.2.840.113549.2.5', 'md5'], ['1.3.14.3.2.26', 'sha1'], ['2.16.840.1.101.3.4.2.1', 'sha256'], ['2.16.840.1.101.3.4.2.2', 'sha384'],
  ['2.16.840.1.101.3.4.2.3', 'sha512'], ['2.16.840.1.101.3.4.2.4', 'sha224'],
]);

interface SignatureAlgorithm {
  readonly name: string;
  readonly key: 'rsa' | 'ec';
  /** Null where the algorithm leaves it to another field. */
  readonly digest: string | null;
}
const SIGNATURES: ReadonlyMap<string, SignatureAlgorithm> = new Map([
  [OID.rsa, { name: 'RSA', key: 'rsa', digest: null }],
  ['1.2.840.113549.1.1.4', { name: 'md5RSA', key: 'rsa', digest: 'md5' }],
  ['1.2.840.113549.1.1.5', { name: 'sha1RSA', key: 'rsa', digest: 'sha1' }],
  ['1.3.14.3.2.29', { name: 'sha1RSA', key: 'rsa', digest: 'sha1' }],
  ['1.2.840.113549.1.1.14', { name: 'sha224RSA', key: 'rsa', digest: 'sha224' }],
  ['1.2.840.113549.1.1.11', { name: 'sha256RSA', key: 'rsa', digest: 'sha256' }],
  ['1.2.840.113549.1.1.12', { name: 'sha384RSA', key: 'rsa', digest: 'sha384' }],
  ['1.2.840.113549.1.1.13', { name: 'sha512RSA', key: 'rsa', digest: 'sha512' }],
  [OID.rsaPss, { name: 'RSASSA-PSS', key: 'rsa', digest: null }],
  [OID.ec, { name: 'ECDSA', key: 'ec', digest: null }],
  ['1.2.840.10045.4.1', { name: 'sha1ECDSA', key: 'ec', digest: 'sha1' }],
  ['1.2.840.10045.4.3.1', { name: 'sha224ECDSA', key: 'ec', digest: 'sha224' }],
  ['1.2.840.10045.4.3.2', { name: 'sha256ECDSA', key: 'ec', digest: 'sha256' }],
  ['1.2.840.10045.4.3.3', { name: 'sha384ECDSA', key: 'ec', digest: 'sha384' }],
  ['1.2.840.10045.4.3.4', { name: 'sha512ECDSA', key: 'ec', digest: 'sha512' }],
]);

/** Name of a digest algorithm as node:crypto takes it, or null for one that is not known. */
export function digestName(oid: string): string | null {
  return DIGESTS.get(oid) ?? null;
}

export function signatureAlgorithm(oid: string): SignatureAlgorithm | null {
  return SIGNATURES.get(oid) ?? null;
}

/** Digests for which others can make a second content with reasonable effort. */
export function isWeakDigest(digest: string | null): boolean {
  return digest === 'md5' || digest === 'sha1';
}
