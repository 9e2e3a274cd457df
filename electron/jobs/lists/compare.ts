import type { AnalystList, Component, EvidenceFile, ListHit, Server } from '../../../shared/model/index.ts';
import { compareBy } from '../../../shared/base/compare.ts';
import type { CaseFile } from '../../case/case.ts';
import { streamFiles } from '../../case/evidence.ts';
import { imageSummaries } from '../../case/image-summaries.ts';
import { filesOfComponents, type FilesOfComponents, type ImageValues, matchFile } from '../../lists/match/match-files.ts';
import { matchComponent, matchServer } from '../../lists/match/match-components.ts';
import { IndicatorIndex } from '../../lists/match/indicator-index.ts';
import { matchLogs } from '../../lists/match/match-logs.ts';
import { matchTraces } from '../../lists/match/match-traces.ts';
import type { Hit } from '../../lists/match/entry.ts';
import type { FileOfContent } from '../../lists/yara-findings.ts';
import type { Connection } from '../../store/store.ts';
import { EVIDENCE_ID } from '../evidence-id.ts';
import { checkCancelled } from '../limited.ts';

/** Hits that are kept; what is beyond is counted in the problems of the lists. */
const MAX_HITS = 20_000;

export interface Compared {
  readonly hits: readonly Hit[];
  /** Sentences on what could not be compared, for every list of indicators. */
  readonly bounds: readonly string[];
  readonly filesOf: (sha256: string) => readonly FileOfContent[];
  /** One program file of each content, in the order of the manifest. */
  readonly programs: readonly EvidenceFile[];
}

interface Facts { readonly lists: readonly AnalystList[]; readonly components: readonly Component[]; readonly servers: readonly Server[] }

/** Holds every line of the lists against components, servers, the manifest, program files, logs and traces. */
export async function compareLists(file: CaseFile, connection: Connection, { lists, components, servers }: Facts, signal: AbortSignal, step: (done: number) => void): Promise<Compared> {
  const index = new IndicatorIndex(lists.filter((l) => l.kind === 'indicators'));
  const hits: Hit[] = [];
  const take = (found: readonly Hit[]): void => {
    for (const hit of found) hits.push(hit);
  };
  if (!index.empty) {
    for (const component of components) take(matchComponent(index, component));
    for (const server of servers) take(matchServer(index, server));
  }
  step(1);
  const owners = filesOfComponents(components);
  const files = await compareFiles(file, index, owners, signal, take);
  step(2);
  checkCancelled(signal);
  const logs = await matchLogs(connection, index);
  take(logs.hits);
  step(3);
  checkCancelled(signal);
  take(await matchTraces(connection, index));
  step(4);
  const sorted = hits.toSorted(compareBy((h) => h.entry.list.id, (h) => h.entry.indicator.line, (h) => h.about, (h) => h.where));
  const beyond = Math.max(0, sorted.length - MAX_HITS) + logs.left;
  return {
    ...files,
    hits: sorted.slice(0, MAX_HITS),
    bounds: [
      ...(index.left === 0 ? [] : [`${index.left} texts or networks of the lists together are more than can be looked for at once and were left out.`]),
      ...(beyond === 0 ? [] : [`The lists meet ${beyond} more places than are kept.`]),
    ],
  };
}

async function compareFiles(caseFile: CaseFile, index: IndicatorIndex, owners: FilesOfComponents, signal: AbortSignal, take: (hits: readonly Hit[]) => void): Promise<Pick<Compared, 'filesOf' | 'programs'>> {
  const images = new Map<string, ImageValues>((await imageSummaries(caseFile)).map((i) => [i.sha256, i]));
  const places = new Map<string, FileOfContent[]>();
  const programs = new Map<string, EvidenceFile>();
  // Names are compared of all files, everything else only of those that were read.
  const all = index.hasAny('file-name', 'path', 'text');
  for await (const files of streamFiles(caseFile.connection, EVIDENCE_ID, !all)) {
    checkCancelled(signal);
    for (const file of files) {
      if (!index.empty) take(matchFile(index, file, images.get(file.sha256 ?? '') ?? null, owners));
      const components = owners.get(file.evidencePath) ?? [];
      if (file.sha256 === null || (components.length === 0 && !images.has(file.sha256))) continue;
      const known = places.get(file.sha256) ?? [];
      if (known.length < 50) known.push({ path: file.path, evidencePath: file.evidencePath, server: file.server, components });
      places.set(file.sha256, known);
      if (!programs.has(file.sha256)) programs.set(file.sha256, file);
    }
  }
  return { filesOf: (sha256) => places.get(sha256) ?? [], programs: [...programs.values()] };
}

/** What the case keeps of a hit. */
export function listHit({ entry, where, refs, server, component }: Hit): ListHit {
  const { line, kind, value } = entry.indicator;
  return { list: entry.list.id, line, kind, value, where, refs: refs.slice(0, 5), server, component };
}
