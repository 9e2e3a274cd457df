import { spawn } from 'node:child_process';
import { RequestError } from '../../../shared/base/result.ts';
import { scratchFile, type ScratchFile } from '../spool/scratch.ts';
import { parseYara, parseYr } from './external-output.ts';
import type { RawMatch } from './protocol.ts';
import { type Answer, SECONDS } from './scanner.ts';

/** A program that the analyst named in this session: never taken from a case, which may come from a stranger. */
export interface ExternalYara {
  readonly path: string;
  readonly kind: 'yara' | 'yr';
  /** `yara 4.2.3`. */
  readonly version: string;
}

const MAX_OUTPUT = 8 * 1024 * 1024;

/** Asks a program what it is. @throws RequestError when it does not answer as yara or yr do */
export async function externalYara(program: string): Promise<ExternalYara> {
  const answer = await run(program, ['--version'], '.', 5);
  const said = answer.ok ? (answer.value.split('\n')[0] ?? '').trim().slice(0, 80) : '';
  if (/^(?:yr|yara-x)/i.test(said)) return { path: program, kind: 'yr', version: said };
  const old = /^(?:yara )?(\d+)\.(\d+)(?:\.\d+)?$/.exec(said);
  if (old !== null && Number(old[1]) >= 4) return { path: program, kind: 'yara', version: `yara ${said.replace(/^yara /, '')}` };
  throw new RequestError('unavailable', `${program} does not answer --version as yara (4.0 or later) or yr: ${answer.ok ? `it says "${said}"` : `it ${answer.why}`}.`);
}

/** Runs the program once for each file and each group of rules, with both copied into the private work folder. */
export class ExternalScanner {
  readonly #program: ExternalYara;
  readonly #folder: string;
  readonly #texts: readonly string[];
  #rules: ScratchFile[] | null = null;
  readonly #stop = new AbortController();

  constructor(program: ExternalYara, folder: string, texts: readonly string[]) {
    this.#program = program;
    this.#folder = folder;
    this.#texts = texts;
  }

  /** Matches by rule text, in their order. */
  async scan(bytes: Uint8Array): Promise<Answer<readonly (readonly RawMatch[])[]>> {
    this.#rules ??= await Promise.all(this.#texts.map((text) => scratchFile(this.#folder, 'yar', Buffer.from(text, 'utf8'))));
    const target = await scratchFile(this.#folder, 'bin', bytes);
    try {
      const all: (readonly RawMatch[])[] = [];
      for (const rules of this.#rules) {
        const found = await this.#one(rules.path, target.path);
        if (!found.ok) return found;
        all.push(found.value);
      }
      return { ok: true, value: all };
    } finally {
      await target.remove();
    }
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await Promise.all((this.#rules ?? []).map((file) => file.remove()));
    this.#rules = null;
  }

  async #one(rules: string, target: string): Promise<Answer<readonly RawMatch[]>> {
    const { path: program, kind } = this.#program;
    const words = kind === 'yara'
      ? ['--no-warnings', '--print-strings', '--print-string-length', '--print-meta', '--print-tags', `--timeout=${SECONDS}`, rules, target]
      : ['scan', '--disable-warnings', '--print-strings', '--print-meta', '--print-tags', '--output-format=ndjson', `--timeout=${SECONDS}`, rules, target];
    const answer = await run(program, words, this.#folder, SECONDS + 5, this.#stop.signal);
    return answer.ok ? { ok: true, value: kind === 'yara' ? parseYara(answer.value, target) : parseYr(answer.value) } : answer;
  }
}

/** Standard output of a program that is started without a shell and with an empty environment; why there is none. */
function run(program: string, words: readonly string[], cwd: string, seconds: number, signal: AbortSignal | null = null): Promise<Answer<string>> {
  return new Promise((resolve) => {
    const child = spawn(program, [...words], { cwd, env: {}, shell: false, windowsHide: true, stdio: ['ignore', 'pipe', 'pipe'] });
    const out: Buffer[] = [];
    let size = 0;
    let said = '';
    let why: string | null = null;
    const stop = (reason: string): void => {
      why ??= reason;
      child.kill('SIGKILL');
    };
    signal?.addEventListener('abort', () => stop('was stopped'), { once: true });
    const timer = setTimeout(() => stop(`took longer than ${seconds} s`), seconds * 1000);
    child.stdout.on('data', (piece: Buffer) => {
      size += piece.length;
      if (size > MAX_OUTPUT) stop('wrote more output than is read');
      else out.push(piece);
    });
    child.stderr.on('data', (piece: Buffer) => {
      if (said.length < 500) said += piece.toString('utf8');
    });
    child.once('error', (error) => {
      clearTimeout(timer);
      resolve({ ok: false, why: `could not be started (${error.message})` });
    });
    child.once('close', (code) => {
      clearTimeout(timer);
      if (why !== null) return resolve({ ok: false, why });
      resolve(code === 0 ? { ok: true, value: Buffer.concat(out).toString('utf8') } : { ok: false, why: `was answered with an error of the program: ${said.split('\n')[0]?.slice(0, 300) ?? ''}` });
    });
  });
}
