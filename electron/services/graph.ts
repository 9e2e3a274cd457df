import { mainLine, NodePlaces, type GraphQuestion, type NodePlace } from '../../shared/model/index.ts';
import type { GraphFormat } from '../../shared/contract/graph.ts';
import type { Output, ParsedInput } from '../../shared/contract/index.ts';
import { getArrangement, setArrangement } from '../case/arrangement.ts';
import { canonicalJson } from '../case/canonical.ts';
import { listEvidence } from '../case/evidence.ts';
import { imageImports } from '../case/image-imports.ts';
import { parsed } from '../case/rows.ts';
import { refuseWriteOut, writeOut } from '../case/write-out.ts';
import { answerQuestion, buildGraph, countKinds, edgesCsv, fileNode, findNodes, graphJson, graphMl, graphSvg, isImport, nodesCsv, wholeGraph, type GraphFacts } from '../graph/index.ts';
import type { Workspace } from '../jobs/workspace.ts';
import { everyNode, graphFacts } from './graph-facts.ts';
import type { HandlersOf } from './handlers.ts';

type Drawn = ParsedInput<'graph.view'>;

/** Places of nodes that a case keeps; the oldest go first. */
const MOST_PLACES = 2000;
/** Characters of a detail that tell one hit from another. */
const SHOWN_DETAIL = 200;

export function graphService(workspace: Workspace): HandlersOf<'graph'> {
  return {
    'graph.view': (input) => drawn(workspace, input),
    'graph.find': async ({ server, asOf, text, limit }) => {
      const { facts } = await graphFacts(workspace, server);
      const hits = findNodes(facts.flatMap((f) => everyNode(f, asOf ?? null)), text);
      const shown = hits.slice(0, limit).map(({ node: { id, kind, label, detail, severity }, how }) => ({ id, kind, label, detail: detail.length > SHOWN_DETAIL ? `${detail.slice(0, SHOWN_DETAIL)}...` : detail, severity, how }));
      return { hits: shown, total: hits.length };
    },
    'graph.text': async (input) => ({ text: await exported(workspace, input) }),
    'graph.write': async ({ path, replace, ...input }) => {
      const { file, evidence } = workspace.opened;
      const roots = evidence === null ? (await listEvidence(file.connection)).map((e) => e.location) : [evidence.source.location];
      const options = { evidenceRoots: roots, replace };
      refuseWriteOut(path, options);
      const written = await writeOut(path, [await exported(workspace, input)], options);
      return { path: written.path, bytes: written.bytes };
    },
    'graph.arrangement': async () => ({ places: await placesOf(workspace) }),
    'graph.arrange': async ({ put, free = [] }) => {
      const places = new Map((free === 'all' ? [] : await placesOf(workspace)).map((p) => [p.id, p]));
      if (free !== 'all') for (const id of free) places.delete(id);
      for (const place of put) {
        places.delete(place.id);
        places.set(place.id, place);
      }
      const kept = [...places.values()].slice(-MOST_PLACES);
      await setArrangement(workspace.opened.file, PLACES, canonicalJson(kept));
      return { places: kept };
    },
  };
}

const PLACES = 'graph.places';

async function placesOf(workspace: Workspace): Promise<NodePlace[]> {
  const text = await getArrangement(workspace.opened.file.connection, PLACES);
  return text === null ? [] : parsed(NodePlaces, text, 'the arrangement of the graph');
}

async function drawn(workspace: Workspace, input: Drawn): Promise<Output<'graph.view'>> {
  const { server, all = false, expand = [], asOf = null, later = false, question, whole = false } = input;
  const { servers, facts: found } = await graphFacts(workspace, server);
  const facts = await withImports(workspace, found, expand, question);
  const options = { all, expand, asOf, later };
  const graphs = facts.map((f) => {
    if (question !== undefined) return answerQuestion(f, options, question);
    const graph = whole ? wholeGraph(f, options, { kind: 'compact' }) : buildGraph(f, options);
    return { ...graph, counts: countKinds(graph.nodes) };
  });
  const counts = new Map<string, ReturnType<typeof countKinds>[number]>();
  for (const { kind, count } of graphs.flatMap((g) => g.counts)) counts.set(kind, { kind, count: count + (counts.get(kind)?.count ?? 0) });
  return {
    nodes: graphs.flatMap((g) => g.nodes), edges: graphs.flatMap((g) => g.edges), capped: graphs.some((g) => g.capped), copies: found.flatMap((f) => [...mainLine(f.copies)]),
    servers: servers.map(({ id, name }) => ({ id, name })), counts: [...counts.values()],
  };
}

/** Facts of files are large: imports are read only of the files that are open, or of all where one is asked about. */
async function withImports(workspace: Workspace, facts: readonly GraphFacts[], expand: readonly string[], question: GraphQuestion | undefined): Promise<readonly GraphFacts[]> {
  const asked = question === undefined ? [] : question.kind === 'path' ? [question.from, question.to] : [question.node];
  const every = asked.some(isImport);
  const open = new Set(expand);
  const files = every ? [] : facts.flatMap((f) => f.components.flatMap((c) => [c.file, c.file32])).flatMap((f) => (f !== null && open.has(fileNode(f.evidencePath)) ? [f.sha256] : []));
  if (!every && files.length === 0) return facts;
  const imports = await imageImports(workspace.opened.file.connection, every ? null : files);
  return facts.map((f) => ({ ...f, imports }));
}

async function exported(workspace: Workspace, { format, ...input }: Drawn & { readonly format: GraphFormat }): Promise<string> {
  const graph = await drawn(workspace, input);
  switch (format) {
    case 'svg': return graphSvg(graph, await placesOf(workspace));
    case 'graphml': return graphMl(graph);
    case 'json': return graphJson(graph);
    case 'csv-nodes': return nodesCsv(graph);
    case 'csv-edges': return edgesCsv(graph);
  }
}
