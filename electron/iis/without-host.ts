import type { EffectiveConfig } from '../../shared/contract/component.ts';
import type { EffectiveList, Place } from '../../shared/model/index.ts';

/**
 * The answer for an application of a server whose applicationHost.config is not in the evidence: nothing says which
 * pool runs it, which folder it has or whether it exists, so no list can be told.
 */
export function listsWithoutHost(server: string, site: string, app: string, applicationHost: Place): EffectiveConfig {
  const list: EffectiveList = {
    outcome: 'not-evaluable', reason: 'applicationHost.config is not in the evidence: it says which sites, applications and pools there are.',
    missing: [applicationHost], entries: [], assumed: [],
  };
  return {
    server, site, app, pool: null, pipeline: null, clr: null, bitness: null,
    modules: list, handlers: list, isapiFilters: list, globalModules: list, isapiCgiRestriction: list, httpModules: list, httpHandlers: list,
  };
}
