import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Outcome } from './run.ts';

export type Section = 'families' | 'tricks' | 'clean';
const HEADINGS: Readonly<Record<Section, string>> = { families: 'Families of public reports', tricks: 'Rare places of registration and ways to hide', clean: 'Clean servers' };
export const RESULTS = path.resolve(import.meta.dirname, 'RESULTS.md');

const cell = (text: string): string => text.replaceAll('|', '\\|');

function intrusionRow({ scenario, found, document }: Outcome): string {
  const rules = new Set(scenario.expected.flatMap((e) => e.rules));
  const severe = document.findings.filter((f) => f.severity === 'high' || f.severity === 'medium');
  const all = [...new Set([...rules, ...severe.map((f) => f.rule)])].sort();
  return `| ${scenario.id.split('/')[1] ?? ''} | ${cell(scenario.title)} | ${found.map((f) => `${cell(f.what)}: ${f.severity ?? 'missed'}`).join('; ')} | ${all.join(', ')} |`;
}

const cleanRow = ({ scenario, counts }: Outcome): string => `| ${scenario.id.split('/')[1] ?? ''} | ${cell(scenario.title)} | ${counts.high} | ${counts.medium} | ${counts.low} | ${counts.info} |`;

/** One table of the results with the sentence above it. */
export function rendered(section: Section, outcomes: readonly Outcome[]): string {
  const clean = section === 'clean';
  const severe = (o: Outcome): boolean => o.counts.high + o.counts.medium > 0;
  const found = (o: Outcome): boolean => o.found.length > 0 && o.found.every((f) => f.severity === 'high' || f.severity === 'medium');
  const sum = clean
    ? `${outcomes.length} servers, ${outcomes.filter(severe).length} with a finding of medium or above.`
    : `${outcomes.filter(found).length} of ${outcomes.length} intrusions found at medium or above with the right component.`;
  return [
    `## ${HEADINGS[section]}`, '', sum, '',
    ...(clean ? ['| server | what it is | high | medium | low | info |', '|---|---|---|---|---|---|'] : ['| scenario | what it is | found | rules that speak of it, or at medium and above |', '|---|---|---|---|']),
    ...outcomes.map(clean ? cleanRow : intrusionRow), '',
  ].join('\n');
}

/** Where `npm run eval` wants the tables, or undefined when they are only compared. */
const WANTED = process.env['IISIGHT_EVAL_WRITE'];

/** Writes the table where it is wanted; otherwise says which of its lines RESULTS.md does not have. */
export function compareOrWrite(section: Section, outcomes: readonly Outcome[], complete: boolean): string[] {
  const text = rendered(section, outcomes);
  if (WANTED !== undefined) {
    mkdirSync(WANTED, { recursive: true });
    writeFileSync(path.join(WANTED, `${section}.md`), text);
    return [];
  }
  const kept = existsSync(RESULTS) ? readFileSync(RESULTS, 'utf8') : '';
  if (complete && !kept.includes(text)) return text.split('\n').filter((line) => !kept.includes(line)).concat('RESULTS.md is out of date: npm run eval');
  return complete ? [] : text.split('\n').filter((line) => line.startsWith('| ') && !kept.includes(line));
}
