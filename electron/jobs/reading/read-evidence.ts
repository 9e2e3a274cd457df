import type { Component, ComponentLooks, Finding, Missing } from '../../../shared/model/index.ts';
import { putBlobs, putExcerpts } from '../../case/blobs.ts';
import { listDocuments, replaceDocuments, type PeDocument } from '../../case/documents.ts';
import { listEvidence, putEvidence, replaceFiles } from '../../case/evidence.ts';
import { type CatalogIndex, type CodeFile, judgeSignature, NO_CATALOGS } from '../../components/index.ts';
import { MAX_LOOKED_AT, peersOf, sortFindings } from '../../findings/index.ts';
import type { LogFacts, RuleFacts } from '../../findings/index.ts';
import { FAMILIES_DATE } from '../../knowledge/index.ts';
import { checkCancelled } from '../limited.ts';
import { excerptsOf } from '../excerpts.ts';
import { buildModel, type CaseModel, historiesOf, type ServerModel } from '../model/case-model.ts';
import { compareMissing } from './ask-order.ts';
import { readCatalogs } from './catalogs.ts';
import { readCodeFiles } from './code-files.ts';
import { readConfigurations } from './configurations.ts';
import type { ReadingContext } from './context.ts';
import { storeEvents } from './events.ts';
import { hasTraces, readTraces, storeTraces, type TracedRequest } from './freb.ts';
import { hiddenUrls } from './served/hidden-urls.ts';
import { imageIndexOf, looseImageIndex, readImages, type ReadImage } from './images.ts';
import { takeInventory, WHOLE, type Inventory } from './inventory.ts';
import { listLogs, readLogs } from './logs/logs.ts';
import { hasOtherZones } from '../../timeline/probed.ts';
import { pivotsOf } from './logs/pivots.ts';
import { recognise } from './recognise.ts';
import { sectionFileTasks } from './section-files.ts';
import { standingOf } from './same-evidence.ts';
import { bareFacts, findingsOf, serverFacts, type ServerFacts } from './server-facts.ts';
import { tracedModules } from './served/traced-modules.ts';
import { judgeAnswers } from './served/unserved.ts';
import { wantedImages } from './wanted-images.ts';

/** Told to whoever started the reading. */
export interface Milestones {
  /** It is the evidence of this case, or the first one. */
  readonly accepted: () => Promise<void>;
  /** From here on the case changes. */
  readonly touching: () => Promise<void>;
  /** Configuration is understood: effective lists can be asked for while everything else is still read. */
  readonly model: (model: CaseModel) => void;
}

const NOTHING = 'Nothing of IIS was recognised in this evidence: no configuration, no log, no program file. Is it the right folder?';

/**
 * Reads evidence into the case, small decisive files first. Each stage is committed before the next begins, so that a
 * cancelled or killed reading leaves whole stages, and a second reading goes on where logs were left.
 */
