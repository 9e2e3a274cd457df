export { type Certificate, certificateFacts, isSignedBy, parseCertificate } from './certificate.ts';
export { VerifyBudget } from './keys.ts';
export { digestName, isWeakDigest } from './oids.ts';
export { readAlgorithm } from './keys.ts';
export { type SignedData, readSignedData } from './signed-data.ts';
export { type CmsSignatures, type ContentFacts, MAX_SIGNATURES, PLAIN_CONTENT, type ReadContent, readCmsSignatures } from './signature.ts';
