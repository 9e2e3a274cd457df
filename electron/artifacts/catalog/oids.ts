/** Object identifiers of catalogs (wincrypt.h, mscat.h, wintrust.h) as the bytes of their content, one character for each. */
const text = (...bytes: number[]): string => String.fromCharCode(...bytes);
const MICROSOFT = [0x2b, 0x06, 0x01, 0x04, 0x01, 0x82, 0x37];

/** 1.3.6.1.4.1.311.12.2.1 szOID_CAT_NAMEVALUE */
export const NAME_VALUE = text(...MICROSOFT, 12, 2, 1);
/** 1.3.6.1.4.1.311.12.2.3 CAT_MEMBERINFO2_OBJID */
export const MEMBER_INFO_2 = text(...MICROSOFT, 12, 2, 3);
/** 1.3.6.1.4.1.311.2.1.4 SPC_INDIRECT_DATA */
export const INDIRECT_DATA = text(...MICROSOFT, 2, 1, 4);
/** 1.3.6.1.4.1.311.2.1.15 SPC_PE_IMAGE_DATA */
export const PE_IMAGE = text(...MICROSOFT, 2, 1, 15);
/** 1.3.6.1.4.1.311.2.1.25 SPC_CAB_DATA: what is no program, hashed as it is */
export const PLAIN_LINK = text(...MICROSOFT, 2, 1, 25);
/** 1.3.6.1.4.1.311.2.3.1 and .2: page hashes with SHA-1 and SHA-256 */
export const PAGE_HASHES: ReadonlyMap<string, { readonly algorithm: string; readonly width: number }> = new Map([
  [text(...MICROSOFT, 2, 3, 1), { algorithm: 'sha1', width: 20 }],
  [text(...MICROSOFT, 2, 3, 2), { algorithm: 'sha256', width: 32 }],
]);
export const DIGESTS: ReadonlyMap<string, string> = new Map([
  [text(0x2b, 0x0e, 0x03, 0x02, 0x1a), 'sha1'],
  [text(0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01), 'sha256'],
  [text(0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x02), 'sha384'],
  [text(0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x03), 'sha512'],
  [text(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x02, 0x05), 'md5'],
]);

/** Dotted, for the few that the reader of the envelope meets. */
export const SIGNED_DATA = '1.2.840.113549.1.7.2';
export const TRUST_LIST = '1.3.6.1.4.1.311.10.1';
export const CATALOG_LIST = '1.3.6.1.4.1.311.12.1.1';
export const MEMBER_V1 = '1.3.6.1.4.1.311.12.1.2';
export const MEMBER_V2 = '1.3.6.1.4.1.311.12.1.3';
export const NAMED_VALUE = '1.3.6.1.4.1.311.12.2.1';
