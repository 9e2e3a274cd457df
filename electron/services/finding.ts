import { listDecisions, decide } from '../case/decisions.ts';
import { getDocument, listDocuments } from '../case/documents.ts';
import { RequestError } from '../../shared/base/result.ts';
import type { Finding, Note } from '../../shared/model/index.ts';
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
    'finding.explain': async ({ component }) => {
      const { connection } = workspace.opened.file;
      const found = await getDocument(connection, 'component', component);
      if (found === null) throw new RequestError('usage', 'There is no such component in this case.');
      const looks = (await getDocument(connection, 'look', component))?.looks ?? [];
      const findings = (await listDocuments(connection, 'finding')).filter((f) => f.component === component);
      return { component, looks, findings, rules: [...RULE_TEXTS] };
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
