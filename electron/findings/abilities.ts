import type { Capability, Component, EvidenceRef } from '../../shared/model/index.ts';
import type { ImageIndex } from '../components/index.ts';
import { imageOf } from './image-of.ts';

/** What a reader wants to know first of code that may not belong there: what it covers up, changes and sees. */
const GROUPS: readonly Capability['group'][] = ['hides', 'changes', 'sees'];
const MAX_TOLD = 6;

/**
 * What the code of a component's file shows of requests, each with the place in the file that shows it. It is no
 * accusation: honest modules do the same; it tells what the component could do if it does not belong there.
 */
export function abilitiesOf(c: Component, images: ImageIndex): { readonly sentences: readonly string[]; readonly refs: readonly EvidenceRef[] } {
  const image = imageOf(images, c.file);
  const file = image?.file ?? null;
  if (image === null || file === null) return { sentences: [], refs: [] };
  const all = image.pe?.capabilities ?? [];
  const told = GROUPS.flatMap((group) => all.filter((one) => one.group === group));
  const shown = told.slice(0, MAX_TOLD);
  if (shown.length === 0) return { sentences: [], refs: [] };
  const more = told.length > shown.length ? `; and ${told.length - shown.length} more` : '';
  return {
    sentences: [`What its code shows (it may be unused): ${shown.map(sentence).join('; ')}${more}.`],
    refs: shown.flatMap(({ proof }) => (proof.offset === undefined ? [] : [{ path: file.path, evidencePath: file.evidencePath, offset: proof.offset, sha256: file.sha256 }])),
  };
}

function sentence({ what, proof }: Capability): string {
  const place = proof.offset === undefined ? proof.token : `offset 0x${proof.offset.toString(16)}`;
  return place === undefined ? what : `${what} [${place}]`;
}
