import { availableParallelism } from 'node:os';
import type { InspectDocument } from '../../shared/contract/cli/documents.ts';
import type { PeFacts } from '../../shared/model/index.ts';
import { type ImageFacts, judgeSignature, withInherited } from '../components/index.ts';
import type { Trust } from '../components/signature/index.ts';
import { type BesideAssembly, besideProgram } from './beside.ts';

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
  return { ...document, ...inherited(document, beside.assemblies), authenticode: authenticode ?? document.authenticode, problems: [...document.problems, ...beside.problems] };
}

/** What the types of the program are through the assemblies that lie beside it. */
function inherited(document: InspectDocument, assemblies: readonly BesideAssembly[]): Pick<InspectDocument, 'clr' | 'kinds'> {
  const { machine, isDll, timestamp, sha256, size, clr, kinds } = document;
  if (clr === null || assemblies.length === 0) return { clr, kinds };
  const { value, time } = timestamp ?? { value: 0, time: null };
  const pe: PeFacts = { ...document, machine: machine ?? '', isDll: isDll ?? false, timestamp: { value, time, offset: 0 }, certificateTable: null };
  const own = imageOf({ evidencePath: '', sha256, size, facts: pe });
  const others = assemblies.filter((a) => a.sha256 !== sha256).map(imageOf);
  const found = withInherited({ lookup: () => own, all: [own, ...others] }).lookup('', 64).pe ?? pe;
  return { clr: found.clr, kinds: found.kinds };
}

function imageOf({ evidencePath, sha256, size, facts }: BesideAssembly): ImageFacts {
  const place = { path: null, evidencePath };
  return { status: 'present', place, file: { ...place, sha256, size }, pe: facts, modified: null };
}
