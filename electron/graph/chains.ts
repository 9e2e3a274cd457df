import type { Component, EvidenceRef, GraphNode, Registration, Server, Severity } from '../../shared/model/index.ts';
import type { PastEntry } from './as-of.ts';
import type { Drawing } from './drawing.ts';
import { serverNode, type ApplicationNodes } from './topology.ts';

/** More than these of one component are drawn as one node with a count. */
export interface ChainLimits { readonly registrations: number; readonly entryPoints: number }

const baseName = (path: string): string => path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);

function refOf(r: Registration): EvidenceRef {
  return { path: r.path, evidencePath: r.evidencePath, line: r.line, column: r.column, sha256: r.sha256 };
}

function labelOf(c: Component): string {
  if (c.name !== null && c.name !== '') return c.name;
  return c.image === null ? (c.type ?? c.kind) : baseName(c.image);
}

/** How a component, or one of its registrations, stands to the moments around the one on screen. */
export interface Arrivals {
  readonly component: GraphNode['arrival'];
  readonly registration: (r: Registration) => GraphNode['arrival'];
}

const arriving = (arrival: GraphNode['arrival']): Pick<GraphNode, 'arrival'> => (arrival === undefined ? {} : { arrival });

/** Draws one component with everything that leads to it and from it. */
export function drawChain(drawing: Drawing, server: Server, c: Component, severity: Severity | null, applications: ApplicationNodes, limits: ChainLimits, arrivals: Arrivals): void {
  const node = drawing.node({
    ...arriving(arrivals.component), id: c.id, kind: 'component', layer: 4, label: labelOf(c), detail: `${c.kind}; ${c.originReason}`, severity,
    absent: c.fileStatus === 'absent', component: c.id, refs: c.registrations.slice(0, 5).map(refOf),
  });
  if (c.registrations.length === 0) {
    const refs = c.file === null ? [] : [{ path: c.file.path, evidencePath: c.file.evidencePath, sha256: c.file.sha256 }];
    drawing.edge(serverNode(server), node, 'lies on the server; no entry of the configuration names it', refs);
  }
  const shown = c.registrations.slice(0, limits.registrations);
  for (const r of shown) drawRegistration(drawing, server, c, r, severity, node, applications, arrivals.registration(r));
  const rest = c.registrations.length - shown.length;
  if (rest > 0) {
    const group = drawing.node({ id: `group:registrations:${c.id}`, kind: 'group', layer: 3, label: `${rest} more registrations`, detail: labelOf(c), count: rest, component: c.id });
    const refs = c.registrations.slice(limits.registrations, limits.registrations + 5).map(refOf);
    drawing.edge(serverNode(server), group, `${rest} further entries name it`, refs);
    drawing.edge(group, node, `${rest} further entries name it`, refs);
  }
  drawFile(drawing, c, node, severity, limits, arrivals.component);
}

function drawRegistration(drawing: Drawing, server: Server, c: Component, r: Registration, severity: Severity | null, node: string, applications: ApplicationNodes, arrival: GraphNode['arrival']): void {
  const file = baseName(r.evidencePath);
  const at = `${file} line ${r.line}`;
  const ref = [refOf(r)];
  const id = drawing.node({
    ...arriving(arrival), id: `reg:${r.evidencePath}:${r.line}:${r.column}`, kind: 'registration', layer: 3, label: `${baseName(r.section)}, ${at}`, detail: `${r.section}, scope ${r.scope}`, severity, component: c.id, refs: ref,
  });
  drawing.edge(id, node, `registered at ${at}`, ref);
  const whole = r.scope === 'server';
  const scope = r.scope.slice(r.scope.indexOf(':') + 1);
  const users = c.loadedBy.filter((l) => whole || scope === l.site || scope.startsWith(`${l.site}/`)).filter((l) => whole || r.scope.startsWith('site:') || inScope(scope, l.site, l.application));
  for (const l of users) {
    const reason = whole ? `loaded in pool ${l.pool}: registered at ${at}` : `enabled by ${file} of ${scope} line ${r.line}`;
    drawing.edge(applications(l.site, l.application), id, reason, ref);
  }
  if (whole || users.length === 0) drawing.edge(serverNode(server), id, `registered at ${at}${c.dormant === null ? '' : `; no process loads it: ${c.dormant}`}`, ref);
}

/** Whether an application lies at or below the scope of a web.config, or holds the folder of that web.config. */
function inScope(scope: string, site: string, application: string): boolean {
  const app = `${site}${application === '/' ? '' : application}`.toLowerCase();
  const where = scope.replace(/\/$/, '').toLowerCase();
  return app === where || app.startsWith(`${where}/`) || where.startsWith(`${app}/`);
}

function drawFile(drawing: Drawing, c: Component, node: string, severity: Severity | null, limits: ChainLimits, arrival: GraphNode['arrival']): void {
  const named = c.image ?? (c.file === null ? null : (c.file.path ?? c.file.evidencePath));
  if (named === null) return;
  const from = c.registrations.slice(0, 1).map(refOf);
  if (c.file === null) {
    const gone = c.fileStatus === 'absent' || c.fileStatus === 'not-collected';
    const id = drawing.node({ ...arriving(arrival), id: `file:${c.id}`, kind: 'file', layer: 5, label: baseName(named), detail: `${named}: ${c.fileStatus === 'absent' ? 'not in its folder' : c.fileStatus}`, severity, absent: gone, component: c.id, refs: from });
    drawing.edge(node, id, `names ${named}, ${c.fileStatus === 'absent' ? 'which is not in its folder' : 'which was not collected'}`, from, 'dashed');
    return;
  }
  for (const [file, words] of [[c.file, 'names'], [c.file32, 'as a 32-bit process names it:']] as const) {
    if (file === null) continue;
    const ref = [{ path: file.path, evidencePath: file.evidencePath, offset: 0, sha256: file.sha256 }];
    const id = drawing.node({ ...arriving(arrival), id: `file:${file.evidencePath}`, kind: 'file', layer: 5, label: baseName(file.path ?? file.evidencePath), detail: `${file.path ?? file.evidencePath}; ${file.size} bytes; SHA-256 ${file.sha256}`, severity, component: c.id, refs: ref });
    drawing.edge(node, id, `${words} ${named}`, [...from, ...ref]);
    if (file !== c.file) continue;
    for (const name of c.entryPoints.slice(0, limits.entryPoints)) {
      const entry = drawing.node({ ...arriving(arrival), id: `entry:${file.evidencePath}:${name}`, kind: 'entry-point', layer: 6, label: name, detail: `of ${baseName(file.evidencePath)}`, component: c.id, refs: ref });
      drawing.edge(id, entry, name.includes('(') ? `holds ${name}` : `exports ${name}`, ref);
    }
    const rest = c.entryPoints.length - limits.entryPoints;
    if (rest > 0) {
      const group = drawing.node({ id: `group:entry-points:${c.id}`, kind: 'group', layer: 6, label: `${rest} more entry points`, count: rest, component: c.id });
      drawing.edge(id, group, `${rest} more`, ref);
    }
  }
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
