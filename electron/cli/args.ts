import { parseArgs } from 'node:util';

/** A mistake in the call: one sentence on stderr and exit code 2; before it, where it helps, what was typed with the mistake marked. */
export class UsageError extends Error {
  readonly shown: readonly string[];
  constructor(message: string, shown: readonly string[] = []) {
    super(message);
    this.shown = shown;
  }
}

export interface Options {
  readonly [name: string]: string | boolean | readonly (string | boolean)[] | undefined;
}

export interface Call {
  readonly positionals: readonly string[];
  readonly options: Options;
}

/** `texts`: may be given several times. */
type Spec = Readonly<Record<string, 'text' | 'texts' | 'flag'>>;

/**
 * Reads a command's words. `--json` takes an optional value (`--json` alone = `-`), which `parseArgs` cannot say, so it
 * is taken out first.
 */
export function readCall(words: readonly string[], spec: Spec, positionals: { min: number; max: number; names: string }): Call {
  const options = Object.fromEntries(Object.entries(spec).filter(([n]) => n !== 'json').map(([name, kind]) => [name, { type: kind === 'flag' ? 'boolean' : 'string', multiple: kind === 'texts' } as const]));
  const parse = (rest: readonly string[]): { positionals: string[]; values: Options } => {
    try {
      return parseArgs({ args: [...rest], options, allowPositionals: true, strict: true });
    } catch (error) {
      throw new UsageError(sentence(error));
    }
  };
  let { rest, json } = takeJson(words, 'json' in spec, false);
  let parsed = parse(rest);
  if (parsed.positionals.length > positionals.max) {
    // One word too many: it is the file behind --json, which need not end in .json.
    ({ rest, json } = takeJson(words, 'json' in spec, true));
    parsed = parse(rest);
  }
  const count = parsed.positionals.length;
  if (count < positionals.min || count > positionals.max || parsed.positionals.includes('')) throw new UsageError(`Give ${positionals.names}.`);
  const empty = Object.keys(parsed.values).find((name) => [parsed.values[name]].flat().includes('') && name !== 'filter');
  if (empty !== undefined) throw new UsageError(`--${empty} needs a value.`);
  return { positionals: parsed.positionals, options: { ...parsed.values, ...(json === undefined ? {} : { json }) } };
}

/** @param greedy whether any word behind a bare --json is its value */
function takeJson(words: readonly string[], allowed: boolean, greedy: boolean): { rest: string[]; json: string | undefined } {
  const rest: string[] = [];
  let json: string | undefined;
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    if (!allowed || !/^--json(=|$)/.test(word)) rest.push(word);
    else if (word.startsWith('--json=')) json = word.slice('--json='.length) || '-';
    else {
      const next = words[i + 1];
      const isValue = next !== undefined && (next === '-' || /\.json$/i.test(next) || (greedy && next !== '' && !next.startsWith('-')));
      json = isValue ? next : '-';
      if (isValue) i += 1;
    }
  }
  return { rest, json };
}

function sentence(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const ambiguous = /^Option '(--?[\w-]+)' argument is ambiguous/.exec(message);
  if (ambiguous !== null) return `${ambiguous[1]} needs a value; one that begins with a dash is written ${ambiguous[1]}=VALUE.`;
  const first = message.split(/\. |\n/)[0] ?? message;
  return first.endsWith('.') ? first : `${first}.`;
}

export function text(options: Options, name: string): string | undefined {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
}

/** Every value of an option that may be given several times, in order. */
export function texts(options: Options, name: string): readonly string[] {
  const value = options[name];
  return Array.isArray(value) ? value.filter((v): v is string => typeof v === 'string') : [];
}

/** A whole number within bounds, or the default. @throws UsageError otherwise. */
export function wholeNumber(options: Options, name: string, fallback: number, min: number, max: number): number {
  const value = text(options, name);
  if (value === undefined) return fallback;
  const n = Number(value);
  if (!/^\d+$/.test(value) || n < min || n > max) throw new UsageError(`--${name} takes a whole number from ${min} to ${max}.`);
  return n;
}
