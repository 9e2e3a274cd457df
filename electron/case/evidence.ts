import { z } from 'zod';
import { EvidenceFile, Layout } from '../../shared/model/index.ts';
import type { Connection, Row, Value } from '../store/store.ts';
import { canonicalJson, TextsDigest } from './canonical.ts';
import { journaled, type CaseFile } from './case.ts';
import { count, parsed, text, textOrNull } from './rows.ts';

/** One piece of evidence that the case was made from. */
export const EvidenceRecord = z.object({
  id: z.string(),
  /** Where it was when it was read, for people and for finding it again. */
  location: z.string(),
  kind: z.enum(['folder', 'zip', 'files']),
  layout: Layout,
  files: z.number().int().nonnegative(),
  bytes: z.number().int().nonnegative(),
  /** As the examiner gave it (`UTC+02:00`), or null. */
  serverZone: z.string().nullable(),
  /** Digest over names and sizes of the inventory: tells whether an attached folder is the one that was read. */
  fingerprint: z.string(),
});
export type EvidenceRecord = z.infer<typeof EvidenceRecord>;

/** Adds the record, or puts it in the place of the one with the same id. Durable when it resolves. */
export async function putEvidence(caseFile: CaseFile, record: EvidenceRecord): Promise<void> {
  const { id, location, kind, layout, files, bytes, serverZone, fingerprint } = EvidenceRecord.parse(record);
  await journaled(caseFile, async () => {
    await caseFile.connection.run('delete from evidence where id = $1', [id]);
    await caseFile.connection.run('insert into evidence values ($1, $2, $3, $4, $5, $6, $7, $8)', [id, location, kind, layout, files, bytes, serverZone, fingerprint]);
    return { action: 'evidence', detail: canonicalJson(record) };
  });
}

export async function listEvidence(connection: Connection): Promise<EvidenceRecord[]> {
  const rows = await connection.all('select * from evidence order by id');
  return rows.map((row) =>
    parsed(EvidenceRecord, JSON.stringify({
      id: text(row, 'id'), location: text(row, 'location'), kind: text(row, 'kind'), layout: text(row, 'layout'), files: count(row, 'files'),
      bytes: count(row, 'bytes'), serverZone: textOrNull(row, 'server_zone'), fingerprint: text(row, 'fingerprint'),
    }), `evidence ${text(row, 'id')}`),
  );
}

/** The whole manifest of one piece of evidence, in this order; its digest goes into the journal. Durable when it resolves. */
export async function replaceFiles(caseFile: CaseFile, evidence: string, files: readonly EvidenceFile[]): Promise<void> {
  const column = <V extends Value>(value: (file: EvidenceFile, index: number) => V): V[] => files.map(value);
  await journaled(caseFile, async () => {
    await caseFile.connection.run('delete from evidence_file where evidence = $1', [evidence]);
    await caseFile.connection.append('evidence_file', new Map<string, readonly Value[]>([
      ['evidence', column(() => evidence)],
      ['position', column((_, index) => BigInt(index))],
      ['path', column((file) => file.path)],
      ['evidence_path', column((file) => file.evidencePath)],
      ['server', column((file) => file.server)],
      ['size', column((file) => BigInt(file.size))],
      ['modified', column((file) => file.modified)],
      ['created', column((file) => file.created)],
      ['time_fidelity', column((file) => file.timeFidelity)],
      ['sha256', column((file) => file.sha256)],
      ['artifact', column((file) => file.artifact)],
    ]));
    return { action: 'replace.files', detail: canonicalJson({ evidence, ...(await digestFiles(caseFile.connection, evidence)) }) };
  });
}

/** Pieces of bounded size, in the order of the manifest. @param hashed only files whose hash is known */
export async function* streamFiles(connection: Connection, evidence: string, hashed = false): AsyncGenerator<EvidenceFile[], void, undefined> {
  for await (const rows of connection.stream(`select * from evidence_file where evidence = $1${hashed ? ' and sha256 is not null' : ''} order by position`, [evidence])) yield rows.map(fileOf);
}

export async function listFiles(connection: Connection, evidence: string, page: { limit: number; offset: number }): Promise<EvidenceFile[]> {
  const rows = await connection.all('select * from evidence_file where evidence = $1 order by position limit $2 offset $3', [evidence, page.limit, page.offset]);
  return rows.map(fileOf);
}

export async function digestFiles(connection: Connection, evidence: string): Promise<{ count: number; sha256: string }> {
  const digest = new TextsDigest();
  for await (const files of streamFiles(connection, evidence)) for (const file of files) digest.add(canonicalJson(file));
  return digest.end();
}

function fileOf(row: Row): EvidenceFile {
  const what = `the manifest entry ${text(row, 'evidence_path')}`;
  return parsed(EvidenceFile, JSON.stringify({
    path: textOrNull(row, 'path'), evidencePath: text(row, 'evidence_path'), server: textOrNull(row, 'server'), size: count(row, 'size'),
    modified: textOrNull(row, 'modified'), created: textOrNull(row, 'created'), timeFidelity: text(row, 'time_fidelity'),
    sha256: textOrNull(row, 'sha256'), artifact: textOrNull(row, 'artifact'),
  }), what);
}
