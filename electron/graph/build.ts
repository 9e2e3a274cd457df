import { compareText } from '../../shared/base/compare.ts';
import { SEVERITIES, type Component, type ConfigChange, type ConfigCopy, type Finding, type Graph, type Server, type Severity } from '../../shared/model/index.ts';
import { arrivalsAt, type ArrivalsAt } from './arrivals.ts';
import { standingAt, type PastEntry } from './as-of.ts';
import { drawChain, drawPast, type ChainLimits } from './chains.ts';
import { Drawing } from './drawing.ts';
import { drawTopology, serverNode, type TopologyDetail } from './topology.ts';

export interface GraphFacts {
  readonly server: Server;
  readonly components: readonly Component[];
  readonly findings: readonly Finding[];
  readonly changes: readonly ConfigChange[];
  /** Oldest first, the file in force last. */
  readonly copies: readonly ConfigCopy[];
}

export interface GraphOptions {
  /** Draw stock components and known products one by one. */
  readonly all?: boolean;
  /** Ids of group nodes to open. */
  readonly expand?: readonly string[];
  /** Draw every node, however many: for path questions, which show only the path. */
  readonly whole?: boolean;
  /** Id of a configuration copy; absent means now. */
  readonly asOf?: string | null;
  /** With `asOf`: components that came after it are drawn too, marked `later`. */
  readonly later?: boolean;
}

/** Nobody reads more nodes than this at once; beyond, groups stand in and the graph says that it is capped. */
export const DEFAULT_NODES = 150;
/** Even when everything is asked for. */
export const MOST_NODES = 2000;

/** Removed entries that are drawn one by one. */
const MAX_PAST = 10;

interface Plan { readonly topology: TopologyDetail; readonly limits: ChainLimits; readonly components: number }

const COARSEST: Plan = { topology: 'server', limits: { registrations: 1, entryPoints: 1 }, components: 12 };

/** From everything to the coarsest; the first that fits is drawn. */
const PLANS: readonly Plan[] = [
  { topology: 'applications', limits: { registrations: 8, entryPoints: 6 }, components: Number.MAX_SAFE_INTEGER },
  { topology: 'sites', limits: { registrations: 4, entryPoints: 3 }, components: Number.MAX_SAFE_INTEGER },
  { topology: 'sites', limits: { registrations: 2, entryPoints: 1 }, components: 30 },
  { topology: 'server', limits: { registrations: 2, entryPoints: 1 }, components: 25 },
  COARSEST,
];

/**
 * Server, site and pool, application, registration, component, file, entry point: from left to right.
 * Components of the baseline are one node per kind; what is odd is open. Ids are the same for the same evidence.
 */
export function buildGraph(facts: GraphFacts, options: GraphOptions = {}): Graph {
  const most = options.whole === true ? Number.MAX_SAFE_INTEGER : options.all === true ? MOST_NODES : DEFAULT_NODES;
  for (const [i, plan] of PLANS.entries()) {
    const drawn = draw(facts, options, plan, most);
    if (drawn.size <= most) return drawn.graph(i > 0);
  }
  // Too much was opened at once: the coarsest plan with nothing opened, so that what is odd is still there.
  const last = draw(facts, { asOf: options.asOf }, COARSEST, MOST_NODES).graph(true);
  const nodes = last.nodes.slice(0, most);
  const kept = new Set(nodes.map((n) => n.id));
  return { nodes, edges: last.edges.filter((e) => kept.has(e.from) && kept.has(e.to)), capped: true };
}

