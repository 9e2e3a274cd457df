import path from 'node:path';
import { SEVERITIES, type Severity } from '../../shared/model/index.ts';
import type { CaseInfo } from '../../shared/contract/case.ts';
import { countDocuments, listDocuments } from '../case/documents.ts';
import { listEvidence } from '../case/evidence.ts';
import { verifyCase } from '../case/integrity.ts';
import { listJournal } from '../case/journal.ts';
import { getExamination, setExamination } from '../case/meta.ts';
import { countNotes } from '../case/notes.ts';
import { rememberCase, recentCases } from '../case/recent.ts';
import type { OpenCase, Workspace } from '../jobs/workspace.ts';
import { compareEvidence } from '../jobs/compare-evidence.ts';
import { countEvents } from '../timeline/count.ts';
import type { HandlersOf } from './handlers.ts';
import { defaultWorkers } from './job.ts';

export function caseService(workspace: Workspace): HandlersOf<'case'> {
  const info = (): Promise<CaseInfo> => caseInfo(workspace);
  const remember = async (): Promise<CaseInfo> => {
    const open = workspace.opened;
    if (open.temporary === null) await rememberCase(open.file.path, titleOf(open), open.file.now());
    return info();
  };
  return {
    'case.info': info,
    'case.create': async ({ path: file, evidence, workers, serverZone, scope }) => {
      await workspace.create(file, evidence, { workers: workers ?? defaultWorkers(), scope: scope ?? 'all', serverZone: serverZone ?? null });
      return remember();
    },
    'case.open': async ({ path: file, resume }) => {
      await workspace.open(file, resume === true ? { workers: defaultWorkers(), scope: 'all', serverZone: null } : null);
      return remember();
    },
    'case.close': async () => {
      await workspace.close();
      return {};
    },
    'case.saveAs': async ({ path: file, replace }) => {
      await workspace.saveAs(file, replace ?? false);
      return remember();
    },
    'case.recent': async () => ({ cases: await recentCases() }),
    'case.examination': async (examination) => {
      await setExamination(workspace.opened.file, examination);
      workspace.changed(true);
      return info();
    },
    'case.verify': async ({ evidence }) => {
      const { file } = workspace.opened;
      const { ok, problems, head } = await verifyCase(file);
      const compared = evidence === undefined ? { evidence: [], extra: [] } : await compareEvidence(file.connection, evidence);
      return { case: { ok, problems: [...problems], head }, ...compared };
    },
    'case.journal': ({ limit, offset }) => listJournal(workspace.opened.file.connection, { limit, offset }),
  };
}

const EMPTY: Omit<CaseInfo, 'revision' | 'partial'> = {
  state: 'none', path: null, unsaved: false, title: '', examination: null, evidence: [], servers: [],
  counts: { events: 0, components: 0, findings: { high: 0, medium: 0, low: 0, info: 0 }, notes: 0, problems: 0, missing: 0 },
};

async function caseInfo(workspace: Workspace): Promise<CaseInfo> {
  const open = workspace.current;
  const freshness = { revision: workspace.revision, partial: workspace.partial };
  if (open === null) return { ...EMPTY, ...freshness };
  const { connection } = open.file;
  const findings: Record<Severity, number> = { high: 0, medium: 0, low: 0, info: 0 };
  for (const finding of await listDocuments(connection, 'finding')) findings[finding.severity] += 1;
  for (const severity of SEVERITIES) findings[severity] ??= 0;
  return {
    ...freshness,
    state: 'open',
    path: open.temporary === null ? open.file.path : null,
    unsaved: open.temporary !== null,
    title: titleOf(open),
    examination: await getExamination(open.file),
    evidence: (await listEvidence(connection)).map((e) => ({ id: e.id, location: e.location, attached: open.evidence?.usable ?? false, layout: e.layout, files: e.files, bytes: e.bytes })),
    servers: await listDocuments(connection, 'server'),
    counts: {
      events: await countEvents(connection),
      components: await countDocuments(connection, 'component'),
      findings,
      notes: await countNotes(connection),
      problems: await countDocuments(connection, 'problem'),
      missing: await countDocuments(connection, 'missing'),
    },
  };
}

function titleOf(open: OpenCase): string {
  if (open.temporary !== null) return open.evidence === null ? 'Unsaved case' : `Unsaved case of ${path.basename(open.evidence.source.location)}`;
  return path.basename(open.file.path, '.iiscase');
}
