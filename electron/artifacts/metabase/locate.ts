import { foldCase } from '../../../shared/base/compare.ts';

const PLACE = /(?:^|\/)(?:METABASE|HISTORY\/(METABASE_(\d{1,10})_(\d{1,10})))\.XML$/;

/**
 * The metabase of IIS 6 (`System32\inetsrv\MetaBase.xml`) or a copy that the history feature kept
 * (`History\MetaBase_MAJOR_MINOR.xml`, both numbers padded to ten digits), by its path in the evidence; else null.
 * `copy` is the name of the copy without its ending, null for the file in force.
 */
export function locateMetabase(evidencePath: string): { readonly copy: string | null } | null {
  const match = PLACE.exec(foldCase(evidencePath));
  if (!match) return null;
  return { copy: match[1] === undefined ? null : evidencePath.slice(-match[1].length - 4, -4) };
}

/** Cheap test on the first bytes: the namespace that IIS writes, or the element that all keys lie in. */
export function looksLikeMetabase(head: Uint8Array): boolean {
  let text = '';
  // UTF-16 of ASCII text, without its zeros, reads like ASCII.
  for (const byte of head.subarray(0, 8192)) if (byte >= 0x20 && byte < 0x7f) text += String.fromCharCode(byte);
  return /urn:microsoft-catalog:XML_Metabase_|<MBProperty[\s>]/i.test(text);
}
