import { createHash } from 'node:crypto';
import type { CertificateFacts } from '../../../../shared/model/pe/signature.ts';
import type { DerNode } from '../der.ts';
import type { SignedData, SignerInfo } from './signed-data.ts';

/** Versions, identifiers of algorithms and the headers of the elements need fewer bytes than this. */
const FRAME = 160;
/** The same of a certificate: what its issuer signed, the signature, and an identifier of the algorithm. */
const CERTIFICATE_FRAME = 128;

const sizeOf = (nodes: readonly DerNode[]): number => nodes.reduce((sum, node) => sum + node.end - node.at, 0);

/**
 * Bytes of a message that neither a signature covers nor a reader needs: certificates of no chain, lists and elements that
 * nothing asks for. Whoever has the file can put data there, and its signature holds as before.
 * @param chains of the signer and of its timestamps
 * @param judged elements of the message that are judged or told on their own
 * @returns what to say of them, in words
 */
export function uncoveredRemarks(message: DerNode, data: SignedData, signer: SignerInfo, chains: readonly CertificateFacts[], judged: readonly DerNode[]): string[] {
  const needed = new Set(chains.map((c) => c.sha256));
  const parts = data.certificates.map(({ whole, tbs, signature, subject }) => ({ size: Math.min(whole.length, tbs.length + signature.length + CERTIFICATE_FRAME), subject, needed: needed.has(createHash('sha256').update(whole).digest('hex')) }));
  const spare = parts.filter((p) => !p.needed);
  const certificates = parts.reduce((sum, p) => sum + p.size, 0);
  const remarks: string[] = [];
  const [first] = spare;
  if (first !== undefined) {
    const bytes = spare.reduce((sum, p) => sum + p.size, 0);
    remarks.push(`${spare.length === 1 ? 'a certificate that no chain needs' : `${spare.length} certificates that no chain needs`} (${first.subject}; ${bytes} bytes): anybody can add such ones`);
  }
  const content = data.content === null ? 0 : data.content.end - data.content.at;
  const left = message.end - message.at - content - certificates - data.clockBytes - signer.covered - sizeOf(judged);
  if (left > FRAME) remarks.push(`about ${left - FRAME} bytes of the message at offset ${message.at} are neither signed nor needed: anybody can put data there`);
  return remarks;
}
