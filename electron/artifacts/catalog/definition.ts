import type { CatalogArtifact } from '../kit/definition.ts';
import { CATALOG, locateCatalog, readCatalog, sniffCatalog, WantedDigests } from './index.ts';

/** The largest catalogs, those of cumulative updates, have some megabytes. */
const MAX_CATALOG_BYTES = 64 * 1024 * 1024;

export const catalogArtifact: CatalogArtifact = {
  ...CATALOG,
  reads: 'catalog',
  maxBytes: MAX_CATALOG_BYTES,
  locate: locateCatalog,
  looksLike: (head) => sniffCatalog(head) === 'yes',
  reader: (digests) => {
    const wanted = new WantedDigests(digests);
    return (bytes) => readCatalog(bytes, wanted);
  },
};
