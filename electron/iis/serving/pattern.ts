import { foldCase } from '../../../shared/base/compare.ts';

/**
 * Finds the part of a URL path at which a handler's pattern fits: the parts up to it name the resource, what lies behind
 * it is path info. -1: it does not fit. Parts are folded.
 */
export type PathFit = (parts: readonly string[], folder: boolean) => number;

/** What a pattern rests on that no documentation says. */
export interface PathPattern {
  readonly fit: PathFit;
  /** `*.`: URLs without an extension, also those of folders. */
  readonly extensionless: boolean;
  /** `*` alone: every URL. */
  readonly everything: boolean;
  /** The extension (folded, with its dot) that a part must have so that it can fit; null: any. */
  readonly extension: string | null;
}

/** Patterns in one attribute; stock ones have one. */
const MAX_PATTERNS = 200;

/**
 * The path attribute of a handler: `*`, `*.aspx`, `trace.axd`, `admin/*.axd`, or several with commas between. The reference
 * calls it a file name or an extension for which the handler applies; in which part of the URL it is looked for, and that a
 * pattern with slashes fits the end of the path, is how ASP.NET has it.
 */
export function pathPattern(written: string): PathPattern {
  const patterns = written.split(',', MAX_PATTERNS).map((one) => foldCase(one.trim())).filter((one) => one !== '');
  const fits = patterns.map(fitOf);
  return {
    fit: (parts, folder) => {
      for (const fit of fits) {
        const at = fit(parts, folder);
        if (at >= 0) return at;
      }
      return -1;
    },
    extensionless: patterns.length > 0 && patterns.every((one) => one === '*.'),
    everything: patterns.includes('*'),
    extension: patterns.length === 1 ? neededExtension(patterns[0] ?? '') : null,
  };
}

/** Behind the last wildcard and without a slash, what follows the last dot must stand in the part as it is. */
function neededExtension(pattern: string): string | null {
  const found = /^[^/]*(\.[^./*?]+)$/.exec(pattern)?.[1];
  return found ?? null;
}

/** The extension of a part of a path, with its dot; '' for none. */
export function extensionOf(part: string): string {
  const dot = part.lastIndexOf('.');
  return dot < 0 ? '' : part.slice(dot);
}

function fitOf(pattern: string): PathFit {
  if (pattern === '*') return (parts) => Math.max(0, parts.length - 1);
  if (pattern === '*.') return (parts) => ((parts.at(-1) ?? '').includes('.') ? -1 : Math.max(0, parts.length - 1));
  const wanted = pattern.split('/').filter((one) => one !== '').map(partTest);
  const anchored = pattern.startsWith('/');
  return (parts) => {
    for (let end = wanted.length; end <= parts.length; end++) {
      if (anchored && end !== wanted.length) return -1;
      if (wanted.every((test, i) => test(parts[end - wanted.length + i] ?? ''))) return end - 1;
    }
    return -1;
  };
}

type PartTest = (part: string) => boolean;

/** One part of a pattern; `*` stands for any run of characters, `?` for one. */
function partTest(pattern: string): PartTest {
  if (!/[*?]/.test(pattern)) return (part) => part === pattern;
  const rest = pattern.slice(1);
  if (pattern.startsWith('*') && !/[*?]/.test(rest)) return (part) => part.endsWith(rest);
  return (part) => fitsWildcards(part, pattern);
}

/** Goes back only to the last `*`, so that no pattern takes more than length times length steps. */
function fitsWildcards(text: string, pattern: string): boolean {
  let at = 0;
  let p = 0;
  let star = -1;
  let retry = 0;
  while (at < text.length) {
    const c = pattern[p];
    if (c === '*') {
      star = p++;
      retry = at;
    } else if (c !== undefined && (c === '?' || c === text[at])) {
      p++;
      at++;
    } else if (star >= 0) {
      p = star + 1;
      at = ++retry;
    } else return false;
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}

/** The verbs of a handler; null for `*`. Methods are compared with letter case (RFC 9110, 9.1). */
export function verbsOf(written: string): ReadonlySet<string> | null {
  const verbs = written.split(',').map((one) => one.trim()).filter((one) => one !== '');
  return verbs.includes('*') ? null : new Set(verbs);
}
