/**
 * A catalog of the store that Windows looks files up in: `CatRoot\{GUID}\NAME.cat`. CatRoot2 holds the database of that
 * look-up and no catalogs. Either slash; the braces may be written `%7B` by tools that encode names.
 */
export function locateCatalog(path: string): boolean {
  return /(?:^|[\\/])catroot[\\/](?:[^\\/]+[\\/])*[^\\/]+\.cat$/i.test(path);
}
