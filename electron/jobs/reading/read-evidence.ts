import type { Component, Finding, Missing } from '../../../shared/model/index.ts';
import { putBlobs, putExcerpts } from '../../case/blobs.ts';
import { listDocuments, replaceDocuments } from '../../case/documents.ts';
import { listEvidence, putEvidence, replaceFiles } from '../../case/evidence.ts';
import { listRuns } from '../../case/runs.ts';
import { sortFindings } from '../../findings/index.ts';
import type { LogFacts } from '../../findings/index.ts';
import { RequestError } from '../../../shared/base/result.ts';
import { checkCancelled } from '../limited.ts';
import { excerptsOf } from '../excerpts.ts';
import { buildModel, type CaseModel } from '../model/case-model.ts';
import { readConfigurations } from './configurations.ts';
import type { ReadingContext } from './context.ts';
import { storeEvents } from './events.ts';
import { imageIndexOf, looseImageIndex, readImages, type ReadImage } from './images.ts';
import { takeInventory, WHOLE, type Inventory } from './inventory.ts';
import { listLogs, readLogs } from './logs.ts';
import { recognise } from './recognise.ts';
import { bareFacts, findingsOf, serverFacts, type ServerFacts } from './server-facts.ts';
import { wantedImages } from './wanted-images.ts';

/** Told as soon as configuration is understood: effective lists can be asked for while everything else is still read. */
export type OnModel = (model: CaseModel) => void;

const NOTHING = 'Nothing of IIS was recognised in this evidence: no configuration, no log, no program file. Is it the right folder?';

/**
 * Reads evidence into the case, small decisive files first. Each stage is committed before the next begins, so that a
 * cancelled or killed reading leaves whole stages, and a second reading goes on where logs were left.
 */
export async function readEvidence(ctx: ReadingContext, serverZone: string | null, onModel: OnModel): Promise<void> {
  planJobs(ctx);
  const inventory = await takeInventory(ctx);
  if (await refuseOther(ctx, inventory)) {
    for (const job of ctx.board.jobs) ctx.board.end(job.id, 'done', 'read before');
    return;
  }
  await recordEvidence(ctx, inventory, serverZone);
  const found = await recognise(ctx, inventory);
  if (found.configurations.length + found.images.length + found.logs.length === 0) {
    ctx.problems.add(WHOLE, null, { kind: 'anomaly', message: NOTHING });
  }
  const read = await readConfigurations(ctx, found.configurations, (contents) => putBlobs(ctx.caseFile, contents));
  const model = buildModel(inventory.hosts, read.map((r) => ({ configuration: r.configuration, role: r.role, modified: r.file.modified })), inventory.fidelity);
  onModel(model);
  await storeModel(ctx, model);
  ctx.board.end('configuration', 'done', `${read.length} files, ${model.servers.length} servers`);
  const images = ctx.scope === 'all' ? await readImages(ctx, wantedImages(inventory, model, found.images)) : [];
  ctx.board.end('images', 'done', `${images.length} files`);
  const facts = allFacts(model, inventory, images);
  await storeImages(ctx, images);
  await storeFindings(ctx, facts, null);
  await replaceFiles(ctx.caseFile, ctx.evidenceId, [...inventory.files.values()]);
  await storeProblems(ctx);
  if (ctx.scope === 'all') {
    const logs = await listLogs(ctx, inventory, model, found.logs);
    await storeEvents(ctx, inventory, model, images, facts);
    ctx.changed();
    await storeFindings(ctx, facts, await readLogs(ctx, logs));
    await citeLogs(ctx);
    await replaceFiles(ctx.caseFile, ctx.evidenceId, [...inventory.files.values()]);
  }
  await storeProblems(ctx);
  ctx.board.end('findings', 'done');
  ctx.changed();
}

function planJobs({ board, scope }: ReadingContext): void {
  board.plan('inventory', 'Inventory', 'files');
  board.plan('configuration', 'Configuration and history', 'files');
  if (scope === 'all') {
    board.plan('images', 'Components on disk', 'bytes');
    board.plan('logs', 'IIS logs', 'bytes');
  }
  board.plan('findings', 'Findings', 'steps');
}

/**
 * The same evidence goes on, another one is refused: one case never mixes two collections.
 * @returns true when this version has read all of it already, so that nothing is left to do
 */
