import { fail, type Result } from '../base/result.ts';
import {
  events, isRequestName, requests, type Client, type EngineLauncher, type EngineLink, type EventName, type EventPayload, type Input, type Output,
  type RequestName, type WireMessage,
} from './index.ts';

type Listener = (payload: never) => void;

/**
 * A host's end of the engine process: matches answers to requests, checks them against the contract, and starts the
 * engine again when it dies (a native reader may be brought down by hostile bytes), reopening the case that was open.
 */
export class EngineClient implements Client {
  readonly #launcher: EngineLauncher;
  readonly #listeners = new Map<string, Set<Listener>>();
  readonly #pending = new Map<number, (result: Result<unknown>) => void>();
  #link: EngineLink;
  #next = 1;
  #stopping = false;
  #deaths = 0;
  #openCase: string | null = null;

  constructor(launcher: EngineLauncher) {
    this.#launcher = launcher;
    this.#link = this.#connect();
  }

  get pid(): number | undefined {
    return this.#link.pid;
  }

  async request<N extends RequestName>(name: N, input: Input<N>): Promise<Result<Output<N>>> {
    const result = await this.raw(name, input);
    if (!result.ok) return result;
    const checked = requests[name].output.safeParse(result.value);
    if (!checked.success) return fail('bug', `The engine's answer to ${name} does not fit the contract.`);
    return { ok: true, value: checked.data as Output<N> };
  }

  /** Passes a request on without checking the answer again: for hosts that only forward. The engine has validated both. */
  raw(name: string, input: unknown): Promise<Result<unknown>> {
    if (!isRequestName(name)) return Promise.resolve(fail('usage', 'There is no such request.'));
    if (this.#stopping) return Promise.resolve(fail('unavailable', 'The engine is being closed.'));
    const id = this.#next++;
    return new Promise((resolve) => {
      this.#pending.set(id, (result) => {
        if (result.ok) this.#remember(name, result.value);
        resolve(result);
      });
      this.#link.send({ id, name, input });
    });
  }

  on<N extends EventName>(name: N, listener: (payload: EventPayload<N>) => void): () => void {
    const set = this.#listeners.get(name) ?? new Set<Listener>();
    this.#listeners.set(name, set);
    set.add(listener as Listener);
    return () => set.delete(listener as Listener);
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    this.#failPending('The engine was closed.');
    await this.#link.stop();
  }

  #connect(): EngineLink {
    const link = this.#launcher.launch();
    link.onMessage((message) => this.#receive(message));
    link.onExit((code, signal) => this.#died(link, code, signal));
    return link;
  }

  #receive(message: WireMessage): void {
    if (message.kind === 'result') {
      this.#pending.get(message.id)?.(message.result);
      this.#pending.delete(message.id);
      return;
    }
    if (!Object.hasOwn(events, message.name)) return;
    this.#emit(message.name, message.payload);
  }

  #emit(name: string, payload: unknown): void {
    for (const listener of this.#listeners.get(name) ?? []) (listener as (p: unknown) => void)(payload);
  }

  /** Which case to open again after a death: the last one that a create, open or save named. */
  #remember(name: RequestName, value: unknown): void {
    if (name === 'case.close') this.#openCase = null;
    if (name === 'case.create' || name === 'case.open' || name === 'case.saveAs') {
      const parsed = requests[name].output.safeParse(value);
      if (parsed.success) this.#openCase = parsed.data.path;
    }
  }

  #failPending(message: string): void {
    for (const resolve of this.#pending.values()) resolve(fail('unavailable', message));
    this.#pending.clear();
  }

  #died(link: EngineLink, code: number | null, signal: string | null): void {
    if (this.#stopping || link !== this.#link) return;
    const how = signal === null ? `code ${code ?? 'unknown'}` : `signal ${signal}`;
    this.#failPending(`The engine process ended (${how}). What was saved is safe; try again.`);
    this.#deaths += 1;
    // Three deaths in one session are no accident of one file: give up and say so rather than loop.
    if (this.#deaths > 3) {
      this.#emit('engine.restarted', { message: `The engine process ended again (${how}) and is not started any more. Close and reopen the program.` });
      return;
    }
    this.#link = this.#connect();
    const reopen = this.#openCase;
    const done = (message: string): void => this.#emit('engine.restarted', { message });
    if (reopen === null) done(`The engine process ended (${how}) and was started again.`);
    else {
      void this.raw('case.open', { path: reopen }).then((r) =>
        done(r.ok ? `The engine process ended (${how}); it was started again and the case reopened.` : `The engine process ended (${how}); the case could not be reopened: ${r.failure.message}`));
    }
  }
}
