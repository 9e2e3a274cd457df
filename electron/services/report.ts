import type { ExportFormat, Written } from '../../shared/contract/report.ts';
import { EMPTY_FILTER } from '../../shared/query/ast.ts';
import { parseFilter } from '../../shared/query/parse.ts';
import { RequestError } from '../../shared/base/result.ts';
import { listEvidence, streamFiles } from '../case/evidence.ts';
import { listDecisions } from '../case/decisions.ts';
import { findFile } from '../case/manifest-search.ts';
import { getExamination } from '../case/meta.ts';
import { listNotes } from '../case/notes.ts';
import { refuseWriteOut, writeOut } from '../case/write-out.ts';
import { EvidenceUnreadable } from '../evidence/source.ts';
import { graphMl } from '../graph/index.ts';
import { EVIDENCE_ID } from '../jobs/evidence-id.ts';
import { embedded } from '../jobs/source-bytes.ts';
import type { OpenCase, Workspace } from '../jobs/workspace.ts';
import { csvRows, eachDocument, gather, htmlReport, makeReport, manifestLines, markdownReport, noteLine, sampleZip, stixBundle, timesketchLine, type Material, type Report, type SampleFacts } from '../report/index.ts';
import { Timeline } from '../timeline/index.ts';
import { graphService } from './graph.ts';
import type { HandlersOf } from './handlers.ts';
import { noteTags } from './note-tags.ts';
import { storyService } from './story.ts';

/** What an export gives while it is written: pieces, how many rows they hold, and what a reader must know. */
interface Tally { count: number; readonly notes: string[] }
type Pieces = AsyncGenerator<string | Uint8Array, void, undefined>;

export function reportService(workspace: Workspace): HandlersOf<'report'> {
  const material = (): Promise<Material> => gather(workspace.opened.file, { reading: workspace.partial, story: storyOf(workspace) });
  const report = async (): Promise<Report> => makeReport(await material());
  const textOf = (made: Report, format: 'html' | 'md'): Generator<string, void, undefined> => (format === 'html' ? htmlReport(made) : markdownReport(made));

  /** Refuses a bad place before the work begins, then writes what `pieces` gives. */
  const write = async (target: { path: string; replace?: boolean | undefined }, pieces: (tally: Tally) => Pieces): Promise<Written> => {
    const options = { evidenceRoots: await rootsOf(workspace.opened), replace: target.replace };
    refuseWriteOut(target.path, options);
    const tally: Tally = { count: 0, notes: [] };
    return { ...(await writeOut(target.path, pieces(tally), options)), count: tally.count, notes: tally.notes };
  };

  const exports: Readonly<Record<ExportFormat, (tally: Tally, filter: string) => Pieces>> = {
    csv: (tally) => csvPieces(workspace.opened, tally),
    jsonl: (tally, filter) => jsonlPieces(workspace, tally, filter),
    manifest: (tally) => manifestPieces(workspace.opened, tally),
    async *stix(tally) {
      const { bundle, notes } = stixBundle(await material());
      tally.count = bundle.objects.length;
      tally.notes.push(...notes);
      yield `${JSON.stringify(bundle, null, 2)}\n`;
    },
    async *graphml(tally) {
      const graph = await graphService(workspace)['graph.view']({ whole: true });
      tally.count = graph.nodes.length;
      if (graph.capped) tally.notes.push('The graph is cut: the case has more nodes than a graph may have.');
      yield graphMl(graph);
    },
  };

  return {
    'report.sections': async () => {
      const { title, sections, notes } = await report();
      return { title, sections: [...sections], notes: [...notes] };
    },
    'report.preview': async ({ format }) => {
      const made = await report();
      return { format, text: [...textOf(made, format)].join(''), notes: [...made.notes] };
    },
    'report.write': ({ format, ...target }) => write(target, async function* (tally) {
      const made = await report();
      tally.count = made.sections.length;
      tally.notes.push(...made.notes);
      yield* textOf(made, format);
    }),
    'report.keepPdf': ({ base64, ...target }) => {
      const bytes = Buffer.from(base64, 'base64');
      if (bytes.subarray(0, 5).toString('latin1') !== '%PDF-') throw new RequestError('usage', 'What was printed is no PDF document.');
      return write(target, async function* (tally) {
        tally.count = 1;
        yield bytes;
      });
    },
    'report.export': ({ format, filter, ...target }) => {
      if (filter !== undefined && filter !== '' && format !== 'jsonl') throw new RequestError('usage', 'A filter is for the export of events (jsonl) alone.');
      return write(target, (tally) => exports[format](tally, filter ?? ''));
    },
    'report.sample': ({ evidencePath, password, ...target }) => write(target, (tally) => samplePieces(workspace.opened, evidencePath, password, tally)),
  };
}

