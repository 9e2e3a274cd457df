import { foldCase } from '../../shared/base/compare.ts';
import { serverWideFiles, webConfigsOf } from '../iis/index.ts';
import { layoutOf } from '../iis/layout.ts';
import { scopeOf } from '../iis/registration.ts';
import type { CaseModel, ServerModel } from '../jobs/model/case-model.ts';
import { LIVE_COPY } from '../jobs/model/copies.ts';

/** What a configuration file is for, and of which server it is. */
export interface FileScope { readonly scope: string; readonly server: string | null }

/**
 * The scope of every configuration file of a case whose place is known, by evidence path: `server`, `site:NAME`,
 * `app:NAME/PATH`, `dir:NAME/PATH`, `copy:ID`, `dotnet:VERSION/BITNESS`, `pool:NAMES`, `management`, `redirection`,
 * `schema`, or `section` for the content that configSource names.
 */
export function fileScopes(model: Pick<CaseModel, 'servers' | 'configurations'>): ReadonlyMap<string, FileScope> {
  const scopes = new Map<string, FileScope>();
  for (const { role, configuration } of model.configurations) if (role.kind === 'section') scopes.set(configuration.evidencePath, { scope: 'section', server: null });
  for (const server of model.servers) for (const [evidencePath, scope] of scopesOf(server)) scopes.set(evidencePath, { scope, server: server.server.id });
  return scopes;
}

function* scopesOf({ files, copies, lineages }: ServerModel): Generator<readonly [evidencePath: string, scope: string]> {
  const layout = layoutOf(files);
  const poolName = (folded: string): string => layout.pools.find((pool) => foldCase(pool.name) === folded)?.name ?? folded;
  for (const { file, reader, kind } of serverWideFiles(files)) {
    const scope = reader?.kind === 'runtime' ? `dotnet:${/\\(v[\d.]+)\\/i.exec(file.path ?? '')?.[1] ?? reader.clr}/${reader.bitness}`
      : reader?.kind === 'pools' ? `pool:${[...reader.pools].map(poolName).join(', ')}`
        : kind === 'administration' ? 'management' : 'redirection';
    yield [file.evidencePath, scope];
  }
  for (const { copy, file } of [...lineages.flatMap((line) => [...line.copies]), ...copies]) {
    if (copy.id === LIVE_COPY) yield [file.evidencePath, 'server'];
    else if (copy.series !== 'live') yield [file.evidencePath, `copy:${copy.id}`];
  }
  for (const file of files.schemaFiles?.() ?? []) yield [file.evidencePath, 'schema'];
  for (const { file, configPath } of webConfigsOf(files)) yield [file.evidencePath, scopeOf(layout, configPath)];
}
