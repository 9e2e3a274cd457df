import { RequestError } from '../../shared/base/result.ts';
import { quoteName } from '../store/ddl.ts';
import type { Connection } from '../store/store.ts';
import { tableColumns } from './admission.ts';
import { excerptDetail, getBlob } from './blobs.ts';
import { canonicalJson, sha256 } from './canonical.ts';
import type { CaseFile } from './case.ts';
import { decisionDetail, listDecisions } from './decisions.ts';
import { digestDocuments, DOCUMENT_KINDS, listDocuments } from './documents.ts';
import { digestFiles, listEvidence } from './evidence.ts';
import { verifyJournal } from './journal.ts';
import { getMeta } from './meta.ts';
import { listNotes, noteDetail } from './notes.ts';
import { field, Recorded } from './recorded.ts';
import { count, text } from './rows.ts';
import { listRuns } from './runs.ts';

export interface CaseIntegrity {
  readonly ok: boolean;
  /** Sentences for a person. */
  readonly problems: string[];
  /** Hash of the journal's last entry. */
  readonly head: string;
}

/**
 * Reads the whole case and compares everything with the journal and with its own hashes.
 * @param expectedHead a head hash from an earlier report: a journal that was cut at its end is found only with it.
 */
export async function verifyCase(caseFile: CaseFile, expectedHead: string | null = null): Promise<CaseIntegrity> {
  const { connection } = caseFile;
  const recorded = new Recorded();
  const problems: string[] = [];
  let head = '';
  const checks: ReadonlyArray<() => Promise<string[]>> = [
    async () => {
      const journal = await verifyJournal(connection, expectedHead, (entry) => recorded.read(entry));
      head = journal.head;
      return journal.problems;
    },
    () => checkMeta(connection, recorded),
    () => checkBlobs(connection, recorded),
    () => checkRuns(connection, recorded),
    () => checkDocuments(connection, recorded),
    () => checkManifests(connection, recorded),
    () => checkNotes(connection, recorded),
    () => checkDecisions(connection, recorded),
    ...DOCUMENT_KINDS.map((kind) => () => readable(listDocuments(connection, kind))),
    () => readable(listNotes(connection)),
    () => readable(listDecisions(connection)),
    () => readEverything(connection),
  ];
  for (const check of checks) {
    try {
      problems.push(...(await check()));
    } catch (error) {
      // Damage is the result of a check, not its failure; anything else is a mistake of ours.
      if (!(error instanceof RequestError) || error.failure.kind === 'cancelled') throw error;
      problems.push(error.message);
    }
  }
  return { ok: problems.length === 0, problems: [...new Set(problems)], head };
}

/** Facts that never change after creation; the format version may have risen since. */
async function checkMeta(connection: Connection, recorded: Recorded): Promise<string[]> {
  const problems: string[] = [];
  for (const key of ['format', 'created', 'tool', 'id']) {
    if ((await getMeta(connection, key)) !== field(recorded.creation, key)) problems.push(`The case's own "${key}" is not the one that the journal recorded.`);
  }
  if ((await getMeta(connection, 'examination')) !== recorded.examination) problems.push('Case number, examiner or host label are not those that the journal recorded.');
  return problems;
}

async function checkBlobs(connection: Connection, recorded: Recorded): Promise<string[]> {
  const problems: string[] = [];
  const unseen = new Set(recorded.blobs);
  const keys = await connection.all('select sha256, size from blob order by sha256');
  for (const row of keys) {
    const key = text(row, 'sha256');
    if (!unseen.delete(key)) problems.push(`The embedded file ${key} is not in the journal.`);
    const content = await getBlob(connection, key);
    if (content === null || sha256(content) !== key || content.length !== count(row, 'size')) problems.push(`The embedded file ${key} was changed: its content has another hash.`);
  }
  for (const key of unseen) problems.push(`The embedded file ${key} is missing.`);
  const places = new Map(recorded.excerpts);
  for (const row of await connection.all('select * from excerpt order by evidence_path, "offset"')) {
    const place = `${text(row, 'evidence_path')}\n${count(row, 'offset')}`;
    const now = excerptDetail(text(row, 'evidence_path'), count(row, 'offset'), text(row, 'sha256'));
    if (places.get(place) !== now) problems.push(`The cited bytes at ${count(row, 'offset')} of ${text(row, 'evidence_path')} are not those that the journal recorded.`);
    places.delete(place);
  }
  for (const place of places.values()) problems.push(`Cited bytes that the journal recorded are missing: ${place}`);
  return problems;
}