export async function readEvidence(ctx: ReadingContext, serverZone: string | null, tell: Milestones): Promise<void> {
  planJobs(ctx);
  const inventory = await takeInventory(ctx);
  const standing = await standingOf(ctx, inventory);
  await tell.accepted();
  if (standing === 'read' && (serverZone === null || !(await hasOtherZones(ctx.connection, serverZone)))) {
    await recordZone(ctx, serverZone);
    for (const job of ctx.board.jobs) ctx.board.end(job.id, 'done', 'read before');
    return;
  }
  await tell.touching();
  await recordEvidence(ctx, inventory, serverZone);
  const found = await recognise(ctx, inventory);
  if (found.configurations.length + found.images.length + found.logs.length === 0 && !hasTraces(inventory)) {
    ctx.problems.add(WHOLE, null, { kind: 'anomaly', message: NOTHING });
  }
  const keep = (contents: readonly Uint8Array[]): Promise<unknown> => putBlobs(ctx.caseFile, contents);
  const named = await readConfigurations(ctx, found.configurations, keep);
  const sections = await readConfigurations(ctx, sectionFileTasks(inventory, named), keep);
  const read = [...named, ...sections, ...await readConfigurations(ctx, sectionFileTasks(inventory, sections), keep)];
  const model = buildModel(inventory.hosts, read.map((r) => ({ configuration: r.configuration, role: r.role, modified: r.file.modified })), inventory.fidelity);
  tell.model(model);
  await storeModel(ctx, model);
  ctx.board.end('configuration', 'done', `${read.length} files, ${model.servers.length} ${model.servers.length === 1 ? 'server' : 'servers'}`);
  const codeFiles = ctx.scope === 'all' ? await readCodeFiles(ctx, found.codeLists) : [];
  const programs = ctx.scope === 'all' ? await readImages(ctx, wantedImages(inventory, model, found.images, codeFiles)) : [];
  ctx.board.end('images', 'done', `${programs.length} files`);
  const catalogs = ctx.scope === 'all' ? await readCatalogs(ctx, found.catalogs, programs) : NO_CATALOGS;
  ctx.board.end('catalogs', 'done', `${found.catalogs.length} files`);
  const images = judged(programs, catalogs, ctx.moment);
  const traces = ctx.scope === 'all' ? await readTraces(ctx, inventory, model) : null;
  const facts = allFacts(model, inventory, images, codeFiles, catalogs)
    .map((one) => (one.model === null || traces === null ? one : { ...one, traced: tracedModules(one.model, one.registrations, traces.requests) }));
  await storeImages(ctx, images);
  const early = await storeFindings(ctx, facts, null);
  await replaceFiles(ctx.caseFile, ctx.evidenceId, [...inventory.files.values()]);
  await storeProblems(ctx);
  if (ctx.scope === 'all') {
    const [{ serverZone: zone = null } = {}] = await listEvidence(ctx.caseFile.connection);
    const logs = await listLogs(ctx, inventory, model, found.logs, zone);
    await storeEvents(ctx, inventory, model, images, facts);
    if (traces !== null) await storeTraces(ctx, traces);
    ctx.changed();
    const asked = await readLogs(ctx, inventory, logs, pivotsOf(early.components, early.findings, facts), async (soFar) => {
      await storeFindings(ctx, facts, soFar);
      ctx.board.progress('findings', 0, null, 'made with the days around what stands out; other logs are still being read');
    });
    // Without a single log nothing new can be found, and what was stored stands.
    if (asked !== null) await storeFindings(ctx, facts, asked, traces?.requests ?? []);
    await citeBytes(ctx, inventory);
    if (asked !== null) await replaceFiles(ctx.caseFile, ctx.evidenceId, [...inventory.files.values()]);
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
    board.plan('catalogs', 'Catalogs', 'files');
    board.plan('logs', 'IIS logs', 'bytes');
  }
  board.plan('findings', 'Findings', 'steps');
}

/** A zone that is said later is kept with evidence that needs no further reading. */
async function recordZone(ctx: ReadingContext, serverZone: string | null): Promise<void> {
  const [earlier] = await listEvidence(ctx.caseFile.connection);
  if (serverZone === null || earlier === undefined || earlier.serverZone === serverZone) return;
  await putEvidence(ctx.caseFile, { ...earlier, serverZone });
}

async function recordEvidence(ctx: ReadingContext, inventory: Inventory, serverZone: string | null): Promise<void> {
  const [earlier] = await listEvidence(ctx.caseFile.connection);
  await putEvidence(ctx.caseFile, {
    id: ctx.evidenceId,
    location: ctx.source.location,
    kind: ctx.source.kind === 'file' ? 'files' : ctx.source.kind,
    layout: inventory.hosts.layout,
    files: inventory.files.size,
    bytes: inventory.bytes,
    serverZone: serverZone ?? earlier?.serverZone ?? null,
    fingerprint: inventory.fingerprint,
  });
  await replaceFiles(ctx.caseFile, ctx.evidenceId, [...inventory.files.values()]);
  ctx.changed();
}

async function storeModel(ctx: ReadingContext, model: CaseModel): Promise<void> {
  for (const { server, problems } of model.servers) for (const { place, found } of problems) ctx.problems.add(place, server.id, found);
  for (const { server, history } of model.bare) for (const { place, found } of history?.problems ?? []) ctx.problems.add(place, server.id, found);
  const listed = [...model.servers.map((s) => s.server), ...model.bare.filter((b) => b.host !== null).map((b) => b.server)];
  await replaceDocuments(ctx.caseFile, 'server', listed);
  await replaceDocuments(ctx.caseFile, 'config_copy', historiesOf(model).flatMap(({ history }) => history.copies.map((c) => c.copy)));
  await replaceDocuments(ctx.caseFile, 'config_change', historiesOf(model).flatMap(({ history }) => [...history.changes, ...history.poolChanges]));
  await storeProblems(ctx);
  ctx.changed();
}

/** The verdict on each content, once; files of the same content share it. */
function judged(images: readonly ReadImage[], catalogs: CatalogIndex, moment: string): ReadImage[] {
  const verdicts = new Map<string, ReadImage['authenticode']>();
  return images.map((image) => {
    if (image.facts !== null && !verdicts.has(image.sha256)) verdicts.set(image.sha256, judgeSignature(image.facts, image.sha256, catalogs, moment));
    return { ...image, authenticode: verdicts.get(image.sha256) ?? null };
  });
}

