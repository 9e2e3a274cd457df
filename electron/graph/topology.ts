import type { Application, EvidenceRef, Server, Site } from '../../shared/model/index.ts';
import type { Drawing } from './drawing.ts';
import { drawFolded } from './folding.ts';

/** How far the left side is folded: each application, each site, or only the sites and applications that are named. */
export type TopologyDetail = 'applications' | 'sites' | 'named';

export interface Topology {
  readonly detail: TopologyDetail;
  /** For `sites` and `named`: applications that stand for themselves, by site. */
  readonly named: ReadonlyMap<string, ReadonlySet<string>>;
  readonly expand: ReadonlySet<string>;
  /** Drawing stops soon after this many nodes. */
  readonly most: number;
}

/** Which node stands for an application, by site name and path. */
export type ApplicationNodes = (site: string, application: string) => string;

const refs = (ref: EvidenceRef | null): EvidenceRef[] => (ref === null ? [] : [ref]);
const lineWords = (ref: EvidenceRef | null): string => (ref?.line === undefined ? '' : ` (line ${ref.line})`);
const appKey = (site: string, path: string): string => `${site}\u0000${path}`;

export const serverNode = (server: Server): string => `server:${server.id}`;
export const applicationNode = (server: Server, site: string, path: string): string => `app:${server.id}/${site}:${path}`;

/** Draws server, sites, pools and applications, folded as far as the topology says. */
export function drawTopology(drawing: Drawing, server: Server, topology: Topology): ApplicationNodes {
  const { detail, named, expand, most } = topology;
  const root = drawing.node({
    id: serverNode(server), kind: 'server', layer: 0, label: server.name ?? 'server',
    detail: server.iisVersion === null ? 'IIS' : `IIS ${server.iisVersion}`, refs: refs(server.configuration),
  });
  /** The group that stands for a whole site, or for one of its applications. */
  const ofSite = new Map<string, string>();
  const ofApplication = new Map<string, string>();
  const pools = new Map(server.pools.map((p) => [p.name, p]));
  const openSite = (site: Site): void => {
    const id = drawSite(drawing, root, server, site);
    const own = named.get(site.name);
    const alone = (a: Application): boolean => detail === 'applications' || site.applications.length <= 1 || own?.has(a.path) === true;
    const folded = site.applications.filter((a) => !alone(a));
    // One that is left over is drawn: a group of one tells less and takes as much room.
    const rest = folded.length === 1 ? [] : folded;
    for (const application of site.applications) if (alone(application) || rest.length === 0) drawApplication(drawing, root, id, server, site, application, pools.get(application.pool));
    drawFolded(drawing, expand, most, {
      id: `group:applications:${server.id}/${site.name}`, members: rest, nameOf: (a) => a.path,
      one: (a) => drawApplication(drawing, root, id, server, site, a, pools.get(a.pool)),
      group: (group, members, part) => {
        const label = part !== null ? `${members.length} applications: ${part}` : rest.length === site.applications.length ? `${rest.length} applications` : `${rest.length} applications without own components`;
        drawing.node({ id: group, kind: 'group', layer: 2, label, detail: `applications of ${site.name}`, count: members.length, of: 'application' });
        drawing.edge(id, group, `applications of ${site.name}`, refs(site.source));
        for (const a of members) ofApplication.set(appKey(site.name, a.path), group);
      },
    });
  };
  const alone = (site: Site): boolean => detail !== 'named' || named.has(site.name);
  for (const site of server.sites) {
    if (drawing.size > most) break;
    if (alone(site)) openSite(site);
  }
  const rest = server.sites.filter((s) => !alone(s));
  drawFolded(drawing, expand, most, {
    id: `group:sites:${server.id}`, members: rest, nameOf: (s) => s.name, one: openSite,
    group: (group, members, part) => {
      const applications = members.reduce((n, s) => n + s.applications.length, 0);
      const label = part !== null ? `${members.length} sites: ${part}` : rest.length === server.sites.length ? `${rest.length} sites` : `${rest.length} sites without own components`;
      drawing.node({ id: group, kind: 'group', layer: 1, label, detail: `${members.length} of ${server.sites.length} sites of this server, ${applications} applications`, count: members.length, of: 'site' });
      drawing.edge(root, group, 'sites of this server', refs(server.configuration));
      for (const s of members) ofSite.set(s.name, group);
    },
  });
  return (site, application) => ofSite.get(site) ?? ofApplication.get(appKey(site, application)) ?? applicationNode(server, site, application);
}

function drawSite(drawing: Drawing, root: string, server: Server, site: Site): string {
  const id = drawing.node({ id: `site:${server.id}/${site.name}`, kind: 'site', layer: 1, label: site.name, detail: site.bindings.join(', '), refs: refs(site.source) });
  drawing.edge(root, id, `site ${site.id}${lineWords(site.source)}`, refs(site.source));
  return id;
}

function drawApplication(drawing: Drawing, root: string, siteNode: string, server: Server, site: Site, application: Application, known: Server['pools'][number] | undefined): void {
  const { path, pool, pipeline, clr, bitness, physicalPath, source } = application;
  const id = drawing.node({
    id: applicationNode(server, site.name, path), kind: 'application', layer: 2, label: path === '/' ? `${site.name} /` : path,
    detail: `${site.name}${path}; ${physicalPath.path ?? physicalPath.evidencePath}; ${pipeline}, ${clr === '' ? 'no managed code' : clr}, ${bitness}-bit`, refs: refs(source),
  });
  drawing.edge(siteNode, id, `application of ${site.name}${lineWords(source)}`, refs(source));
  const poolNode = drawing.node({ id: `pool:${server.id}/${pool}`, kind: 'pool', layer: 1, label: pool, detail: known === undefined ? 'pool that is not defined' : `${known.pipeline}, ${known.bitness}-bit`, refs: refs(known?.source ?? null) });
  drawing.edge(root, poolNode, `application pool${lineWords(known?.source ?? null)}`, refs(known?.source ?? null));
  drawing.edge(poolNode, id, `runs in pool ${pool}${lineWords(source)}`, refs(source));
}
