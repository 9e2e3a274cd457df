import type { Job } from '../../shared/contract/job.ts';

/** Progress is told at most this often, in milliseconds; ends and starts are told at once. */
const TELL_EVERY = 200;

/** The stages of one reading and how far each is. Telling is throttled; the truth is always in `jobs`. */
export class JobBoard {
  readonly #jobs = new Map<string, Job>();
  readonly #tell: (jobs: readonly Job[]) => void;
  readonly #held = new Set<string>();
  #told = 0;

  constructor(tell: (jobs: readonly Job[]) => void) {
    this.#tell = tell;
  }

  get jobs(): readonly Job[] {
    return [...this.#jobs.values()];
  }

  /** Announces a stage before it starts, so that the screen can show what is still to come. */
  plan(id: string, title: string, unit: Job['unit']): void {
    this.#set({ id, kind: id, title, state: 'waiting', done: 0, total: null, unit, message: '' }, true);
  }

  progress(id: string, done: number, total: number | null, message = ''): void {
    const job = this.#jobs.get(id);
    const state = this.#held.has(id) ? 'paused' : 'running';
    if (job !== undefined) this.#set({ ...job, state, done, total, message }, job.state !== state);
  }

  /** A stage that is held says so, also when it begins or what was under way still comes in. */
  hold(id: string, held: boolean): void {
    if (held) this.#held.add(id);
    else this.#held.delete(id);
    const job = this.#jobs.get(id);
    if (job !== undefined && (job.state === 'running' || job.state === 'paused')) this.#set({ ...job, state: held ? 'paused' : 'running' }, true);
  }

  end(id: string, state: 'done' | 'cancelled' | 'failed', message = ''): void {
    const job = this.#jobs.get(id);
    if (job === undefined) return;
    const done = state === 'done' && job.total !== null ? job.total : job.done;
    this.#set({ ...job, state, done, message }, true);
  }

  /** What is not finished when reading stops is not finished: the screen says so instead of turning for ever. */
  stopAll(state: 'cancelled' | 'failed', message: string): void {
    for (const job of this.#jobs.values()) if (job.state === 'waiting' || job.state === 'running' || job.state === 'paused') this.end(job.id, state, message);
  }

  #set(job: Job, atOnce: boolean): void {
    this.#jobs.set(job.id, job);
    const now = performance.now();
    if (!atOnce && now - this.#told < TELL_EVERY) return;
    this.#told = now;
    this.#tell(this.jobs);
  }
}
