import type { Authenticode, PeFacts } from '../../shared/model/index.ts';
import type { CatalogCover, CatalogIndex } from './covers.ts';
import { judgeFile, type Trust } from './signature/index.ts';

/** Catalogs that name the file: by its Authenticode digests, or by the hash of all its bytes. SHA-256 before SHA-1. */
export function coversOf(pe: PeFacts, sha256: string, catalogs: CatalogIndex): readonly CatalogCover[] {
  const digests = [pe.signatures?.digests?.sha256, sha256, pe.signatures?.digests?.sha1, pe.identity?.sha1];
  return digests.flatMap((digest) => (digest === undefined ? [] : catalogs.covers(digest))).filter((cover) => !cover.member.contradicted);
}

/**
 * The verdict on a file beside the catalogs of the evidence; null where its signatures were not read.
 * @param sha256 of the whole file
 * @param moment UTC text: signatures without a timestamp that counts are judged at it
 */
export function judgeSignature(pe: PeFacts, sha256: string, catalogs: CatalogIndex, moment: string, trust?: Trust): Authenticode | null {
  if (pe.signatures === null) return null;
  const covers = coversOf(pe, sha256, catalogs).map(({ place, signatures }) => ({ place: place.evidencePath, signatures }));
  const verdict = judgeFile(pe.signatures, { moment, catalogs: covers, ...(trust === undefined ? {} : { trust }) });
  // Of a file that nobody signed inside, catalogs decide; so it is said what there was to look into.
  return verdict.status === 'unsigned' ? { ...verdict, reasons: [...verdict.reasons, lookedInto(catalogs)] } : verdict;
}

function lookedInto({ total: { read, unread } }: CatalogIndex): string {
  if (read + unread === 0) return 'no catalogs were collected, through which Windows signs most of its own files';
  const rest = unread === 0 ? '' : `; ${unread} more could not be read whole`;
  return `${read === 1 ? 'the only catalog' : `none of the ${read} catalogs`} of the evidence ${read === 1 ? 'does not name' : 'names'} it${rest}`;
}
