import { csvLine } from '../../../shared/base/csv.ts';
import { visible } from '../../../shared/base/visible.ts';
import type { Component, EvidenceRef, Finding, FindingDecision } from '../../../shared/model/index.ts';
import { RULE_TEXTS } from '../../findings/index.ts';

const COLUMNS = [
  'server', 'component', 'kind', 'name', 'image', 'type', 'origin', 'originReason', 'signature', 'fileStatus', 'path', 'evidencePath', 'sha256', 'size', 'loadedBy', 'dormant',
  'registeredAt', 'firstSeen', 'firstSeenFrom', 'firstSeenFidelity', 'finding', 'rule', 'ruleVersion', 'severity', 'title', 'supports', 'refutes', 'evidence', 'attack', 'decision', 'decisionReason',
  'decidedBy', 'decidedAt',
] as const;

/**
 * Components with their findings, one row for each pair, all of them; a component without findings has one row, and so has a
 * finding without a component. UTF-8 with a byte order mark: spreadsheets, for which the file is, read names in other
 * alphabets wrongly without it, and libraries skip it. Cells that would begin a formula get an apostrophe in front.
 * @param findings all of the case @yields a piece and the rows in it
 */
export async function* csvRows(
  components: AsyncIterable<Component>, findings: AsyncIterable<Finding>, decisions: ReadonlyMap<string, FindingDecision>,
): AsyncGenerator<{ readonly text: string; readonly rows: number }, void, undefined> {
  yield { text: `\ufeff${csvLine(COLUMNS)}`, rows: 0 };
  const byComponent = new Map<string, Finding[]>();
  const alone: Finding[] = [];
  for await (const finding of findings) {
    if (finding.component === null) {
      alone.push(finding);
      continue;
    }
    const known = byComponent.get(finding.component);
    if (known === undefined) byComponent.set(finding.component, [finding]);
    else known.push(finding);
  }
  for await (const component of components) {
    const own = byComponent.get(component.id) ?? [];
    byComponent.delete(component.id);
    const head = componentCells(component);
    const rows = own.length === 0 ? [line(component.server, head, EMPTY_FINDING)] : own.map((f) => line(component.server, head, findingCells(f, decisions.get(f.id))));
    yield { text: rows.join(''), rows: rows.length };
  }
  for (const finding of [...alone, ...[...byComponent.values()].flat()]) yield { text: line(finding.server, EMPTY_COMPONENT, findingCells(finding, decisions.get(finding.id))), rows: 1 };
}

const EMPTY_COMPONENT: readonly string[] = Array.from({ length: 19 }, () => '');
const EMPTY_FINDING: readonly string[] = Array.from({ length: 13 }, () => '');
const VERSIONS = new Map<string, number>(RULE_TEXTS.map((t) => [t.rule, t.version]));

/** Characters that deceive the eye are marked: a spreadsheet would show them as they want to be shown. */
function line(server: string, component: readonly string[], finding: readonly string[]): string {
  return csvLine([server, ...component, ...finding].map(visible));
}

function componentCells(c: Component): string[] {
  return [
    c.id, c.kind, c.name ?? '', c.image ?? '', c.type ?? '', c.origin, c.originReason, c.signature, c.fileStatus, c.file?.path ?? '', c.file?.evidencePath ?? '', c.file?.sha256 ?? '', c.file === null ? '' : String(c.file.size),
    c.loadedBy.map((l) => `${l.site}${l.application} (${l.pool})`).join(' | '), c.dormant ?? '', c.registrations.map((r) => refText(r)).join(' | '),
    c.firstSeen.time ?? (c.firstSeen.order === undefined ? '' : `copy ${c.firstSeen.order}`), c.firstSeen.from, c.firstSeen.fidelity,
  ];
}

function findingCells(f: Finding, decision: FindingDecision | undefined): string[] {
  return [
    f.id, f.rule, String(VERSIONS.get(f.rule) ?? ''), f.severity, f.title, f.supports.join(' | '), f.refutes.join(' | '), f.refs.map(refText).join(' | '), f.attack.join(' '),
    decision?.decision ?? 'open', decision?.reason ?? '', decision?.author ?? '', decision?.time ?? '',
  ];
}

/** `PATH line 3 column 9 offset 10 sha256 ...`. */
function refText(ref: EvidenceRef): string {
  const at = [['line', ref.line], ['column', ref.column], ['offset', ref.offset], ['length', ref.length]].flatMap(([name, n]) => (n === undefined ? [] : [`${name} ${n}`])).join(' ');
  return `${ref.evidencePath}${at === '' ? '' : ` ${at}`} sha256 ${ref.sha256}`;
}
