import type { EventName, EventPayload } from '../../shared/contract/index.ts';
import { RequestError } from '../../shared/base/result.ts';
import { VERSION } from '../../shared/base/version.ts';
import type { CaseFile } from '../case/case.ts';
import { createCase, openCase, type CaseOptions } from '../case/case-file.ts';
import { listEvidence } from '../case/evidence.ts';
import { refuseInside } from '../case/places.ts';
import { refuseSaveAs, saveAs } from '../case/save-as.ts';
import { temporaryCase } from '../case/temporary.ts';
import { openEvidence } from '../evidence/open.ts';
import type { EvidenceSource } from '../evidence/source.ts';
import { TIMELINE_TABLES } from '../timeline/schema.ts';
import { EVIDENCE_ID } from './evidence-id.ts';
import type { CaseModel } from './model/case-model.ts';
import { loadModel } from './model/load-model.ts';
import { Reading, type ReadingOptions } from './reading/reading.ts';
import { makeWorkDirectory, type WorkDirectory } from './spool/directory.ts';

/** Megabytes that the database may use for its buffers; the process stays under 1.2 GB with it. */
const DATABASE_MEMORY_MB = 500;

export interface WorkspaceOptions {
  readonly imageWorker: URL;
  readonly spoolWorker: URL;
  readonly emit: <N extends EventName>(name: N, payload: EventPayload<N>) => void;
}

/** An open case and the evidence that belongs to it. One per engine. */
export interface OpenCase {
  readonly file: CaseFile;
  readonly temporary: { remove(): Promise<void> } | null;
  readonly work: WorkDirectory;
  /** Null while the evidence is not at hand. */
  source: EvidenceSource | null;
  reading: Reading | null;
  model: CaseModel | null;
}

/** Holds the open case, starts and stops readings, and counts revisions. */
export class Workspace {
  readonly #options: WorkspaceOptions;
  #open: OpenCase | null = null;
  #revision = 0;
  #told = 0;

  constructor(options: WorkspaceOptions) {
    this.#options = options;
  }

  get revision(): number {
    return this.#revision;
  }

  /** True while evidence is being read: answers may still change. */
  get partial(): boolean {
    return this.#open?.reading?.running ?? false;
  }

  get current(): OpenCase | null {
    return this.#open;
  }

  /** The open case. @throws RequestError when there is none. */
  get opened(): OpenCase {
    if (this.#open === null) throw new RequestError('conflict', 'No case is open.');
    return this.#open;
  }

  async create(path: string | null, evidence: string, options: ReadingOptions): Promise<void> {
    const source = await openEvidence(evidence);
    try {
      if (path !== null) refuseInside(path, [source.location]);
      await this.close();
      const temporary = path === null ? await temporaryCase() : null;
      const work = await makeWorkDirectory();
      const file = await createCase(path ?? temporary?.path ?? '', this.#caseOptions(work, [source.location]));
      this.#open = { file, temporary, work, source, reading: null, model: null };
    } catch (error) {
      await source.close();
      throw error;
    }
    this.#read(source, options);
  }

  async open(path: string): Promise<void> {
    await this.close();
    const work = await makeWorkDirectory();
    try {
      const file = await openCase(path, this.#caseOptions(work, []));
      this.#open = { file, temporary: null, work, source: null, reading: null, model: null };
      const [evidence] = await listEvidence(file.connection);
      if (evidence !== undefined) await this.#reattach(evidence.location, path);
    } catch (error) {
      await this.close();
      await work.remove();
      throw error;
    }
    this.changed(true);
  }

  /** Reads what is not yet read; at another place when `evidence` is given. Does nothing while a reading runs. */
  async resume(evidence: string | undefined, options: ReadingOptions): Promise<void> {
    const open = this.opened;
    if (open.reading?.running === true) return;
    if (evidence !== undefined) {
      const source = await openEvidence(evidence);
      await open.source?.close();
      open.source = source;
    }
    if (open.source === null) throw new RequestError('unavailable', 'The evidence is not where it was; say where it lies now.');
    refuseInside(open.file.path, [open.source.location]);
    this.#read(open.source, options);
  }

  /** Waits for the current reading, however it ends. */
  async wait(): Promise<{ outcome: 'done' | 'cancelled' | 'failed' | 'none'; message: string }> {
    return (await this.#open?.reading?.ended) ?? { outcome: 'none', message: '' };
  }

  cancel(): void {
    this.#open?.reading?.cancel();
  }

  async saveAs(target: string, replace: boolean): Promise<void> {
    const open = this.opened;
    if (open.reading?.running === true) throw new RequestError('conflict', 'Evidence is still being read; wait for it or cancel it, then save.');
    const roots = open.source === null ? (await listEvidence(open.file.connection)).map((e) => e.location) : [open.source.location];
    const saving = { evidenceRoots: roots, replace };
    refuseSaveAs(open.file, target, saving);
    const { source, temporary, work, model } = open;
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
    this.#open = { file, temporary: failure === null ? null : temporary, work, source, reading: null, model };
    if (failure !== null) throw failure;
    await temporary?.remove();
    this.changed(true);
  }

  async close(): Promise<void> {
    const open = this.#open;
    if (open === null) return;
    this.#open = null;
    open.reading?.cancel();
    await open.reading?.ended;
    await open.source?.close();
    await open.file.close();
    await open.temporary?.remove();
    await open.work.remove();
    this.changed(true);
  }

  /** The parsed configuration: from the reading, or from the bytes that the case embeds. */
  async model(): Promise<CaseModel> {
    const open = this.opened;
    open.model ??= await loadModel(open.file.connection, EVIDENCE_ID);
    return open.model;
  }

  /** Counts a change of stored data and tells it, at most a few times a second unless it must be told at once. */
  changed(atOnce = false): void {
    this.#revision += 1;
    const now = performance.now();
    if (!atOnce && now - this.#told < 500) return;
    this.#told = now;
    this.#options.emit('case.changed', { revision: this.#revision });
  }

  #read(source: EvidenceSource, options: ReadingOptions): void {
    const open = this.opened;
    open.reading = new Reading({
      file: open.file,
      source,
      evidenceId: EVIDENCE_ID,
      imageWorker: this.#options.imageWorker,
      spoolWorker: this.#options.spoolWorker,
      spoolDirectory: open.work.path,
      options,
      onModel: (model) => (open.model = model),
      changed: (atOnce) => this.changed(atOnce),
      tell: (jobs) => this.#options.emit('job.progress', { jobs: [...jobs] }),
    });
  }

  /** Evidence that is still where it was is used without asking; whether it is the same is checked before it is read again. */
  async #reattach(location: string, caseFile: string): Promise<void> {
    const open = this.opened;
    try {
      open.source = await openEvidence(location);
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      return;
    }
    refuseInside(caseFile, [open.source.location]);
  }

  #caseOptions(work: WorkDirectory, evidenceRoots: readonly string[]): CaseOptions {
    return { tool: `iisight ${VERSION}`, evidenceRoots, tables: TIMELINE_TABLES, tempDirectory: work.path, allowedDirectories: [work.path], memoryLimitMb: DATABASE_MEMORY_MB };
  }
}
