import { attributeValue, type ConfigElement, type EvidenceRef } from '../../shared/model/index.ts';
import { COLLECTION_RULES, type CollectionRule } from './collection-rules.ts';
import type { ConfigurationFile } from './configuration-files.ts';
import { refOf } from './refs.ts';
import { sectionsOf } from './sections.ts';

/** One thing that a copy says, with its meaning as text: two copies agree when the texts do. */
export interface ConfigFact {
  readonly kind: string;
  readonly section: string;
  readonly scope: string;
  readonly name: string;
  /** The attributes in a fixed order. */
  readonly text: string;
  readonly ref: EvidenceRef;
}

/** An ordered list of entries, or a set of settings whose order means nothing. */
export interface FactList {
  readonly ordered: boolean;
  readonly facts: ReadonlyMap<string, ConfigFact>;
}

const KINDS: ReadonlyMap<string, string> = new Map([
  ['globalModules', 'native-module'], ['modules', 'module'], ['handlers', 'handler'], ['isapiFilters', 'isapi-filter'],
  ['isapiCgiRestriction', 'isapi-cgi-restriction'], ['httpModules', 'managed-module'], ['httpHandlers', 'managed-handler'],
]);
/** Attributes of a collection itself that open or close something. */
const SECTION_SETTINGS = ['accessPolicy', 'notListedIsapisAllowed', 'notListedCgisAllowed', 'runAllManagedModulesForAllRequests'];
const POOL_SETTINGS = ['managedRuntimeVersion', 'managedPipelineMode', 'enable32BitAppOnWin64', 'managedRuntimeLoader', 'CLRConfigFile', 'enableConfigurationOverride'];
const LOG_SETTINGS = ['enabled', 'directory', 'logFormat', 'logExtFileFlags', 'logTargetW3C', 'customLogPluginClsid'];

/** Everything of a copy whose change matters, by list and key. */
export function factsOf(file: ConfigurationFile): ReadonlyMap<string, FactList> {
  const lists = new Map<string, FactList>();
  for (const rule of Object.values(COLLECTION_RULES)) collectionFacts(file, rule, lists);
  const settings = new Map<string, ConfigFact>();
  settingFacts(file, settings);
  lists.set('settings', { ordered: false, facts: settings });
  return lists;
}

/** The attributes as one text, in the order of their names: the order in the file means nothing. */
export function attributesText(element: ConfigElement, only?: readonly string[]): string {
  return element.attributes
    .filter((a) => only === undefined || only.includes(a.name))
    .map((a) => `${a.name}="${a.value}"`)
    .toSorted()
    .join(' ');
}

function collectionFacts(file: ConfigurationFile, rule: CollectionRule, lists: Map<string, FactList>): void {
  for (const body of sectionsOf(file).bodies(rule.section)) {
    const scope = body.path === '' ? 'server' : body.path;
    const id = `${rule.section}|${scope}`;
    const known = lists.get(id)?.facts;
    const facts = new Map<string, ConfigFact>(known);
    const unique = counter(known?.keys());
    const kind = KINDS.get(rule.list) ?? rule.list;
    for (const element of body.element.children) {
      const key = rule.keys.map((name) => attributeValue(element, name) ?? '').join(' ');
      const adds = element.name === rule.addElement;
      const name = adds ? key : `<${element.name}> ${key}`.trim();
      const text = adds ? attributesText(element) : `<${element.name}>${key === '' ? '' : ` ${key}`}`;
      facts.set(unique(`${element.name} ${key}`), { kind, section: rule.section, scope, name, text, ref: refOf(file, element) });
    }
    lists.set(id, { ordered: true, facts });
    const own = attributesText(body.element, SECTION_SETTINGS);
    const mode = body.overrideMode === null ? '' : `overrideMode="${body.overrideMode}"`;
    const text = [own, mode].filter((part) => part !== '').join(' ');
    const key = `section ${body.section}|${scope}`;
    if (text !== '') lists.set(key, { ordered: false, facts: new Map([[key, { kind: 'section', section: rule.section, scope, name: rule.list, text, ref: refOf(file, body.element) }]]) });
  }
}

/** A key that is written twice stays two facts. */
function counter(known: Iterable<string> = []): (key: string) => string {
  const seen = new Map<string, number>([...known].map((key) => [key, 1]));
  return (key) => {
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    return count === 1 ? key : `${key} #${count}`;
  };
}

function settingFacts(file: ConfigurationFile, facts: Map<string, ConfigFact>): void {
  const sections = sectionsOf(file);
  const unique = counter();
  const add = (kind: string, section: string, scope: string, name: string, element: ConfigElement, text: string): void => {
    facts.set(unique(`${kind} ${section} ${scope} ${name}`), { kind, section, scope, name, text, ref: refOf(file, element) });
  };
  for (const body of sections.bodies('system.webServer/httpLogging')) {
    add('logging', body.section, body.path === '' ? 'server' : body.path, 'httpLogging', body.element, attributesText(body.element));
  }
  for (const { element, section } of sections.bodies('system.applicationHost/log')) {
    for (const e of [element, ...element.children]) add('logging', section, 'server', e.name, e, attributesText(e));
  }
  for (const { element, section } of sections.bodies('system.applicationHost/configHistory')) add('logging', section, 'server', 'configHistory', element, attributesText(element));
  for (const { element, section } of sections.bodies('system.applicationHost/applicationPools')) {
    for (const pool of element.children) poolFacts(pool, section, add);
  }
  for (const { element, section } of sections.bodies('system.applicationHost/sites')) {
    for (const site of element.children) siteFacts(site, section, add);
  }
}

type Add = (kind: string, section: string, scope: string, name: string, element: ConfigElement, text: string) => void;

function poolFacts(pool: ConfigElement, section: string, add: Add): void {
  const name = attributeValue(pool, 'name') ?? pool.name;
  add('pool', section, 'server', name, pool, attributesText(pool, POOL_SETTINGS));
  for (const child of pool.children) {
    if (child.name === 'environmentVariables') for (const v of child.children) add('environment-variable', section, name, attributeValue(v, 'name') ?? '', v, attributesText(v));
    if (child.name === 'failure') add('pool', section, name, 'failure', child, attributesText(child));
  }
}

function siteFacts(site: ConfigElement, section: string, add: Add): void {
  const name = attributeValue(site, 'name') ?? site.name;
  if (site.name === 'site') add('site', section, 'server', name, site, attributesText(site));
  for (const child of site.children) {
    if (child.name === 'logFile') add('logging', section, name, 'logFile', child, attributesText(child, LOG_SETTINGS));
    if (child.name === 'traceFailedRequestsLogging') add('logging', section, name, 'traceFailedRequestsLogging', child, attributesText(child, ['enabled', 'directory']));
    if (child.name === 'application') {
      const path = attributeValue(child, 'path') ?? '/';
      add('application', section, name, path, child, attributesText(child));
      for (const v of child.children) add('directory', section, `${name}${path}`, attributeValue(v, 'path') ?? v.name, v, attributesText(v, ['path', 'physicalPath', 'allowSubDirConfig']));
    }
  }
}
