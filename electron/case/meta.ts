import { Examination } from '../../shared/model/index.ts';
import type { Connection } from '../store/store.ts';
import { journaled, type CaseFile } from './case.ts';
import { canonicalJson } from './canonical.ts';
import { parsed, text } from './rows.ts';

/** Small facts about the case as texts: `created`, `tool`, `examination`, `title` ... */
export async function getMeta(connection: Connection, key: string): Promise<string | null> {
  const [row] = await connection.all('select value from meta where key = $1', [key]);
  return row ? text(row, 'value') : null;
}

export function setMeta(connection: Connection, key: string, value: string): Promise<void> {
  return connection.transaction(async () => {
    await connection.run('delete from meta where key = $1', [key]);
    await connection.run('insert into meta values ($1, $2)', [key, value]);
  });
}

/** Who examines what, or null until it was asked for. */
export async function getExamination(caseFile: CaseFile): Promise<Examination | null> {
  const json = await getMeta(caseFile.connection, 'examination');
  return json === null ? null : parsed(Examination, json, 'the examination');
}

/** Stands on every note from now on; the notes before keep theirs. Durable when it resolves. */
export async function setExamination(caseFile: CaseFile, examination: Examination): Promise<void> {
  const json = canonicalJson(Examination.parse(examination));
  await journaled(caseFile, async () => {
    await setMeta(caseFile.connection, 'examination', json);
    return { action: 'examination', detail: json };
  });
}