async function checkRuns(connection: Connection, recorded: Recorded): Promise<string[]> {
  const unseen = new Map(recorded.runs);
  const problems: string[] = [];
  for (const run of await listRuns(connection)) {
    if (unseen.get(run.id) !== canonicalJson(run)) problems.push(`The reading that began at ${run.started} is not described as the journal recorded it.`);
    unseen.delete(run.id);
  }
  for (const id of unseen.keys()) problems.push(`The reading ${id} that the journal recorded is missing.`);
  return problems;
}

async function checkDocuments(connection: Connection, recorded: Recorded): Promise<string[]> {
  const problems: string[] = [];
  const none = canonicalJson({ count: 0, sha256: sha256('') });
  for (const kind of DOCUMENT_KINDS) {
    if ((await digestDocuments(connection, kind)) !== (recorded.digests.get(kind) ?? none)) problems.push(`The entries "${kind}" are not those that the journal recorded.`);
  }
  return problems;
}

async function checkManifests(connection: Connection, recorded: Recorded): Promise<string[]> {
  const problems: string[] = [];
  const evidence = await listEvidence(connection);
  for (const item of evidence) {
    if (canonicalJson(item) !== recorded.evidence.get(item.id)) problems.push(`The evidence "${item.location}" is not described as the journal recorded it.`);
  }
  if (evidence.length !== recorded.evidence.size) problems.push(`The case names ${evidence.length} pieces of evidence; the journal recorded ${recorded.evidence.size}.`);
  const stored = await connection.all('select distinct evidence from evidence_file order by evidence');
  const ids = new Set([...stored.map((row) => text(row, 'evidence')), ...[...recorded.digests.keys()].filter((key) => key.startsWith('files ')).map((key) => key.slice(6))]);
  for (const id of ids) {
    const now = canonicalJson({ evidence: id, ...(await digestFiles(connection, id)) });
    if (now !== recorded.digests.get(`files ${id}`)) problems.push(`The list of files of the evidence "${id}" is not the one that the journal recorded.`);
  }
  return problems;
}

async function checkNotes(connection: Connection, recorded: Recorded): Promise<string[]> {
  const problems: string[] = [];
  const unseen = new Set(recorded.notes);
  const rows = await connection.all('select id, revision, doc from note order by id, revision');
  let id = '';
  let revision = 0;
  for (const row of rows) {
    revision = text(row, 'id') === id ? revision + 1 : 1;
    id = text(row, 'id');
    if (count(row, 'revision') !== revision) problems.push(`Revision ${revision} of the note ${id} is missing.`);
    revision = count(row, 'revision');
    if (!unseen.delete(noteDetail(id, revision, text(row, 'doc')))) problems.push(`Revision ${revision} of the note ${id} is not the one that the journal recorded.`);
  }
  for (const detail of unseen) problems.push(`A note that the journal recorded is missing: ${detail}`);
  return problems;
}

async function checkDecisions(connection: Connection, recorded: Recorded): Promise<string[]> {
  const problems: string[] = [];
  const unseen = new Set(recorded.decisions);
  for (const row of await connection.all('select seq, doc from decision order by seq')) {
    if (!unseen.delete(decisionDetail(count(row, 'seq'), text(row, 'doc')))) problems.push(`Decision ${count(row, 'seq')} is not the one that the journal recorded.`);
  }
  for (const detail of unseen) problems.push(`A decision that the journal recorded is missing: ${detail}`);
  return problems;
}

async function readable(reading: Promise<unknown>): Promise<string[]> {
  await reading;
  return [];
}

/** The database compares the checksum of a block only when it reads it: so every column of every table is read once. */
async function readEverything(connection: Connection): Promise<string[]> {
  for (const [table, columns] of await tableColumns(connection)) {
    const hashes = columns.map(({ name }) => `bit_xor(hash(${quoteName(name)}))`);
    await connection.all(`select ${hashes.join(', ')} from ${quoteName(table)}`);
  }
  return [];
}
