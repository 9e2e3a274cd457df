import type { ReportSection } from '../../../shared/contract/report.ts';
import type { AnalystList } from '../../../shared/model/index.ts';
import { compareBy, compareText } from '../../../shared/base/compare.ts';
import { RULE_TEXTS } from '../../findings/index.ts';
import { counted, sentence, some, table, text } from '../blocks.ts';
import type { Material } from '../material.ts';

/** Which rules spoke, in which version, and what each says when it does. */
export function rulesSection(material: Material): ReportSection {
  const texts = new Map<string, (typeof RULE_TEXTS)[number]>(RULE_TEXTS.map((t) => [t.rule, t]));
  const spoke = [...material.ruleCounts].sort(([a], [b]) => compareText(a, b));
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
      ...silentWords(material).map((words) => text(words)),
    ],
  };
}

const LIST_OF: ReadonlyMap<string, AnalystList['kind']> = new Map([['indicator-match', 'indicators'], ['differs-from-known-good', 'known-good'], ['yara-match', 'yara']]);

/** Of the rules without a finding: which had nothing to look at, which could not decide, and which found nothing. */
function silentWords(material: Material): string[] {
  const silent = RULE_TEXTS.filter((t) => !material.ruleCounts.has(t.rule)).sort(compareBy((t) => t.rule));
  const names = (rules: typeof silent): string => rules.map((t) => `${t.rule} (version ${t.version})`).join(', ');
  if (material.components.items.length > 0 && material.looks.size === 0) {
    return [`The case does not hold what each rule looked at: it was read by an earlier version. The versions of rules here are those of IISight now. Whether ${counted(silent.length, 'rule')} without a finding looked is not known (reading the evidence again shows it): ${names(silent)}.`];
  }
  const undecided = undecidedRules(material);
  const unasked = silent.filter((t) => LIST_OF.has(t.rule) && !material.lists.some((l) => l.kind === LIST_OF.get(t.rule)));
  const unable = silent.filter((t) => undecided.has(t.rule) && !unasked.includes(t));
  const quiet = silent.filter((t) => !unasked.includes(t) && !unable.includes(t));
  return [
    quiet.length === 0 ? '' : `${counted(quiet.length, 'rule')} ${material.partial ? 'found nothing so far' : 'found nothing'} in what was there to look at (what was not there stands in the section on what was not seen): ${names(quiet)}.`,
    unable.length === 0 ? '' : `${counted(unable.length, 'rule')} could not decide on any component of this report, for want of evidence: ${names(unable)}.`,
    unasked.length === 0 ? '' : `${counted(unasked.length, 'rule')} did not look, because the examiner brought no list for it: ${names(unasked)}.`,
  ].filter((words) => words !== '');
}

/** Rules that could not decide wherever they looked. */
function undecidedRules({ looks }: Material): ReadonlySet<string> {
  const all = [...looks.values()].flatMap((l) => l.looks);
  const decided = new Set<string>(all.filter((l) => l.outcome !== 'not-evaluable').map((l) => l.rule));
  return new Set<string>(all.map((l) => l.rule).filter((rule) => !decided.has(rule)));
}
