import type { EvidenceRef, Registration, Server } from '../../shared/model/index.ts';
import type { ApplicationNodes } from './topology.ts';

/** More than these of one component are drawn as one node with a count. */
export interface ChainLimits { readonly registrations: number; readonly entryPoints: number }

/** What one program file takes from others; `names` by DLL. */
export interface FileImports {
  readonly dlls: readonly { readonly dll: string; readonly names: readonly string[] }[];
  readonly assemblies: readonly string[];
}

/** A line of configuration that takes an entry away from one application. */
export interface Removal { readonly words: string; readonly refs: readonly EvidenceRef[] }

/** What one application does not have although a level above it does: by the place of the entry (`lineKey`). */
export interface RemovedHere {
  readonly site: string;
  readonly application: string;
  readonly lost: ReadonlyMap<string, Removal>;
}

/**
 * Which applications are joined to what they load. `each`: every one. `compact`: one edge from the server or a pool where
 * all of its applications load it, so that a large server does not become millions of edges. `only`: those nodes alone.
 */
export type Users = { readonly kind: 'each' } | { readonly kind: 'compact' } | { readonly kind: 'only'; readonly nodes: ReadonlySet<string> };

/** What all chains of one drawing share. */
export interface ChainContext {
  readonly server: Server;
  readonly applications: ApplicationNodes;
  readonly limits: ChainLimits;
  readonly expand: ReadonlySet<string>;
  readonly users: Users;
  /** Applications of each pool, and of the server. */
  readonly inPool: ReadonlyMap<string, number>;
  readonly inServer: number;
  readonly removed: readonly RemovedHere[];
  readonly imports: ReadonlyMap<string, FileImports>;
}

/** Names the place of an entry. */
export const lineKey = (r: Pick<Registration, 'evidencePath' | 'line' | 'column'>): string => `${r.evidencePath}:${r.line}:${r.column}`;

export const baseName = (path: string): string => path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);

export function refOf(r: Registration): EvidenceRef {
  return { path: r.path, evidencePath: r.evidencePath, line: r.line, column: r.column, sha256: r.sha256 };
}

/** How many applications run in each pool, and in all. */
export function poolCounts(server: Server): { readonly inPool: ReadonlyMap<string, number>; readonly inServer: number } {
  const inPool = new Map<string, number>();
  let inServer = 0;
  for (const site of server.sites) {
    for (const { pool } of site.applications) {
      inPool.set(pool, (inPool.get(pool) ?? 0) + 1);
      inServer += 1;
    }
  }
  return { inPool, inServer };
}
