import path from 'node:path';
import type { InspectDocument, TriageDocument } from '../../shared/contract/cli/documents.ts';
import { RequestError } from '../../shared/base/result.ts';
import { instantText, ticksFromMs } from '../../shared/time/instant.ts';
import { VERSION } from '../../shared/base/version.ts';
import { imageArtifacts } from '../artifacts/registry.ts';
import { listDocuments } from '../case/documents.ts';
import { listEvidence } from '../case/evidence.ts';
import { lastChange, listRuns } from '../case/runs.ts';
import { type AddedRoots, judgeFile, readRoots, trustOf } from '../components/signature/index.ts';
import { readAll } from '../evidence/hash.ts';
import { openEvidence } from '../evidence/open.ts';
import { RULES_VERSION, RULE_TEXTS } from '../findings/index.ts';
import { inspectBeside } from '../jobs/inspect-beside.ts';
import { runOptions } from '../jobs/reading/same-evidence.ts';
import type { Workspace } from '../jobs/workspace.ts';
import { logFiles } from '../timeline/index.ts';
import { timelineSummary } from '../timeline/summary.ts';
import type { HandlersOf } from './handlers.ts';

/** The largest file that `inspect` reads into memory. */
const MAX_INSPECT = 512 * 1024 * 1024;
/** The largest file of further roots. */
const MAX_ROOTS = 8 * 1024 * 1024;

const NO_CATALOGS_ASKED = 'no catalogs were looked into, through which Windows signs most of its own files: --evidence names a folder that holds them';

export function runService(workspace: Workspace): HandlersOf<'run'> {
  return {
    'run.triage': () => triageDocument(workspace),
    'run.inspect': ({ path: file, roots, evidence }) => inspectDocument(workspace, file, roots, evidence),
  };
}

async function triageDocument(workspace: Workspace): Promise<TriageDocument> {
  const { connection } = workspace.opened.file;
  const [evidence] = await listEvidence(connection);
  if (evidence === undefined) throw new RequestError('conflict', 'The case has no evidence yet.');
  const last = lastChange(await listRuns(connection));
  const servers = await listDocuments(connection, 'server');
  return {
    schema: 'iisight.triage/1',
    tool: { name: 'iisight', version: VERSION, rules: RULE_TEXTS.length, rulesVersion: RULES_VERSION },
    ran: { at: last?.started ?? '', seconds: secondsOf(last?.started, last?.finished) },
    partial: last?.state !== 'finished' || last.options !== runOptions('all'),
    evidence: { evidencePath: '.', layout: evidence.layout, files: evidence.files, bytes: evidence.bytes },
    servers,
    components: await listDocuments(connection, 'component'),
    findings: await listDocuments(connection, 'finding'),
    missing: await listDocuments(connection, 'missing'),
    logs: [...(await logFiles(connection))],
    timeline: await timelineSummary(connection),
    problems: await listDocuments(connection, 'problem'),
  };
}

function secondsOf(started: string | undefined, finished: string | null | undefined): number {
  if (started === undefined || finished === undefined || finished === null) return 0;
  return Math.round((Date.parse(finished) - Date.parse(started)) / 10) / 100;
}

/** One file on its own, without a case. A file that is no PE is still an answer, with its problems. */
async function inspectDocument(workspace: Workspace, location: string, roots: string | undefined, evidence: string | undefined): Promise<InspectDocument> {
  const trust = trustOf(roots === undefined ? [] : await addedRoots(roots));
  const whole = await readFileOf(location, MAX_INSPECT);
  const [artifact] = imageArtifacts();
  if (artifact === undefined) throw new RequestError('unavailable', 'This version reads no program files.');
  const document: InspectDocument = { schema: 'iisight.inspect/1', sha256: whole.sha256, size: whole.bytes.length, ...artifact.inspect(whole.bytes, path.basename(location)) };
  // The only clock in the answer: a signature without a timestamp is judged at the moment of asking.
  const moment = instantText(ticksFromMs(Date.now()));
  if (document.machine === null) return document;
  if (evidence !== undefined) return inspectBeside(document, evidence, { imageWorker: workspace.imageWorker, moment, trust });
  const verdict = judgeFile(document.signatures ?? null, { moment, trust });
  return { ...document, authenticode: verdict.status === 'unsigned' ? { ...verdict, reasons: [...verdict.reasons, NO_CATALOGS_ASKED] } : verdict };
}

/** @throws RequestError when the file has no certificate that can be read */
async function addedRoots(location: string): Promise<AddedRoots['anchors']> {
  const { bytes } = await readFileOf(location, MAX_ROOTS);
  const { anchors } = readRoots(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1'));
  if (anchors.length === 0) throw new RequestError('usage', `${location} has no certificate in PEM form.`);
  return anchors;
}

async function readFileOf(location: string, max: number): Promise<{ readonly bytes: Uint8Array; readonly sha256: string }> {
  const source = await openEvidence(location);
  try {
    if (source.kind === 'folder') throw new RequestError('unavailable', `${location} is a folder; one file belongs here.`);
    const [entry] = (await source.inventory()).filter((e) => e.type === 'file');
    if (entry === undefined) throw new RequestError('unavailable', `${location} cannot be read.`);
    const reader = await source.open(entry.evidencePath);
    const whole = await readAll(reader, max).finally(() => reader.close());
    if (!whole.ok) throw new RequestError('unavailable', `${location}: ${whole.problem.message}`);
    return whole;
  } finally {
    await source.close();
  }
}
