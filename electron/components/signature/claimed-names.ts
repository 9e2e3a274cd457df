import type { SignatureFacts } from '../../../shared/model/index.ts';
import type { Anchored } from './anchored.ts';
import { partOf } from './roots.ts';

/** Vendors whose name on a certificate makes readers trust it, as letters and digits alone. */
const VENDORS: ReadonlyMap<string, string> = new Map([['microsoft', 'Microsoft']]);

/** Digits and letters of other scripts that are taken for Latin ones. */
const TWINS: ReadonlyMap<string, string> = new Map([
  ['0', 'o'], ['1', 'l'], ['і', 'i'], ['о', 'o'], ['с', 'c'], ['ѕ', 's'], ['м', 'm'], ['т', 't'], ['г', 'r'], ['ο', 'o'], ['ι', 'i'], ['ϲ', 'c'], ['ⅿ', 'm'],
]);

function letters(text: string): string {
  return [...text.normalize('NFKD').toLowerCase()].map((c) => TWINS.get(c) ?? c).filter((c) => /[\p{L}\p{N}]/u.test(c)).join('');
}

/** What a certificate's names claim and no anchor of that vendor confirms. */
export function claimedNames(facts: SignatureFacts, anchored: Anchored | null): string[] {
  const [signer] = facts.chain;
  if (signer === undefined) return [];
  const said: string[] = [];
  for (const [key, vendor] of VENDORS) {
    const claims = facts.chain.slice(0, anchored === null ? undefined : Math.max(anchored.index, 1));
    const claim = claims.map((c) => partOf(c.subject, 'O') ?? partOf(c.subject, 'CN') ?? c.subject).find((name) => letters(name).includes(key))
      ?? claims.map((c) => c.subject).find((name) => letters(name).includes(key));
    if (claim === undefined) continue;
    if (anchored === null) said.push(`it calls itself "${claim}", but nothing in its chain is ${vendor}'s: anybody can write that name into a certificate of one's own making`);
    else if (anchored.anchor.owner !== vendor) said.push(`it calls itself "${claim}"; the chain ends at ${anchored.anchor.name}, which is not ${vendor}'s own`);
  }
  return said;
}
