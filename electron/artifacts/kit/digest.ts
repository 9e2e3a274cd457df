import { createHash } from 'node:crypto';

/** Lower-case hex digests. MD5 and SHA-1 name things here (imphash, key tokens); nothing is trusted because of them. */
export function md5Hex(data: Uint8Array | string): string {
  return createHash('md5').update(data).digest('hex');
}

export function sha1Hex(data: Uint8Array): string {
  return createHash('sha1').update(data).digest('hex');
}

export function sha256Hex(data: Uint8Array | string): string {
  return createHash('sha256').update(data).digest('hex');
}
