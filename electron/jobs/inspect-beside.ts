import { availableParallelism } from 'node:os';
import type { InspectDocument } from '../../shared/contract/cli/documents.ts';
import { judgeSignature } from '../components/index.ts';
import type { Trust } from '../components/signature/index.ts';
import { besideProgram } from './beside.ts';

/** Threads that read catalogs and assemblies for one answer. */
const MOST_WORKERS = 4;

interface Options {
  readonly imageWorker: URL;
  /** UTC text: see judgeSignature. */
  readonly moment: string;
  readonly trust: Trust;
}

/**
 * What one program is, beside a folder of evidence: the catalogs there may name it, and assemblies there say what its
 * types inherit. Catalogs that could not be read are told among the problems.
 */
export async function inspectBeside(document: InspectDocument, evidence: string, { imageWorker, moment, trust }: Options): Promise<InspectDocument> {
  const { clr, signatures, identity, sha256 } = document;
  const beside = await besideProgram(evidence, { sha256, facts: { clr, signatures, identity } }, { imageWorker, workers: Math.min(MOST_WORKERS, availableParallelism()) });
  const authenticode = judgeSignature({ signatures, identity }, sha256, beside.catalogs, moment, trust);
  return { ...document, authenticode: authenticode ?? document.authenticode, problems: [...document.problems, ...beside.problems] };
}
