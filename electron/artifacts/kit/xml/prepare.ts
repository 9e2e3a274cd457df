import type { ParseProblem } from '../../../../shared/model/index.ts';
import type { LinePositions } from './positions.ts';
import { MAX_REFERENCES } from './tree.ts';

/** A stretch of text without NUL characters. Offsets are those of the whole text. */
export interface Island {
  readonly start: number;
  readonly end: number;
}

/** Text as the XML library may see it: as long as the original, so that every offset stays true. */
export interface Prepared {
  readonly text: string;
  readonly islands: readonly Island[];
  /** Stands for `&` that begins no reference; null when there is none. */
  readonly ampersand: string | null;
  readonly problems: readonly ParseProblem[];
  /** False when NULs cut the markup. */
  readonly whole: boolean;
}

/** More holes than this are not a damaged file but something else. */
const MAX_ISLANDS = 1000;
// oxlint-disable-next-line no-control-regex -- these are the characters to be found
const CONTROL = /[\x01-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/;
const REFERENCE = /&(?:#[0-9]{1,10}|#x[0-9A-Fa-f]{1,8}|[A-Za-z_:][A-Za-z0-9_.:-]{0,63});/;
const BARE_AMPERSAND = new RegExp(`&(?!${REFERENCE.source.slice(1)})`);

/**
 * Takes out what would make an XML reader lose its place: NULs (a hole of a carved file or the slack behind it), other
 * control characters, and a `&` that would swallow everything up to the next `;`.
 */
export function prepare(original: string, positions: LinePositions): Prepared {
  const problems: ParseProblem[] = [];
  const { islands, whole } = findIslands(original, positions, problems);
  let text = original;
  const control = text.search(CONTROL);
  if (control >= 0) {
    problems.push({ kind: 'malformed', message: 'Control characters that XML forbids; each is read as U+FFFD.', ...positions.of(control) });
    text = text.replace(new RegExp(`${CONTROL.source}+`, 'g'), (run) => '�'.repeat(run.length));
  }
  let ampersand: string | null = null;
  if (BARE_AMPERSAND.test(text)) {
    ampersand = unusedCharacter(text);
    text = replaceBare(text, ampersand);
  }
  const end = endOfReferences(text);
  if (end !== null) {
    problems.push({ kind: 'limit', message: `More than ${MAX_REFERENCES} references; reading stopped there.`, ...positions.of(end) });
    text = text.slice(0, end);
  }
  const kept = end === null ? islands : islands.filter((i) => i.start < end).map((i) => ({ start: i.start, end: Math.min(i.end, end) }));
  return { text, islands: kept, ampersand, problems, whole: whole && end === null };
}

/** In place over the units of the text: a replacement by pattern takes seconds and many times the memory for millions of them. */
function replaceBare(text: string, by: string): string {
  const units = Buffer.from(text, 'utf16le');
  const reference = new RegExp(REFERENCE, 'y');
  for (let at = text.indexOf('&'); at >= 0; at = text.indexOf('&', at + 1)) {
    reference.lastIndex = at;
    if (!reference.test(text)) units.writeUInt16LE(by.charCodeAt(0), at * 2);
  }
  return units.toString('utf16le');
}

function endOfReferences(text: string): number | null {
  let count = 0;
  for (let at = text.indexOf('&'); at >= 0; at = text.indexOf('&', at + 1)) {
    if (++count > MAX_REFERENCES) return at;
  }
  return null;
}

function findIslands(text: string, positions: LinePositions, problems: ParseProblem[]): { islands: Island[]; whole: boolean } {
  const islands: Island[] = [];
  let whole = true;
  let start = 0;
  let nul = text.indexOf('\0');
  while (nul >= 0) {
    let after = nul;
    while (after < text.length && text.charCodeAt(after) === 0) after++;
    if (nul > start) islands.push({ start, end: nul });
    start = after;
    if (after === text.length) {
      problems.push({ kind: 'anomaly', message: `${after - nul} NUL characters at the end of the file (slack of its last sector).`, ...positions.of(nul) });
      break;
    }
    whole = false;
    if (islands.length >= MAX_ISLANDS) {
      problems.push({ kind: 'limit', message: `More than ${MAX_ISLANDS} holes of NUL characters; the rest was not read.`, ...positions.of(nul) });
      return { islands, whole };
    }
    if (islands.length <= 20) {
      problems.push({ kind: 'malformed', message: `A hole of ${after - nul} NUL characters; what stood there is lost.`, ...positions.of(nul) });
    }
    nul = text.indexOf('\0', after);
  }
  if (start < text.length) islands.push({ start, end: text.length });
  return { islands, whole };
}

function unusedCharacter(text: string): string {
  for (let code = 0xe000; code < 0xe100; code++) {
    const candidate = String.fromCharCode(code);
    if (!text.includes(candidate)) return candidate;
  }
  return '�';
}
