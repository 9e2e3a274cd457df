import { compareBy } from '../../../shared/base/compare.ts';
import { type CatalogCount, type CatalogCover, type CatalogIndex, NO_CATALOGS, type Signed, soundness } from '../../components/index.ts';
import { trustOf } from '../../components/signature/index.ts';
import type { ParseProblem } from '../../../shared/model/index.ts';
import { createCatalogReaders } from '../image-reader/pool.ts';
import type { CatalogReport } from '../image-reader/read-catalog.ts';
import { mapLimited } from '../limited.ts';
import type { ReadingContext } from './context.ts';
import type { ReadImage } from './images.ts';
import { nameOf, placeOf, type ManifestFile } from './inventory.ts';
import type { CatalogTask } from './recognise.ts';

/** Fewer are read by one thread. */
const WORTH_THREADS = 64;
/**
 * Catalogs that name one hash: every update names the files of the one before again. Of more, the rest is not kept; those
 * whose signer nobody knows are counted on their own, so that planted ones never push out those of Windows.
 */
const MAX_COVERS = 64;

/** Hashes by which a catalog may name these files: of the program without its signatures, and of all its bytes. */
export function wantedDigests(images: readonly { readonly sha256: string; readonly facts: Signed | null }[]): string[] {
  const wanted = new Set<string>();
  for (const { sha256, facts } of images) {
    if (facts === null) continue;
    wanted.add(sha256);
    const { sha1 } = facts.identity ?? { sha1: null };
    const { digests } = facts.signatures ?? { digests: null };
    for (const digest of [sha1, digests?.sha1, digests?.sha256]) if (typeof digest === 'string') wanted.add(digest);
  }
  return [...wanted];
}

/** Looks for the files that were read in all catalogs; in what order those are finished never shows. */
export async function readCatalogs(ctx: ReadingContext, tasks: readonly CatalogTask[], images: readonly ReadImage[]): Promise<CatalogIndex> {
  if (tasks.length === 0) return NO_CATALOGS;
  let done = 0;
  ctx.board.progress('catalogs', 0, tasks.length);
  const workers = tasks.length < WORTH_THREADS ? 1 : ctx.workers;
  const readers = createCatalogReaders({ workerUrl: ctx.imageWorker, location: ctx.source.location, workers, wanted: wantedDigests(images) });
  try {
    const reports = await mapLimited(tasks, Math.max(2, ctx.workers), ctx.signal, async ({ file, artifact }) => {
      const report = await readers.read({ artifact: artifact.id, evidencePath: file.evidencePath });
      ctx.board.progress('catalogs', (done += 1), tasks.length, nameOf(file.evidencePath));
      ctx.problems.addAll(placeOf(file), file.server, [...report.problems, ...unsound(report)]);
      file.sha256 = report.sha256;
      return { file, report };
    });
    return indexOf(reports);
  } finally {
    await readers.close();
  }
}

/** A list that names files of this server and that nobody signed, or that was changed: no tool of Windows leaves such a one. */
function unsound({ hits, signatures }: CatalogReport): ParseProblem[] {
  const why = hits.some((hit) => !hit.contradicted) ? soundness(signatures) : null;
  return why === null ? [] : [{ kind: 'anomaly', message: `The catalog names a program file of this evidence, and its signature proves nothing: ${why}.` }];
}

export function indexOf(reports: readonly { readonly file: Pick<ManifestFile, 'path' | 'evidencePath' | 'server'>; readonly report: CatalogReport }[]): CatalogIndex {
  const byDigest = new Map<string, CatalogCover[]>();
  const total = { read: 0, unread: 0 };
  const counts = new Map<string | null, { read: number; unread: number }>();
  const kept = new Map<string, number>();
  const { code } = trustOf();
  for (const { file, report } of [...reports].sort(compareBy((r) => r.file.evidencePath))) {
    const count = counts.get(file.server) ?? { read: 0, unread: 0 };
    counts.set(file.server, count);
    // What is damaged behind its first members may have named a file there.
    const whole = report.facts !== null && report.problems.length === 0;
    for (const sum of [count, total]) sum[whole ? 'read' : 'unread'] += 1;
    const known = report.hits.length > 0 && code.find(report.signatures[0]?.chain ?? []) !== null;
    for (const member of report.hits) {
      const kind = `${known} ${member.digest}`;
      const number = kept.get(kind) ?? 0;
      kept.set(kind, number + 1);
      const covers = byDigest.get(member.digest) ?? [];
      byDigest.set(member.digest, covers);
      if (number < MAX_COVERS) covers.push({ place: { path: file.path, evidencePath: file.evidencePath }, sha256: report.sha256 ?? '', member, signatures: report.signatures });
    }
  }
  const none: CatalogCount = { read: 0, unread: 0 };
  return { covers: (digest) => byDigest.get(digest) ?? [], count: (server) => counts.get(server) ?? none, total };
}
