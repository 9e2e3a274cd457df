import { EvidenceFile } from '../../shared/model/index.ts';
import type { Connection, Row } from '../store/store.ts';
import { count, parsed, text, textOrNull } from './rows.ts';

/** The manifest line of one file, or null. */
export async function findFile(connection: Connection, evidence: string, evidencePath: string): Promise<EvidenceFile | null> {
  const [row] = await connection.all('select * from evidence_file where evidence = $1 and evidence_path = $2 limit 1', [evidence, evidencePath]);
  return row === undefined ? null : fileOf(row);
}

/** Files whose path has `text` in it (without case), of one artifact where given ('' for files that are only listed). */
export async function searchFiles(connection: Connection, evidence: string, query: { limit: number; offset: number; text: string; artifact: string | null }): Promise<{ files: EvidenceFile[]; total: number }> {
  const where = `evidence = $1 and ($2 = '' or contains(lower(evidence_path), lower($2))) and ($3::VARCHAR is null or coalesce(artifact, '') = $3)`;
  const values = [evidence, query.text, query.artifact];
  const rows = await connection.all(`select * from evidence_file where ${where} order by position limit ${Math.trunc(query.limit)} offset ${Math.trunc(query.offset)}`, values);
  const [total] = await connection.all(`select count(*) as n from evidence_file where ${where}`, values);
  return { files: rows.map(fileOf), total: total === undefined ? 0 : count(total, 'n') };
}

/** Files and bytes per artifact; '' for files that are only listed. */
export async function fileCounts(connection: Connection, evidence: string): Promise<Map<string, { files: number; bytes: number; hashed: number }>> {
  const rows = await connection.all(
    `select coalesce(artifact, '') as artifact, count(*) as files, sum(size)::BIGINT as bytes, count(sha256) as hashed from evidence_file where evidence = $1 group by 1`, [evidence]);
  return new Map(rows.map((row) => [text(row, 'artifact'), { files: count(row, 'files'), bytes: count(row, 'bytes'), hashed: count(row, 'hashed') }]));
}

function fileOf(row: Row): EvidenceFile {
  return parsed(EvidenceFile, JSON.stringify({
    path: textOrNull(row, 'path'), evidencePath: text(row, 'evidence_path'), server: textOrNull(row, 'server'), size: count(row, 'size'),
    modified: textOrNull(row, 'modified'), created: textOrNull(row, 'created'), timeFidelity: text(row, 'time_fidelity'),
    sha256: textOrNull(row, 'sha256'), artifact: textOrNull(row, 'artifact'),
  }), `the manifest entry ${text(row, 'evidence_path')}`);
}
