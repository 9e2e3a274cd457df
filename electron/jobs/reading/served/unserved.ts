import { parseInstant } from '../../../../shared/time/instant.ts';
import { compareBy, compareText } from '../../../../shared/base/compare.ts';
import { type AnswerVerdict, type Served, sourceKey, verdictOf } from '../../../iis/index.ts';
import type { HandledRows, UnservedPath, UnservedPaths } from '../../../findings/index.ts';
import type { Connection } from '../../../store/store.ts';
import { type AnsweredPath, answeredPaths, answersOf, MAX_ANSWERED } from '../../../timeline/served/answered-paths.ts';
import { lastRows } from '../../../timeline/served/last-rows.ts';
import { Timeline } from '../../../timeline/timeline.ts';
import { checkCancelled } from '../../limited.ts';
import type { ServerModel } from '../../model/case-model.ts';
import { spaceOf } from '../../model/serving.ts';

/** Paths of each site and kind that are told one by one. */
const TOLD = 20;
/** The last of a site's logs, in ticks: what is answered then was not taken away long before the evidence was. */
const LAST_TIME = 864_000_000_000n;
/** Paths that are looked at before others get a turn. */
const AT_ONCE = 2000;

type Kind = UnservedPaths['kind'];
type Handled = { -readonly [K in keyof HandledRows]: HandledRows[K] };

export interface JudgedAnswers {
  readonly unserved: readonly UnservedPaths[];
  /** By the line (`sourceKey`) of the handler that comes first for them. */
  readonly handled: ReadonlyMap<string, HandledRows>;
}

interface Group { readonly site: string; readonly kind: Kind; readonly paths: Set<string>; recent: number; rows: number; top: { readonly answered: AnsweredPath; readonly served: Served; readonly recent: boolean }[] }

/** Those that were written to first, then those answered to the last, then those with most rows. */
const order = compareBy<Group['top'][number]>(({ answered: a }) => (a.method === 'GET' || a.method === 'HEAD' ? 1 : 0), ({ recent }) => (recent ? 0 : 1), ({ answered: a }) => -a.rows, ({ answered: a }) => a.path, ({ answered: a }) => a.method);

/**
 * Holds every path that was answered with 2xx against the configuration: which of them could not have been, because only
 * what lies on disk would have answered and it is not there. At most 300,000 paths, in pieces.
 * @param products names of managed modules of known products: one that sees every request may answer by itself
 */
export async function judgeAnswers(connection: Connection, model: ServerModel, products: ReadonlySet<string>, signal: AbortSignal): Promise<JudgedAnswers> {
  const handled = new Map<string, Handled>();
  if (model.host === null) return { unserved: [], handled };
  const groups = new Map<string, Group>();
  const counts = new Map<string, Record<AnswerVerdict, number>>();
  const ends = await lastRows(connection, model.server.id);
  let looked = 0;
  for await (const answered of answeredPaths(connection, model.server.id)) {
    if (++looked % AT_ONCE === 0) {
      checkCancelled(signal);
      await new Promise((next) => setImmediate(next));
    }
    const site = siteOf(model, answered.site);
    const space = site === null ? null : spaceOf(model, site);
    if (site === null || space === null || 'reason' in space) continue;
    const served = space.serve(answered.path, answered.method);
    note(handled, answered, served);
    const own = verdictOf(served, answered.method, answered.path);
    const verdict = served.modules.some((m) => m.type !== null && products.has(m.name)) && (own === 'no-file' || own === 'write-to-file') ? 'elsewhere' : own;
    const count = counts.get(site) ?? { explained: 0, elsewhere: 0, unknown: 0, 'no-file': 0, 'write-to-file': 0 };
    counts.set(site, count);
    count[verdict] += 1;
    if (verdict !== 'no-file' && verdict !== 'write-to-file') continue;
    const key = `${site}\u0000${verdict}`;
    const group = groups.get(key) ?? { site, kind: verdict, paths: new Set(), recent: 0, rows: 0, top: [] };
    groups.set(key, group);
    // A path that was asked for with several verbs is one path.
    group.paths.add(answered.path);
    group.rows += answered.rows;
    const end = ends.get(answered.site ?? '');
    const recent = end === undefined || answered.last === null || (parseInstant(answered.last) ?? end) + LAST_TIME >= end;
    if (recent) group.recent += 1;
    group.top.push({ answered, served, recent });
    if (group.top.length >= 4 * TOLD) group.top = group.top.sort(order).slice(0, TOLD);
  }
  const found: UnservedPaths[] = [];
  for (const group of [...groups.values()].sort(compareBy((g) => g.site, (g) => g.kind))) {
    const { site, kind, paths, recent, rows } = group;
    const told: UnservedPath[] = [];
    for (const one of group.top.sort(order).slice(0, TOLD)) told.push(...(await toldOf(connection, model, one)));
    found.push({ site, kind, paths: paths.size, recent, rows, told, counts: counts.get(site) ?? { explained: 0, elsewhere: 0, unknown: 0, 'no-file': 0, 'write-to-file': 0 }, all: looked < MAX_ANSWERED });
  }
  return { unserved: found, handled };
}

/** Counts the answers of the handler that comes first, unless it needs a file that is not there. */
function note(handled: Map<string, Handled>, { rows, first, last }: AnsweredPath, { fits }: Served): void {
  const fit = fits.find((f) => !f.absent);
  if (fit === undefined) return;
  const key = sourceKey(fit.mapping.entry.from);
  const known = handled.get(key);
  if (known === undefined) {
    handled.set(key, { paths: 1, rows, first, last });
    return;
  }
  known.paths += 1;
  known.rows += rows;
  if (first !== null && (known.first === null || compareText(first, known.first) < 0)) known.first = first;
  if (last !== null && (known.last === null || compareText(last, known.last) > 0)) known.last = last;
}

/** A central log names sites by their number. */
export function siteOf({ server: { sites } }: ServerModel, named: string | null): string | null {
  if (named === null) return sites.length === 1 ? (sites[0]?.name ?? null) : null;
  const id = /^W3SVC(\d{1,9})$/i.exec(named)?.[1];
  return sites.find((s) => s.name === named)?.name ?? (id === undefined ? null : (sites.find((s) => s.id === Number(id))?.name ?? null));
}

async function toldOf(connection: Connection, model: ServerModel, { answered, served }: Group['top'][number]): Promise<UnservedPath[]> {
  const { clients, event: id } = await answersOf(connection, model.server.id, answered);
  const event = id === null ? null : await new Timeline(connection).event(id);
  if (event === null) return [];
  const { path, method, rows, first, last, sent, received } = answered;
  const handler = served.fits.find((fit) => !fit.mapping.static)?.mapping.entry.name ?? null;
  const modules = served.modules.filter((m) => m.state === 'effective').map((m) => m.name);
  return [{ path, method, rows, first, last, sent, received, clients, file: served.file?.path ?? null, handler, modules, fidelity: event.fidelity, ref: event.ref }];
}
