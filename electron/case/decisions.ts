import { FindingDecision } from '../../shared/model/index.ts';
import type { Connection } from '../store/store.ts';
import { canonicalJson, sha256 } from './canonical.ts';
import { journaled, type CaseFile } from './case.ts';
import { getExamination } from './meta.ts';
import { count, parsed, text } from './rows.ts';

/** What the analyst makes of a finding. Every decision stays; the newest counts. Durable when it resolves. */
export async function decide(
  caseFile: CaseFile, finding: string, decision: FindingDecision['decision'], reason: string,
): Promise<FindingDecision> {
  const author = (await getExamination(caseFile))?.examiner ?? '';
  const made = FindingDecision.parse({ finding, decision, reason, author, time: caseFile.now() });
  const json = canonicalJson(made);
  await journaled(caseFile, async () => {
    const [last] = await caseFile.connection.all('select seq from decision order by seq desc limit 1');
    const seq = last ? count(last, 'seq') + 1 : 1;
    await caseFile.connection.run('insert into decision values ($1, $2, $3)', [seq, finding, json]);
    return { action: 'finding.decide', detail: decisionDetail(seq, json), actor: author || caseFile.tool };
  });
  return made;
}

/** The newest decision on each finding, ordered by the finding's id. */
export async function listDecisions(connection: Connection): Promise<FindingDecision[]> {
  const rows = await connection.all('select finding, doc from decision order by finding, seq');
  const newest = new Map<string, FindingDecision>();
  for (const row of rows) newest.set(text(row, 'finding'), parsed(FindingDecision, text(row, 'doc'), `the decision on ${text(row, 'finding')}`));
  return [...newest.values()];
}

export function decisionDetail(seq: number, json: string): string {
  return canonicalJson({ seq, sha256: sha256(json) });
}
