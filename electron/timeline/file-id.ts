import { createHash } from 'node:crypto';

/** The number of an evidence file in the timeline: the first 47 bits of the SHA-256 of its evidence path. */
export function fileIdOf(evidencePath: string): bigint {
  return createHash('sha256').update(evidencePath, 'utf8').digest().readBigUInt64BE(0) >> 17n;
}
