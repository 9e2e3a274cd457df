import { z } from 'zod';

/** A certificate as it stands in a file. Thumbprints are SHA-1, `spki` is the SHA-256 of the public key information; lower-case hex. */
export const CertificateFacts = z.object({
  subject: z.string(), issuer: z.string(), serial: z.string(), thumbprint: z.string(), sha256: z.string(), spki: z.string(),
  notBefore: z.string(), notAfter: z.string(),
  /** Extended key usages by object identifier; empty when the extension is absent. */
  usages: z.array(z.string()), isCa: z.boolean(),
  /** Its key usage allows signatures over other things than certificates, or it has none. */
  signsContent: z.boolean().default(true),
  signatureAlgorithm: z.string(), selfSigned: z.boolean(),
  /** Of an RSA key; null for others. */
  keyBits: z.number().int().nullable().default(null),
  /** The certificate in DER as base64, where the chain leaves the file: who knows the key of its issuer can check the next step. */
  der: z.string().nullable().default(null),
});
export type CertificateFacts = z.infer<typeof CertificateFacts>;

/** A countersigned moment. `time` is null when it could not be read; `reasons` say what does not hold. */
export const SignatureTime = z.object({
  kind: z.enum(['rfc3161', 'legacy']), time: z.string().nullable(), holds: z.boolean(), reasons: z.array(z.string()), chain: z.array(CertificateFacts),
});

/** One CMS signature, checked as far as its own bytes go: nothing here says whom to trust. */
export const SignatureFacts = z.object({
  /** `primary`, `nested 1` ..., `second 1` for a further entry of the certificate table. */
  place: z.string(),
  offset: z.number().int().nullable(),
  /** Of the signed content: `sha256`. */
  digestAlgorithm: z.string().nullable(),
  /** Digest that was signed and the one that the file has; null where it could not be computed. */
  signedDigest: z.string().nullable(), actualDigest: z.string().nullable(), digestMatches: z.boolean().nullable(),
  /** The signed attributes carry the digest of the content, and the signer's key signed them. */
  contentHolds: z.boolean(), signatureHolds: z.boolean(),
  program: z.string().nullable(),
  /** Signer first, then each issuer that the file carries and whose key signed the one before. */
  chain: z.array(CertificateFacts),
  timestamp: SignatureTime.nullable(),
  pageHashes: z.object({ algorithm: z.string(), pages: z.number().int(), wrong: z.array(z.number().int()) }).nullable(),
  /** What is odd or does not hold, in words. */
  remarks: z.array(z.string()),
  /** Why the signature is no well-formed one; empty for all that could be read. */
  malformed: z.array(z.string()).default([]),
  /** When the signer says that it signed; nobody else vouches for it. */
  claimedTime: z.string().nullable().default(null),
});
export type SignatureFacts = z.infer<typeof SignatureFacts>;

/** Everything of a file's signatures that its own bytes say, and the digests by which a catalog may name it. */
export const FileSignatures = z.object({
  /** Entries of the certificate table; `malformed` says why it could not be read. */
  table: z.object({ offset: z.number().int(), size: z.number().int(), entries: z.number().int(), malformed: z.array(z.string()), remarks: z.array(z.string()) }).nullable(),
  signatures: z.array(SignatureFacts),
  /** Authenticode digests of the image, lower-case hex; null when the headers do not allow one. */
  digests: z.object({ sha1: z.string(), sha256: z.string() }).nullable(),
});
export type FileSignatures = z.infer<typeof FileSignatures>;

/** The verdict on a file, as every JSON document writes it. */
export const Authenticode = z.object({
  status: z.string(), reasons: z.array(z.string()),
  signers: z.array(z.object({ subject: z.string(), issuer: z.string(), thumbprint: z.string(), pinnedCa: z.string().nullable() })),
  digestAlgorithm: z.string().nullable(), digestMatches: z.boolean().nullable(), timestamp: z.string().nullable(), nested: z.number().int(),
  /** The catalog that covers the file: its place in the evidence. */
  catalog: z.string().nullable(),
});
export type Authenticode = z.infer<typeof Authenticode>;
