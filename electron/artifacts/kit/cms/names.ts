import { TAG, type DerNode } from '../der.ts';
import { oidOf, textOf } from '../der-values.ts';
import { LimitReached } from '../findings.ts';

const MAX_PARTS = 64;

const SHORT: ReadonlyMap<string, string> = new Map([
  ['2.5.4.3', 'CN'], ['2.5.4.4', 'SN'], ['2.5.4.5', 'SERIALNUMBER'], ['2.5.4.6', 'C'], ['2.5.4.7', 'L'], ['2.5.4.8', 'ST'], ['2.5.4.9', 'STREET'],
  ['2.5.4.10', 'O'], ['2.5.4.11', 'OU'], ['2.5.4.12', 'T'], ['2.5.4.15', 'businessCategory'], ['2.5.4.17', 'postalCode'], ['2.5.4.42', 'GN'],
  ['2.5.4.97', 'organizationIdentifier'], ['0.9.2342.19200300.100.1.25', 'DC'], ['1.2.840.113549.1.9.1', 'E'],
]);

/**
 * A distinguished name, most specific part first: `CN=Microsoft Windows, O=Microsoft Corporation, C=US`. Characters
 * that separate parts are escaped (RFC 4514), so that no value can look like another part.
 */
export function nameText(name: DerNode): string {
  const parts: string[] = [];
  for (const set of name.expect(TAG.sequence).each()) {
    if (parts.length >= MAX_PARTS) throw new LimitReached(`a name of more than ${MAX_PARTS} parts`);
    const values = set.expect(TAG.set).children.slice(0, MAX_PARTS).map((pair) => {
      const oid = oidOf(pair.child(0));
      return `${SHORT.get(oid) ?? oid}=${escaped(textOf(pair.child(1)))}`;
    });
    parts.push(values.join(' + '));
  }
  return parts.reverse().join(', ');
}

function escaped(text: string): string {
  return text.replace(/[,+"\\<>;=]/g, '\\$&').replace(/^[ #]| $/g, '\\$&');
}
