import { mainLine, type Graph } from '../../shared/model/index.ts';
import { RequestError } from '../../shared/base/result.ts';
import { listDocuments } from '../case/documents.ts';
import { buildGraph, paths } from '../graph/index.ts';
import type { GraphFacts } from '../graph/index.ts';
import type { Workspace } from '../jobs/workspace.ts';
import type { HandlersOf } from './handlers.ts';

export function graphService(workspace: Workspace): HandlersOf<'graph'> {
  return {
    'graph.view': async ({ server, all, expand, asOf, later }) => {
      const facts = await graphFacts(workspace, server);
      const graphs = facts.map((f) => buildGraph(f, { all: all ?? false, expand: expand ?? [], asOf: asOf ?? null, later: later ?? false }));
      return { ...merged(graphs), copies: facts.flatMap((f) => mainLine(f.copies)) };
    },
    'graph.path': async ({ from, to }) => {
      const graph = merged((await graphFacts(workspace, undefined)).map((f) => buildGraph(f, { whole: true })));
      return paths(graph, from, to);
    },
  };
}

async function graphFacts(workspace: Workspace, wanted: string | undefined): Promise<GraphFacts[]> {
  const { connection } = workspace.opened.file;
  const [servers, components, findings, changes, copies] = [
    await listDocuments(connection, 'server'), await listDocuments(connection, 'component'), await listDocuments(connection, 'finding'),
    await listDocuments(connection, 'config_change'), await listDocuments(connection, 'config_copy'),
  ];
  const chosen = servers.filter((s) => wanted === undefined || s.id === wanted);
  if (wanted !== undefined && chosen.length === 0) throw new RequestError('usage', `There is no server ${wanted}.`);
  return chosen.map((server) => {
    const own = copies.filter((c) => c.server === server.id);
    const ids = new Set(own.map((c) => c.evidencePath));
    return {
      server,
      components: components.filter((c) => c.server === server.id),
      findings: findings.filter((f) => f.server === server.id),
      // Changes of an earlier case do not name their server.
      changes: changes.filter((c) => (c.server === undefined ? c.refs.some((r) => ids.has(r.evidencePath)) : c.server === server.id)),
      copies: own,
    };
  });
}

function merged(graphs: readonly Graph[]): Graph {
  return { nodes: graphs.flatMap((g) => g.nodes), edges: graphs.flatMap((g) => g.edges), capped: graphs.some((g) => g.capped) };
}
