import { countDocuments, listDocuments } from '../../case/documents.ts';
import type { Connection } from '../../store/store.ts';

/** Whether lists were changed, or findings made anew, without what rests on lists being renewed: the program was ended in between. */
export async function needsRenewal(connection: Connection): Promise<boolean> {
  if ((await countDocuments(connection, 'analyst_list')) > 0) {
    const [row] = await connection.all(
      `select coalesce(max(seq) filter (where action = 'replace.finding'), 0) as finding, coalesce(max(seq) filter (where action = 'replace.analyst_list'), 0) as list from journal`);
    if (Number(row?.['finding']) > Number(row?.['list'])) return true;
    return (await listDocuments(connection, 'analyst_list')).some((l) => l.hits === null);
  }
  // The last list was taken away, and what rested on it is still there.
  const [row] = await connection.all(`select count(*) as n from finding where contains(doc, '"lowered":') or contains(doc, '"rule":"indicator-match"') or contains(doc, '"rule":"yara-match"') or contains(doc, '"rule":"differs-from-known-good"')`);
  return Number(row?.['n'] ?? 0) > 0;
}
