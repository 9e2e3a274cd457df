import { quote } from '../../../shared/base/limits.ts';
import type { ParseProblem } from '../../../shared/model/index.ts';
import type { CodeEntry } from '../kit/definition.ts';
import { decode } from '../kit/xml/decode.ts';

/** Assemblies of one application that are kept. */
export const MAX_LINES = 2000;
/** Problems of single lines that are told one by one. */
const MAX_TOLD = 20;

/** Characters that the name of an assembly cannot have. */
const NO_NAME = /["<>|*?:\\/]|[^ -\uffff]/;

/** The simple name out of a full name as `Assembly.FullName` gives it (`Name, Version=..., Culture=..., PublicKeyToken=...`), or null. */
function simpleName(full: string): string | null {
  if (full.length > 2000) return null;
  const [name = '', ...parts] = full.split(',').map((part) => part.trim());
  if (name === '' || name.length > 260 || NO_NAME.test(name)) return null;
  return parts.every((part) => /^[A-Za-z]{1,40}\s{0,9}=/.test(part)) ? name : null;
}

/**
 * Reads `preStartInitList.web`: one full assembly name a line, UTF-8, as BuildManager of ASP.NET writes it
 * (`SavePreStartInitAssembliesToFile`, reference source of System.Web). Never throws for bad bytes.
 */
export function parsePreStartList(bytes: Uint8Array): { readonly entries: readonly CodeEntry[]; readonly problems: readonly ParseProblem[] } {
  const { text, problems: found } = decode(bytes);
  const problems: ParseProblem[] = [...found];
  const entries: CodeEntry[] = [];
  let bad = 0;
  let line = 0;
  let last = '';
  for (const written of text.split(/\r\n|\n|\r/)) {
    line++;
    const name = written.trim();
    if (name === '') continue;
    last = name;
    const simple = simpleName(name);
    if (simple === null) {
      if (++bad <= MAX_TOLD) problems.push({ kind: 'malformed', message: `Not the name of an assembly: "${quote(name, 80)}".`, line });
      continue;
    }
    if (entries.length >= MAX_LINES) {
      problems.push({ kind: 'limit', message: `More than ${MAX_LINES} assemblies; the others were not read.`, line });
      break;
    }
    entries.push({ name: simple, type: null, line, column: written.length - written.trimStart().length + 1, attributes: [{ name: 'assembly', value: name }] });
  }
  if (bad > MAX_TOLD) problems.push({ kind: 'malformed', message: `${bad - MAX_TOLD} further lines are no names of assemblies.` });
  // ASP.NET ends every line; a last one without its end and without its key was cut off.
  if (last !== '' && !/[\r\n]\s*$/.test(text) && !/PublicKeyToken\s*=\s*(?:[0-9a-f]{16}|null)$/i.test(last)) {
    problems.push({ kind: 'truncated', message: 'The last line has no end and no public key token: the file was cut off.', line });
  }
  return { entries, problems };
}
