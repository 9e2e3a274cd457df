import type { PeFacts, PeIdentity } from '../../../../shared/model/pe/index.ts';
import { md5Hex, sha1Hex } from '../../kit/digest.ts';

/** What other files may share with this one. @param bytes the whole file */
export function identityOf(bytes: Uint8Array, _facts: PeFacts): PeIdentity {
  return { md5: md5Hex(bytes), sha1: sha1Hex(bytes), tlsh: null, exportSet: null };
}
