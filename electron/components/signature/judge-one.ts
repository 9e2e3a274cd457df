import type { CertificateFacts, SignatureFacts } from '../../../shared/model/index.ts';
import { parseInstant } from '../../../shared/time/instant.ts';
import type { Anchored, Trust } from './anchored.ts';
import { claimedNames } from './claimed-names.ts';
import { shortName } from './roots.ts';

/** Statuses of an embedded signature, worst first: what stands before decides. */
export const SIGNATURE_STATUSES = ['malformed', 'tampered', 'wrong-usage', 'expired', 'valid-untrusted-root', 'valid'] as const;
export type SignatureStatus = (typeof SIGNATURE_STATUSES)[number];

export interface Verdict {
  readonly status: SignatureStatus;
  /** Why, in words; the deciding ones first. */
  readonly reasons: readonly string[];
  readonly anchored: Anchored | null;
  /** The moment that a third party vouches for, when its own signature holds; UTC text. */
  readonly time: string | null;
}

const CODE_SIGNING = '1.3.6.1.5.5.7.3.3';
const TIME_STAMPING = '1.3.6.1.5.5.7.3.8';
const ANY_USAGE = '2.5.29.37.0';
/** A signature with it ends with its certificate, stamped or not (Microsoft, szOID_KP_LIFETIME_SIGNING). */
const LIFETIME_SIGNING = '1.3.6.1.4.1.311.10.3.13';

/**
 * Judges one signature. Signatures are judged at the moment of a timestamp that holds and whose chain ends at an anchor
 * too (or at the very certificate that the signer's chain ends at: then nothing but that root is missing); without one,
 * at the moment given.
 * @param moment UTC text: when the reading was made
 */
export function judgeOne(facts: SignatureFacts, trust: Trust, moment: string): Verdict {
  const found: [SignatureStatus, string][] = [];
  const [signer] = facts.chain;
  for (const why of facts.malformed) found.push(['malformed', why]);
  if (signer === undefined && facts.malformed.length === 0) found.push(['malformed', facts.remarks[0] ?? 'the certificate of the signer is not in the file']);
  integrity(facts, found);
  const anchored = trust.code.find(facts.chain);
  // A certificate above an anchor says nothing that counts.
  const path = anchored === null || anchored.byKey ? facts.chain : facts.chain.slice(0, anchored.index + 1);
  const stamp = judgeStamp(facts, trust);
  if (signer !== undefined) {
    usage(path, found);
    if (!signer.signsContent) found.push(['wrong-usage', `the key usage of ${signer.subject} does not allow its key to sign programs`]);
    const lifetime = signer.usages.includes(LIFETIME_SIGNING);
    const stamped = stamp.time !== null && stamp.counts && !lifetime;
    validity(path, stamped && stamp.time !== null ? stamp.time : moment, stamped, lifetime, found);
    for (const why of forgeable(path, anchored)) found.push(['valid-untrusted-root', why]);
    found.push(anchored === null ? ['valid-untrusted-root', untrustedWords(facts.chain)] : ['valid', anchorWords(anchored)]);
  }
  const status = SIGNATURE_STATUSES.find((s) => found.some(([its]) => its === s)) ?? 'malformed';
  const inOrder = SIGNATURE_STATUSES.flatMap((s) => found.filter(([its]) => its === s).map(([, why]) => why));
  const names = signer === undefined ? [] : claimedNames(facts, anchored);
  return { status, reasons: [...new Set([...inOrder, ...names, ...stamp.reasons, ...facts.remarks])], anchored, time: stamp.time };
}

function integrity(facts: SignatureFacts, found: [SignatureStatus, string][]): void {
  if (facts.malformed.length > 0) return;
  if (facts.digestMatches === false) found.push(['tampered', `the file has the ${facts.digestAlgorithm ?? ''} digest ${facts.actualDigest ?? ''}, signed was ${facts.signedDigest ?? ''}: it was changed after signing, or the signature is another file's`]);
  if (!facts.contentHolds) found.push(['tampered', 'the signed content was changed after signing']);
  if (facts.chain.length > 0 && !facts.signatureHolds) found.push(['tampered', "the signature was not made with the signer's key over this content"]);
  const wrong = facts.pageHashes?.wrong.length ?? 0;
  if (wrong > 0) found.push(['tampered', `${wrong} of the signed digests of single pages do not match the file`]);
}

/** Usages of each certificate bound those below it, as Windows applies them; a certificate without the extension bounds nothing. */
function usage(path: readonly CertificateFacts[], found: [SignatureStatus, string][]): void {
  for (const certificate of path) {
    const { usages, subject } = certificate;
    if (usages.length > 0 && !usages.includes(CODE_SIGNING) && !usages.includes(ANY_USAGE)) {
      found.push(['wrong-usage', `the certificate of ${subject} is not meant for signing programs (its usages: ${usages.map(usageName).join(', ')})`]);
    }
  }
}

/** Shorter keys have been taken apart and used to sign harmful programs; Windows refuses them too. */
const SHORTEST_RSA = 1024;

