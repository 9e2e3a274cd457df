import type { EvidenceRef } from '../../../shared/model/index.ts';

/** Places of the evidence as one text: `path line 12`, `path offset 512`, with the hash of the file. */
export function sourcesText(refs: readonly EvidenceRef[]): string {
  return refs.map((r) => `${r.evidencePath}${r.line === undefined ? '' : ` line ${r.line}`}${r.offset === undefined ? '' : ` offset ${r.offset}`}${r.sha256 === undefined || r.sha256 === null ? '' : ` sha256 ${r.sha256}`}`).join('; ');
}
