import type { TriageDocument } from '../../../shared/contract/cli/documents.ts';
import { SEVERITIES } from '../../../shared/model/index.ts';
import { visible } from '../../../shared/base/visible.ts';
import { counted } from './counted.ts';
import { firstSeenText } from './moment-text.ts';

const MOST = 12;

/** The one-screen answer: what was read, what does not belong, where the gaps are. */
export function triageText(d: TriageDocument): string {
  const counts = SEVERITIES.map((s) => `${d.findings.filter((f) => f.severity === s).length} ${s}`).join(', ');
  const origin = (o: string): number => d.components.filter((c) => c.origin === o).length;
  const lines = [
    `evidence: ${d.evidence.layout}, ${counted(d.evidence.files, 'file')}, ${mega(d.evidence.bytes)}${d.partial ? '  (PARTIAL: reading did not finish)' : ''}`,
    ...d.servers.map((s) => `server ${s.name ?? s.id}: IIS ${s.iisVersion ?? 'version unknown'}, ${counted(s.sites.length, 'site')}, ${counted(s.sites.reduce((n, x) => n + x.applications.length, 0), 'application')}`),
    // What concerns the evidence as a whole decides how far the rest can be trusted.
    ...d.problems.filter((p) => p.evidencePath === '.' && !p.expected).map((p) => `  ${p.message}`),
    `components: ${d.components.length} (${origin('stock')} stock, ${origin('known-product')} of known products, ${origin('unknown')} unknown)`,
    `findings: ${counts}`,
    ...d.findings.filter((f) => f.severity !== 'info').slice(0, MOST).flatMap((f) => {
      const ref = f.refs[0];
      const where = ref === undefined ? '' : `${ref.path ?? ref.evidencePath}${ref.line === undefined ? '' : ` line ${ref.line}`}`;
      return [`  ${f.severity.toUpperCase().padEnd(6)} ${f.title}`, `         ${[where, firstSeenText(f.first)].filter((t) => t !== '').join(', ')}`];
    }),
    ...(d.findings.filter((f) => f.severity !== 'info').length > MOST ? [`  ... all of them with --json`] : []),
    `timeline: ${counted(d.timeline.events, 'event')}${d.timeline.first === null ? '' : `, ${d.timeline.first} to ${d.timeline.last}`}`,
    `logs: ${counted(d.logs.length, 'file')}, ${counted(d.logs.reduce((n, l) => n + l.lines, 0), 'row')}, ${counted(d.logs.reduce((n, l) => n + l.rejected, 0), 'line')} rejected`,
    `not in the evidence: ${counted(d.missing.length, 'expected file or folder', 'expected files or folders')}; problems: ${d.problems.filter((p) => !p.expected).length} (and ${d.problems.filter((p) => p.expected).length} expected)`,
  ];
  return `${lines.map(visible).join('\n')}\n`;
}

function mega(bytes: number): string {
  return bytes < 1_000_000 ? `${bytes} bytes` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
