import type { FileSignatures } from '../../../../shared/model/pe/index.ts';

/** All signatures of a file, checked as far as its own bytes go. @param bytes the whole file */
export function readSignatures(_bytes: Uint8Array): FileSignatures | null {
  return null;
}