/** Stops soon after `most` nodes: the plan does not fit then, and a coarser one follows. */
function draw(facts: GraphFacts, options: GraphOptions, plan: Plan, most: number): Drawing {
  const { server, findings, changes, copies } = facts;
  const expand = new Set(options.expand ?? []);
  const drawing = new Drawing();
  const asOf = options.asOf ?? null;
  const standing = standingAt(facts.components, changes, copies, asOf, server.configuration?.evidencePath ?? null);
  const arrivals = arrivalsAt(facts, asOf, standing);
  const severities = worst(findings);
  const applications = drawTopology(drawing, server, plan.topology, expand, most);
  const rank = (c: Component): number => {
    const severity = severities.get(c.id);
    return severity === undefined ? SEVERITIES.length : SEVERITIES.indexOf(severity);
  };
  const drawn = options.later === true && asOf !== null ? [...standing.components, ...arrivals.later] : standing.components;
  const ordered = drawn.map((c, i) => ({ c, i })).sort((a, b) => rank(a.c) - rank(b.c) || a.i - b.i).map(({ c }) => c);
  const groups = new Map<string, Component[]>();
  let open = 0;
  for (const c of ordered) {
    if (drawing.size > most) break;
    const severity = severities.get(c.id) ?? null;
    const group = groupOf(server, c);
    const odd = severity !== null && severity !== 'info';
    const plain = c.origin !== 'unknown' && !odd && options.all !== true && options.whole !== true && !arrivals.few.has(c.id);
    if (expand.has(group) || expand.has(c.id) || (!plain && open < plan.components)) {
      open += 1;
      drawChain(drawing, server, c, severity, applications, plan.limits, arrivals.of(c));
    } else {
      groups.set(group, [...(groups.get(group) ?? []), c]);
    }
  }
  for (const [id, members] of [...groups].sort((a, b) => compareText(a[0], b[0]))) drawGroup(drawing, server, id, members);
  drawPastEntries(drawing, facts, standing.past, asOf !== null, expand.has(`group:past:${server.id}`), arrivals);
  return drawing;
}

const ORIGIN_WORDS = { stock: 'stock', 'known-product': 'known', unknown: 'other' } as const;

const groupOf = (server: Server, c: Component): string => `group:${c.origin}:${c.kind}:${server.id}`;

function drawGroup(drawing: Drawing, server: Server, id: string, members: readonly Component[]): void {
  const [first] = members;
  if (first === undefined) return;
  const count = members.length;
  const label = `${count} ${ORIGIN_WORDS[first.origin]} ${first.kind.replace('-', ' ')}${count === 1 ? '' : 's'}`;
  const detail = members.slice(0, 10).map((c) => c.name ?? c.image ?? c.type ?? '').join(', ');
  drawing.node({ id, kind: 'group', layer: 4, label, detail, count });
  drawing.edge(serverNode(server), id, first.origin === 'unknown' ? 'further components' : 'registered as the baseline has them; content not verified', []);
}

/** Removed entries are many after a role was uninstalled: those with a finding are open, the rest is one node. */
function drawPastEntries(drawing: Drawing, { server, findings }: GraphFacts, past: readonly PastEntry[], present: boolean, expanded: boolean, arrivals: ArrivalsAt): void {
  const rest: PastEntry[] = [];
  for (const entry of past) {
    const severity = pastSeverity(findings, entry.name);
    if (severity !== null || expanded || past.length <= MAX_PAST) drawPast(drawing, server, entry, present, severity, arrivals.ofPast(entry));
    else rest.push(entry);
  }
  if (rest.length === 0) return;
  const id = drawing.node({
    id: `group:past:${server.id}`, kind: 'group', layer: 4, label: `${rest.length} ${present ? 'entries of that time' : 'removed entries'}`,
    detail: rest.slice(0, 10).map((e) => e.name).join(', '), historyOnly: true, count: rest.length, refs: rest.slice(0, 5).flatMap((e) => e.refs.slice(0, 1)),
  });
  drawing.edge(serverNode(server), id, present ? 'in the copies of that time' : 'only in earlier copies', rest.slice(0, 5).flatMap((e) => e.refs.slice(0, 1)), present ? 'clock' : 'struck');
}

function worst(findings: readonly Finding[]): Map<string, Severity> {
  const out = new Map<string, Severity>();
  for (const f of findings) {
    if (f.component === null) continue;
    const known = out.get(f.component);
    if (known === undefined || SEVERITIES.indexOf(f.severity) < SEVERITIES.indexOf(known)) out.set(f.component, f.severity);
  }
  return out;
}

function pastSeverity(findings: readonly Finding[], name: string): Severity | null {
  return findings.find((f) => f.rule === 'removed-again' && f.title.includes(`"${name}"`))?.severity ?? null;
}
