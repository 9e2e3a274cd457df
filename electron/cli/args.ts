import { parseArgs } from 'node:util';

/** A mistake in the call: one sentence on stderr and exit code 2. */
export class UsageError extends Error {}

export interface Options {
  readonly [name: string]: string | boolean | undefined;
}

export interface Call {
  readonly positionals: readonly string[];
  readonly options: Options;
}

type Spec = Readonly<Record<string, 'text' | 'flag'>>;

/**
 * Reads a command's words. `--json` takes an optional value (`--json` alone = `-`), which `parseArgs` cannot say, so it
 * is taken out first.
 */
export function readCall(words: readonly string[], spec: Spec, positionals: { min: number; max: number; names: string }): Call {
  const { rest, json } = takeJson(words, 'json' in spec);
  const options = Object.fromEntries(Object.entries(spec).filter(([n]) => n !== 'json').map(([name, kind]) => [name, { type: kind === 'flag' ? 'boolean' : 'string' } as const]));
  let parsed;
  try {
    parsed = parseArgs({ args: [...rest], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(sentence(error));
  }
  const count = parsed.positionals.length;
  if (count < positionals.min || count > positionals.max) throw new UsageError(`Give ${positionals.names}.`);
  return { positionals: parsed.positionals, options: { ...(parsed.values as Options), ...(json === undefined ? {} : { json }) } };
}

function takeJson(words: readonly string[], allowed: boolean): { rest: string[]; json: string | undefined } {
  const rest: string[] = [];
  let json: string | undefined;
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    if (!allowed || !/^--json(=|$)/.test(word)) rest.push(word);
    else if (word.startsWith('--json=')) json = word.slice('--json='.length) || '-';
    else {
      const next = words[i + 1];
      // A file to write ends in .json or is `-`; anything else behind a bare --json is the command's own word.
      const isValue = next !== undefined && (next === '-' || /\.json$/i.test(next));
      json = isValue ? next : '-';
      if (isValue) i += 1;
    }
  }
  return { rest, json };
}

function sentence(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const first = message.split('. ')[0] ?? message;
  return first.endsWith('.') ? first : `${first}.`;
}

export function text(options: Options, name: string): string | undefined {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
}

/** A whole number within bounds, or the default. @throws UsageError otherwise. */
export function wholeNumber(options: Options, name: string, fallback: number, min: number, max: number): number {
  const value = text(options, name);
  if (value === undefined) return fallback;
  const n = Number(value);
  if (!/^\d+$/.test(value) || n < min || n > max) throw new UsageError(`--${name} takes a whole number from ${min} to ${max}.`);
  return n;
}
