import type { EventName, EventPayload } from '../../shared/contract/index.ts';
import { RequestError } from '../../shared/base/result.ts';
import { VERSION } from '../../shared/base/version.ts';
import { createCase, openCase, type CaseOptions } from '../case/case-file.ts';
import { listEvidence } from '../case/evidence.ts';
import { refuseInside } from '../case/places.ts';
import { refuseSaveAs, saveAs } from '../case/save-as.ts';
import { temporaryCase } from '../case/temporary.ts';
import { openEvidence } from '../evidence/open.ts';
import type { EvidenceSource } from '../evidence/source.ts';
import { CASE_MIGRATIONS } from '../case/case-steps.ts';
import { TIMELINE_MIGRATIONS } from '../timeline/migration.ts';
import { TIMELINE_TABLES } from '../timeline/schema.ts';
import { attachEvidence } from './attach-evidence.ts';
import { AttachedEvidence } from './attached.ts';
import { EVIDENCE_ID } from './evidence-id.ts';
import { needsRenewal } from './lists/needs-renewal.ts';
import { Renewal } from './lists/renewal.ts';
import type { CaseModel } from './model/case-model.ts';
import { loadModel } from './model/load-model.ts';
import type { OpenCase } from './open-case.ts';
import { Reading, type ReadingOptions } from './reading/reading.ts';
import type { TickRange } from './reading/steering.ts';
import { makeWorkDirectory, type WorkDirectory } from './spool/directory.ts';
import { Turns } from './turns.ts';

/** Megabytes that the database may use for its buffers; the process stays under 1.2 GB with it. */
const DATABASE_MEMORY_MB = 500;

export interface WorkspaceOptions {
  readonly imageWorker: URL;
  readonly spoolWorker: URL;
  /** Built file of the child that runs YARA rules. */
  readonly yaraChild: URL;
  readonly emit: <N extends EventName>(name: N, payload: EventPayload<N>) => void;
}

export type { OpenCase };

/** Holds the open case, starts and stops readings, and counts revisions. */
export class Workspace {
  readonly #options: WorkspaceOptions;
  /** Making, opening, saving and closing happen one after the other: each leaves a whole state to the next. */
  readonly #turns = new Turns();
  #open: OpenCase | null = null;
  #revision = 0;
  #told = 0;

  constructor(options: WorkspaceOptions) {
    this.#options = options;
  }

  /** Built worker file that reads program files and catalogs. */
  get imageWorker(): URL {
    return this.#options.imageWorker;
  }

  get yaraChild(): URL {
    return this.#options.yaraChild;
  }

  get revision(): number {
    return this.#revision;
  }

  /** True while evidence is being read: answers may still change. */
  get partial(): boolean {
    return this.#open?.reading?.running === true || this.#open?.renewal?.running === true;
  }

  get current(): OpenCase | null {
    return this.#open;
  }

