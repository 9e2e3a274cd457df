import { createHash } from 'node:crypto';

/**
 * The digest by which catalogs name a program, worked out anew for tests: all bytes but the checksum, the directory entry
 * of the signatures and the signatures themselves, filled with zeros to a multiple of 8. For files without signature.
 */
export function authenticodeDigest(bytes: Buffer, algorithm: 'sha1' | 'sha256'): string {
  const optional = bytes.readUInt32LE(0x3c) + 24;
  const directories = optional + (bytes.readUInt16LE(optional) === 0x20b ? 112 : 96);
  const security = directories + 4 * 8;
  if (bytes.readUInt32LE(security) !== 0) throw new Error('the file is signed');
  const hash = createHash(algorithm);
  hash.update(bytes.subarray(0, optional + 64));
  hash.update(bytes.subarray(optional + 68, security));
  hash.update(bytes.subarray(security + 8));
  hash.update(Buffer.alloc((8 - (bytes.length % 8)) % 8));
  return hash.digest('hex');
}
