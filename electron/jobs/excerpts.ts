import type { EvidenceRef } from '../../shared/model/index.ts';
import { compareBy } from '../../shared/base/compare.ts';
import type { Excerpt } from '../case/blobs.ts';
import { EvidenceUnreadable, type EvidenceReader } from '../evidence/source.ts';

/** The longest piece of evidence that a citation copies into the case, in bytes; the case says where it holds less than is cited. */
export const MAX_EXCERPT = 64 * 1024;

/**
 * The bytes behind references that name an offset; a place that cannot be read has no excerpt, and the reference stays.
 * Each file is opened once and read forward, since an entry of a zip is inflated from its start.
 * @param open null, or EvidenceUnreadable thrown, for a file that cannot be cited
 */
export async function excerptsOf(open: (evidencePath: string) => Promise<EvidenceReader | null>, refs: readonly EvidenceRef[]): Promise<Excerpt[]> {
  const byFile = new Map<string, Map<number, number>>();
  for (const { evidencePath, offset, length } of refs) {
    if (offset === undefined || length === undefined || length === 0) continue;
    const places = byFile.get(evidencePath) ?? new Map<number, number>();
    places.set(offset, Math.max(places.get(offset) ?? 0, Math.min(length, MAX_EXCERPT)));
    byFile.set(evidencePath, places);
  }
  const excerpts: Excerpt[] = [];
  for (const [evidencePath, places] of [...byFile].sort(compareBy(([name]) => name))) excerpts.push(...(await ofFile(open, evidencePath, places)));
  return excerpts;
}

async function ofFile(open: (evidencePath: string) => Promise<EvidenceReader | null>, evidencePath: string, places: ReadonlyMap<number, number>): Promise<Excerpt[]> {
  const excerpts: Excerpt[] = [];
  let reader: EvidenceReader | null = null;
  try {
    reader = await open(evidencePath);
    if (reader === null) return excerpts;
    for (const [offset, length] of [...places].sort(([a], [b]) => a - b)) excerpts.push({ evidencePath, offset, content: await reader.read(offset, length) });
  } catch (error) {
    if (!(error instanceof EvidenceUnreadable)) throw error;
  } finally {
    await reader?.close();
  }
  return excerpts;
}
