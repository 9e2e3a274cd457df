import type { SignatureFacts } from '../../../../shared/model/pe/signature.ts';
import { MAX_SIGNATURES, type ReadContent, readCmsSignatures, VerifyBudget } from '../../kit/cms/index.ts';
import type { SignedLayout } from './layout.ts';

/** WIN_CERTIFICATE: length, revision and type before the certificate. */
const HEADER = 8;
const SIGNED_DATA = 2;
const TYPES: ReadonlyMap<number, string> = new Map([[1, 'X.509 certificate'], [3, 'reserved'], [4, 'TS stack']]);

export interface CertificateTable {
  readonly entries: number;
  readonly malformed: string[];
  readonly remarks: string[];
  readonly signatures: SignatureFacts[];
}

/** Reads every entry of the certificate table ("PE Format", "The Attribute Certificate Table"). Never throws for any bytes. */
export function readCertificateTable(layout: SignedLayout, table: { readonly offset: number; readonly size: number }, readContent: ReadContent): CertificateTable {
  const { view } = layout;
  const result: CertificateTable = { entries: 0, malformed: [], remarks: [], signatures: [] };
  checkPlace(layout, table, result);
  const end = Math.min(table.offset + table.size, view.length);
  const budget = new VerifyBudget();
  let entries = 0;
  let at = table.offset;
  for (; at + HEADER <= end && result.signatures.length < MAX_SIGNATURES && entries < MAX_SIGNATURES; ) {
    const length = view.u32(at);
    if (length === 0 && isZero(view.bytes.subarray(at, end))) break;
    if (length < HEADER || at + length > end) {
      result.malformed.push(`the entry at offset ${at} of the certificate table has a length of ${length} bytes, ${end - at} are left`);
      return { ...result, entries };
    }
    readEntry(layout, at, length, entries, readContent, budget, result);
    entries += 1;
    at += length + ((8 - (length % 8)) % 8);
  }
  if (at < end) result.remarks.push(leftOver(view.bytes, at, end, 'after the last certificate'));
  if (entries === 0 && result.malformed.length === 0) result.malformed.push('the certificate table has no entry');
  return { ...result, entries };
}

/** Bytes of the table escape the digest, so it must not be where Windows loads code from. */
function checkPlace(layout: SignedLayout, { offset, size }: { offset: number; size: number }, result: CertificateTable): void {
  const { view, headers, sections } = layout;
  if (offset + size > view.length) result.malformed.push(`the certificate table should end at offset ${offset + size}, the file has ${view.length} bytes`);
  if (offset < headers.sizeOfHeaders) result.malformed.push(`the certificate table at offset ${offset} lies in the headers, whose bytes would escape the digest`);
  const over = sections.find((s) => s.rawSize > 0 && offset < s.rawOffset + s.rawSize && offset + size > s.rawOffset);
  if (over !== undefined) result.malformed.push(`the certificate table at offset ${offset} lies in section ${over.name}, whose bytes would escape the digest`);
  if (offset % 8 !== 0) result.remarks.push(`the certificate table does not begin at a multiple of 8 (offset ${offset})`);
  if (offset + size < view.length) result.remarks.push(`${view.length - offset - size} bytes lie after the certificate table (offset ${offset + size}); the digest covers them`);
}

function readEntry(layout: SignedLayout, at: number, length: number, index: number, readContent: ReadContent, budget: VerifyBudget, result: CertificateTable): void {
  const { view } = layout;
  const revision = view.u16(at + 4);
  const type = view.u16(at + 6);
  if (revision !== 0x200) result.remarks.push(`the entry at offset ${at} has revision 0x${revision.toString(16)} where 0x200 belongs`);
  if (type !== SIGNED_DATA) {
    result.remarks.push(`the entry at offset ${at} has type ${type} (${TYPES.get(type) ?? 'unknown'}); it is no signature and was not read; no digest covers its ${length} bytes`);
    return;
  }
  const place = result.signatures.length === 0 ? 'primary' : `second ${index}`;
  const read = readCmsSignatures(view.bytes, at + HEADER, at + length, place, readContent, budget);
  result.signatures.push(...read.signatures);
  // The entry's length may be rounded up; more than that was put there.
  if (read.end !== null && at + length > read.end && (at + length - read.end >= 8 || !isZero(view.bytes.subarray(read.end, at + length)))) {
    result.remarks.push(leftOver(view.bytes, read.end, at + length, 'behind the signature in its entry'));
  }
}

function leftOver(bytes: Uint8Array, from: number, until: number, where: string): string {
  const what = isZero(bytes.subarray(from, until)) ? 'zero bytes' : 'bytes';
  return `${until - from} ${what} ${where} (offset ${from}) are covered by no digest`;
}

function isZero(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0);
}
