import type { ComponentLooks, Finding, JournalEntry, PeFacts, Severity, Story } from '../../shared/model/index.ts';
import type { CaseFile } from '../case/case.ts';
import { listDecisions } from '../case/decisions.ts';
import { DOCUMENTS, getDocument, listDocuments, type DocumentKind, type DocumentOf } from '../case/documents.ts';
import { documentSteps } from '../case/document-steps.ts';
import { listEvidence } from '../case/evidence.ts';
import { listJournal } from '../case/journal.ts';
import { getExamination } from '../case/meta.ts';
import { fileCounts } from '../case/manifest-search.ts';
import { listNotes } from '../case/notes.ts';
import { parsed, text } from '../case/rows.ts';
import { lastChange, listRuns } from '../case/runs.ts';
import type { Connection } from '../store/store.ts';
import { coverage, logFiles } from '../timeline/index.ts';
import { MAX_CHANGES, MAX_COMPONENTS, MAX_DECIDED, MAX_DETAILS, MAX_FINDINGS, MAX_JOURNAL, MAX_MISSING, MAX_NOTES, MAX_PROBLEM_GROUPS } from './bounds.ts';
import type { JournalFacts, Material, ProblemGroup, Some } from './material.ts';

export interface GatherOptions {
  /** True while evidence is being read. */
  readonly reading: boolean;
  /** How a component came and was used, where that can be told. */
  readonly story?: (component: string) => Promise<Story | null>;
}

/** Takes the material of a report out of a case, each kind of documents in pieces, so that a hostile case stays bounded. */
export async function gather(caseFile: CaseFile, options: GatherOptions): Promise<Material> {
  const { connection } = caseFile;
  const decisions = new Map((await listDecisions(connection)).map((d) => [d.finding, d]));
  const found = await gatherFindings(connection, decisions);
  const { components, stock } = await gatherComponents(connection, new Set(found.findings.items.flatMap((f) => f.component ?? [])));
  const looks = new Map<string, ComponentLooks>();
  const pe = new Map<string, PeFacts>();
  const stories = new Map<string, Story>();
  for (const component of components.items.slice(0, MAX_DETAILS)) {
    const look = await getDocument(connection, 'look', component.id);
    if (look !== null) looks.set(component.id, look);
    for (const file of [component.file, component.file32]) {
      const document = file === null ? null : await getDocument(connection, 'pe', file.sha256);
      if (document !== null) pe.set(document.sha256, document.facts);
    }
    const story = component.origin === 'stock' && component.findings.length === 0 ? null : await options.story?.(component.id);
    if (story !== undefined && story !== null) stories.set(component.id, story);
  }
  const evidence = await listEvidence(connection);
  const hashed = { files: 0, of: 0 };
  for (const { id } of evidence) {
    for (const count of (await fileCounts(connection, id)).values()) {
      hashed.files += count.hashed;
      hashed.of += count.files;
    }
  }
  const runs = await listRuns(connection);
  const notes = await listNotes(connection);
  const { lanes } = await coverage(connection);
  return {
    caseId: caseFile.id, tool: caseFile.tool, partial: options.reading || lastChange(runs)?.state !== 'finished',
    examination: await getExamination(caseFile), servers: await listDocuments(connection, 'server'), evidence, hashed, runs,
    journal: await gatherJournal(connection),
    ...found, decisions, components, stock, looks, pe, stories,
    notes: { items: notes.slice(0, MAX_NOTES), total: notes.length },
    copies: await listDocuments(connection, 'config_copy'),
    changes: await firstOf(connection, 'config_change', MAX_CHANGES),
    missing: await firstOf(connection, 'missing', MAX_MISSING),
    problems: await gatherProblems(connection),
    logs: [...(await logFiles(connection))], lanes,
    lists: (await listDocuments(connection, 'analyst_list')).map(({ id, kind, name, from, sha256, added }) => ({ id, kind, name, from, sha256, added })),
  };
}

/** Every document of a kind in its order, without having all of them in memory. */
export async function* eachDocument<K extends DocumentKind>(connection: Connection, kind: K): AsyncGenerator<DocumentOf<K>, void, undefined> {
  const schema = DOCUMENTS[kind].schema as unknown as Parameters<typeof parsed<DocumentOf<K>>>[0];
  for await (const rows of documentSteps(connection, kind, 'id, doc')) for (const row of rows) yield parsed(schema, text(row, 'doc'), `${kind} ${text(row, 'id')}`);
}

