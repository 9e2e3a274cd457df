// One thread that hashes and parses program files or catalogs. It opens the evidence itself, read-only and with the same checks.
import { parentPort, workerData } from 'node:worker_threads';
import type { CatalogArtifact } from '../../artifacts/kit/definition.ts';
import { catalogArtifacts, imageArtifacts } from '../../artifacts/registry.ts';
import { openEvidence } from '../../evidence/open.ts';
import type { EvidenceSource } from '../../evidence/source.ts';
import { readCatalogFile, type CatalogReport } from './read-catalog.ts';
import { readImage, type ImageReport } from './read-image.ts';

/** `artifact` says what the file is read as. */
export interface ReadRequest { readonly artifact: string; readonly evidencePath: string }

/** What a thread is started with: where the evidence lies, and which hashes are looked for in catalogs. */
export interface ReaderData { readonly location: string; readonly wanted: readonly string[] }

/** `parsing`: the file was read to its end and has this hash; what takes long from here on is its content. */
export type FromReader<R> = { readonly kind: 'parsing'; readonly sha256: string } | { readonly kind: 'report'; readonly report: R };

const { location, wanted } = workerData as ReaderData;
let source: Promise<EvidenceSource> | null = null;
const catalogReaders = new Map<CatalogArtifact, ReturnType<CatalogArtifact['reader']>>();

function readerOf(artifact: CatalogArtifact): ReturnType<CatalogArtifact['reader']> {
  const reader = catalogReaders.get(artifact) ?? artifact.reader(wanted);
  catalogReaders.set(artifact, reader);
  return reader;
}

async function answer({ artifact: id, evidencePath }: ReadRequest): Promise<void> {
  source ??= openEvidence(location);
  const tell = (message: FromReader<ImageReport | CatalogReport>): void => parentPort?.postMessage(message);
  const parsing = (sha256: string): void => tell({ kind: 'parsing', sha256 });
  const catalog = catalogArtifacts().find((a) => a.id === id);
  if (catalog !== undefined) return tell({ kind: 'report', report: await readCatalogFile(await source, catalog, readerOf(catalog), evidencePath, parsing) });
  const image = imageArtifacts().find((a) => a.id === id);
  if (image === undefined) throw new Error(`no artifact ${id} reads images or catalogs`);
  tell({ kind: 'report', report: await readImage(await source, image, evidencePath, parsing) });
}

parentPort?.on('message', (request: ReadRequest) => {
  answer(request).catch((error: unknown) => {
    // Out of the promise, so that the thread dies and the file is marked as what brought it down.
    setImmediate(() => {
      throw error;
    });
  });
});