/** Why a chain proves nothing though it leads to an anchor: certificates issued over MD5 and short keys have been forged in practice. The anchor itself is known by its hash. */
function forgeable(path: readonly CertificateFacts[], anchored: Anchored | null): string[] {
  const issued = anchored === null || anchored.byKey ? path : path.slice(0, anchored.index);
  return issued.flatMap(({ subject, signatureAlgorithm, selfSigned, keyBits }) => [
    ...(signatureAlgorithm === 'md5RSA' && !selfSigned ? [`the certificate of ${subject} was issued with MD5, with which certificates have been forged: its chain does not count`] : []),
    ...(keyBits !== null && keyBits < SHORTEST_RSA ? [`the RSA key of ${subject} has only ${keyBits} bits, such keys have been worked out: its chain does not count`] : []),
  ]);
}

const USAGES: ReadonlyMap<string, string> = new Map([
  ['1.3.6.1.5.5.7.3.1', 'TLS server'], ['1.3.6.1.5.5.7.3.2', 'TLS client'], ['1.3.6.1.5.5.7.3.4', 'e-mail'], [TIME_STAMPING, 'timestamps'], ['1.3.6.1.5.5.7.3.9', 'OCSP'],
]);

function usageName(oid: string): string {
  return USAGES.get(oid) ?? oid;
}

function validity(path: readonly CertificateFacts[], at: string, stamped: boolean, lifetime: boolean, found: [SignatureStatus, string][]): void {
  const unstamped = lifetime ? 'when this was judged, and its signatures end with it whatever timestamps say (lifetime signing)' : 'when this was judged, and no timestamp that counts says that it was signed before';
  const when = stamped ? `at the moment of the timestamp, ${at}` : unstamped;
  for (const certificate of path) {
    const side = sideOf(certificate, at);
    if (side === 'after') found.push(['expired', `the certificate of ${certificate.subject} was valid until ${certificate.notAfter}; it had expired ${when}`]);
    if (side === 'before') found.push(['expired', `the certificate of ${certificate.subject} is valid from ${certificate.notBefore}; it was not valid yet ${stamped ? when : 'when this was judged'}`]);
  }
}

/** Both ends belong to the time of validity (RFC 5280, 4.1.2.5). A time that cannot be read is never inside. */
function sideOf(certificate: CertificateFacts, at: string): 'before' | 'inside' | 'after' {
  const [moment, from, until] = [parseInstant(at), parseInstant(certificate.notBefore), parseInstant(certificate.notAfter)];
  if (moment === null || from === null || until === null) return 'after';
  if (moment < from) return 'before';
  return moment > until ? 'after' : 'inside';
}

interface Stamp {
  readonly time: string | null;
  /** Signatures may be judged at its moment. */
  readonly counts: boolean;
  readonly reasons: readonly string[];
}

function judgeStamp(facts: SignatureFacts, trust: Trust): Stamp {
  const stamp = facts.timestamp;
  if (stamp === null) return { time: null, counts: false, reasons: ['no timestamp'] };
  if (!stamp.holds || stamp.time === null) return { time: null, counts: false, reasons: [`the timestamp does not hold: ${stamp.reasons.join('; ')}`] };
  const { time } = stamp;
  const anchored = trust.time.find(stamp.chain);
  const path = anchored === null || anchored.byKey ? stamp.chain : stamp.chain.slice(0, anchored.index + 1);
  const odd = path.find((c) => sideOf(c, time) !== 'inside');
  const misused = path.find((c) => c.usages.length > 0 && !c.usages.includes(TIME_STAMPING) && !c.usages.includes(ANY_USAGE));
  const stamper = stamp.chain[0]?.subject ?? '';
  const [weak] = forgeable(path, anchored);
  if (weak !== undefined) return { time, counts: false, reasons: [`the timestamp ${time} by ${stamper} does not count: ${weak}`, ...stamp.reasons] };
  if (odd !== undefined || misused !== undefined) return { time, counts: false, reasons: [`the timestamp ${time} by ${stamper} does not count: ${(odd ?? misused)?.subject ?? ''} was not valid for it`, ...stamp.reasons] };
  if (anchored !== null) return { time, counts: true, reasons: [`timestamp ${time} by ${stamper}, chain to ${anchored.anchor.name}`, ...stamp.reasons] };
  const same = facts.chain.at(-1)?.sha256 === stamp.chain.at(-1)?.sha256 && facts.chain.length > 1;
  return { time, counts: same, reasons: [`timestamp ${time} by ${stamper}, whose chain ends at no known root${same ? ' (the same as that of the signer)' : ', so it does not count'}`, ...stamp.reasons] };
}

function anchorWords({ anchor, byKey }: Anchored): string {
  const kind = anchor.kind === 'issuing-ca' ? 'issuing CA' : anchor.kind === 'added' ? 'root that you added' : 'root';
  return `chain to ${anchor.name} (${kind}${byKey ? ', not in the file; its key signed the last certificate' : ''}), offline, revocation not checked`;
}

function untrustedWords(chain: readonly CertificateFacts[]): string {
  const last = chain.at(-1);
  if (last === undefined) return 'no chain';
  if (chain.length === 1 && last.selfSigned) return `${shortName(last.subject)} signed its own certificate: nobody else vouches for the name`;
  return last.selfSigned ? `the chain ends at ${shortName(last.subject)}, which is no known root` : `the chain ends at ${shortName(last.subject)}, issued by ${shortName(last.issuer)}, which is not in the file and no known root`;
}
