import type { FileSignatures } from '../../../../shared/model/pe/index.ts';
import { ByteView } from '../../kit/bytes.ts';
import { ImageDigests } from './digests.ts';
import { imageContent } from './image-content.ts';
import { readLayout } from './layout.ts';
import { readCertificateTable } from './table.ts';

/**
 * All signatures of a file, checked as far as its own bytes go: whom to trust is for the reader of these facts to say.
 * Never throws for any bytes.
 * @param bytes the whole file
 * @returns null when this is no PE file, or its headers end before there is anything to digest
 */
export function readSignatures(bytes: Uint8Array): FileSignatures | null {
  const layout = readLayout(new ByteView(bytes));
  if (layout === null) return null;
  const digests = new ImageDigests(layout);
  const made = { sha1: digests.get('sha1'), sha256: digests.get('sha256') };
  if (layout.table === null) return { table: null, signatures: [], digests: made };
  const { entries, malformed, remarks, signatures } = readCertificateTable(layout, layout.table, imageContent(layout, digests));
  return { table: { ...layout.table, entries, malformed, remarks }, signatures, digests: made };
}
