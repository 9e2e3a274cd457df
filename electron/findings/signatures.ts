import { quote } from '../../shared/base/limits.ts';
import type { Component, ComponentSignature } from '../../shared/model/index.ts';
import { fileName } from '../knowledge/index.ts';

/** Values of a distinguished name are escaped (RFC 4514), so that no value can look like another part. */
const MICROSOFT = /(?:^|, )O=Microsoft Corporation(?:,|$)/;
const NAMES_MICROSOFT = /microsoft|windows/i;

/** Signed in Microsoft's name, and the signature leads to a certificate of our list; by itself or through a catalog. */
export function isMicrosofts(s: ComponentSignature): boolean {
  return (s.status === 'valid' || s.status === 'catalog') && s.anchor !== null && MICROSOFT.test(s.signer ?? '');
}

/** Calls itself Microsoft's and leads to no certificate that is known: made by whoever wanted the name. */
export function posesAsMicrosoft(s: ComponentSignature): boolean {
  return s.status === 'valid-untrusted-root' && NAMES_MICROSOFT.test(s.signer ?? '');
}

/** Every file of the component was signed by Microsoft, and nothing of it changed since. */
export const allMicrosofts = (c: Component): boolean => c.signatures.length > 0 && c.signatures.every(isMicrosofts);

const WORDS: Readonly<Record<ComponentSignature['status'], (s: ComponentSignature) => string>> = {
  valid: (s) => `its signature holds: ${by(s)}${s.anchor === null ? '' : `, under ${quote(s.anchor)}`}${when(s)}`,
  catalog: (s) => `it is signed through the catalog ${catalogName(s)}: ${by(s)}${s.anchor === null ? '' : `, under ${quote(s.anchor)}`}${when(s)}`,
  'valid-untrusted-root': (s) => `its signature${through(s)} fits its content, but leads to no certificate that is known: ${by(s)}, issued by ${quote(s.issuer ?? 'nobody named')}`,
  expired: (s) => `its signature${through(s)} fits its content, but its certificate had expired and no timestamp says that it was made before: ${by(s)}`,
  'wrong-usage': (s) => `it is signed${through(s)} with a certificate that was not issued for code: ${by(s)}`,
  tampered: (s) => `it was changed after it was signed${s.signer === null ? '' : ` (${by(s)})`}`,
  malformed: () => 'its signature is damaged and proves nothing',
  unsigned: (s) => `it has no signature${reasonsOf(s)}`,
  'not-checked': () => 'its signature was not checked',
};

const by = (s: ComponentSignature): string => `signed by ${quote(s.signer ?? 'an unnamed signer')}`;
const when = (s: ComponentSignature): string => (s.timestamp === null ? '' : `, timestamp ${s.timestamp}`);
const catalogName = (s: ComponentSignature): string => quote(fileName((s.catalog ?? '').replaceAll('/', '\\')));
const through = (s: ComponentSignature): string => (s.catalog === null ? '' : ` through the catalog ${catalogName(s)}`);
const reasonsOf = (s: ComponentSignature): string => (s.reasons.length === 0 ? '' : ` (${s.reasons.slice(0, 3).join('; ')})`);

/** `its signature holds: signed by ...`, for the end of a sentence about the file. */
export const signatureWords = (s: ComponentSignature): string => WORDS[s.status](s);

/** What the signature of a component's file leaves open, for the list of what would refute a finding. */
export function signatureRefutes(c: Component, unchecked: string): string[] {
  const held = c.signatures.filter((s) => s.status === 'valid' || s.status === 'catalog');
  if (held.length > 0 && held.length === c.signatures.length) {
    return [`Its signature holds (${quote(held[0]?.signer ?? '')}): if a product of that vendor is installed on this server, the file may be part of it.`];
  }
  if (c.signature === 'unsigned') return ['The vendor delivers the file without a signature: its installation package holds a file of the same hash.'];
  return c.signature === 'not-checked' ? [unchecked] : [];
}
