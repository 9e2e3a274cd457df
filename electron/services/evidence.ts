import type { IntakeRow } from '../../shared/contract/evidence.ts';
import type { LogFormat } from '../../shared/model/index.ts';
import { ARTIFACTS } from '../artifacts/registry.ts';
import { countDocuments, listDocuments } from '../case/documents.ts';
import { fileCounts, findFile, searchFiles } from '../case/manifest-search.ts';
import { EVIDENCE_ID } from '../jobs/evidence-id.ts';
import { bytesAt } from '../jobs/source-bytes.ts';
import { previewEvidence } from '../jobs/preview-evidence.ts';
import { sourceText } from '../jobs/source-text.ts';
import type { OpenCase, Workspace } from '../jobs/workspace.ts';
import { logFiles } from '../timeline/log-files.ts';
import type { HandlersOf } from './handlers.ts';

export function evidenceService(workspace: Workspace): HandlersOf<'evidence'> {
  const connection = (): OpenCase['file']['connection'] => workspace.opened.file.connection;
  return {
    'evidence.preview': ({ path }) => previewEvidence(path),
    'evidence.intake': async () => ({ rows: await intakeRows(workspace.opened), missing: await listDocuments(connection(), 'missing') }),
    'evidence.files': ({ limit, offset, text, artifact }) => searchFiles(connection(), EVIDENCE_ID, { limit, offset, text: text ?? '', artifact: artifact ?? null }),
    'evidence.problems': async ({ limit, offset }) => ({
      problems: await listDocuments(connection(), 'problem', { limit, offset }),
      total: await countDocuments(connection(), 'problem'),
    }),
    'evidence.text': async ({ evidencePath, fromLine, lines }) => {
      const open = workspace.opened;
      return sourceText(open, await findFile(open.file.connection, EVIDENCE_ID, evidencePath), fromLine, lines);
    },
    'evidence.bytes': async ({ evidencePath, offset, length }) => {
      const open = workspace.opened;
      return bytesAt(open, await findFile(open.file.connection, EVIDENCE_ID, evidencePath), evidencePath, offset, length);
    },
    'evidence.attach': async ({ path }) => {
      const answer = await workspace.attach(path);
      workspace.changed(true);
      return answer;
    },
  };
}

/** One line per artifact: what is read, how much of it there is, and which span of time it covers. */
async function intakeRows(open: OpenCase): Promise<IntakeRow[]> {
  const counts = await fileCounts(open.file.connection, EVIDENCE_ID);
  const logs = await logFiles(open.file.connection);
  const running = open.reading?.running ?? false;
  // History copies are counted with the configuration files that they are.
  const rows = ARTIFACTS.filter((a) => a.reads !== 'history').map((artifact): IntakeRow => {
    const count = counts.get(artifact.id) ?? { files: 0, bytes: 0, hashed: 0 };
    const own = artifact.reads === 'log' ? logs.filter((l) => l.format === formatOf(artifact)) : null;
    const times = own ?? [];
    const done = own === null ? count.hashed === count.files : own.length >= count.files && own.every((l) => l.done >= l.size);
    return {
      artifact: artifact.id,
      title: artifact.title,
      files: count.files,
      bytes: count.bytes,
      first: earliest(times.map((l) => l.first)),
      last: latest(times.map((l) => l.last)),
      read: done ? 'read' : running ? 'reading' : 'to be read',
    };
  });
  const rest = counts.get('') ?? { files: 0, bytes: 0, hashed: 0 };
  return [...rows, { artifact: '', title: 'All other files', files: rest.files, bytes: rest.bytes, first: null, last: null, read: 'listed only' }];
}

/** How the logs that an artifact reads are called. */
function formatOf(artifact: Extract<(typeof ARTIFACTS)[number], { readonly reads: 'log' }>): LogFormat {
  return artifact.source === 'ftp-log' ? 'ftp' : artifact.format;
}

function earliest(times: readonly (string | null)[]): string | null {
  return times.filter((t) => t !== null).sort()[0] ?? null;
}

function latest(times: readonly (string | null)[]): string | null {
  return times.filter((t) => t !== null).sort().at(-1) ?? null;
}
