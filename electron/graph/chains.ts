import type { Component, GraphNode, LoadedBy, Registration, Server, Severity } from '../../shared/model/index.ts';
import type { PastEntry } from './as-of.ts';
import { baseName, lineKey, refOf, type ChainContext } from './chain-context.ts';
import type { Drawing } from './drawing.ts';
import { drawFiles } from './files.ts';
import { applicationNode, serverNode } from './topology.ts';

/** Registrations that are drawn once their group is open. */
const MOST_REGISTRATIONS = 300;

export function labelOf(c: Component): string {
  if (c.name !== null && c.name !== '') return c.name;
  return c.image === null ? (c.type ?? c.kind) : baseName(c.image);
}

export const registrationNode = (r: Registration): string => `reg:${lineKey(r)}`;

/** How a component, or one of its registrations, stands to the moments around the one on screen. */
export interface Arrivals {
  readonly component: GraphNode['arrival'];
  readonly registration: (r: Registration) => GraphNode['arrival'];
}

const arriving = (arrival: GraphNode['arrival']): Pick<GraphNode, 'arrival'> => (arrival === undefined ? {} : { arrival });

/** Draws one component with everything that leads to it and from it. */
export function drawChain(drawing: Drawing, context: ChainContext, c: Component, severity: Severity | null, arrivals: Arrivals): void {
  const { server, limits, expand } = context;
  const node = drawing.node({
    ...arriving(arrivals.component), id: c.id, kind: 'component', layer: 4, label: labelOf(c), detail: `${c.kind}; ${c.originReason}`, severity,
    absent: c.fileStatus === 'absent', component: c.id, refs: c.registrations.slice(0, 5).map(refOf),
  });
  if (c.registrations.length === 0) {
    const refs = c.file === null ? [] : [{ path: c.file.path, evidencePath: c.file.evidencePath, sha256: c.file.sha256 }];
    drawing.edge(serverNode(server), node, 'lies on the server; no entry of the configuration names it', refs);
  }
  const removed = drawRemovals(drawing, context, c, node);
  const users = new UsersOf(context, c);
  const group = `group:registrations:${c.id}`;
  const most = expand.has(group) ? MOST_REGISTRATIONS : limits.registrations;
  for (const r of c.registrations.slice(0, most)) drawRegistration(drawing, context, c, r, severity, node, users, removed, arrivals.registration(r));
  const rest = c.registrations.length - most;
  if (rest > 0) {
    drawing.node({ id: group, kind: 'group', layer: 3, label: `${rest} more registrations`, detail: labelOf(c), count: rest, of: 'registration', component: c.id });
    const refs = c.registrations.slice(most, most + 5).map(refOf);
    drawing.edge(serverNode(server), group, `${rest} further entries name it`, refs);
    drawing.edge(group, node, `${rest} further entries name it`, refs);
  }
  drawFiles(drawing, context, c, node, severity, arrivals.component);
}

/** Where an application takes the component away again: an edge that is struck out, with the line that does it. */
function drawRemovals(drawing: Drawing, { server, applications, removed }: ChainContext, c: Component, node: string): ReadonlySet<string> {
  const taken = new Set<string>();
  for (const { site, application, lost } of removed) {
    for (const r of c.registrations) {
      const removal = lost.get(lineKey(r));
      if (removal === undefined) continue;
      const id = applications(site, application);
      taken.add(`${id} > ${registrationNode(r)}`);
      if (id === applicationNode(server, site, application)) drawing.edge(id, node, removal.words, [...removal.refs, refOf(r)], 'struck');
    }
  }
  return taken;
}

function drawRegistration(drawing: Drawing, context: ChainContext, c: Component, r: Registration, severity: Severity | null, node: string, users: UsersOf, removed: ReadonlySet<string>, arrival: GraphNode['arrival']): void {
  const at = `${baseName(r.evidencePath)} line ${r.line}`;
  const ref = [refOf(r)];
  const id = drawing.node({
    ...arriving(arrival), id: registrationNode(r), kind: 'registration', layer: 3, label: `${baseName(r.section)}, ${at}`, detail: `${r.section}, scope ${r.scope}`, severity, component: c.id, refs: ref,
  });
  drawing.edge(id, node, `registered at ${at}`, ref);
  const { edges, count, byAll } = users.of(r);
  for (const { from, words } of edges) if (!removed.has(`${from} > ${id}`)) drawing.edge(from, id, words, ref);
  const whole = r.scope === 'server';
  const note = byAll ? `; all ${count} applications load it` : c.dormant === null ? '' : `; no process loads it: ${c.dormant}`;
  if (whole || count === 0) drawing.edge(serverNode(context.server), id, `registered at ${at}${note}`, ref);
}

