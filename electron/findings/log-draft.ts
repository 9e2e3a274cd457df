import { compareText } from '../../shared/base/compare.ts';
import { quote } from '../../shared/base/limits.ts';
import { UNKNOWN_MOMENT, type Component, type EvidenceRef, type Moment } from '../../shared/model/index.ts';
import { parseInstant } from '../../shared/time/instant.ts';
import type { RowSighting } from '../timeline/signals/index.ts';
import { oddArrivals } from './arrivals.ts';
import type { RuleFacts } from './facts.ts';
import type { FindingDraft } from './rule.ts';
import { distinctRefs, fileRef, subjectOf } from './words.ts';

/** What rows of logs betray, with the clients and paths that it is about: where several kinds meet, they weigh more. */
export interface LogDraft extends FindingDraft {
  readonly clients: readonly string[];
  readonly places: readonly string[];
}

const HOUR = 36_000_000_000n;
const DAY = 24n * HOUR;
const MAX_SPANS = 5;

export const count = (n: number, one: string, more = `${one}s`): string => `${n} ${n === 1 ? one : more}`;

/** `/x.aspx (site Shop)`. */
export const pathIn = (path: string, site: string | null): string => `${quote(path)}${site === null ? '' : ` (site ${quote(site)})`}`;

/** One name for a path of a site, to see where facts meet. */
export const placeOf = (path: string, site: string | null): string => `${site ?? ''}\u0000${path}`;

export const refsOfRows = (rows: readonly RowSighting[]): EvidenceRef[] => distinctRefs(rows.map((r) => r.ref));

/** The earliest of the rows as the moment of a finding. */
export function firstMoment(rows: readonly RowSighting[]): Moment {
  const [first] = rows.filter((r) => r.time !== null).toSorted((a, b) => compareText(a.time ?? '', b.time ?? ''));
  return first === undefined ? UNKNOWN_MOMENT : { time: first.time, from: 'log', fidelity: first.assumed ? 'zone-assumed' : 'exact' };
}

/** When each client of a finding was there first and last, and how long before the rows that the finding is about. */
export async function spanWords(clients: readonly string[], first: Moment, facts: RuleFacts): Promise<string[]> {
  if (clients.length === 0) return [];
  const spans = (await facts.logs?.signals?.spans({ server: facts.server.id, clients: clients.slice(0, MAX_SPANS) })) ?? [];
  const at = first.time === null ? null : parseInstant(first.time);
  return spans.map((s) => {
    const begin = parseInstant(s.first);
    const earlier = at === null || begin === null || begin >= at ? '' : `; first contact ${apart(at - begin)} before these rows`;
    const claimed = s.forwarded ? ' (as X-Forwarded-For says, which the client can write itself)' : '';
    return `${quote(s.client)}${claimed}: ${count(s.rows, 'row')} on ${count(s.days, 'day')}, from ${s.first} to ${s.last}${earlier}.`;
  });
}

/** Ticks in whole days, hours or minutes. */
export function apart(ticks: bigint): string {
  if (ticks >= DAY) return count(Number(ticks / DAY), 'day');
  return ticks >= HOUR ? count(Number(ticks / HOUR), 'hour') : count(Number(ticks / (HOUR / 60n)), 'minute');
}

/** Arrivals of unknown components near which a fact of the logs stands: two that know nothing of each other. */
export interface NearArrival {
  /** Where one component alone came then; several cannot be told apart by the logs. */
  readonly component: Component | null;
  readonly sentence: string;
  readonly refs: readonly EvidenceRef[];
}

/** Odd components that came within `before` ahead of the moment or `behind` after it (ticks); null when none did. */
export function arrivalNear(moment: Moment, facts: RuleFacts, before: bigint, behind: bigint): NearArrival | null {
  const at = moment.time === null ? null : parseInstant(moment.time);
  if (at === null) return null;
  const [arrival, ...others] = oddArrivals(facts).filter(({ from, to }) => at >= (from ?? to) - before && at <= to + behind);
  if (arrival === undefined) return null;
  const { component, to, moment: came } = arrival;
  const gap = at > to ? at - to : to - at;
  const more = others.length === 0 ? '' : `, and ${count(others.length, 'other unknown component')} near it: which of them the rows belong to they do not say`;
  return {
    component: others.length === 0 ? component : null,
    sentence: `The unknown ${subjectOf(component)} came at ${came.time ?? ''}, ${apart(gap)} ${at > to ? 'before' : 'after'} the first of these rows${more}.`,
    refs: fileRef(component.file),
  };
}

export { DAY, HOUR };
