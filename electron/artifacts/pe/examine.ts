import { readSignatures } from './authenticode/read.ts';
import { identityOf } from './identity/identity.ts';
import { type PeParse, parsePe } from './parse.ts';

/**
 * Everything that is read of a PE file: its structure, its signatures and the hashes by which other files are compared
 * with it. Never throws for any bytes.
 * @param bytes the whole file, up to 256 MiB
 * @param fileName name in the evidence without folders, to compare with the name that the DLL calls itself
 */
export function examinePe(bytes: Uint8Array, fileName?: string): PeParse {
  const { facts, problems } = parsePe(bytes, fileName);
  if (facts === null) return { facts, problems };
  return { facts: { ...facts, identity: identityOf(bytes, facts), signatures: readSignatures(bytes) }, problems };
}
