import type { Output } from '../../../shared/contract/index.ts';
import type { Choice } from '../../ui/index.ts';

type Server = Output<'case.info'>['servers'][number];

/** An application that can be chosen: its words are what an administrator would call it, its note the pool. */
export interface ApplicationChoice extends Choice {
  readonly server: string;
  readonly site: string;
  readonly app: string;
}

/** The applications of all servers, in the order of the configuration. */
export function applicationsOf(servers: readonly Server[]): readonly ApplicationChoice[] {
  return servers.flatMap((server) => server.sites.flatMap((site) => site.applications.map((app) => ({
    value: JSON.stringify([server.id, site.name, app.path]), server: server.id, site: site.name, app: app.path,
    words: `${site.name}${app.path}`, more: `pool ${app.pool}`, ...(servers.length > 1 ? { group: server.name ?? server.id } : {}),
  }))));
}
