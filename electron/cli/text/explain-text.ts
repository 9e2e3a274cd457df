import type { ExplainDocument } from '../../../shared/contract/cli/documents.ts';
import { visible } from '../../../shared/base/visible.ts';
import { counted } from './counted.ts';

const HEADS = { 'not-found': 'Looked at, and nothing odd seen', 'not-evaluable': 'Not evaluable: what it needs is not in the evidence' } as const;

/** Why a component is flagged and why it is not, rule by rule. */
export function explainText({ component: c, looks, findings, kept }: ExplainDocument): string {
  const lines = [
    `${c.kind} ${c.name ?? ''}  ${c.image ?? c.type ?? ''}`.trimEnd(),
    `${c.id}  origin: ${c.origin} (${c.originReason})`,
    `${counted(findings.length, 'finding')}; ${counted(looks.length, 'rule')} looked at it`,
  ];
  for (const finding of findings) {
    lines.push('', `${finding.severity.toUpperCase()} ${finding.title} [${finding.rule}]`, ...finding.supports.map((s) => `  + ${s}`), ...finding.refutes.map((s) => `  - ${s}`));
  }
  for (const outcome of ['not-found', 'not-evaluable'] as const) {
    const own = looks.filter((look) => look.outcome === outcome);
    if (own.length > 0) lines.push('', HEADS[outcome], ...own.flatMap((look) => [`  ${look.title} [${look.rule}]`, ...look.saw.map((s) => `    ${s}`)]));
  }
  if (!kept) lines.push('', 'What rules saw that found nothing is not kept of this component: the case has very many components and this one is stock, or reading did not get so far.');
  return `${lines.map(visible).join('\n')}\n`;
}
