import type { Graph, GraphNode, GraphNodeKind, GraphQuestion } from '../../shared/model/index.ts';
import { wholeGraph, DEFAULT_NODES, type GraphFacts, type GraphOptions } from './build.ts';
import type { Users } from './chain-context.ts';
import { registrationNode } from './chains.ts';
import { fileNode } from './files.ts';
import { foldAnswer } from './fold-answer.ts';
import { paths, reachOf } from './paths.ts';
import { applicationNode, serverNode } from './topology.ts';

export interface Answer extends Graph {
  /** Of the whole answer, also where groups stand in for its nodes. */
  readonly counts: readonly { readonly kind: GraphNodeKind; readonly count: number }[];
}

/** Answers a question to every node of one server, folded or not; only the components that it concerns are looked at. */
export function answerQuestion(facts: GraphFacts, options: GraphOptions, question: GraphQuestion): Answer {
  const nodes = question.kind === 'path' ? [question.from, question.to] : [question.node];
  const whole = wholeGraph(facts, { ...options, expand: nodes.some(isImport) ? allFiles(facts) : options.expand }, usersFor(facts, question), componentsFor(facts, question));
  const found = question.kind === 'path' ? paths(whole, question.from, question.to) : reachOf(whole, question.node, question.direction);
  return { ...foldAnswer(found, DEFAULT_NODES, new Set(options.expand), new Set(nodes)), counts: countKinds(found.nodes) };
}

/** How many nodes of each kind there are, folded ones one by one, in the order of layers. */
export function countKinds(nodes: readonly GraphNode[]): Answer['counts'] {
  const counts = new Map<GraphNodeKind, number>();
  for (const n of nodes) {
    const kind = n.of ?? n.kind;
    counts.set(kind, (counts.get(kind) ?? 0) + n.count);
  }
  return [...counts].map(([kind, count]) => ({ kind, count }));
}

export const isImport = (id: string): boolean => id.startsWith('import:');

function allFiles({ components }: GraphFacts): readonly string[] {
  return components.flatMap((c) => [c.file, c.file32]).flatMap((f) => (f === null ? [] : [fileNode(f.evidencePath)]));
}

/** The components behind nodes on the right; null when a node stands on the left or belongs to none. */
function ownersOf({ components, server }: GraphFacts, id: string): ReadonlySet<string> | null {
  if (id === serverNode(server) || /^(?:site|pool|app|past|group|import):/.test(id)) return null;
  const owners = components.filter((c) => c.id === id || id === `file:${c.id}` || c.registrations.some((r) => registrationNode(r) === id)
    || [c.file, c.file32].some((f) => f !== null && (fileNode(f.evidencePath) === id || (id.startsWith('entry:') && c.entryPoints.some((e) => id === `entry:${f.evidencePath}:${e}`)))));
  return owners.length === 0 ? null : new Set(owners.map((c) => c.id));
}

/** One end that belongs to components is enough: every chain to it leads through them. */
function componentsFor(facts: GraphFacts, question: GraphQuestion): ReadonlySet<string> | null {
  if (question.kind === 'reach') return ownersOf(facts, question.node);
  const [from, to] = [ownersOf(facts, question.from), ownersOf(facts, question.to)];
  if (from === null || to === null) return from ?? to;
  return new Set([...from, ...to]);
}

/** Only the applications that can be on the way are joined to what they load. */
function usersFor(facts: GraphFacts, question: GraphQuestion): Users {
  const { server } = facts;
  const nodes = question.kind === 'path' ? [question.from, question.to] : [question.node];
  const applications = new Set<string>();
  for (const site of server.sites) {
    for (const { path, pool } of site.applications) {
      const id = applicationNode(server, site.name, path);
      if (nodes.some((n) => n === id || n === `site:${server.id}/${site.name}` || n === `pool:${server.id}/${pool}`)) applications.add(id);
    }
  }
  // From the server, what a site or an application enables is reached through any application.
  if (question.kind === 'path' ? applications.size === 0 && componentsFor(facts, question) !== null : question.direction === 'backward') return { kind: 'each' };
  return question.kind === 'reach' && applications.size === 0 ? { kind: 'compact' } : { kind: 'only', nodes: applications };
}