async function refuseOther(ctx: ReadingContext, inventory: Inventory): Promise<boolean> {
  const earlier = (await listEvidence(ctx.caseFile.connection)).find((e) => e.id === ctx.evidenceId);
  if (earlier === undefined) return false;
  if (earlier.fingerprint !== inventory.fingerprint) {
    throw new RequestError('conflict', 'The case was made from other evidence (names or sizes differ); make a new case for this one.');
  }
  const wanted = runOptions(ctx.scope);
  return (await listRuns(ctx.caseFile.connection)).some((run) => run.state === 'finished' && run.tool === ctx.caseFile.tool && run.options === wanted);
}

/** What a run was asked to read, as its record keeps it. */
export function runOptions(scope: ReadingContext['scope']): string {
  return JSON.stringify({ scope });
}

async function recordEvidence(ctx: ReadingContext, inventory: Inventory, serverZone: string | null): Promise<void> {
  await putEvidence(ctx.caseFile, {
    id: ctx.evidenceId,
    location: ctx.source.location,
    kind: ctx.source.kind === 'file' ? 'files' : ctx.source.kind,
    layout: inventory.hosts.layout,
    files: inventory.files.size,
    bytes: inventory.bytes,
    serverZone,
    fingerprint: inventory.fingerprint,
  });
  await replaceFiles(ctx.caseFile, ctx.evidenceId, [...inventory.files.values()]);
  ctx.changed();
}

async function storeModel(ctx: ReadingContext, model: CaseModel): Promise<void> {
  for (const { server, problems } of model.servers) for (const { place, found } of problems) ctx.problems.add(place, server.id, found);
  const listed = [...model.servers.map((s) => s.server), ...model.bare.filter((b) => b.host !== null).map((b) => b.server)];
  await replaceDocuments(ctx.caseFile, 'server', listed);
  await replaceDocuments(ctx.caseFile, 'config_copy', model.servers.flatMap((s) => s.copies.map((c) => c.copy)));
  await replaceDocuments(ctx.caseFile, 'config_change', model.servers.flatMap((s) => [...s.changes]));
  await storeProblems(ctx);
  ctx.changed();
}

function allFacts(model: CaseModel, inventory: Inventory, images: readonly ReadImage[]): ServerFacts[] {
  const placeless = images.filter((i) => i.file.server === null);
  const facts = model.servers.map((server) =>
    serverFacts(server, server.host === null ? looseImageIndex([], (p) => server.files.expand(p, 64)) : imageIndexOf(server.host.view, inventory, images)));
  const bare = model.bare.map((b) => bareFacts(b, b.host === null ? looseImageIndex(placeless, (p) => p) : imageIndexOf(b.host.view, inventory, images)));
  return [...facts, ...bare.filter((f) => f.components.length > 0 || f.missing.length > 0)];
}

async function storeImages(ctx: ReadingContext, images: readonly ReadImage[]): Promise<void> {
  const facts = new Map(images.flatMap((i) => (i.facts === null ? [] : [[i.sha256, { sha256: i.sha256, facts: i.facts }] as const])));
  await replaceDocuments(ctx.caseFile, 'pe', [...facts.values()].sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1)));
}

async function storeFindings(ctx: ReadingContext, all: readonly ServerFacts[], logs: LogFacts | null): Promise<void> {
  const components: Component[] = [];
  const findings: Finding[] = [];
  const missing: Missing[] = [];
  ctx.board.progress('findings', 0, all.length);
  for (const facts of all) {
    checkCancelled(ctx.signal);
    const judged = await findingsOf(facts, logs);
    components.push(...judged.components);
    findings.push(...judged.findings);
    missing.push(...facts.missing);
    ctx.board.progress('findings', components.length, null);
  }
  await replaceDocuments(ctx.caseFile, 'component', components);
  await replaceDocuments(ctx.caseFile, 'finding', sortFindings(findings));
  await replaceDocuments(ctx.caseFile, 'missing', missing);
  ctx.changed();
}

/** The raw bytes of every cited log row go into the case, so that a finding reads without the evidence. */
async function citeLogs(ctx: ReadingContext): Promise<void> {
  const refs = (await listDocuments(ctx.caseFile.connection, 'finding')).flatMap((f) => f.refs);
  await putExcerpts(ctx.caseFile, await excerptsOf(ctx.source, refs));
}

async function storeProblems(ctx: ReadingContext): Promise<void> {
  await replaceDocuments(ctx.caseFile, 'problem', ctx.problems.list());
}
