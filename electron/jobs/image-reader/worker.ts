// One thread that hashes and parses program files. It opens the evidence itself, read-only and with the same checks.
import { parentPort, workerData } from 'node:worker_threads';
import { imageArtifacts } from '../../artifacts/registry.ts';
import { openEvidence } from '../../evidence/open.ts';
import type { EvidenceSource } from '../../evidence/source.ts';
import { readImage, type ImageReport } from './read-image.ts';

export interface ImageRequest { readonly artifact: string; readonly evidencePath: string }

/** `parsing`: the file was read to its end and has this hash; what takes long from here on is its content. */
export type FromImageReader = { readonly kind: 'parsing'; readonly sha256: string } | { readonly kind: 'report'; readonly report: ImageReport };

const { location } = workerData as { readonly location: string };
let source: Promise<EvidenceSource> | null = null;

async function answer({ artifact: id, evidencePath }: ImageRequest): Promise<void> {
  source ??= openEvidence(location);
  const artifact = imageArtifacts().find((a) => a.id === id);
  if (artifact === undefined) throw new Error(`no artifact ${id} reads images`);
  const tell = (message: FromImageReader): void => parentPort?.postMessage(message);
  const report = await readImage(await source, artifact, evidencePath, (sha256) => tell({ kind: 'parsing', sha256 }));
  tell({ kind: 'report', report });
}

parentPort?.on('message', (request: ImageRequest) => {
  answer(request).catch((error: unknown) => {
    // Out of the promise, so that the thread dies and the file is marked as what brought it down.
    setImmediate(() => {
      throw error;
    });
  });
});
