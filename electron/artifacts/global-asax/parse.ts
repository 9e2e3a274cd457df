import type { ParseProblem } from '../../../shared/model/index.ts';
import type { CodeEntry } from '../kit/definition.ts';
import { decode } from '../kit/xml/decode.ts';
import { LinePositions } from '../kit/xml/positions.ts';

/** Directives and server-side blocks that are looked at. */
const MAX_PARTS = 1000;
const ATTRIBUTE = /([A-Za-z_][\w.-]{0,60})\s{0,20}=\s{0,20}(?:"([^"]{0,2000})"|'([^']{0,2000})'|([^\s"'>%]{1,500}))/g;

/**
 * Reads global.asax: the Application directive (ASP.NET page syntax, `<%@ Application Inherits="..." %>`) and how much
 * code stands in the file itself. One entry for the file, at the directive or, without one, at its first code.
 */
export function parseGlobalAsax(bytes: Uint8Array): { readonly entries: readonly CodeEntry[]; readonly problems: readonly ParseProblem[] } {
  const { text, problems: found } = decode(bytes);
  const problems: ParseProblem[] = [...found];
  const positions = new LinePositions(text);
  let directive: { at: number; attributes: { name: string; value: string }[] } | null = null;
  let script: number | null = null;
  let objects = 0;
  let from = 0;
  for (let parts = 0; ; parts++) {
    const open = text.indexOf('<', from);
    if (open < 0) break;
    if (parts >= MAX_PARTS * 10) {
      problems.push({ kind: 'limit', message: 'Too many tags; the rest of the file was not read.', line: positions.of(open).line });
      break;
    }
    const tag = /^<(?:(%@)|(%--)|(%)|(script|object)(?=[\s>])|(!--))/i.exec(text.slice(open, open + 10));
    if (tag === null) {
      from = open + 1;
      continue;
    }
    const closing = tag[2] !== undefined ? '--%>' : tag[5] !== undefined ? '-->' : tag[4] !== undefined ? '>' : '%>';
    const end = text.indexOf(closing, open + tag[0].length);
    if (end < 0) {
      problems.push({ kind: 'truncated', message: `The file ends inside ${tag[0]}.`, line: positions.of(open).line });
      break;
    }
    const inner = text.slice(open + tag[0].length, Math.min(end, open + 8192));
    if (tag[1] !== undefined && directive === null && /^\s{0,50}Application(?:\s|$)/i.test(inner)) directive = { at: open, attributes: attributesOf(inner) };
    if (tag[4] !== undefined && /runat\s{0,20}=\s{0,20}["']?server/i.test(inner)) {
      if (/^script$/i.test(tag[4])) script ??= open;
      else objects++;
    }
    from = end + closing.length;
  }
  if (directive === null && script === null && objects === 0) {
    if (text.trim() !== '') problems.push({ kind: 'malformed', message: 'No Application directive and no server-side code: this is not a global.asax.', line: 1 });
    else problems.push({ kind: 'truncated', message: 'The file is empty.', offset: 0 });
    return { entries: [], problems };
  }
  const attributes = [...(directive?.attributes ?? [])];
  if (script !== null) attributes.push({ name: 'script', value: `in the file, from line ${positions.of(script).line}` });
  if (objects > 0) attributes.push({ name: 'object', value: `${objects} server-side` });
  const inherits = directive?.attributes.find((a) => a.name.toLowerCase() === 'inherits')?.value.trim() ?? '';
  return { entries: [{ name: 'global.asax', type: inherits === '' ? null : inherits, ...positions.of(directive?.at ?? script ?? 0), attributes }], problems };
}

function attributesOf(inner: string): { name: string; value: string }[] {
  return [...inner.matchAll(ATTRIBUTE)].slice(0, 50).map((m) => ({ name: m[1] ?? '', value: m[2] ?? m[3] ?? m[4] ?? '' }));
}