interface UserEdges {
  readonly edges: readonly { readonly from: string; readonly words: string }[];
  /** Applications that load the line's code. */
  readonly count: number;
  readonly byAll: boolean;
}

/** Which nodes are joined to a registration. Those of lines for the whole server are found once for a component. */
class UsersOf {
  readonly #context: ChainContext;
  readonly #component: Component;
  #everywhere: ReadonlyMap<string, readonly LoadedBy[]> | null = null;
  /** A component can be named in thousands of files: each looks at the applications of its own site only. */
  #bySite: Map<string, LoadedBy[]> | null = null;

  constructor(context: ChainContext, component: Component) {
    this.#context = context;
    this.#component = component;
  }

  of(r: Registration): UserEdges {
    const { loadedBy } = this.#component;
    const { users, inServer, server, inPool } = this.#context;
    const at = `${baseName(r.evidencePath)} line ${r.line}`;
    const whole = r.scope === 'server';
    const byAll = whole && users.kind === 'compact' && inServer > 0 && loadedBy.length >= inServer;
    if (byAll) return { edges: [], count: loadedBy.length, byAll };
    const groups = whole ? (this.#everywhere ??= this.#grouped(loadedBy)) : this.#grouped(this.#inScope(r));
    const edges: { from: string; words: string }[] = [];
    let count = 0;
    const pools = new Map<string, number>();
    for (const list of groups.values()) {
      count += list.length;
      if (whole && users.kind === 'compact') for (const { pool } of list) pools.set(pool, (pools.get(pool) ?? 0) + 1);
    }
    const full = new Set([...pools].filter(([pool, n]) => n > 1 && n === inPool.get(pool)).map(([pool]) => pool));
    for (const pool of full) edges.push({ from: `pool:${server.id}/${pool}`, words: `loaded by all ${pools.get(pool) ?? 0} applications of pool ${pool}: registered at ${at}` });
    for (const [from, all] of groups) {
      const list = full.size === 0 ? all : all.filter((l) => !full.has(l.pool));
      const [first] = list;
      if (first === undefined || (users.kind === 'only' && !users.nodes.has(from))) continue;
      const words = !whole ? `enabled by ${baseName(r.evidencePath)} of ${scopePath(r)} line ${r.line}`
        : list.length > 1 ? `loaded by ${list.length} applications: registered at ${at}` : `loaded in pool ${first.pool}: registered at ${at}`;
      edges.push({ from, words });
    }
    return { edges, count, byAll };
  }

  #inScope(r: Registration): readonly LoadedBy[] {
    if (this.#bySite === null) {
      this.#bySite = new Map();
      for (const l of this.#component.loadedBy) {
        const list = this.#bySite.get(l.site);
        if (list === undefined) this.#bySite.set(l.site, [l]);
        else list.push(l);
      }
    }
    const scope = scopePath(r);
    const own = this.#bySite.get(scope.split('/', 1)[0] ?? '') ?? [];
    return r.scope.startsWith('site:') ? own : own.filter((l) => inScope(scope, l.site, l.application));
  }

  #grouped(list: readonly LoadedBy[]): ReadonlyMap<string, readonly LoadedBy[]> {
    const groups = new Map<string, LoadedBy[]>();
    for (const l of list) {
      const id = this.#context.applications(l.site, l.application);
      const group = groups.get(id);
      if (group === undefined) groups.set(id, [l]);
      else group.push(l);
    }
    return groups;
  }
}

/** `site:Shop` and `app:Shop/api` without their kinds. */
const scopePath = (r: Registration): string => r.scope.slice(r.scope.indexOf(':') + 1);

/** Whether an application lies at or below the scope of a web.config, or holds the folder of that web.config. */
function inScope(scope: string, site: string, application: string): boolean {
  const app = `${site}${application === '/' ? '' : application}`.toLowerCase();
  const where = scope.replace(/\/$/, '').toLowerCase();
  return app === where || app.startsWith(`${where}/`) || where.startsWith(`${app}/`);
}

/** An entry that only copies have: struck out now, with a clock where the copy on screen has it. */
export function drawPast(drawing: Drawing, server: Server, entry: PastEntry, present: boolean, severity: Severity | null, arrival: GraphNode['arrival']): void {
  const id = drawing.node({
    ...arriving(arrival), id: `past:${server.id}:${entry.section}:${entry.scope}:${entry.name}`, kind: 'component', layer: 4, label: entry.name, severity,
    detail: `${entry.kind}; ${entry.text}`, historyOnly: true, refs: [...entry.refs],
  });
  const copy = (id: string): string => (id === 'live' ? 'the file in force' : `copy ${id}`);
  const reason = present ? `in the copies up to ${entry.from}` : `removed between ${copy(entry.from)} and ${copy(entry.to)}`;
  drawing.edge(serverNode(server), id, reason, entry.refs, present ? 'clock' : 'struck');
}
