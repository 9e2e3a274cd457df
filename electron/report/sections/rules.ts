import type { ReportSection } from '../../../shared/contract/report.ts';
import { compareText } from '../../../shared/base/compare.ts';
import { RULE_TEXTS } from '../../findings/index.ts';
import { counted, sentence, some, table, text } from '../blocks.ts';
import type { Material } from '../material.ts';

/** Which rules spoke, in which version, and what each says when it does. */
export function rulesSection(material: Material): ReportSection {
  const texts = new Map<string, (typeof RULE_TEXTS)[number]>(RULE_TEXTS.map((t) => [t.rule, t]));
  const spoke = [...material.ruleCounts].sort(([a], [b]) => compareText(a, b));
  const silent = RULE_TEXTS.filter((t) => !material.ruleCounts.has(t.rule)).map((t) => `${t.rule} (version ${t.version})`).sort(compareText);
  return {
    id: 'rules', title: 'Rules',
    blocks: [
      spoke.length === 0 ? text('No rule has a finding.') : table('Rules that have findings', ['Rule', 'Version', 'Findings', 'What it looks for', 'Severity', 'What is innocent and looks alike', 'Reference'], spoke.map(([id, n]) => {
        const rule = texts.get(id);
        if (rule === undefined) return [id, 'not known to this version', String(n), '', '', '', ''];
        return [
          `${id}\n${sentence(rule.title)}`, String(rule.version), String(n),
          `${sentence(rule.condition)}${rule.meaning === '' ? '' : `\n${sentence(rule.meaning)}`}`,
          `${sentence(rule.severityHow)}${rule.rarity === '' ? '' : `\n${sentence(rule.rarity)}`}${rule.relevance === '' ? '' : `\n${sentence(rule.relevance)}`}`,
          some(rule.falsePositives.map(sentence), 5).join('\n'),
          [sentence(rule.reference), ...some(rule.references.map(sentence), 5)].filter((line, i, all) => line !== '' && all.indexOf(line) === i).join('\n'),
        ];
      })),
      ...(silent.length === 0 ? [] : [text(`${counted(silent.length, 'rule')} looked and found nothing: ${silent.join(', ')}.`)]),
    ],
  };
}
