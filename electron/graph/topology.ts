import type { Application, EvidenceRef, Server, Site } from '../../shared/model/index.ts';
import type { Drawing } from './drawing.ts';

/** How far the left side is folded: each application, one node per site, or one node for all. */
export type TopologyDetail = 'applications' | 'sites' | 'server';

/** Which node stands for an application, by site name and path. */
export type ApplicationNodes = (site: string, application: string) => string;

const refs = (ref: EvidenceRef | null): EvidenceRef[] => (ref === null ? [] : [ref]);
const lineWords = (ref: EvidenceRef | null): string => (ref?.line === undefined ? '' : ` (line ${ref.line})`);

export const serverNode = (server: Server): string => `server:${server.id}`;

/** Draws server, sites, pools and applications, folded as far as `detail` says; stops soon after `most` nodes. */
export function drawTopology(drawing: Drawing, server: Server, detail: TopologyDetail, expand: ReadonlySet<string>, most: number): ApplicationNodes {
  const root = drawing.node({
    id: serverNode(server), kind: 'server', layer: 0, label: server.name ?? 'server',
    detail: server.iisVersion === null ? 'IIS' : `IIS ${server.iisVersion}`, refs: refs(server.configuration),
  });
  const all = `group:sites:${server.id}`;
  if (detail === 'server' && !expand.has(all)) {
    const count = server.sites.length;
    if (count > 0) {
      drawing.node({ id: all, kind: 'group', layer: 1, label: `${count} sites`, detail: 'all sites of this server', count });
      drawing.edge(root, all, 'sites of this server', refs(server.configuration));
    }
    return () => (count > 0 ? all : root);
  }
  const folded = new Map<string, string>();
  for (const site of server.sites) {
    if (drawing.size > most) break;
    const id = drawSite(drawing, root, server, site);
    const group = `group:applications:${server.id}/${site.name}`;
    const open = (detail === 'applications' || site.applications.length <= 1 || expand.has(group)) && (detail !== 'server' || expand.has(group));
    if (open) {
      for (const application of site.applications) drawApplication(drawing, root, id, server, site, application);
    } else {
      const count = Math.max(1, site.applications.length);
      drawing.node({ id: group, kind: 'group', layer: 2, label: `${count} applications`, detail: `all applications of ${site.name}`, count });
      drawing.edge(id, group, `applications of ${site.name}`, refs(site.source));
      folded.set(site.name, group);
    }
  }
  return (site, application) => folded.get(site) ?? applicationNode(server, site, application);
}

const applicationNode = (server: Server, site: string, path: string): string => `app:${server.id}/${site}:${path}`;

function drawSite(drawing: Drawing, root: string, server: Server, site: Site): string {
  const id = drawing.node({ id: `site:${server.id}/${site.name}`, kind: 'site', layer: 1, label: site.name, detail: site.bindings.join(', '), refs: refs(site.source) });
  drawing.edge(root, id, `site ${site.id}${lineWords(site.source)}`, refs(site.source));
  return id;
}

function drawApplication(drawing: Drawing, root: string, siteNode: string, server: Server, site: Site, application: Application): void {
  const { path, pool, pipeline, clr, bitness, physicalPath, source } = application;
  const id = drawing.node({
    id: applicationNode(server, site.name, path), kind: 'application', layer: 2, label: path === '/' ? `${site.name} /` : path,
    detail: `${physicalPath.path ?? physicalPath.evidencePath}; ${pipeline}, ${clr === '' ? 'no managed code' : clr}, ${bitness}-bit`, refs: refs(source),
  });
  drawing.edge(siteNode, id, `application of ${site.name}${lineWords(source)}`, refs(source));
  const known = server.pools.find((p) => p.name === pool);
  const poolNode = drawing.node({ id: `pool:${server.id}/${pool}`, kind: 'pool', layer: 1, label: pool, detail: known === undefined ? 'pool that is not defined' : `${known.pipeline}, ${known.bitness}-bit`, refs: refs(known?.source ?? null) });
  drawing.edge(root, poolNode, `application pool${lineWords(known?.source ?? null)}`, refs(known?.source ?? null));
  drawing.edge(poolNode, id, `runs in pool ${pool}${lineWords(source)}`, refs(source));
}
