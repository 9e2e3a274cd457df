import { compareBy } from '../../shared/base/compare.ts';
import { mainLine, type Component, type ConfigChange, type ConfigCopy, type GraphNode, type Registration, type Server } from '../../shared/model/index.ts';
import { standingAt, type PastEntry, type Standing } from './as-of.ts';
import type { Arrivals } from './chains.ts';

/** More components than this came at once (a role was installed): they stay in their groups. */
const FEW = 10;

/** What came with the copy on screen, and what came after it. */
export interface ArrivalsAt {
  of(c: Component): Arrivals;
  ofPast(entry: PastEntry): GraphNode['arrival'];
  /** Components in force now that the copy on screen does not have. */
  readonly later: readonly Component[];
  /** Ids of arrivals that are worth a node of their own, whatever their origin; empty when there are many. */
  readonly few: ReadonlySet<string>;
}

interface Facts {
  readonly server: Server;
  readonly components: readonly Component[];
  readonly changes: readonly ConfigChange[];
  readonly copies: readonly ConfigCopy[];
}

const keyOf = (r: Registration): string => `${r.evidencePath}\n${r.line}\n${r.column}`;
const pastKey = (p: PastEntry): string => `${p.section}\n${p.scope}\n${p.name}`;

/** Compares the moment on screen with the copy before it, and with now. The first copy has none before it: nothing counts as added there. */
export function arrivalsAt({ server, components, changes, copies }: Facts, asOf: string | null, standing: Standing): ArrivalsAt {
  const before = copyBefore(copies, asOf);
  const earlier = before === null ? null : standingAt(components, changes, copies, before.id, server.configuration?.evidencePath ?? null);
  const hadComponent = earlier === null ? null : new Set(earlier.components.map((c) => c.id));
  const hadLine = earlier === null ? null : new Set(earlier.components.flatMap((c) => c.registrations.map(keyOf)));
  const hadPast = earlier === null ? null : new Set(earlier.past.map(pastKey));
  const here = new Set(standing.components.map((c) => c.id));
  const later = asOf === null ? [] : components.filter((c) => !here.has(c.id));
  const laterIds = new Set(later.map((c) => c.id));
  const added = hadComponent === null ? [] : standing.components.filter((c) => !hadComponent.has(c.id));
  const arrivals = [...added, ...later];
  return {
    of: (c) => {
      if (laterIds.has(c.id)) return { component: 'later', registration: () => 'later' };
      return {
        component: hadComponent === null || hadComponent.has(c.id) ? undefined : 'added',
        registration: (r) => (hadLine === null || hadLine.has(keyOf(r)) ? undefined : 'added'),
      };
    },
    // Now, a removed entry is not there at all; at an earlier moment it may just have come.
    ofPast: (entry) => (asOf === null || hadPast === null || hadPast.has(pastKey(entry)) ? undefined : 'added'),
    later,
    few: new Set(arrivals.length > FEW ? [] : arrivals.map((c) => c.id)),
  };
}

/** The copy of applicationHost.config before a moment; pools keep files of their own, web.config files lines of their own. */
function copyBefore(copies: readonly ConfigCopy[], asOf: string | null): ConfigCopy | null {
  const line = mainLine(copies).sort(compareBy((c) => c.order));
  const at = asOf === null ? line.length - 1 : line.findIndex((c) => c.id === asOf);
  return line[at - 1] ?? null;
}
