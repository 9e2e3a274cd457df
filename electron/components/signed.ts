import { type Component, type ComponentSignature, SignatureStatus } from '../../shared/model/index.ts';
import type { ImageFacts } from './facts.ts';

/** From what speaks most against a file to what speaks for it. A signature that lies is worse than none. */
const WORST_FIRST: readonly SignatureStatus[] = [
  'tampered', 'malformed', 'wrong-usage', 'valid-untrusted-root', 'expired', 'unsigned', 'not-checked', 'catalog', 'valid',
];

/**
 * The signatures of a component's files. Where 32-bit processes load another file than 64-bit ones, the worse of the two
 * stands for the component; `signatures` says which file has which.
 */
export function signatureOf(main: ImageFacts | null, other: ImageFacts | null): Pick<Component, 'signature' | 'signatures'> {
  const signatures = [...detail('file', main), ...detail('file32', other)];
  const worst = WORST_FIRST.find((status) => signatures.some((s) => s.status === status));
  return { signature: worst ?? 'not-checked', signatures };
}

function detail(which: ComponentSignature['which'], facts: ImageFacts | null): ComponentSignature[] {
  if (facts === null || facts.file === null) return [];
  const verdict = facts.authenticode ?? null;
  const known = SignatureStatus.safeParse(verdict?.status);
  if (verdict === null || !known.success) return [{ which, status: 'not-checked', signer: null, issuer: null, anchor: null, timestamp: null, catalog: null, reasons: verdict?.reasons ?? [] }];
  const [signer] = verdict.signers;
  return [{
    which, status: known.data, signer: signer?.subject ?? null, issuer: signer?.issuer ?? null, anchor: signer?.pinnedCa ?? null,
    timestamp: verdict.timestamp, catalog: verdict.catalog, reasons: verdict.reasons,
  }];
}
