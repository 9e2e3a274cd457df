import type { EvidenceRef } from '../../shared/model/index.ts';
import type { Excerpt } from '../case/blobs.ts';
import { EvidenceUnreadable, type EvidenceSource } from '../evidence/source.ts';

/** The longest piece of evidence that a citation copies into the case, in bytes. */
const MAX_EXCERPT = 64 * 1024;

/** The bytes behind references that name an offset; a place that cannot be read has no excerpt, and the reference stays. */
export async function excerptsOf(source: EvidenceSource, refs: readonly EvidenceRef[]): Promise<Excerpt[]> {
  const excerpts: Excerpt[] = [];
  for (const ref of refs) {
    if (ref.offset === undefined || ref.length === undefined || ref.length === 0) continue;
    try {
      const reader = await source.open(ref.evidencePath);
      try {
        excerpts.push({ evidencePath: ref.evidencePath, offset: ref.offset, content: await reader.read(ref.offset, Math.min(ref.length, MAX_EXCERPT)) });
      } finally {
        await reader.close();
      }
    } catch (error) {
      if (!(error instanceof EvidenceUnreadable)) throw error;
    }
  }
  return excerpts;
}
