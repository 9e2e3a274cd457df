import { compareText } from '../../shared/base/compare.ts';
import { SEVERITIES, type Component, type ConfigChange, type ConfigCopy, type Finding, type Graph, type Server, type Severity } from '../../shared/model/index.ts';
import { arrivalsAt, type ArrivalsAt } from './arrivals.ts';
import { standingAt, type PastEntry, type Standing } from './as-of.ts';
import { lineKey, poolCounts, type ChainContext, type ChainLimits, type FileImports, type RemovedHere, type Users } from './chain-context.ts';
import { drawChain, drawPast, labelOf } from './chains.ts';
import { Drawing } from './drawing.ts';
import { drawFolded } from './folding.ts';
import { drawTopology, serverNode, type TopologyDetail } from './topology.ts';

export interface GraphFacts {
  readonly server: Server;
  readonly components: readonly Component[];
  readonly findings: readonly Finding[];
  readonly changes: readonly ConfigChange[];
  /** Oldest first, the file in force last. */
  readonly copies: readonly ConfigCopy[];
  /** What applications take out of the lists of the levels above them, now. */
  readonly removed?: readonly RemovedHere[];
  /** By SHA-256, of the files whose imports are asked for. */
  readonly imports?: ReadonlyMap<string, FileImports>;
}

