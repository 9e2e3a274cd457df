import type { PeFacts, PeIdentity } from '../../../../shared/model/pe/index.ts';
import { compareText } from '../../../../shared/base/compare.ts';
import { md5Hex, sha1Hex, sha256Hex } from '../../kit/digest.ts';
import { tlshOf } from './tlsh.ts';

/** What other files may share with this one. @param bytes the whole file */
export function identityOf(bytes: Uint8Array, facts: Pick<PeFacts, 'exports'>): PeIdentity {
  const fuzzy = tlshOf(bytes);
  return {
    md5: md5Hex(bytes),
    sha1: sha1Hex(bytes),
    tlsh: fuzzy.digest,
    tlshWhy: fuzzy.digest === null ? fuzzy.why : null,
    exportSet: exportSet(facts.exports),
  };
}

/**
 * SHA-256 over the exported names, each once, in the order of their UTF-16 units, each followed by a NUL: the same for
 * every build that offers the same functions under the same names, whatever their order and ordinals. Null without names.
 */
export function exportSet(exports: PeFacts['exports']): string | null {
  const names = new Set<string>();
  for (const { name } of exports) if (name !== null && name !== '') names.add(name);
  return names.size === 0 ? null : sha256Hex([...names].sort(compareText).map((name) => `${name}\0`).join(''));
}
