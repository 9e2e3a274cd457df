import type { ComponentSignature } from '../../shared/model/index.ts';
import { type ImageFacts, signatureOf } from '../components/index.ts';

/** The signature of a file that is no component, in the form in which those of components are judged. */
export function signatureOfImage(facts: ImageFacts): ComponentSignature | null {
  return signatureOf(facts, null).signatures[0] ?? null;
}
