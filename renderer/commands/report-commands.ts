import type { ExportFormat } from '../../shared/contract/report.ts';
import { caseOpen } from '../state/case-slice.ts';
import { isOffered } from './actions.ts';
import type { Command } from './command.ts';
import { exportCase, EXPORTS, handOver, writeReport } from './report-actions.ts';

const EXPORT_KEYS: Readonly<Record<ExportFormat, string>> = { csv: 'c', jsonl: 't', stix: 's', graphml: 'g', manifest: 'e' };

/** What leaves the case. All of it can be done from the Report screen; handing over a file from the components too. */
export const reportCommands: readonly Command[] = [
  { id: 'report.html', title: 'Write the report as HTML...', group: 'Notes', keys: ['h'], views: ['report'], menu: true, when: caseOpen, run: ({ workbench }) => writeReport(workbench, 'html') },
  { id: 'report.markdown', title: 'Write the report as Markdown...', group: 'Notes', keys: ['m'], views: ['report'], menu: true, when: caseOpen, run: ({ workbench }) => writeReport(workbench, 'md') },
  { id: 'report.print', title: 'Print the report, or make a PDF of it', group: 'Notes', keys: ['p', 'Ctrl+P'], views: ['report'], menu: true, when: (s) => caseOpen(s) && isOffered('report.print'), run: ({ act }) => void act('report.print') },
  ...(Object.keys(EXPORTS) as ExportFormat[]).map((format): Command => ({
    id: `report.export.${format}`, title: `Export ${EXPORTS[format].words}...`, group: 'Notes', keys: [EXPORT_KEYS[format]], views: ['report'], menu: true, when: caseOpen,
    run: ({ workbench }) => exportCase(workbench, format),
  })),
  { id: 'report.handOver', title: 'Hand over a file of the evidence in a zip...', group: 'Notes', keys: ['z'], views: ['report'], menu: true, when: caseOpen, run: ({ workbench }) => handOver(workbench) },
  { id: 'report.next', title: 'Next part of the report', group: 'Lists', keys: [']', 'j'], views: ['report'], when: () => isOffered('report.next'), run: ({ act }) => void act('report.next') },
  { id: 'report.previous', title: 'Previous part of the report', group: 'Lists', keys: ['[', 'k'], views: ['report'], when: () => isOffered('report.previous'), run: ({ act }) => void act('report.previous') },
];
