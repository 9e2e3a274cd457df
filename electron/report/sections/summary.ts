import { compareBy } from '../../../shared/base/compare.ts';
import type { ReportBlock, ReportSection } from '../../../shared/contract/report.ts';
import type { Component, Finding } from '../../../shared/model/index.ts';
import { counted, heading, leftOut, list, sentence, some, table, text, value, words } from '../blocks.ts';
import { MAX_EACH } from '../bounds.ts';
import { decisionOn, stands, type Material } from '../material.ts';
import type { Sources } from '../sources.ts';
import { KIND_WORDS, loadedByText, momentText, nameOf, rankOf } from '../words.ts';

/** One thing that does not belong here, or may not: a component, or what findings without one are about. */
interface Subject { readonly component: Component | null; readonly findings: readonly Finding[]; readonly accepted: boolean }

/** What does not belong here, since when, on which sites, and what is not known. */
export function summarySection(material: Material, sources: Sources): ReportSection {
  const grave = material.findings.items.filter((f) => rankOf(f.severity) <= 1 && stands(material, f));
  const subjects = subjectsOf(material, grave);
  const shown = subjects.slice(0, MAX_EACH * 2);
  const { high, medium, low, info } = material.findingCounts;
  return {
    id: 'summary', title: 'Summary',
    blocks: [
      text(`${counted(material.findings.total, 'finding')}: ${high} high, ${medium} medium, ${low} low, ${info} for information. A finding is an oddity with its evidence, not a verdict: each says what supports it and what would refute it.`),
      heading('What does not belong here'),
      ...(subjects.length === 0 ? [text('No finding of high or medium severity stands. That is no proof that nothing is there: see what was not seen.')] : [subjectTable(material, sources, shown), ...leftOut(shown.length, subjects.length, 'subjects with findings of high or medium severity')]),
      ...undecided(material, grave),
      ...ignored(material),
      heading('What is not known'),
      list(unknowns(material)),
    ],
  };
}

/** Accepted first, then by severity and number; findings of one component stand together. */
function subjectsOf(material: Material, findings: readonly Finding[]): readonly Subject[] {
  const byId = new Map(material.components.items.map((c) => [c.id, c]));
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = finding.component ?? `finding ${finding.id}`;
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  const subjects = [...groups].map(([key, all]): Subject & { rank: number } => ({
    component: byId.get(key) ?? null, findings: all, accepted: all.some((f) => decisionOn(material, f) === 'accepted'), rank: Math.min(...all.map((f) => rankOf(f.severity))),
  }));
  return subjects.sort(compareBy((s) => (s.accepted ? 0 : 1), (s) => s.rank, (s) => (s.component === null ? 1 : 0), (s) => -s.findings.length));
}

function subjectTable(material: Material, sources: Sources, subjects: readonly Subject[]): ReportBlock {
  const servers = new Map(material.servers.map((s) => [s.id, s.name ?? s.id]));
  return table('What does not belong here', ['What', 'Severity', 'Findings', 'Since when', 'On which sites', 'Proof'], subjects.map(({ component, findings, accepted }) => {
    const gravest = [...findings].sort((a, b) => rankOf(a.severity) - rankOf(b.severity))[0];
    const server = servers.get(gravest?.server ?? '') ?? gravest?.server ?? '';
    return [
      `${component === null ? 'no single component' : `${nameOf(component)}\n${KIND_WORDS[component.kind]}\n${value(component.file?.path ?? component.image ?? component.type)}`}${servers.size > 1 ? `\non ${value(server)}` : ''}`,
      `${gravest?.severity ?? ''}${accepted ? '\naccepted by the examiner' : '\nnot decided yet'}`,
      bulleted(findings.map((f) => sentence(f.title))),
      component === null ? (gravest === undefined ? '' : momentText(gravest.first)) : momentText(component.firstSeen),
      component === null ? '' : loadedByText(component),
      sources.citeAll(findings.flatMap((f) => f.refs.slice(0, 2)), 6),
    ];
  }));
}

/** Lines of one cell, told apart where there are several. */
function bulleted(lines: readonly string[]): string {
  return lines.length === 1 ? (lines[0] ?? '') : some(lines).map((line) => `\u2022 ${line}`).join('\n');
}

function undecided(material: Material, grave: readonly Finding[]): ReportBlock[] {
  const open = grave.filter((f) => decisionOn(material, f) === 'open').length;
  return open === 0 ? [] : [text(`The examiner has not decided on ${counted(open, 'finding')} of high or medium severity.`)];
}

/** Ignored findings are counted and their reasons stand: leaving them out would hide a decision. */
function ignored(material: Material): ReportBlock[] {
  const all = material.findings.items.filter((f) => decisionOn(material, f) === 'ignored');
  if (all.length === 0) return [];
  const shown = all.slice(0, MAX_EACH * 5);
  return [
    heading('Ignored with a reason'),
    text(`The examiner ignored ${counted(all.length, 'finding')}. They stand in the case and can be opened again.`),
    table('Ignored findings', ['Finding', 'Severity', 'Rule', 'Reason', 'By', 'When'], shown.map((f) => {
      const decision = material.decisions.get(f.id);
      return [sentence(f.title), f.severity, f.rule, words(decision?.reason ?? ''), words(decision?.author ?? '') || 'not named', decision?.time ?? ''];
    })),
    ...leftOut(shown.length, all.length, 'ignored findings'),
  ];
}

function unknowns(material: Material): string[] {
  const { missing, problems, logs, lanes } = material;
  const unread = logs.filter((l) => l.done < l.size).length;
  const holes = lanes.reduce((sum, lane) => sum + lane.stretches.filter((s) => s.state === 'none').length, 0);
  const unevaluable = new Set([...material.looks.values()].flatMap((l) => l.looks.filter((look) => look.outcome === 'not-evaluable').map((look) => look.rule)));
  return [
    ...(material.partial ? ['The evidence was not read to its end.'] : []),
    missing.total === 0 ? 'Nothing that the configuration names is missing from the evidence.' : `${counted(missing.total, 'thing')} that the configuration names, or that a check would need, ${missing.total === 1 ? 'is' : 'are'} not in the evidence and should be asked for.`,
    problems.total === 0 ? 'Nothing in the evidence was damaged or left unread.' : `${counted(problems.unexpected, 'unexpected problem')} and ${counted(problems.total - problems.unexpected, 'expected one')} of reading: what lies behind them was not seen.`,
    logs.length === 0 ? 'No log of requests was in the evidence: what was done with a component cannot be told from it.' : `${counted(logs.length, 'log')} in the evidence${unread === 0 ? ', all read' : `, ${unread} not read to the end`}; ${holes === 0 ? 'no stretch without a log between others' : `${counted(holes, 'stretch', 'stretches')} without a log between others`}.`,
    ...(unevaluable.size === 0 ? [] : [`${counted(unevaluable.size, 'rule')} could not be evaluated for some component: ${some([...unevaluable].sort()).join(', ')}.`]),
    'Memory, network traffic and anything that was removed before the collection are not part of such evidence.',
  ];
}
