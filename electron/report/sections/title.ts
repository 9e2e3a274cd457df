import type { ReportSection } from '../../../shared/contract/report.ts';
import { fields, text, value, words } from '../blocks.ts';
import type { Material } from '../material.ts';

/** Whose report it is, on what, and which state of the case it tells. */
export function titleSection(material: Material): ReportSection {
  const { examination, servers, journal } = material;
  const hosts = servers.map((s) => `${value(s.name ?? s.id)}${s.iisVersion === null ? '' : ` (IIS ${value(s.iisVersion)})`}`);
  return {
    id: 'title', title: 'Report on IIS components',
    blocks: [
      fields([
        ['Case number', words(examination?.caseNumber ?? '') || 'not given'],
        ['Examiner', words(examination?.examiner ?? '') || 'not given'],
        ['Host', words(examination?.hostLabel ?? '') || 'not given'],
        ['Servers in the evidence', hosts.join('\n') || 'none'],
        ['Subject', 'MITRE ATT&CK T1505.004, Server Software Component: IIS Components'],
        ['State of the case', `journal entry ${journal.entries} of ${journal.time}\nSHA-256 ${journal.head}`],
        ['Times', 'UTC throughout, unless a line says that a zone is assumed'],
      ]),
      ...(material.partial ? [text('This report is preliminary: the evidence was not read to its end when it was made. What it does not name may still be found.')] : []),
    ],
  };
}
