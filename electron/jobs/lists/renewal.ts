import type { Job } from '../../../shared/contract/job.ts';
import type { AnalystList, Component, ComponentLooks, Finding, Look, YaraMatch } from '../../../shared/model/index.ts';
import { putExcerpts } from '../../case/blobs.ts';
import type { CaseFile } from '../../case/case.ts';
import { listDocuments, replaceDocuments } from '../../case/documents.ts';
import { findFile } from '../../case/manifest-search.ts';
import { attachFindings, sortFindings } from '../../findings/index.ts';
import { applyLists, withoutLists } from '../../lists/apply.ts';
import type { Connection } from '../../store/store.ts';
import type { AttachedEvidence } from '../attached.ts';
import { EVIDENCE_ID } from '../evidence-id.ts';
import { excerptsOf } from '../excerpts.ts';
import { JobBoard } from '../job-board.ts';
import { Cancelled } from '../limited.ts';
import type { ExternalYara } from '../yara/external.ts';
import { BUILT_IN, NOT_ATTACHED, searchFiles } from '../yara/search-files.ts';
import { type Compared, compareLists, listHit } from './compare.ts';

export interface RenewalStart {
  readonly file: CaseFile;
  /** Null: rules cannot be searched for, everything else can be renewed. */
  readonly attached: AttachedEvidence | null;
  readonly yaraChild: URL;
  readonly workFolder: string;
  /** Programs that the analyst named in this session, by list. */
  readonly programs: ReadonlyMap<string, ExternalYara>;
  /** False after a reading that was stopped: nobody waits for a long search then. */
  readonly search: boolean;
  readonly changed: (atOnce?: boolean) => void;
  readonly tell: (jobs: readonly Job[]) => void;
}

const RULE_OF_KIND = [['indicators', 'indicator-match'], ['known-good', 'differs-from-known-good'], ['yara', 'yara-match']] as const;

/** Makes the findings that rest on lists anew, without reading the evidence again; it never rejects. */
export class Renewal {
  readonly #abort = new AbortController();
  readonly #board: JobBoard;
  readonly ended: Promise<'done' | 'cancelled' | 'failed'>;
  #running = true;

  constructor(start: RenewalStart) {
    this.#board = new JobBoard(start.tell);
    this.ended = this.#run(start).finally(() => {
      this.#running = false;
      start.changed(true);
    });
  }

  get running(): boolean {
    return this.#running;
  }

  get jobs(): readonly Job[] {
    return this.#board.jobs;
  }

  cancel(): void {
    this.#abort.abort();
  }

  async #run(start: RenewalStart): Promise<'done' | 'cancelled' | 'failed'> {
    const { signal } = this.#abort;
    let connection: Connection | null = null;
    const interrupt = (): void => connection?.interrupt();
    signal.addEventListener('abort', interrupt);
    try {
      connection = await start.file.store.connect();
      await renew(start, connection, signal, this.#board);
      return 'done';
    } catch (error) {
      const cancelled = error instanceof Cancelled || signal.aborted;
      const message = cancelled ? 'Stopped; the findings are those from before.' : error instanceof Error ? error.message : String(error);
      this.#board.stopAll(cancelled ? 'cancelled' : 'failed', message);
      if (!cancelled) process.stderr.write(`iisight: applying lists failed: ${error instanceof Error ? (error.stack ?? message) : message}\n`);
      return cancelled ? 'cancelled' : 'failed';
    } finally {
      signal.removeEventListener('abort', interrupt);
      connection?.close();
    }
  }
}

async function renew(start: RenewalStart, connection: Connection, signal: AbortSignal, board: JobBoard): Promise<void> {
  const { file } = start;
  const lists = await listDocuments(connection, 'analyst_list');
  const before = await listDocuments(connection, 'finding');
  const bare = withoutLists(before);
  if (lists.length === 0 && bare.length === before.length && before.every((f) => f.lowered === undefined)) return;
  board.plan('lists', 'Lists of the analyst', 'steps');
  const components = await listDocuments(connection, 'component');
  const servers = await listDocuments(connection, 'server');
  board.progress('lists', 0, 5);
  const compared = await compareLists(file, connection, { lists, components, servers }, signal, (done) => board.progress('lists', done, 5));
  const { matches, engines } = await search(start, connection, lists, compared, signal, board);
  const applied = lists.map((list) => told(list, compared, engines.get(list.id) ?? list.engine));
  const findings = sortFindings(applyLists(bare, {
    lists: applied, hits: compared.hits, matches, components, filesOf: compared.filesOf, server: servers[0]?.id ?? components[0]?.server ?? 'loose',
  }));
  await cite(start, connection, findings);
  const looks = await listDocuments(connection, 'look');
  // Lists come last: hits that are there say that the findings are those of the lists.
  await replaceDocuments(file, 'finding', findings);
  await replaceDocuments(file, 'component', attachFindings(components, findings));
  if (looks.length > 0) await replaceDocuments(file, 'look', looksWith(looks, lists, components, findings));
  await replaceDocuments(file, 'analyst_list', applied);
  board.end('lists', 'done');
}