function allFacts(model: CaseModel, inventory: Inventory, images: readonly ReadImage[], codeFiles: readonly CodeFile[], catalogs: CatalogIndex): ServerFacts[] {
  const placeless = images.filter((i) => i.file.server === null);
  const facts = model.servers.map((server) =>
    serverFacts(server, server.host === null ? looseImageIndex([], (p) => server.files.expand(p, 64)) : imageIndexOf(server.host.view, inventory, images), codeFiles, catalogs));
  const bare = model.bare.map((b) => bareFacts(b, b.host === null ? looseImageIndex(placeless, (p) => p) : imageIndexOf(b.host.view, inventory, images), catalogs));
  return [...facts, ...bare.filter((f) => f.components.length > 0 || f.missing.length > 0)];
}

async function storeImages(ctx: ReadingContext, images: readonly ReadImage[]): Promise<void> {
  const facts = new Map<string, PeDocument>(images.flatMap((i) => (i.facts === null ? [] : [[i.sha256, { sha256: i.sha256, facts: i.facts, authenticode: i.authenticode, traits: [...i.traits], traitsAsOf: FAMILIES_DATE }]])));
  await replaceDocuments(ctx.caseFile, 'pe', [...facts.values()].sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1)));
}

/** What rules may ask when every log is read. All answered paths are judged once, when the first rule asks. */
function questions(ctx: ReadingContext, { components }: ServerFacts, model: ServerModel, traced: readonly TracedRequest[]): Pick<RuleFacts, 'handled' | 'hidden' | 'unserved'> {
  const products = new Set(components.flatMap((c) => (c.origin === 'known-product' && c.kind === 'managed-module' && c.name !== null ? [c.name] : [])));
  let judged: ReturnType<typeof judgeAnswers> | null = null;
  const ask = (): ReturnType<typeof judgeAnswers> => (judged ??= judgeAnswers(ctx.connection, model, products, ctx.signal));
  return {
    unserved: async () => (await ask()).unserved,
    handled: async () => (await ask()).handled,
    hidden: (site, path) => hiddenUrls(ctx.connection, model.server.id, traced, site, path),
  };
}

/** @param traced given when every log is read: then each answered path is held against the configuration */
async function storeFindings(ctx: ReadingContext, all: readonly ServerFacts[], logs: LogFacts | null, traced: readonly TracedRequest[] | null = null): Promise<{ readonly components: readonly Component[]; readonly findings: readonly Finding[] }> {
  const components: Component[] = [];
  const findings: Finding[] = [];
  const missing: Missing[] = [];
  const looks: ComponentLooks[] = [];
  // What is only half read is judged again soon.
  const last = logs === null || traced !== null;
  const few = all.reduce((n, facts) => n + facts.components.length, 0) <= MAX_LOOKED_AT;
  ctx.board.progress('findings', 0, all.length);
  // Rules see one server; what its files share with those of others is worked out before.
  const peers = peersOf(all);
  for (const facts of all) {
    checkCancelled(ctx.signal);
    const { model } = facts;
    const asked: Partial<RuleFacts> = { peers, ...(traced === null || model === null ? {} : questions(ctx, facts, model, traced)) };
    const judged = await findingsOf(facts, logs, asked);
    // One by one: a hostile configuration gives more of them than one call takes arguments.
    for (const component of judged.components) components.push(component);
    for (const finding of judged.findings) findings.push(finding);
    for (const gap of facts.missing) missing.push(gap);
    if (last) for (const look of judged.looks(few)) looks.push(look);
    ctx.board.progress('findings', components.length, null);
  }
  await replaceDocuments(ctx.caseFile, 'component', components);
  await replaceDocuments(ctx.caseFile, 'finding', sortFindings(findings));
  await replaceDocuments(ctx.caseFile, 'missing', missing.sort(compareMissing));
  if (last) await replaceDocuments(ctx.caseFile, 'look', looks);
  ctx.changed();
  return { components, findings };
}

/** The raw bytes of every cited log row and of every cited place of a program go into the case, so that a finding reads without the evidence. */
async function citeBytes(ctx: ReadingContext, inventory: Inventory): Promise<void> {
  const refs = (await listDocuments(ctx.caseFile.connection, 'finding')).flatMap((f) => f.refs);
  await putExcerpts(ctx.caseFile, await excerptsOf(async (evidencePath) => {
    const file = inventory.files.get(evidencePath);
    return file === undefined ? null : ctx.attached.open(ctx.caseFile.connection, file);
  }, refs));
}

async function storeProblems(ctx: ReadingContext): Promise<void> {
  await replaceDocuments(ctx.caseFile, 'problem', ctx.problems.list());
}
