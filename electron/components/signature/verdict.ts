import type { Authenticode, FileSignatures, SignatureFacts } from '../../../shared/model/index.ts';
import { isWeakDigest } from '../../artifacts/kit/cms/index.ts';
import { type Trust, trustOf } from './anchored.ts';
import { judgeOne, type Verdict } from './judge-one.ts';

/** A catalog that names the file's digest, as the caller found it. */
export interface CatalogHit {
  /** Its place in the evidence. */
  readonly place: string;
  /** Of the catalog itself. */
  readonly signatures: readonly SignatureFacts[];
  /** Of the hash by which it names the file: `sha256`. */
  readonly algorithm?: string;
}

export interface JudgeOptions {
  /** UTC text: signatures without a timestamp that counts are judged at it. Give the moment of the reading. */
  readonly moment: string;
  readonly trust?: Trust;
  /** Catalogs that cover the file, best first; null when none was looked for. */
  readonly catalogs?: readonly CatalogHit[];
}

let shipped: Trust | null = null;

/** The anchors that ship, made once. */
function shippedTrust(): Trust {
  shipped ??= trustOf();
  return shipped;
}

/**
 * The verdict on a file. The first signature of the certificate table decides, as in Windows; what nested and further
 * ones say is told among the reasons. A file that nobody signed inside is `catalog` when a catalog whose own signature
 * is valid covers it; a catalog that is not valid gives its own status instead.
 * @param signatures null where the file has no headers to sign
 */
export function judgeFile(signatures: FileSignatures | null, options: JudgeOptions): Authenticode {
  const trust = options.trust ?? shippedTrust();
  const own = embedded(signatures, trust, options.moment);
  // Bytes that a catalog names are the catalog's, whatever a weak signature inside adds to them.
  const covered = own.status === 'valid' || own.status === 'tampered' || own.status === 'malformed' ? null : byCatalog(options.catalogs ?? [], trust, options.moment);
  if (covered === null || (covered.status !== 'catalog' && own.status !== 'unsigned')) return own;
  // A table without a signature may still hold data.
  const inside = own.status !== 'unsigned' ? [`the signature inside the file is ${own.status}: ${own.reasons.join('; ')}`] : (signatures?.table ?? null) === null ? [] : own.reasons;
  const reasons = [...covered.reasons, ...inside];
  return { ...covered, reasons, nested: own.nested, signers: [...covered.signers, ...own.signers] };
}

function embedded(signatures: FileSignatures | null, trust: Trust, moment: string): Authenticode {
  const table = signatures?.table ?? null;
  if (signatures === null || table === null) return unsigned(['no certificate table: nobody signed the file inside']);
  const verdicts = signatures.signatures.map((facts) => ({ facts, verdict: judgeOne(facts, trust, moment) }));
  const [primary, ...others] = verdicts;
  if (primary === undefined) {
    return table.malformed.length > 0 ? { ...unsigned([...table.malformed, ...table.remarks]), status: 'malformed' } : unsigned(['the certificate table has no signature', ...table.remarks]);
  }
  const { facts, verdict } = primary;
  return {
    status: table.malformed.length > 0 ? 'malformed' : verdict.status,
    reasons: [...table.malformed, ...verdict.reasons, ...table.remarks, ...others.flatMap(otherWords)],
    // Whom a further signature names when it does not hold is told among the reasons alone: nobody signed this file with it.
    signers: [primary, ...others.filter((v) => v.verdict.status !== 'malformed' && v.verdict.status !== 'tampered')].flatMap((v) => signerOf(v.facts, v.verdict)),
    digestAlgorithm: facts.digestAlgorithm, digestMatches: facts.digestMatches, timestamp: verdict.time,
    nested: signatures.signatures.filter((s) => s.place.includes('nested')).length, catalog: null,
  };
}

function otherWords({ facts, verdict }: { readonly facts: SignatureFacts; readonly verdict: Verdict }): string[] {
  const { place, chain, digestAlgorithm, remarks, timestamp } = facts;
  const [deciding = '', ...rest] = verdict.reasons;
  const by = chain[0] === undefined ? '' : `, in the name of ${chain[0].subject}`;
  const odd = new Set([...remarks, ...(timestamp?.reasons ?? [])]);
  return [`${place} signature (${digestAlgorithm ?? 'unknown digest'}): ${verdict.status}${by}, ${deciding}`, ...rest.filter((r) => odd.has(r)).map((r) => `${place} signature: ${r}`)];
}

function unsigned(reasons: readonly string[]): Authenticode {
  return { status: 'unsigned', reasons: [...reasons], signers: [], digestAlgorithm: null, digestMatches: null, timestamp: null, nested: 0, catalog: null };
}

function signerOf(facts: SignatureFacts, verdict: Verdict): Authenticode['signers'] {
  const [signer] = facts.chain;
  return signer === undefined ? [] : [{ subject: signer.subject, issuer: signer.issuer, thumbprint: signer.thumbprint, pinnedCa: verdict.anchored?.anchor.name ?? null }];
}

/** The first catalog that is valid; else the first one, with its own status. */
function byCatalog(catalogs: readonly CatalogHit[], trust: Trust, moment: string): Authenticode | null {
  const judged = catalogs.flatMap((hit) => {
    const [facts] = hit.signatures;
    return facts === undefined ? [] : [{ hit, facts, verdict: judgeOne(facts, trust, moment) }];
  });
  const best = judged.find(({ hit, verdict }) => verdict.status === 'valid' && !isWeakDigest(hit.algorithm ?? null)) ?? judged.find(({ verdict }) => verdict.status === 'valid') ?? judged[0];
  if (best === undefined) return null;
  const { hit, facts, verdict } = best;
  const valid = verdict.status === 'valid';
  const algorithm = hit.algorithm ?? facts.digestAlgorithm;
  const weak = isWeakDigest(algorithm) ? [`it names the file by ${algorithm ?? ''} alone, a weak digest: two files with one hash can be made by who prepares both`] : [];
  return {
    status: valid ? 'catalog' : verdict.status,
    reasons: [`the catalog ${hit.place} names this file${valid ? '' : `, but the signature of that catalog is ${verdict.status}`}`, ...verdict.reasons, ...weak],
    signers: signerOf(facts, verdict), digestAlgorithm: algorithm, digestMatches: true, timestamp: verdict.time, nested: 0, catalog: hit.place,
  };
}
