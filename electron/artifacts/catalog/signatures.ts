import type { SignatureFacts } from '../../../shared/model/index.ts';
import type { ProblemList } from '../kit/findings.ts';

/** The signatures of the catalog itself, checked as far as its own bytes go. @param _bytes the whole file */
export function catalogSignatures(_bytes: Uint8Array, _problems: ProblemList): SignatureFacts[] {
  return [];
}
