import { attributeValue, type ConfigElement } from '../../../shared/model/index.ts';
import type { Walk, Where } from './walk.ts';

/** Application pools: each is an entry, what it contains belongs to it. */
export function poolElements(walk: Walk, pools: ConfigElement, where: Where): void {
  for (const pool of pools.children) {
    const name = attributeValue(pool, 'name') ?? pool.name;
    walk.setting({ ...where, name, key: `${pool.name}[${name}]` }, pool, 'pool');
    for (const child of pool.children) {
      const own: Where = { ...where, scope: name, name: child.name, key: `${pool.name}[${name}]/${child.name}`, kind: 'pool', depth: 2 };
      if (child.name === 'environmentVariables') {
        walk.below(child, { ...own, name: null, kind: 'environment-variable' });
        continue;
      }
      if (child.attributes.length > 0) walk.setting(own, child, 'pool');
      walk.below(child, own);
    }
  }
}

/** Elements of a site that say what is logged. */
const LOGS: ReadonlySet<string> = new Set(['logFile', 'traceFailedRequestsLogging']);

/** Sites with their bindings and logs, applications and directories. */
export function siteElements(walk: Walk, sites: ConfigElement, where: Where): void {
  for (const site of sites.children) {
    const name = attributeValue(site, 'name') ?? site.name;
    const key = `${site.name}[${name}]`;
    walk.setting({ ...where, name, key }, site, 'site');
    for (const child of site.children) {
      if (child.name === 'application') applicationElements(walk, child, name, where);
      else settings(walk, child, { ...where, scope: name, name: child.name, key: `${key}/${child.name}`, kind: LOGS.has(child.name) ? 'logging' : 'site', depth: 2 });
    }
  }
}

function applicationElements(walk: Walk, application: ConfigElement, site: string, where: Where): void {
  const path = attributeValue(application, 'path') ?? '/';
  const key = `${site}/application[${path}]`;
  walk.setting({ ...where, scope: site, name: path, key }, application, 'application');
  const scope = `${site}${path}`;
  for (const child of application.children) {
    const name = attributeValue(child, 'path') ?? child.name;
    settings(walk, child, { ...where, scope, name, key: `${key}/${child.name}[${name}]`, kind: 'directory', depth: 3 });
  }
}

function settings(walk: Walk, element: ConfigElement, where: Where): void {
  if (element.attributes.length > 0) walk.setting(where, element, where.kind ?? 'setting');
  walk.below(element, where);
}
