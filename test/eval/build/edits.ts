import type { Edit, NamedScenario } from './scenario.ts';
import { PRODUCTS } from './products.ts';
import { baseConfiguration } from './base.ts';
import { type Element, copyOf, drop, el, find, reach } from './xml.ts';

/** Short names of the collections that are edited most. */
const SHORT: Readonly<Record<string, string>> = {
  globalModules: 'system.webServer/globalModules', isapiFilters: 'system.webServer/isapiFilters', isapiCgiRestriction: 'system.webServer/security/isapiCgiRestriction',
  applicationPools: 'system.applicationHost/applicationPools', sites: 'system.applicationHost/sites', modules: 'system.webServer/modules', handlers: 'system.webServer/handlers',
};

function full(path: string): string {
  const [head = ''] = path.split(/[/[]/, 1);
  const long = SHORT[head];
  return long === undefined ? path : `${long}${path.slice(head.length)}`;
}

/** Where a server-wide section stands: at the root, or within the unlocking location tag. */
function rootOf(config: Element, path: string, location: string | undefined): Element {
  if (location !== undefined) return reach(config, `location[path=${location}]`);
  const unlocked = config.children.find((c) => c.name === 'location' && c.attributes['path'] === '');
  const [, section = ''] = path.split(/[/[]/);
  return unlocked !== undefined && path.startsWith('system.webServer/') && find(unlocked, `system.webServer/${section}`) !== undefined ? unlocked : config;
}

/** One edit in place. */
export function edit(config: Element, change: Edit): void {
  const { install } = change;
  if (install !== undefined) {
    edit(config, { element: 'add', children: [], add: 'globalModules', attributes: { ...install }, ...(change.first === undefined ? {} : { first: change.first }) });
    if (change.loadedOnly !== true) edit(config, { element: 'add', children: [], add: 'modules', attributes: { name: install.name } });
  }
  if (change.remove !== undefined) {
    const path = full(change.remove);
    drop(rootOf(config, path, change.location), path);
  }
  if (change.set !== undefined) {
    const path = full(change.set);
    Object.assign(reach(rootOf(config, path, change.location), path).attributes, change.attributes);
  }
  if (change.add !== undefined) {
    const path = full(change.add);
    const made = el(change.element, change.attributes, change.children.map((c) => el(c.element, c.attributes)));
    const list = reach(rootOf(config, path, change.location), path).children;
    if (change.first === true) list.unshift(made);
    else list.push(made);
  }
}

/** What came before everything that has a time: the server as it was set up. */
export function setUp(scenario: NamedScenario): Element {
  const config = baseConfiguration(scenario);
  for (const product of scenario.products) {
    const edits = PRODUCTS[product];
    if (edits === undefined) throw new Error(`No product ${product}`);
    for (const change of edits) edit(config, change);
  }
  for (const change of scenario.edits) if (change.at === undefined) edit(config, change);
  return config;
}

export interface State { readonly at: string; readonly config: Element }

/** The configuration at the end of each moment at which it was edited; the first state is that of the installation. */
export function statesOf(scenario: NamedScenario): State[] {
  const config = setUp(scenario);
  const out: State[] = [{ at: '2025-09-30T07:20:10Z', config: copyOf(config) }];
  const later = scenario.edits.filter((e) => e.at !== undefined).toSorted((a, b) => ((a.at ?? '') < (b.at ?? '') ? -1 : 1));
  for (const [i, change] of later.entries()) {
    edit(config, change);
    if (later[i + 1]?.at !== change.at) out.push({ at: change.at ?? '', config: copyOf(config) });
  }
  return out;
}
