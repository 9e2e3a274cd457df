import { quote } from '../../shared/base/limits.ts';
import type { Component, ComponentSignature } from '../../shared/model/index.ts';
import { ANCHORS } from '../knowledge/index.ts';

/** Values of a distinguished name are escaped (RFC 4514), so that no value can look like another part. */
const MICROSOFT = /(?:^|, )O=Microsoft Corporation(?:,|$)/;
const NAMES_MICROSOFT = /microsoft|(?:^|, )(?:CN|O)=Windows(?: |,|$)/i;

/** Fits the content, by itself or through a catalog; whether the signer is who it says is another question. */
const fits = (s: ComponentSignature): boolean => s.status !== 'tampered' && s.status !== 'malformed' && s.status !== 'unsigned' && s.status !== 'not-checked';

/** Names under which Microsoft signs what other vendors hand in, also programs that do harm. */
const FOR_OTHERS = /(?:^|, )CN=Microsoft Windows (?:Hardware Compatibility|Software Compatibility|Early Launch Anti-malware) Publisher(?:,|$)/i;
/** Certificates that issue to Microsoft alone; below other authorities its name may stand for another company. */
const OWN: ReadonlySet<string> = new Set(ANCHORS.code.filter((a) => a.owner === 'Microsoft' && a.publishers === 'own').map((a) => a.name));

/** Microsoft's own: in its name, under a certificate that issues to it alone, and nothing against it but that it has expired since. */
export const isMicrosofts = (s: ComponentSignature): boolean =>
  (s.status === 'valid' || s.status === 'catalog' || s.status === 'expired') && OWN.has(s.anchor ?? '') && MICROSOFT.test(s.signer ?? '') && !FOR_OTHERS.test(s.signer ?? '');

/** A signature that anybody could have made: its chain leads to no certificate that is known, or in a way that does not count. */
export const isAnybodys = (s: ComponentSignature): boolean => s.status === 'valid-untrusted-root' || (fits(s) && s.anchor === null && s.status !== 'valid' && s.status !== 'catalog');

/** Calls itself Microsoft's, and leads to no certificate that is known: made by whoever wanted the name. */
export function posesAsMicrosoft(s: ComponentSignature): boolean {
  return isAnybodys(s) && NAMES_MICROSOFT.test(s.signer ?? '');
}

const WORDS: Readonly<Record<ComponentSignature['status'], (s: ComponentSignature) => string>> = {
  valid: (s) => `its signature holds: ${by(s)}${s.anchor === null ? '' : `, under ${quote(s.anchor)}`}${when(s)}`,
  catalog: (s) => `it is signed through the catalog ${catalogName(s)}: ${by(s)}${s.anchor === null ? '' : `, under ${quote(s.anchor)}`}${when(s)}`,
  'valid-untrusted-root': (s) => `its signature${through(s)} fits its content, but ${s.anchor === null ? 'leads to no certificate that is known' : `its chain to ${quote(s.anchor)} does not count`}: ${by(s)}, issued by ${quote(s.issuer ?? 'nobody named')}`,
  expired: (s) => `its signature${through(s)} fits its content, but its certificate had expired and no timestamp says that it was made before: ${by(s)}`,
  'wrong-usage': (s) => `it is signed${through(s)} with a certificate that was not issued for code: ${by(s)}`,
  tampered: (s) => `it was changed after it was signed${s.signer === null ? '' : ` (${by(s)})`}`,
  malformed: () => 'its signature is damaged and proves nothing',
  unsigned: (s) => `it has no signature${reasonsOf(s)}`,
  'not-checked': () => 'its signature was not checked',
};

const by = (s: ComponentSignature): string => `signed by ${quote(s.signer ?? 'an unnamed signer')}`;
const when = (s: ComponentSignature): string => (s.timestamp === null ? '' : `, timestamp ${s.timestamp}`);
const catalogName = (s: ComponentSignature): string => quote(s.catalog ?? '');
const through = (s: ComponentSignature): string => (s.catalog === null ? '' : ` through the catalog ${catalogName(s)}`);
const reasonsOf = (s: ComponentSignature): string => (s.reasons.length === 0 ? '' : ` (${s.reasons.slice(0, 3).join('; ')})`);

/** `its signature holds: signed by ...`, for the end of a sentence about the file. */
export const signatureWords = (s: ComponentSignature): string => WORDS[s.status](s);

/** Reasons of one verdict that are told in a finding; the verdict itself has all. */
const MAX_REASONS = 8;

/** The reasons of the verdict as sentences. */
export const reasonSentences = (s: ComponentSignature): string[] => s.reasons.slice(0, MAX_REASONS).map((reason) => `${capitalised(quote(reason))}.`);
const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** What the signature of a component's file leaves open, for the list of what would refute a finding. */
export function signatureRefutes(c: Component, unchecked: string): string[] {
  const held = c.signatures.filter((s) => s.status === 'valid' || s.status === 'catalog');
  if (held.length > 0 && held.length === c.signatures.length) {
    return [`Its signature holds (${quote(held[0]?.signer ?? '')}): if a product of that vendor is installed on this server, the file may be part of it.`];
  }
  if (c.signature === 'unsigned') return ['The vendor delivers the file without a signature: its installation package holds a file of the same hash.'];
  return c.signature === 'not-checked' ? [unchecked] : [];
}