/** Null where nothing can be told of a component. */
function storyOf(workspace: Workspace) {
  const stories = storyService(workspace);
  return async (id: string): Promise<Awaited<ReturnType<(typeof stories)['story.component']>> | null> => {
    try {
      return await stories['story.component']({ id });
    } catch (error) {
      if (error instanceof RequestError) return null;
      throw error;
    }
  };
}

/** Where evidence lies or lay: nothing is written there. */
async function rootsOf(open: OpenCase): Promise<string[]> {
  const recorded = (await listEvidence(open.file.connection)).map((e) => e.location);
  return open.evidence === null ? recorded : [...recorded, open.evidence.source.location];
}

async function* csvPieces({ file: { connection } }: OpenCase, tally: Tally): Pieces {
  const decisions = new Map((await listDecisions(connection)).map((d) => [d.finding, d]));
  for await (const { text, rows } of csvRows(eachDocument(connection, 'component'), eachDocument(connection, 'finding'), decisions)) {
    tally.count += rows;
    yield text;
  }
}

/** The timeline piece by piece: how many events there are makes no difference to the memory. */
async function* jsonlPieces(workspace: Workspace, tally: Tally, text: string): Pieces {
  const parsed = text.trim() === '' ? null : parseFilter(text);
  if (parsed?.ok === false) throw new RequestError('usage', `The filter is not understood: ${parsed.fault.message}`, parsed.fault.column);
  const { store } = workspace.opened.file;
  const connection = await store.connect();
  try {
    const tags = await noteTags(connection);
    const selection = { filter: parsed?.ok === true ? parsed.filter : EMPTY_FILTER, revision: workspace.revision, tags: tags.lookup };
    let undated = 0;
    for await (const events of new Timeline(connection).from(selection, 0)) {
      const lines = events.map((event) => timesketchLine({ ...event, tags: [...(tags.byEvent.get(event.id) ?? [])] }));
      const dated = lines.filter((line) => line !== '');
      undated += lines.length - dated.length;
      tally.count += dated.length;
      yield dated.join('');
    }
    if (undated > 0) tally.notes.push(`${undated} events that nothing dates are left out: a line needs a moment.`);
    if (parsed !== null) return;
    const notes = (await listNotes(connection)).map(noteLine).filter((line) => line !== '');
    tally.count += notes.length;
    yield notes.join('');
  } finally {
    connection.close();
  }
}

async function* manifestPieces({ file: { connection } }: OpenCase, tally: Tally): Pieces {
  const counts = { lines: 0, unhashed: 0, packed: 0 };
  for (const { id } of await listEvidence(connection)) yield* manifestLines(streamFiles(connection, id), counts);
  tally.count = counts.lines;
  if (counts.unhashed > 0) tally.notes.push(`${counts.unhashed} files are left out: no fact rests on them and they were not hashed.`);
  if (counts.packed > 0) tally.notes.push(`${counts.packed} files lie in archives of the evidence, which stand for them.`);
}

async function* samplePieces(open: OpenCase, evidencePath: string, password: string, tally: Tally): Pieces {
  const { connection } = open.file;
  const file = await findFile(connection, EVIDENCE_ID, evidencePath);
  if (file === null) throw new RequestError('usage', 'The case knows no such file.');
  const [record] = await listEvidence(connection);
  const source = { file, examination: await getExamination(open.file), caseId: open.file.id, location: record?.location ?? '' };
  yield* sampleZip(source, contentOf(open, file), password, (facts: SampleFacts) => {
    if (file.sha256 !== null && facts.sha256 !== file.sha256) throw new RequestError('conflict', 'The file has changed since it was read; nothing was written.');
    tally.count = 1;
    tally.notes.push(`MD5 ${facts.md5}`, `SHA-1 ${facts.sha1}`, `SHA-256 ${facts.sha256}`);
  });
}

/** From the evidence where it is at hand, else from the case where that embeds the file. */
async function* contentOf(open: OpenCase, file: SampleFacts['file']): AsyncGenerator<Uint8Array, void, undefined> {
  const whole = await embedded(open, file);
  if (whole !== null) return yield whole;
  if (open.evidence === null) throw new RequestError('unavailable', 'The evidence is not at hand, and the case does not hold this file; say where the evidence lies now.');
  try {
    const reader = await open.evidence.open(open.file.connection, file);
    try {
      yield* reader.stream();
    } finally {
      await reader.close();
    }
  } catch (error) {
    if (error instanceof EvidenceUnreadable) throw new RequestError('unavailable', `${file.evidencePath}: ${error.message}`);
    throw error;
  }
}
