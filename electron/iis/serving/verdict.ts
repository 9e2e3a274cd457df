import type { Served } from './url-space.ts';

/**
 * Whether the configuration explains an answer of 2xx.
 * - `explained`: a handler that needs no file, or the file with its default document or list.
 * - `elsewhere`: rewriting, a proxy, a route or an error page may have answered, or a file that is there for a moment only.
 * - `unknown`: lists or files cannot be told.
 * - `no-file`: only what lies on disk could have answered, and nothing does.
 * - `write-to-file`: only the handler of static files fits, and it answers such a verb with 405.
 */
export type AnswerVerdict = 'explained' | 'elsewhere' | 'unknown' | 'no-file' | 'write-to-file';

/** Verbs that the stock static file handler answers (StaticFileModule; others get 405). */
const READING: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

/** What a log without UTF-8 could not write (`?`) and what a reader could not read: the name of the file is lost. */
const LOST = /[?\ufffd]/;
/** Files that prove a host to an authority for certificates, taken away after use (RFC 8555, 8.3). */
const ACME = /^\/\.well-known\/acme-challenge\//i;

/**
 * Judges what would have answered against the fact that something did; in doubt it is explained.
 * @param path as logged, without a query
 */
export function verdictOf(served: Served, verb: string, path: string): AnswerVerdict {
  const verdict = judge(served, verb);
  if (verdict !== 'no-file' && verdict !== 'write-to-file') return verdict;
  if (LOST.test(path)) return 'unknown';
  return ACME.test(path) && READING.has(verb) ? 'elsewhere' : verdict;
}

function judge(served: Served, verb: string): AnswerVerdict {
  if (served.reason !== null || served.fits.length === 0) return 'unknown';
  if (served.detours.any.length > 0) return 'elsewhere';
  for (const { mapping, absent, status } of served.fits) {
    if (!mapping.static) {
      // Without a file the core answers 404 before this handler is asked.
      if (absent) continue;
      return 'explained';
    }
    if (status === 'not-collected') return 'unknown';
    if (status === 'absent') return 'no-file';
    if (!READING.has(verb)) return 'write-to-file';
    if (status === 'folder' && served.document === null && !served.detours.browses) return 'no-file';
    return 'explained';
  }
  return 'no-file';
}
