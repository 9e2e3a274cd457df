import type { SignatureFacts } from '../../../shared/model/index.ts';
import { PLAIN_CONTENT, readCmsSignatures } from '../kit/cms/index.ts';

/** The signatures of the catalog itself, checked as far as its own bytes go. Never throws. @param bytes the whole file */
export function catalogSignatures(bytes: Uint8Array): readonly SignatureFacts[] {
  const { signatures, end } = readCmsSignatures(bytes, 0, bytes.length, 'primary', PLAIN_CONTENT);
  const [first, ...others] = signatures;
  if (first === undefined || end === null || end >= bytes.length) return signatures;
  return [{ ...first, remarks: [...first.remarks, `${bytes.length - end} bytes behind the catalog (offset ${end} of it) are covered by no signature`] }, ...others];
}
