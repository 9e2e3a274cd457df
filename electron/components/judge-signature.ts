import type { Authenticode, PeFacts, SignatureFacts } from '../../shared/model/index.ts';
import type { CatalogCover, CatalogIndex } from './covers.ts';
import { judgeFile, type Trust } from './signature/index.ts';

/** Catalogs without a signature that holds that are named. */
const MAX_TOLD = 3;

/** The facts that a verdict rests on. */
export type Signed = Pick<PeFacts, 'signatures' | 'identity'>;

/** Catalogs that name the file: by its Authenticode digests, or by the hash of all its bytes. SHA-256 before SHA-1. */
function coversOf(pe: Signed, sha256: string, catalogs: CatalogIndex): readonly CatalogCover[] {
  const digests = [pe.signatures?.digests?.sha256, sha256, pe.signatures?.digests?.sha1, pe.identity?.sha1];
  return digests.flatMap((digest) => (digest === undefined ? [] : catalogs.covers(digest))).filter((cover) => !cover.member.contradicted);
}

/**
 * The verdict on a file beside the catalogs of the evidence; null where its signatures were not read.
 * @param sha256 of the whole file
 * @param moment UTC text: signatures without a timestamp that counts are judged at it
 */
export function judgeSignature(pe: Signed, sha256: string, catalogs: CatalogIndex, moment: string, trust?: Trust): Authenticode | null {
  if (pe.signatures === null) return null;
  const covers = coversOf(pe, sha256, catalogs);
  const sound = covers.filter((cover) => soundness(cover.signatures) === null).map(({ place, signatures, member }) => ({ place: place.evidencePath, signatures, algorithm: member.algorithm }));
  const verdict = judgeFile(pe.signatures, { moment, catalogs: sound, ...(trust === undefined ? {} : { trust }) });
  // Of a file that nobody signed inside, catalogs decide; so it is said what there was to look into.
  if (verdict.status !== 'unsigned') return verdict;
  const broken = covers.map((cover) => `the catalog ${cover.place.evidencePath} names it and proves nothing: ${soundness(cover.signatures) ?? ''}`);
  return { ...verdict, reasons: [...verdict.reasons, ...(broken.length > 0 ? broken.slice(0, MAX_TOLD) : [lookedInto(catalogs)])] };
}

/** Why the signature of a catalog says nothing of its list, whoever made it; null when it does. */
export function soundness(signatures: readonly SignatureFacts[]): string | null {
  const [facts] = signatures;
  if (facts === undefined || facts.malformed.length > 0) return facts?.malformed[0] ?? 'nobody signed it';
  if (!facts.contentHolds) return 'its list was changed after it was signed';
  return facts.signatureHolds ? null : facts.remarks[0] ?? 'its signature was not made by the signer that it names';
}

function lookedInto({ total: { read, unread } }: CatalogIndex): string {
  if (read + unread === 0) return 'no catalogs were collected, through which Windows signs most of its own files';
  const rest = unread === 0 ? '' : `; ${unread} more could not be read whole`;
  return `${read === 1 ? 'the only catalog' : `none of the ${read} catalogs`} of the evidence ${read === 1 ? 'does not name' : 'names'} it${rest}`;
}