/** What the lists saw of each component of which the other rules keep what they saw; nothing where there is no list. */
function looksWith(looks: readonly ComponentLooks[], lists: readonly AnalystList[], components: readonly Component[], findings: readonly Finding[]): ComponentLooks[] {
  const found = new Set(findings.map((f) => `${f.rule} ${f.component ?? ''}`));
  const byId = new Map(components.map((c) => [c.id, c]));
  const names = (kind: AnalystList['kind']): string => lists.filter((l) => l.kind === kind).map((l) => `"${l.name}"`).slice(0, 5).join(', ');
  return looks.map(({ component, looks: own }) => {
    const file = byId.get(component)?.file ?? null;
    const fresh = RULE_OF_KIND.flatMap(([kind, rule]): Look[] => {
      if (names(kind) === '' || found.has(`${rule} ${component}`)) return [];
      if (kind !== 'indicators' && file === null) return [{ rule, outcome: 'not-evaluable', saw: [`Its file is not in the evidence, so that it cannot be held against ${names(kind)}.`] }];
      return [{ rule, outcome: 'not-found', saw: [`Nothing of ${names(kind)} speaks of it.`] }];
    });
    return { component, looks: [...own.filter((look) => !RULE_OF_KIND.some(([, rule]) => rule === look.rule)), ...fresh] };
  });
}

function told(list: AnalystList, { hits, bounds }: Compared, engine: string | null): AnalystList {
  const own = hits.filter((h) => h.entry.list.id === list.id);
  const problems = list.kind === 'indicators' ? [...list.problems.filter((p) => !bounds.includes(p)), ...bounds] : list.problems;
  return { ...list, problems, hits: own.map(listHit), engine };
}

/** Searches what was not searched yet; what is known of lists and files that are gone is dropped. */
async function search(start: RenewalStart, connection: Connection, lists: readonly AnalystList[], { programs }: Compared, signal: AbortSignal, board: JobBoard): Promise<{ matches: YaraMatch[]; engines: ReadonlyMap<string, string> }> {
  const stored = await listDocuments(connection, 'yara_match');
  const rules = lists.filter((l) => l.kind === 'yara');
  const engines = new Map<string, string>();
  const known = new Map(stored.filter((m) => rules.some((l) => l.id === m.list)).map((m) => [`${m.list} ${m.sha256}`, m]));
  const store = async (): Promise<void> => replaceDocuments(start.file, 'yara_match', rules.flatMap((l) => programs.flatMap((p) => known.get(`${l.id} ${p.sha256 ?? ''}`) ?? [])));
  if (start.search && rules.length > 0) board.plan('yara', 'YARA rules', 'files');
  for (const list of start.search ? rules : []) {
    const program = start.programs.get(list.id) ?? null;
    const open = programs.filter((p) => (known.get(`${list.id} ${p.sha256 ?? ''}`)?.problem ?? null) === NOT_ATTACHED || !known.has(`${list.id} ${p.sha256 ?? ''}`));
    const take = async (matches: readonly YaraMatch[]): Promise<void> => {
      for (const match of matches) known.set(`${match.list} ${match.sha256}`, match);
      await store();
    };
    engines.set(list.id, open.length === 0 ? (list.engine ?? BUILT_IN) : (program?.version ?? BUILT_IN));
    await take(await searchFiles({
      connection, attached: start.attached, yaraChild: start.yaraChild, workFolder: start.workFolder, signal, keep: take,
      progress: (files, name) => board.progress('yara', files, open.length, name),
    }, list, open, program));
  }
  if (rules.length === 0 && stored.length > 0) await store();
  board.end('yara', 'done', `${programs.length} files`);
  return { matches: rules.flatMap((l) => programs.flatMap((p) => known.get(`${l.id} ${p.sha256 ?? ''}`) ?? [])), engines };
}

/** The bytes behind what lists found go into the case, so that a finding reads without the evidence. */
async function cite({ attached, file }: RenewalStart, connection: Connection, findings: readonly Finding[]): Promise<void> {
  if (attached === null) return;
  const refs = findings.filter((f) => f.rule === 'indicator-match' || f.rule === 'yara-match').flatMap((f) => f.refs);
  await putExcerpts(file, await excerptsOf(async (evidencePath) => {
    const found = await findFile(connection, EVIDENCE_ID, evidencePath);
    return found === null ? null : attached.open(connection, found);
  }, refs));
}
