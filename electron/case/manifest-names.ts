import { TimeFidelity } from '../../shared/model/index.ts';
import type { Connection } from '../store/store.ts';
import { count, text, textOrNull } from './rows.ts';

/** What is needed of a manifest line to look names up; a manifest has hundreds of thousands. */
export interface ManifestName {
  readonly evidencePath: string;
  readonly size: number;
  readonly modified: string | null;
  readonly timeFidelity: TimeFidelity;
  readonly sha256: string | null;
  readonly artifact: string | null;
}

export async function listNames(connection: Connection, evidence: string): Promise<ManifestName[]> {
  const names: ManifestName[] = [];
  const sql = 'select evidence_path, size, modified, time_fidelity, sha256, artifact from evidence_file where evidence = $1 order by position';
  for await (const rows of connection.stream(sql, [evidence])) {
    for (const row of rows) {
      names.push({
        evidencePath: text(row, 'evidence_path'), size: count(row, 'size'), modified: textOrNull(row, 'modified'),
        timeFidelity: TimeFidelity.parse(text(row, 'time_fidelity')), sha256: textOrNull(row, 'sha256'), artifact: textOrNull(row, 'artifact'),
      });
    }
  }
  return names;
}
