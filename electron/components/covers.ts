import type { CatalogMember, Place, SignatureFacts } from '../../shared/model/index.ts';

/** A catalog of the evidence that names a hash which was looked for. */
export interface CatalogCover {
  readonly place: Place;
  /** Of the catalog file, lower-case hex. */
  readonly sha256: string;
  readonly member: CatalogMember;
  /** Of the catalog itself. */
  readonly signatures: readonly SignatureFacts[];
}

/** What the catalogs of the evidence say: which files they name, and whether there were any to look into. */
export interface CatalogIndex {
  /** By lower-case hex hash; covers in the order of the catalogs' evidence paths. */
  covers(digest: string): readonly CatalogCover[];
  /** Catalogs that were read, and those that could not be, of a server (and of no server at all). */
  count(server: string | null): CatalogCount;
  /** The same of all of them together. */
  readonly total: CatalogCount;
}

export interface CatalogCount {
  readonly read: number;
  readonly unread: number;
}

const NONE: CatalogCount = { read: 0, unread: 0 };
export const NO_CATALOGS: CatalogIndex = { covers: () => [], count: () => NONE, total: NONE };
