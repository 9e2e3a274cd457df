import { z } from 'zod';
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

const Value = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const YrString = z.object({ identifier: z.string().max(200), offset: z.number().int().nonnegative().optional(), start: z.number().int().nonnegative().optional(), length: z.number().int().nonnegative().optional() });
const YrRule = z.object({ identifier: z.string().max(200), meta: z.array(z.tuple([z.string(), Value])).catch([]).default([]), strings: z.array(YrString).catch([]).default([]) });
const YrLine = z.object({ rules: z.array(YrRule) });

/** Reads what `yr scan --output-format=ndjson -s -m` prints (https://virustotal.github.io/yara-x/docs/cli/commands/): one JSON object a line. */
export function parseYr(output: string): RawMatch[] {
  return output.split('\n').flatMap((line) => {
    if (line.trim() === '') return [];
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      return [];
    }
    const read = YrLine.safeParse(value);
    return (read.success ? read.data.rules : []).slice(0, MAX_RULES).map(({ identifier, meta, strings }) => ({
      rule: identifier,
      meta: meta.slice(0, 50).map(([name, text]) => ({ name: name.slice(0, 100), value: text.slice(0, 1000) })),
      strings: strings.slice(0, MAX_STRINGS).map((s) => ({ id: s.identifier, offset: s.offset ?? s.start ?? 0, length: s.length ?? 0 })),
      capped: strings.length > MAX_STRINGS,
    }));
  });
}
