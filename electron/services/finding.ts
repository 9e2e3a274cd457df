import { listDecisions, decide } from '../case/decisions.ts';
import { getDocument, listDocuments } from '../case/documents.ts';
import { RequestError } from '../../shared/base/result.ts';
import type { Finding, Look, Note } from '../../shared/model/index.ts';
import { RULE_TEXTS } from '../findings/index.ts';
import { D3FEND_CHAIN } from '../knowledge/index.ts';
import { writeNote } from '../jobs/write-note.ts';
import type { Workspace } from '../jobs/workspace.ts';
import type { HandlersOf } from './handlers.ts';

export function findingService(workspace: Workspace): HandlersOf<'finding'> {
  return {
    'finding.list': async () => {
      const { connection } = workspace.opened.file;
      return {
        revision: workspace.revision,
        partial: workspace.partial,
        findings: await listDocuments(connection, 'finding'),
        decisions: await listDecisions(connection),
        rules: [...RULE_TEXTS],
        d3fend: [...D3FEND_CHAIN],
      };
    },
    'finding.explain': async ({ component: id }) => {
      const { connection } = workspace.opened.file;
      const component = await getDocument(connection, 'component', id);
      if (component === null) throw new RequestError('usage', 'There is no such component in this case.');
      const found = await Promise.all(component.findings.map((finding) => getDocument(connection, 'finding', finding)));
      const findings = found.filter((f) => f !== null);
      const stored = await getDocument(connection, 'look', id);
      const looks = lookedAt(stored?.looks ?? [], findings);
      const asked = new Set(looks.map((look) => look.rule));
      return { component: id, looks, findings, rules: RULE_TEXTS.filter((text) => asked.has(text.rule)), kept: stored !== null };
    },
    'finding.decide': async ({ finding: id, decision, reason }) => {
      const { file } = workspace.opened;
      const finding = await getDocument(file.connection, 'finding', id);
      if (finding === null) throw new RequestError('usage', 'There is no such finding in this case.');
      if (decision === 'ignored' && reason.trim() === '') throw new RequestError('usage', 'Say why the finding is ignored.');
      await decide(file, id, decision, reason);
      const note = decision === 'accepted' ? await noteOf(workspace, finding, reason) : null;
      workspace.changed(true);
      return { decisions: await listDecisions(file.connection), note };
    },
  };
}

/** What was found first, in the order of the findings, which may be newer than what was kept; then what rules saw that found nothing. */
function lookedAt(kept: readonly Look[], findings: readonly Finding[]): Look[] {
  const rules = [...new Set<string>(findings.map((f) => f.rule))];
  const now = rules.map((rule): Look => kept.find((look) => look.rule === rule && look.outcome === 'found') ?? { rule, outcome: 'found', saw: findings.filter((f) => f.rule === rule).map((f) => `${f.title}: ${f.severity}.`) });
  return [...now, ...kept.filter((look) => !rules.includes(look.rule))];
}

/** An accepted finding becomes a note with the finding's own evidence, so that the report has it. */
function noteOf(workspace: Workspace, finding: Finding, reason: string): Promise<Note> {
  return writeNote(workspace.opened, {
    text: reason.trim() === '' ? finding.title : `${finding.title}\n${reason}`,
    tag: finding.rule,
    about: finding.first.time,
    refs: finding.refs,
    event: null,
    finding: finding.id,
    component: finding.component,
  });
}
