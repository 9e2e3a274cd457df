import type { ReportSection } from '../../shared/contract/report.ts';
import type { Material } from './material.ts';
import { timelineSection } from './sections/case-timeline.ts';
import { componentFactsSection } from './sections/component-facts.ts';
import { componentTableSection } from './sections/component-table.ts';
import { custodySection, sourcesSection } from './sections/custody.ts';
import { methodsSection } from './sections/methods.ts';
import { notSeenSection } from './sections/not-seen.ts';
import { rulesSection } from './sections/rules.ts';
import { summarySection } from './sections/summary.ts';
import { titleSection } from './sections/title.ts';
import { Sources } from './sources.ts';

/** A report before it becomes text of some form. */
export interface Report {
  readonly title: string;
  readonly sections: readonly ReportSection[];
  /** What a reader must know of the report as a whole. */
  readonly notes: readonly string[];
}

/**
 * Says what a case says. It has no clock: its time is that of the journal's last entry, so the same case gives the same
 * report on any day, in any zone and language.
 */
export function makeReport(material: Material): Report {
  const sources = new Sources();
  const sections = [
    titleSection(material), summarySection(material, sources), timelineSection(material, sources), componentTableSection(material), componentFactsSection(material, sources),
    rulesSection(material), notSeenSection(material), methodsSection(material, sources), custodySection(material),
  ];
  const number = material.examination?.caseNumber ?? '';
  return {
    title: `Report on IIS components${number === '' ? '' : `, case ${number}`}`,
    sections: [...sections, sourcesSection(sources)],
    notes: notesOf(material),
  };
}

function notesOf({ partial, findings, components, examination }: Material): string[] {
  return [
    ...(partial ? ['Preliminary: the evidence was not read to its end.'] : []),
    ...(examination === null ? ['Case number, examiner and host label are not given yet.'] : []),
    ...(findings.items.length < findings.total ? [`${findings.total - findings.items.length} of ${findings.total} findings are left out of the report; the CSV export has all.`] : []),
    ...(components.items.length < components.total ? [`${components.total - components.items.length} of ${components.total} components are left out of the report; the CSV export has all.`] : []),
  ];
}
