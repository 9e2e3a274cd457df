import type { Failure, Result } from '../../shared/base/result.ts';
import type { ExportFormat, ReportFormat, Written } from '../../shared/contract/report.ts';
import type { Workbench } from '../state/workbench.ts';
import { pickPath, refused } from './case-actions.ts';

interface Target { readonly path: string; readonly replace?: boolean }

/** What each export is called, and how its file is named. */
export const EXPORTS: Readonly<Record<ExportFormat, { readonly words: string; readonly ending: string }>> = {
  csv: { words: 'components and findings as CSV', ending: 'csv' },
  jsonl: { words: 'the timeline for Timesketch (JSON lines)', ending: 'jsonl' },
  stix: { words: 'a STIX 2.1 bundle', ending: 'stix.json' },
  graphml: { words: 'the graph as GraphML', ending: 'graphml' },
  manifest: { words: 'the manifest of the evidence for sha256sum -c', ending: 'sha256' },
};
const FORMAT_WORDS: Readonly<Record<ReportFormat, string>> = { html: 'HTML', md: 'Markdown' };

/** Asks for a place and writes there; a file that lies there is replaced only when the analyst says so. */
async function writeTo(wb: Workbench, title: string, ending: string, write: (target: Target) => Promise<Result<Written>>): Promise<void> {
  const path = await pickPath(wb, { mode: 'save', title, action: 'Write', suggested: `${nameOf(wb)}.${ending}`, extensions: [ending.replace(/^.*\./, '')] });
  if (path === null) return;
  let result = await write({ path });
  if (!result.ok && result.failure.kind === 'exists') {
    const choice = await wb.store.getState().ask('choice', { title: 'Replace the file?', help: result.failure.message, options: [{ value: 'replace', label: 'Replace it' }] });
    if (choice !== 'replace') return;
    result = await write({ path, replace: true });
  }
  if (!result.ok) return void refused(wb, result.failure as Failure);
  const { path: at, sha256, notes } = result.value;
  wb.store.getState().toast([`Written to ${at}. SHA-256 ${sha256}`, ...notes].join('\n'));
}

export function writeReport(wb: Workbench, format: ReportFormat): Promise<void> {
  return writeTo(wb, `Write the report as ${FORMAT_WORDS[format]}`, format, (target) => wb.client.request('report.write', { format, ...target }));
}

export function exportCase(wb: Workbench, format: ExportFormat): Promise<void> {
  return writeTo(wb, `Export ${EXPORTS[format].words}`, EXPORTS[format].ending, (target) => wb.client.request('report.export', { format, ...target }));
}

/** The desktop program prints into a file; a browser prints what is on the page, which `printPage` prepares. */
export async function printReport(wb: Workbench, printPage: () => void): Promise<void> {
  if (wb.store.getState().hostKind !== 'electron') return printPage();
  await writeTo(wb, 'Print the report as PDF', 'pdf', (target) => wb.client.request('host.printPdf', target));
}

const OTHER = 'other file';

/** A file of the evidence in an encrypted zip with a sheet of its hashes. Files that grave findings are about are offered first. */
export async function handOver(wb: Workbench): Promise<void> {
  const evidencePath = await chooseFile(wb);
  if (evidencePath === null) return;
  const password = await wb.store.getState().ask('text', {
    title: 'Password of the zip', label: 'Password', help: 'The file may be harmful, so that it leaves the case encrypted. Laboratories expect the word infected.', action: 'Go on', initial: 'infected', required: true,
  });
  if (password === null) return;
  await writeTo(wb, `Hand over ${evidencePath}`, 'zip', (target) => wb.client.request('report.sample', { evidencePath, password, ...target }));
}

async function chooseFile(wb: Workbench): Promise<string | null> {
  const { ask } = wb.store.getState();
  const offered = await graveFiles(wb);
  if (offered.length > 0) {
    const choice = await ask('choice', {
      title: 'Which file is handed over?', help: 'Files of components with findings of high or medium severity, or another one by its path.',
      options: [...offered.map((path) => ({ value: path, label: path })), { value: OTHER, label: 'Another file...' }],
    });
    if (choice !== OTHER) return choice;
  }
  return ask('text', { title: 'Which file is handed over?', label: 'Path in the evidence', help: 'As the case lists it, with / between folders.', action: 'Go on', initial: '', required: true });
}

/** At most as many as a dialog can offer. */
const MOST_OFFERED = 8;

async function graveFiles(wb: Workbench): Promise<string[]> {
  const [found, listed] = await Promise.all([wb.client.request('finding.list', {}), wb.client.request('component.list', {})]);
  if (!found.ok || !listed.ok) return [];
  const grave = found.value.findings.filter((f) => f.severity === 'high' || f.severity === 'medium').flatMap((f) => f.component ?? []);
  const files = new Map(listed.value.components.flatMap((c) => (c.file === null ? [] : [[c.id, c.file.evidencePath] as const])));
  return [...new Set(grave.flatMap((id) => files.get(id) ?? []))].slice(0, MOST_OFFERED);
}

function nameOf(wb: Workbench): string {
  const title = wb.store.getState().info?.title ?? '';
  const name = title.replace(/[^\p{L}\p{N}._ -]+/gu, '_').trim().slice(0, 80);
  return name === '' ? 'report' : name;
}
