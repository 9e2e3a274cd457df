import { MAX_RULES, MAX_STRINGS, type RawMatch } from './protocol.ts';

interface Building { readonly rule: string; readonly meta: { name: string; value: string }[]; readonly strings: { id: string; offset: number; length: number }[]; capped: boolean }

/**
 * Reads what `yara -s -L -m -g` prints: a line `rule [tags] [meta] path` and below it a line `0xoffset:length:$id: bytes` for each
 * string. Lines of another form are left out.
 */
export function parseYara(output: string, target: string): RawMatch[] {
  const matches: Building[] = [];
  for (const line of output.split('\n')) {
    const string = /^0x([0-9a-f]{1,16}):(\d{1,12}):(\$\w{0,200}):/.exec(line);
    const last = matches.at(-1);
    if (string !== null && last !== undefined) {
      if (last.strings.length >= MAX_STRINGS) last.capped = true;
      else last.strings.push({ id: string[3] ?? '', offset: Number.parseInt(string[1] ?? '', 16), length: Number(string[2]) });
      continue;
    }
    const head = line.endsWith(` ${target}`) ? /^(\w{1,200}) \[[^\]]{0,4000}\] \[(.*)\] $/.exec(line.slice(0, line.length - target.length)) : null;
    if (head !== null && matches.length < MAX_RULES) matches.push({ rule: head[1] ?? '', meta: metaOf(head[2] ?? ''), strings: [], capped: false });
  }
  return matches;
}

/** `name="text",name=5,name=true`; quotes within a text are written `\"`. */
function metaOf(text: string): { name: string; value: string }[] {
  return [...text.matchAll(/(\w{1,100})\s?=(?:"((?:[^"\\]|\\.){0,4000})"|([^,"]{0,100}))/g)].slice(0, 50).map((m) => ({ name: m[1] ?? '', value: (m[2]?.replace(/\\(["\\])/g, '$1') ?? m[3] ?? '').slice(0, 1000) }));
}

/** Reads what `yr scan --output-format=ndjson` prints with strings and metadata (https://virustotal.github.io/yara-x/docs/cli/commands/): one JSON object a line. */
export function parseYr(output: string): RawMatch[] {
  return output.split('\n').flatMap((line) => {
    if (line.trim() === '') return [];
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      return [];
    }
    return listOf(value, 'rules').slice(0, MAX_RULES).flatMap((rule): RawMatch[] => {
      const name = textOf(rule, 'identifier');
      const strings = listOf(rule, 'strings');
      return name === '' ? [] : [{ rule: name, meta: listOf(rule, 'meta').slice(0, 50).flatMap(pairOf), strings: strings.slice(0, MAX_STRINGS).map(yrString), capped: strings.length > MAX_STRINGS }];
    });
  });
}

function yrString(value: unknown): { id: string; offset: number; length: number } {
  return { id: textOf(value, 'identifier'), offset: numberOf(value, 'offset') || numberOf(value, 'start'), length: numberOf(value, 'length') };
}

/** `["name", value]`. */
function pairOf(value: unknown): { name: string; value: string }[] {
  if (!Array.isArray(value) || typeof value[0] !== 'string' || !['string', 'number', 'boolean'].includes(typeof value[1])) return [];
  return [{ name: value[0].slice(0, 100), value: String(value[1]).slice(0, 1000) }];
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
}

function listOf(value: unknown, name: string): readonly unknown[] {
  const list = fieldOf(value, name);
  return Array.isArray(list) ? list : [];
}

function textOf(value: unknown, name: string): string {
  const text = fieldOf(value, name);
  return typeof text === 'string' ? text.slice(0, 200) : '';
}

function numberOf(value: unknown, name: string): number {
  const number = fieldOf(value, name);
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : 0;
}