  /** The open case. @throws RequestError when there is none. */
  get opened(): OpenCase {
    if (this.#open === null) throw new RequestError('conflict', 'No case is open.');
    return this.#open;
  }

  create(path: string | null, evidence: string, options: ReadingOptions): Promise<void> {
    return this.#turns.next(() => this.#create(path, evidence, options));
  }

  /** @param resume how to go on with an unfinished reading where the evidence is still at its place; null: do not */
  open(path: string, resume: ReadingOptions | null = null): Promise<void> {
    return this.#turns.next(async () => {
      await this.#openCase(path);
      if (resume !== null && this.opened.evidence !== null) await this.#resume(undefined, resume);
    });
  }

  /** Reads what is not yet read; at another place when `evidence` is given. Does nothing while a reading runs. */
  resume(evidence: string | undefined, options: ReadingOptions): Promise<void> {
    return this.#turns.next(() => this.#resume(evidence, options));
  }

  /** Takes evidence from another place where it is the same; says what differs otherwise. Rules that waited for it are then searched for. */
  attach(location: string): Promise<{ attached: boolean; differences: string[] }> {
    return this.#turns.next(async () => {
      await this.#stopRenewal();
      const answer = await attachEvidence(this.opened, location);
      this.#renew(true);
      return answer;
    });
  }

  /** Changes the lists of the open case while nothing else changes it, and makes the findings that rest on lists anew. */
  changeLists<T>(change: (open: OpenCase) => Promise<T>): Promise<T> {
    return this.#turns.next(async () => {
      await this.#stopRenewal();
      try {
        return await change(this.opened);
      } finally {
        this.#renew(true);
        this.changed(true);
      }
    });
  }

  /** Waits for the current reading and for what rests on lists, however they end. */
  async wait(): Promise<{ outcome: 'done' | 'cancelled' | 'failed' | 'none'; message: string }> {
    const outcome = (await this.#open?.reading?.ended) ?? { outcome: 'none', message: '' };
    await this.#open?.renewal?.ended;
    return outcome;
  }

  cancel(): void {
    this.#open?.reading?.cancel();
    this.#open?.renewal?.cancel();
  }

  /** Holds the reading of logs where it is, or lets it go on. */
  pause(paused: boolean): void {
    this.#open?.reading?.pause(paused);
  }

  /** Reads logs of a range of time before all others. @param range ticks; null: in the usual order again */
  moveToFront(range: TickRange | null): void {
    this.#open?.reading?.moveToFront(range);
  }

  saveAs(target: string, replace: boolean): Promise<void> {
    return this.#turns.next(() => this.#saveAs(target, replace));
  }

  close(): Promise<void> {
    return this.#turns.next(() => this.#close());
  }

  /** The parsed configuration: from the reading, or from the bytes that the case embeds. */
  async model(): Promise<CaseModel> {
    const open = this.opened;
    if (open.model !== null) return open.model;
    open.loading ??= loadModel(open.file.connection, EVIDENCE_ID).finally(() => (open.loading = null));
    const loaded = await open.loading;
    // A reading that understood the configuration meanwhile knows better.
    return (open.model ??= loaded);
  }

  /** Counts a change of stored data and tells it, at most a few times a second unless it must be told at once. */
  changed(atOnce = false): void {
    this.#revision += 1;
    const now = performance.now();
    if (!atOnce && now - this.#told < 500) return;
    this.#told = now;
    this.#options.emit('case.changed', { revision: this.#revision });
  }

  async #create(path: string | null, evidence: string, options: ReadingOptions): Promise<void> {
    const source = await openEvidence(evidence);
    const attached = new AttachedEvidence(source, true);
    const made: { remove(): Promise<void> }[] = [];
    try {
      if (path !== null) refuseInside(path, [source.location]);
      await this.#close();
      const temporary = path === null ? await temporaryCase() : null;
      if (temporary !== null) made.push(temporary);
      const work = await makeWorkDirectory();
      made.push(work);
      const file = await createCase(path ?? temporary?.path ?? '', this.#caseOptions(work, [source.location]));
      this.#open = { file, temporary, work, evidence: attached, reading: null, renewal: null, programs: new Map(), model: null, loading: null };
    } catch (error) {
      await source.close();
      for (const folder of made) await folder.remove();
      throw error;
    }
    this.#read(attached, options);
  }

  async #openCase(path: string): Promise<void> {
    await this.#close();
    const work = await makeWorkDirectory();
    try {
      const file = await openCase(path, this.#caseOptions(work, []));
      this.#open = { file, temporary: null, work, evidence: null, reading: null, renewal: null, programs: new Map(), model: null, loading: null };
      const [evidence] = await listEvidence(file.connection);
      if (evidence !== undefined) await this.#reattach(evidence.location, path);
      if (await needsRenewal(file.connection)) this.#renew(true);
    } catch (error) {
      await this.#close();
      await work.remove();
      throw error;
    }
    this.changed(true);
  }

  async #resume(location: string | undefined, options: ReadingOptions): Promise<void> {
    const open = this.opened;
    if (open.reading?.running === true) return;
    // What is attached stays until the reading has found that the other is the same evidence.
    const evidence = location === undefined ? open.evidence : new AttachedEvidence(await openEvidence(location), false);
    if (evidence === null) throw new RequestError('unavailable', 'The evidence is not where it was; say where it lies now.');
    try {
      refuseInside(open.file.path, [evidence.source.location]);
    } catch (error) {
      if (evidence !== open.evidence) await evidence.close();
      throw error;
    }
    await this.#stopRenewal();
    this.#read(evidence, options);
  }

  async #saveAs(target: string, replace: boolean): Promise<void> {
    const open = this.opened;
    if (open.reading?.running === true) throw new RequestError('conflict', 'Evidence is still being read; wait for it or cancel it, then save.');
    if (open.renewal?.running === true) throw new RequestError('conflict', 'Lists are being applied; wait for it or cancel it, then save.');
    const roots = open.evidence === null ? (await listEvidence(open.file.connection)).map((e) => e.location) : [open.evidence.source.location];
    const saving = { evidenceRoots: roots, replace };
    refuseSaveAs(open.file, target, saving);
    const { evidence, temporary, work, model, programs } = open;
    const old = open.file.path;
    let path = target;
    let failure: unknown = null;
    try {
      await saveAs(open.file, target, saving);
    } catch (error) {
      // The case stays open under its old name; the caller is told why.
      path = old;
      failure = error;
    }
    const file = await openCase(path, this.#caseOptions(work, []));
    this.#open = { file, temporary: failure === null ? null : temporary, work, evidence, reading: null, renewal: null, programs, model, loading: null };
    if (failure !== null) throw failure;
    await temporary?.remove();
    this.changed(true);
  }

  async #close(): Promise<void> {
    const open = this.#open;
    if (open === null) return;
    this.#open = null;
    open.reading?.cancel();
    await open.reading?.ended;
    open.renewal?.cancel();
    await open.renewal?.ended;
    await open.evidence?.close();
    await open.file.close();
    await open.temporary?.remove();
    await open.work.remove();
    this.changed(true);
  }

  #read(evidence: AttachedEvidence, options: ReadingOptions): void {
    const open = this.opened;
    open.reading = new Reading({
      file: open.file,
      attached: evidence,
      evidenceId: EVIDENCE_ID,
      imageWorker: this.#options.imageWorker,
      spoolWorker: this.#options.spoolWorker,
      spoolDirectory: open.work.path,
      options,
      onModel: (model) => (open.model = model),
      onAccepted: async () => {
        evidence.proved();
        if (open.evidence === evidence) return;
        const old = open.evidence;
        open.evidence = evidence;
        await old?.close();
      },
      onEnd: async () => {
        if (open.evidence !== evidence) await evidence.close();
      },
      changed: (atOnce) => this.changed(atOnce),
      tell: (jobs) => this.#options.emit('job.progress', { jobs: [...jobs] }),
    });
    const { reading } = open;
    void reading.ended.then(({ outcome }) => {
      if (this.#open === open && open.reading === reading) this.#renew(outcome === 'done');
    });
  }

  /** @param search whether files are searched for rules too */
  #renew(search: boolean): void {
    const open = this.#open;
    // At its end the reading begins it anyway.
    if (open === null || open.reading?.running === true) return;
    open.renewal = new Renewal({
      file: open.file, attached: open.evidence, yaraChild: this.#options.yaraChild, workFolder: open.work.path, programs: open.programs, search,
      changed: (atOnce) => this.changed(atOnce),
      tell: (jobs) => this.#options.emit('job.progress', { jobs: [...(open.reading?.jobs ?? []), ...jobs] }),
    });
  }

  async #stopRenewal(): Promise<void> {
    this.#open?.renewal?.cancel();
    await this.#open?.renewal?.ended;
  }

  /** Evidence that is still where it was is used without asking; that it is the same is proved before any of it is shown or read. */
  async #reattach(location: string, caseFile: string): Promise<void> {
    let source: EvidenceSource;
    try {
      source = await openEvidence(location);
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      return;
    }
    this.opened.evidence = new AttachedEvidence(source, false);
    refuseInside(caseFile, [source.location]);
  }

  #caseOptions(work: WorkDirectory, evidenceRoots: readonly string[]): CaseOptions {
    return { tool: `iisight ${VERSION}`, evidenceRoots, tables: TIMELINE_TABLES, migrations: [...TIMELINE_MIGRATIONS, ...CASE_MIGRATIONS], tempDirectory: work.path, allowedDirectories: [work.path], memoryLimitMb: DATABASE_MEMORY_MB };
  }
}
