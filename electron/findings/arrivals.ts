import { SEVERITIES, type Component, type Moment } from '../../shared/model/index.ts';
import { parseInstant } from '../../shared/time/instant.ts';
import type { RuleFacts } from './facts.ts';
import { arrivalIn, circumstances, isManaged, severityOf } from './weigh.ts';

const DAY = 864_000_000_000n;
/** Between copies further apart than this everything is new: no request can be tied to the change. */
const MAX_SPAN = 3n * DAY;

/** A moment at which components came: at `to` they are there, at `from` (a copy that lacks them) they are not. Ticks. */
export interface Arrival { readonly component: Component; readonly moment: Moment; readonly from: bigint | null; readonly to: bigint }

const instantOf = (moment: Moment | undefined): bigint | null => (moment === undefined || moment.time === null ? null : parseInstant(moment.time));

/** Only a copy that lacks it, or a file time, dates an arrival: standing in the oldest copy says "by then", not "then". */
function arrivalAt(component: Component, facts: RuleFacts): Arrival | null {
  const moment = component.firstSeen;
  const to = instantOf(moment);
  if (to === null) return null;
  const change = arrivalIn(component, facts);
  if (change === null) return moment.from === 'file-time' && moment.order === undefined ? { component, moment, from: null, to } : null;
  const from = instantOf(facts.copies.find((c) => c.id === change.from)?.moment);
  return from === null || from > to || to - from > MAX_SPAN ? null : { component, moment, from, to };
}

const known = new WeakMap<RuleFacts, readonly Arrival[]>();

/** Dated arrivals of unknown components that another rule finds odd; the most severe first. Every fact of the logs asks. */
export function oddArrivals(facts: RuleFacts): readonly Arrival[] {
  const arrivals = known.get(facts) ?? arrivalsOf(facts);
  known.set(facts, arrivals);
  return arrivals;
}

const dated = new WeakMap<readonly Arrival[], ReadonlySet<string>>();

/** Whether the component is one of them. */
export function isOddArrival(component: Component, facts: RuleFacts): boolean {
  const arrivals = oddArrivals(facts);
  const ids = dated.get(arrivals) ?? new Set(arrivals.map((a) => a.component.id));
  dated.set(arrivals, ids);
  return ids.has(component.id);
}

function arrivalsOf(facts: RuleFacts): Arrival[] {
  return facts.components
    .filter((c) => c.origin === 'unknown' && c.firstSeen.time !== null)
    .map((c) => ({ c, severity: c.registrations.length > 0 ? severityOf(c, circumstances(c, facts)) : isManaged(c) ? ('info' as const) : ('medium' as const) }))
    .filter(({ severity }) => severity !== 'info')
    .sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity))
    .map(({ c }) => arrivalAt(c, facts))
    .filter((a) => a !== null);
}
