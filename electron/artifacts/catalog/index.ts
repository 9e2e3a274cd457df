export { locateCatalog } from './locate.ts';
export { type CatalogReading, readCatalog } from './parse.ts';
export { sniffCatalog } from './sniff.ts';
export { WantedDigests } from './wanted.ts';

/** What this artifact is, for the list of what the workbench reads. */
export const CATALOG = {
  id: 'catalog',
  title: 'Catalog of signed hashes (.cat)',
  files: ['%windir%\\System32\\CatRoot\\{GUID}\\*.cat'],
  versions: 'members with tags as text (SHA-1, SHA-256) and as raw hashes; Windows 2000 and later',
  proves: 'That its signer vouched for a file of exactly this content. It does not prove that the file was on this server at any time, nor that one that no catalog names was changed.',
  references: [
    'https://learn.microsoft.com/en-us/windows-hardware/drivers/install/catalog-files',
    'https://learn.microsoft.com/en-us/windows/win32/api/wincrypt/ns-wincrypt-ctl_info',
    'https://learn.microsoft.com/en-us/windows/win32/seccrypto/catalog-definition-functions',
  ],
} as const;