async function firstOf<K extends DocumentKind>(connection: Connection, kind: K, most: number): Promise<Some<DocumentOf<K>>> {
  const items: DocumentOf<K>[] = [];
  let total = 0;
  for await (const document of eachDocument(connection, kind)) {
    total += 1;
    if (items.length < most) items.push(document);
  }
  return { items, total };
}

/** The gravest, in the order of the case, and those on which something was decided. */
async function gatherFindings(connection: Connection, decisions: Material['decisions']): Promise<Pick<Material, 'findings' | 'findingCounts' | 'ruleCounts'>> {
  const counts: Record<Severity, number> = { high: 0, medium: 0, low: 0, info: 0 };
  const rules = new Map<string, number>();
  const items: Finding[] = [];
  let decided = 0;
  let total = 0;
  for await (const finding of eachDocument(connection, 'finding')) {
    total += 1;
    counts[finding.severity] += 1;
    rules.set(finding.rule, (rules.get(finding.rule) ?? 0) + 1);
    const byAnalyst = decisions.has(finding.id) && decided < MAX_DECIDED;
    if (byAnalyst) decided += 1;
    if (byAnalyst || counts[finding.severity] <= MAX_FINDINGS[finding.severity]) items.push(finding);
  }
  return { findings: { items, total }, findingCounts: counts, ruleCounts: rules };
}

/** Those that the findings above name, and those that do not ship with IIS or .NET. @returns gravest first is up to the reader: the order is that of the case */
async function gatherComponents(connection: Connection, named: ReadonlySet<string>): Promise<Pick<Material, 'components' | 'stock'>> {
  const items: Material['components']['items'][number][] = [];
  let others = 0;
  let total = 0;
  const stock = { all: 0, withFindings: 0 };
  for await (const component of eachDocument(connection, 'component')) {
    const isStock = component.origin === 'stock';
    if (isStock) stock.all += 1;
    if (isStock && component.findings.length > 0) stock.withFindings += 1;
    if (isStock && component.findings.length === 0) continue;
    total += 1;
    const wanted = named.has(component.id);
    if (!wanted) others += 1;
    if (wanted || others <= MAX_COMPONENTS) items.push(component);
  }
  // Those with findings first, so that a bound never cuts them off before others.
  const ordered = [...items.filter((c) => named.has(c.id)), ...items.filter((c) => !named.has(c.id))].slice(0, MAX_COMPONENTS);
  return { components: { items: ordered, total }, stock };
}

async function gatherProblems(connection: Connection): Promise<Material['problems']> {
  const groups = new Map<string, ProblemGroup>();
  let total = 0;
  let unexpected = 0;
  let left = 0;
  for await (const problem of eachDocument(connection, 'problem')) {
    total += 1;
    if (!problem.expected) unexpected += 1;
    // Numbers in a sentence (lines, counts) do not make another kind of problem.
    const key = `${problem.kind} ${problem.expected} ${problem.message.slice(0, 300).replace(/\d+/g, '0')}`;
    const known = groups.get(key);
    if (known !== undefined) groups.set(key, { ...known, count: known.count + 1 });
    else if (groups.size < MAX_PROBLEM_GROUPS) groups.set(key, { kind: problem.kind, expected: problem.expected, message: problem.message, count: 1, first: problem });
    else left += 1;
  }
  const items = [...groups.values()].sort((a, b) => Number(a.expected) - Number(b.expected));
  return { groups: { items, total: items.length + left }, total, unexpected };
}

/** Steps of the journal that are read at once. */
const STEP = 1000;
/** What the program does by itself while it reads; all else was done by somebody. */
const OWN_WORK = /^(replace\.|blobs$|excerpts$|run\.)/;

async function gatherJournal(connection: Connection): Promise<JournalFacts> {
  const byAction = new Map<string, number>();
  const deeds: JournalEntry[] = [];
  let total = 0;
  let newest: JournalEntry | null = null;
  for (let offset = 0; ; offset += STEP) {
    const page = await listJournal(connection, { limit: STEP, offset });
    newest ??= page.entries[0] ?? null;
    for (const entry of page.entries) {
      byAction.set(entry.action, (byAction.get(entry.action) ?? 0) + 1);
      if (OWN_WORK.test(entry.action)) continue;
      total += 1;
      if (deeds.length < MAX_JOURNAL) deeds.push(entry);
    }
    if (page.entries.length < STEP) break;
  }
  const entries = [...byAction.values()].reduce((sum, n) => sum + n, 0);
  return { entries, head: newest?.hash ?? '', time: newest?.time ?? '', byAction, deeds: { items: deeds.reverse(), total } };
}
