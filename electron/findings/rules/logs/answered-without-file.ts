import { quote } from '../../../../shared/base/limits.ts';
import { instantText, parseInstant } from '../../../../shared/time/instant.ts';
import { UNKNOWN_MOMENT, type Moment, type Severity } from '../../../../shared/model/index.ts';
import type { RuleFacts, UnservedPath, UnservedPaths } from '../../facts.ts';
import { rule, type FindingDraft } from '../../rule.ts';
import { distinctRefs } from '../../words.ts';
import { ANSWERED_WITHOUT_FILE } from '../../texts/logs.ts';

const TOLD = 10;
const WRITING: ReadonlySet<string> = new Set(['POST', 'PUT', 'DELETE', 'PATCH']);

const many = (n: number, one: string, more = `${one}s`): string => `${n} ${n === 1 ? one : more}`;

function pathWords(p: UnservedPath): string {
  const when = p.first === null ? '' : p.last === null || p.last === p.first ? `, ${p.first}` : `, ${p.first} to ${p.last}`;
  const bytes = [...(p.sent > 0 ? [`${p.sent} bytes sent`] : []), ...(p.received > 0 ? [`${p.received} received`] : [])].join(', ');
  return `${p.method} ${quote(p.path)}: ${many(p.rows, 'row')} from ${many(p.clients, 'address', 'addresses')}${when}${bytes === '' ? '' : `; ${bytes}`}${p.file === null ? '' : `; it leads to ${quote(p.file)}`}.`;
}

function firstOf(told: readonly UnservedPath[]): Moment {
  const times = told.flatMap((p) => {
    const time = p.first === null ? null : parseInstant(p.first);
    return time === null ? [] : [{ time, fidelity: p.fidelity }];
  });
  const [first] = times.sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));
  return first === undefined ? UNKNOWN_MOMENT : { time: instantText(first.time), from: 'log', fidelity: first.fidelity };
}

/** Modules that every one of the paths goes through and that are no stock ones: whoever answered is among them, or hidden. */
function suspects({ told }: UnservedPaths, { components }: RuleFacts): string[] {
  const unknown = new Set(components.filter((c) => c.origin === 'unknown' && c.name !== null && (c.kind === 'native-module' || c.kind === 'managed-module')).map((c) => c.name ?? ''));
  const [first, ...rest] = told;
  return first === undefined ? [] : [...new Set(first.modules)].filter((m) => unknown.has(m) && rest.every((p) => p.modules.includes(m)));
}

function draft(found: UnservedPaths, facts: RuleFacts): FindingDraft {
  const { site, kind, paths, recent, rows, told, counts, all } = found;
  const unlisted = paths - new Set(told.slice(0, TOLD).map((p) => p.path)).size;
  const written = told.some((p) => WRITING.has(p.method));
  const through = suspects(found, facts);
  // The handler of static files takes no POST even where the file is there; a page that was deleted since did.
  const never = told.filter((p) => WRITING.has(p.method) && p.handler === null);
  const severity: Severity = never.some((p) => p.rows > 1 || through.length > 0) ? 'medium' : written || recent > 0 ? 'low' : 'info';
  const judged = [...(counts.elsewhere > 0 ? [`${counts.elsewhere} that a rewrite rule, a proxy, a route, an error page or a known product may have answered`] : []), ...(counts.unknown > 0 ? [`${counts.unknown} of which nothing can be told`] : [])];
  return {
    severity,
    title: kind === 'no-file'
      ? `${many(paths, 'path')} of site "${quote(site)}" answered with status 2xx, and no file is there (${many(rows, 'row')})`
      : `${many(paths, 'static file or folder', 'static files or folders')} of site "${quote(site)}" answered POST, PUT, DELETE or PATCH with status 2xx (${many(rows, 'row')})`,
    component: null,
    subject: `${site}\u0000${kind}`,
    supports: [
      kind === 'no-file' ? 'By the configuration in force only the handler of static files, or one that needs a file, fits these paths; nothing lies there in the evidence, so 404 was to be expected.' : 'By the configuration in force only the handler of static files fits these paths, and it answers POST, PUT, DELETE and PATCH with 405.',
      ...told.slice(0, TOLD).map(pathWords),
      ...(kind === 'no-file' ? [recent > 0 ? `${many(recent, 'of them was', 'of them were')} answered within the last day of the site's logs.` : 'None of them was answered within the last day of the site\'s logs: files that were taken away since explain them.'] : []),
      ...(unlisted > 0 ? [`${many(unlisted, 'more such path is', 'more such paths are')} not listed.`] : []),
      ...(through.length > 0 ? [`Unknown modules that see these requests: ${through.slice(0, 10).map((m) => quote(m, 80)).join(', ')}.`] : []),
      `Of the other paths with such answers (each verb by itself) ${counts.explained} are explained by a handler or a file${judged.length === 0 ? '' : `, and left out are ${judged.join(' and ')}`}.${all ? '' : ' Paths with many rows were left out: there are more than are looked at.'}`,
    ],
    refutes: [
      ...(kind === 'no-file' ? ['The file was there then and was deleted or renamed since: look for it in the $MFT, the USN journal, backups and shadow copies.', 'The collection left it out: compare with a listing of the folder.'] : []),
      'Handlers, rewrite rules or virtual directories were others at that time: compare with the copies of the configuration.',
      'A known module answers by itself: a proxy (Application Request Routing), an output cache, a filter, a login page, WebDAV.',
      'A proxy or another host writes into the same log, or the path in the log was rewritten.',
    ],
    refs: distinctRefs(told.map((p) => p.ref)),
    first: firstOf(told),
  };
}

/** A module can answer what no handler would; the log then says 200 where 404 or 405 was to be expected. */
export const answeredWithoutFile = rule(
  'answered-without-file',
  ANSWERED_WITHOUT_FILE,
  async (facts) => (facts.unserved === undefined ? [] : (await facts.unserved()).filter(({ told }) => told.length > 0).map((one) => draft(one, facts))),
);
