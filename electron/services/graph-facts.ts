import { RequestError } from '../../shared/base/result.ts';
import type { Component, ConfigChange, ConfigCopy, Finding, Server } from '../../shared/model/index.ts';
import type { CaseFile } from '../case/case.ts';
import { listDocuments } from '../case/documents.ts';
import { count } from '../case/rows.ts';
import type { GraphFacts } from '../graph/index.ts';
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
  const { servers, components, findings, changes, copies } = await documentsOf(workspace.opened.file);
  const chosen = servers.filter((s) => wanted === undefined || s.id === wanted);
  if (wanted !== undefined && chosen.length === 0) throw new RequestError('usage', `There is no server ${wanted}.`);
  const models = chosen.length === 0 ? [] : (await workspace.model()).servers;
  const facts = chosen.map((server): GraphFacts => {
    const own = copies.filter((c) => c.server === server.id);
    const ids = new Set(own.map((c) => c.evidencePath));
    const model = models.find((m) => m.server.id === server.id);
    return {
      server,
      components: components.filter((c) => c.server === server.id),
      findings: findings.filter((f) => f.server === server.id),
      // Changes of an earlier case do not name their server.
      changes: changes.filter((c) => (c.server === undefined ? c.refs.some((r) => ids.has(r.evidencePath)) : c.server === server.id)),
      copies: own,
      removed: model === undefined ? [] : removalsOf(model),
    };
  });
  return { servers, facts };
}
