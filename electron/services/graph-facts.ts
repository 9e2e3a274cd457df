import { RequestError } from '../../shared/base/result.ts';
import type { Component, ConfigChange, ConfigCopy, Finding, GraphNode, Server } from '../../shared/model/index.ts';
import type { CaseFile } from '../case/case.ts';
import { listDocuments } from '../case/documents.ts';
import { count } from '../case/rows.ts';
import { wholeGraph, type GraphFacts } from '../graph/index.ts';
import type { CaseModel } from '../jobs/model/case-model.ts';
import { removalsOf } from '../jobs/model/removals.ts';
import type { Workspace } from '../jobs/workspace.ts';

interface Documents {
  readonly servers: readonly Server[];
  readonly components: readonly Component[];
  readonly findings: readonly Finding[];
  readonly changes: readonly ConfigChange[];
  readonly copies: readonly ConfigCopy[];
}

interface Kept { readonly seq: number; readonly documents: Promise<Documents> }
const kept = new WeakMap<CaseFile, Kept>();

/** What the case holds of servers and components. It is read again only after documents were stored anew. */
async function documentsOf(file: CaseFile): Promise<Documents> {
  const [row] = await file.connection.all(`select coalesce(max(seq), 0) as n from journal where action like 'replace.%'`);
  const seq = row === undefined ? 0 : count(row, 'n');
  const known = kept.get(file);
  if (known?.seq === seq) return known.documents;
  const documents = readDocuments(file);
  kept.set(file, { seq, documents });
  documents.catch(() => kept.delete(file));
  return documents;
}

async function readDocuments({ connection }: CaseFile): Promise<Documents> {
  return {
    servers: await listDocuments(connection, 'server'), components: await listDocuments(connection, 'component'), findings: await listDocuments(connection, 'finding'),
    changes: await listDocuments(connection, 'config_change'), copies: await listDocuments(connection, 'config_copy'),
  };
}

/** What graphs are made of, by server. @param wanted id of one server; undefined: all @throws RequestError when there is no such server. */
export async function graphFacts(workspace: Workspace, wanted: string | undefined): Promise<{ readonly servers: readonly Server[]; readonly facts: readonly GraphFacts[] }> {
  const documents = await documentsOf(workspace.opened.file);
  const { servers } = documents;
  const chosen = servers.filter((s) => wanted === undefined || s.id === wanted);
  if (wanted !== undefined && chosen.length === 0) throw new RequestError('usage', `There is no server ${wanted}.`);
  const model = await workspace.model();
  let made = factsOf.get(documents);
  if (made === undefined || made.model !== model) factsOf.set(documents, (made = { model, byServer: new Map() }));
  const { byServer } = made;
  return { servers, facts: chosen.map((server) => {
    let facts = byServer.get(server.id);
    if (facts === undefined) byServer.set(server.id, (facts = makeFacts(documents, model, server)));
    return facts;
  }) };
}

/** The facts of a server are one object for as long as nothing is stored anew, so that what is made of them can be kept. */
const factsOf = new WeakMap<Documents, { readonly model: CaseModel; readonly byServer: Map<string, GraphFacts> }>();

function makeFacts({ components, findings, changes, copies }: Documents, { servers }: CaseModel, server: Server): GraphFacts {
  const own = copies.filter((c) => c.server === server.id);
  const ids = new Set(own.map((c) => c.evidencePath));
  const model = servers.find((m) => m.server.id === server.id);
  return {
    server,
    components: components.filter((c) => c.server === server.id),
    findings: findings.filter((f) => f.server === server.id),
    // Changes of an earlier case do not name their server.
    changes: changes.filter((c) => (c.server === undefined ? c.refs.some((r) => ids.has(r.evidencePath)) : c.server === server.id)),
    copies: own,
    removed: model === undefined ? [] : removalsOf(model),
  };
}

const nodesOf = new WeakMap<GraphFacts, { readonly asOf: string | null; readonly nodes: readonly GraphNode[] }>();

/** Every node of one server at a moment, unfolded; those of the last moment that was asked for are kept. */
export function everyNode(facts: GraphFacts, asOf: string | null): readonly GraphNode[] {
  const known = nodesOf.get(facts);
  if (known?.asOf === asOf) return known.nodes;
  const { nodes } = wholeGraph(facts, { asOf }, { kind: 'only', nodes: new Set() });
  nodesOf.set(facts, { asOf, nodes });
  return nodes;
}