export interface GraphOptions {
  /** Draw stock components and known products one by one. */
  readonly all?: boolean;
  /** Ids of group nodes to open, and of files whose imports are drawn. */
  readonly expand?: readonly string[];
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
/** Components of an opened group that are drawn at once: each brings its files and registrations. */
const COMPONENT_CHUNK = 20;

/** `own`: applications with a component that is drawn for itself; `flagged`: with a finding on it; `none`: not one. */
interface Plan { readonly topology: TopologyDetail; readonly named: 'own' | 'flagged' | 'none'; readonly limits: ChainLimits; readonly components: number }

/** From everything to the coarsest; the first that fits is drawn. */
const PLANS: readonly Plan[] = [
  { topology: 'applications', named: 'none', limits: { registrations: 8, entryPoints: 6 }, components: Number.MAX_SAFE_INTEGER },
  { topology: 'sites', named: 'own', limits: { registrations: 4, entryPoints: 3 }, components: Number.MAX_SAFE_INTEGER },
  { topology: 'named', named: 'own', limits: { registrations: 4, entryPoints: 3 }, components: Number.MAX_SAFE_INTEGER },
  { topology: 'named', named: 'flagged', limits: { registrations: 2, entryPoints: 1 }, components: 30 },
  { topology: 'named', named: 'none', limits: { registrations: 2, entryPoints: 1 }, components: 25 },
  { topology: 'named', named: 'none', limits: { registrations: 1, entryPoints: 1 }, components: 12 },
];
const EVERYTHING: Plan = { topology: 'applications', named: 'none', limits: { registrations: Number.MAX_SAFE_INTEGER, entryPoints: Number.MAX_SAFE_INTEGER }, components: Number.MAX_SAFE_INTEGER };

/**
 * Server, site and pool, application, registration, component, file, entry point: from left to right.
 * Components of the baseline are one node per kind; what is odd is open. Ids are the same for the same evidence.
 */
export function buildGraph(facts: GraphFacts, options: GraphOptions = {}): Graph {
  const most = options.all === true ? MOST_NODES : DEFAULT_NODES;
  const moment = momentOf(facts, options);
  // Where too much was opened, what was opened last stays open as long as it fits.
  for (let { expand = [] } = options; ; expand = expand.slice(Math.ceil(expand.length / 2))) {
    for (const [i, plan] of PLANS.entries()) {
      const drawn = draw(facts, moment, { ...options, expand, plan, most, users: { kind: 'each' }, wanted: null });
      if (drawn.size <= most) return drawn.graph(i > 0 || expand.length < (options.expand ?? []).length);
    }
    if (expand.length === 0) break;
  }
  const last = draw(facts, moment, { plan: PLANS.at(-1) ?? EVERYTHING, most: MOST_NODES, users: { kind: 'each' }, wanted: null }).graph(true);
  const nodes = last.nodes.slice(0, most);
  const kept = new Set(nodes.map((n) => n.id));
  return { nodes, edges: last.edges.filter((e) => kept.has(e.from) && kept.has(e.to)), capped: true };
}

/**
 * Every node, none folded. @param users which applications are joined to what they load: all of them are millions of edges
 * on a large server @param wanted components that are drawn; null: all
 */
export function wholeGraph(facts: GraphFacts, options: Pick<GraphOptions, 'asOf' | 'later' | 'expand'>, users: Users, wanted: ReadonlySet<string> | null = null): Graph {
  return draw(facts, momentOf(facts, options), { ...options, all: true, plan: EVERYTHING, most: Number.MAX_SAFE_INTEGER, users, wanted }).graph(false);
}

interface DrawOptions extends Pick<GraphOptions, 'all' | 'expand'> {
  readonly plan: Plan;
  readonly most: number;
  readonly users: Users;
  readonly wanted: ReadonlySet<string> | null;
}

/** What is there at the moment on screen: the same for every plan. */
interface DrawnMoment {
  readonly asOf: string | null;
  readonly standing: Standing;
  readonly arrivals: ArrivalsAt;
  readonly severities: ReadonlyMap<string, Severity>;
  /** What has the worst finding first, then in the order of the case. */
  readonly ordered: readonly Component[];
}

function momentOf(facts: GraphFacts, options: Pick<GraphOptions, 'asOf' | 'later'>): DrawnMoment {
  const asOf = options.asOf ?? null;
  const standing = standingAt(facts.components, facts.changes, facts.copies, asOf, facts.server.configuration?.evidencePath ?? null);
  const arrivals = arrivalsAt(facts, asOf, standing);
  const severities = worst(facts.findings);
  const rank = (c: Component): number => {
    const severity = severities.get(c.id);
    return severity === undefined ? SEVERITIES.length : SEVERITIES.indexOf(severity);
  };
  const there = options.later === true && asOf !== null ? [...standing.components, ...arrivals.later] : standing.components;
  const ordered = there.map((c, i) => ({ c, i, rank: rank(c) })).sort((a, b) => a.rank - b.rank || a.i - b.i).map(({ c }) => c);
  return { asOf, standing, arrivals, severities, ordered };
}

/** Stops soon after `most` nodes: the plan does not fit then, and a coarser one follows. */
function draw(facts: GraphFacts, moment: DrawnMoment, options: DrawOptions): Drawing {
  const { server } = facts;
  const { plan, most, wanted } = options;
  const { asOf, standing, arrivals, severities } = moment;
  const expand = new Set(options.expand ?? []);
  const drawing = new Drawing();
  const open: Component[] = [];
  const groups = new Map<string, Component[]>();
  for (const c of moment.ordered) {
    if (wanted !== null && !wanted.has(c.id)) continue;
    const severity = severities.get(c.id) ?? null;
    const odd = severity !== null && severity !== 'info';
    const plain = c.origin !== 'unknown' && !odd && options.all !== true && !arrivals.few.has(c.id);
    if (expand.has(c.id) || (!plain && open.length < plan.components)) open.push(c);
    else {
      const group = groupOf(server, c);
      const list = groups.get(group);
      if (list === undefined) groups.set(group, [c]);
      else list.push(c);
    }
  }
  const removed = asOf === null ? (facts.removed ?? []) : [];
  const named = plan.named === 'none' ? new Map<string, Set<string>>() : namedApplications(plan.named === 'own' ? open : open.filter((c) => severities.has(c.id) && severities.get(c.id) !== 'info'), removed);
  const applications = drawTopology(drawing, server, { detail: plan.topology, named, expand, most });
  const context: ChainContext = { server, applications, limits: plan.limits, expand, users: options.users, ...poolCounts(server), removed, imports: facts.imports ?? new Map() };
  const chain = (c: Component): void => drawChain(drawing, context, c, severities.get(c.id) ?? null, arrivals.of(c));
  for (const c of open) {
    if (drawing.size > most) break;
    chain(c);
  }
  for (const [id, members] of [...groups].sort((a, b) => compareText(a[0], b[0]))) {
    drawFolded(drawing, expand, most, { id, members, chunk: COMPONENT_CHUNK, nameOf: labelOf, one: chain, group: (group, part, range) => drawGroup(drawing, server, group, part, range) });
  }
  if (wanted === null) drawPastEntries(drawing, facts, standing.past, asOf !== null, options.most === Number.MAX_SAFE_INTEGER || expand.has(`group:past:${server.id}`), arrivals);
  return drawing;
}

/** Applications where one of these components is enabled or taken away by a file of their own. */
function namedApplications(components: readonly Component[], removed: readonly RemovedHere[]): Map<string, Set<string>> {
  const named = new Map<string, Set<string>>();
  const site = (name: string): Set<string> => {
    let paths = named.get(name);
    if (paths === undefined) named.set(name, (paths = new Set()));
    return paths;
  };
  const lines = new Set<string>();
  for (const c of components) {
    for (const r of c.registrations) {
      lines.add(lineKey(r));
      const [, kind, scope = ''] = /^(site|app|dir):(.*)$/s.exec(r.scope) ?? [];
      if (kind === undefined) continue;
      const slash = scope.indexOf('/');
      const paths = site(slash < 0 ? scope : scope.slice(0, slash));
      if (kind === 'app' && slash >= 0) paths.add(scope.slice(slash));
    }
  }
  for (const { site: name, application, lost } of removed) if ([...lost.keys()].some((key) => lines.has(key))) site(name).add(application);
  return named;
}

const ORIGIN_WORDS = { stock: 'stock', 'known-product': 'known', unknown: 'other' } as const;

const groupOf = (server: Server, c: Component): string => `group:${c.origin}:${c.kind}:${server.id}`;

function drawGroup(drawing: Drawing, server: Server, id: string, members: readonly Component[], range: string | null): void {
  const [first] = members;
  if (first === undefined) return;
  const count = members.length;
  const label = `${count} ${ORIGIN_WORDS[first.origin]} ${first.kind.replace('-', ' ')}${count === 1 ? '' : 's'}${range === null ? '' : `: ${range}`}`;
  const detail = members.slice(0, 10).map(labelOf).join(', ');
  drawing.node({ id, kind: 'group', layer: 4, label, detail, count, of: 'component' });
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
    id: `group:past:${server.id}`, kind: 'group', layer: 4, label: `${rest.length} ${present ? 'entries of that time' : 'removed entries'}`, of: 'component',
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
