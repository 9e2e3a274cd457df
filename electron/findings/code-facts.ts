import type { Capability, Component, ComponentFile, EvidenceRef, PeFacts } from '../../shared/model/index.ts';
import type { ImageIndex } from '../components/index.ts';
import { imageOf } from './image-of.ts';

/** What was read of the program file of a component. */
export interface CodeFacts {
  readonly file: ComponentFile;
  readonly pe: PeFacts;
}

/** Facts of the file, or of the one that 32-bit processes load where that alone was read; null without both. */
export function codeOf(c: Component, images: ImageIndex): CodeFacts | null {
  for (const file of [c.file, c.file32]) {
    const pe = imageOf(images, file)?.pe ?? null;
    if (file !== null && pe !== null) return { file, pe };
  }
  return null;
}

/** Those with one of the ids, in the order of the file. */
export const having = (pe: PeFacts, ...ids: readonly string[]): Capability[] => pe.capabilities.filter((c) => ids.includes(c.id));

/** The constant of a capability as a number: a mask of notifications; null where it is none. */
export function maskOf({ proof }: Capability): number | null {
  const found = /^0x([0-9A-F]{1,8})$/i.exec(proof.constant ?? '')?.[1];
  return found === undefined ? null : Number.parseInt(found, 16);
}

/** `WHAT [offset 0x1234]`, or with the metadata token. */
export function provedWords({ what, proof }: Capability): string {
  const place = proof.offset === undefined ? proof.token : `offset 0x${proof.offset.toString(16)}`;
  return place === undefined ? what : `${what} [${place}]`;
}

/** Places in the file that show the capabilities; those that only a metadata token shows lead to the file. */
export function proofRefs(file: ComponentFile, capabilities: readonly Capability[]): EvidenceRef[] {
  return capabilities.map(({ proof }) => ({ path: file.path, evidencePath: file.evidencePath, offset: proof.offset ?? 0, sha256: file.sha256 }));
}

/** Every signature of the component's files holds and leads to a certificate that is known: a vendor vouches for the bytes. */
export const isVouched = (c: Component): boolean => c.signatures.length > 0 && c.signatures.every((s) => (s.status === 'valid' || s.status === 'catalog') && s.anchor !== null);
