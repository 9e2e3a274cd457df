import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { CompileError, FromChild, RawMatch, ToChild } from './protocol.ts';

/** Seconds that one file, or the check of one rule file, may take. */
export const SECONDS = 20;
/** The heap of a child never gets smaller: one that has become large is replaced between two files. */
const LARGE = 256 * 1024 * 1024;

/** What became of a question; `why` is the end of a sentence: `took longer than 20 s`. */
export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly why: string };

interface Child {
  send(message: ToChild): void;
  kill(): Promise<void>;
}

/** Whoever waits for the next word of a child; null: it has ended. */
interface Ear { listener: (message: FromChild | null) => void }

/** Runs rules in a child that is ended when one file takes too long; the next file gets another one. */
export class YaraScanner {
  readonly #url: URL;
  readonly #texts: readonly string[];
  readonly #seconds: number;
  readonly #start: (url: URL, ear: Ear) => Child;
  readonly #ear: Ear = { listener: () => undefined };
  #child: Child | null = null;

  /**
   * A process of its own; a thread within Electron, whose packaged binary is no Node and starts none. Both can be ended at any moment.
   * @param texts rules that are compiled together, one text after the other
   */
  constructor(url: URL, texts: readonly string[], seconds = SECONDS, as: 'process' | 'thread' = process.versions['electron'] === undefined ? 'process' : 'thread') {
    this.#start = as === 'process' ? startProcess : startThread;
    this.#url = url;
    this.#texts = texts;
    this.#seconds = seconds;
  }

  /** Faults of one source text. */
  async check(text: string): Promise<Answer<readonly CompileError[]>> {
    const answer = await this.#ask({ kind: 'check', text });
    if (!answer.ok) return answer;
    return answer.value.kind === 'checked' ? { ok: true, value: answer.value.errors } : { ok: false, why: unexpected(answer.value) };
  }

  /** Matches by rule text, in their order. */
  async scan(bytes: Uint8Array): Promise<Answer<readonly (readonly RawMatch[])[]>> {
    const answer = await this.#ask({ kind: 'scan', bytes });
    if (!answer.ok) return answer;
    return answer.value.kind === 'scanned' ? { ok: true, value: answer.value.matches } : { ok: false, why: unexpected(answer.value) };
  }

  async close(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    // Whoever waits for it is answered now and not when its time is up.
    this.#ear.listener(null);
    await child?.kill();
  }

  async #ask(message: ToChild): Promise<Answer<FromChild>> {
    if (this.#child === null) {
      const child = this.#start(this.#url, this.#ear);
      this.#child = child;
      const ready = await converse(child, this.#ear, { kind: 'rules', texts: this.#texts }, this.#seconds);
      if (!ready.ok) {
        await this.close();
        return ready;
      }
    }
    const child = this.#child;
    if (child === null) return { ok: false, why: 'was stopped' };
    const answer = await converse(child, this.#ear, message, this.#seconds);
    const memory = answer.ok && 'memory' in answer.value ? answer.value.memory : 0;
    if (!answer.ok || answer.value.kind === 'failed' || memory > LARGE) await this.close();
    return answer;
  }
}

function unexpected(message: FromChild): string {
  return message.kind === 'failed' ? `needs more memory than it may have, or broke the engine (${message.message.split('.')[0] ?? ''})` : 'was answered with something else';
}

function startProcess(url: URL, ear: Ear): Child {
  const child = fork(fileURLToPath(url), [], { serialization: 'advanced', stdio: ['ignore', 'ignore', 'ignore', 'ipc'], execArgv: ['--max-old-space-size=512'], env: {} });
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  let killed = false;
  // A message to a child that has just died is told by its end.
  child.on('error', () => undefined);
  child.on('message', (m) => killed || ear.listener(m as FromChild));
  child.once('exit', () => {
    process.removeListener('exit', kill);
    if (!killed) ear.listener(null);
  });
  return {
    send: (message) => {
      if (child.connected) child.send(message, () => undefined);
    },
    kill: () => new Promise((resolve) => {
      killed = true;
      if (child.exitCode !== null || child.signalCode !== null) return resolve();
      child.once('exit', () => resolve());
      kill();
    }),
  };
}

function startThread(url: URL, ear: Ear): Child {
  const worker = new Worker(url, { resourceLimits: { maxOldGenerationSizeMb: 512 } });
  let killed = false;
  worker.on('error', () => undefined);
  worker.on('message', (m: FromChild) => killed || ear.listener(m));
  worker.once('exit', () => killed || ear.listener(null));
  return {
    send: (message) => worker.postMessage(message),
    kill: async () => {
      killed = true;
      await worker.terminate();
    },
  };
}

/** One question and its answer. */
function converse(child: Child, ear: Ear, message: ToChild, seconds: number): Promise<Answer<FromChild>> {
  return new Promise((resolve) => {
    const end = (answer: Answer<FromChild>): void => {
      clearTimeout(timer);
      ear.listener = () => undefined;
      resolve(answer);
    };
    const timer = setTimeout(() => end({ ok: false, why: `took longer than ${seconds} s` }), seconds * 1000);
    ear.listener = (m) => end(m === null ? { ok: false, why: 'brought the engine of YARA down' } : { ok: true, value: m });
    child.send(message);
  });
}
