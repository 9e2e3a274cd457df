import { attributeValue, type ConfigElement } from '../../../shared/model/index.ts';
import { isSecret, shownAttributes } from '../secret.ts';

/**
 * Attributes that tell the entries of a collection apart, the first that fits. Only a collection whose key matters more
 * than that is in LISTS; elsewhere it is enough that an entry is found again in the next copy.
 */
const KEYS: readonly (readonly string[])[] = [
  ['name'], ['key'], ['path', 'verb'], ['fileExtension'], ['statusCode', 'subStatusCode'], ['fullPath', 'arguments'], ['ipAddress', 'subnetMask', 'domainName'],
  ['accessType', 'users', 'roles', 'verbs'], ['users', 'roles', 'verbs'], ['assembly'], ['namespace'], ['extension'], ['protocol', 'bindingInformation'], ['sequence'], ['url'], ['string'], ['id'],
  ['value'],
];

/** How the entries of an ordered list are told apart, and what they are called. */
export interface OrderedList {
  readonly name: string;
  readonly kind: string;
  readonly keys: readonly string[];
}

/** Lists whose order decides what runs. Keys as in IIS_schema.xml and ASPNET_schema.xml, sections of those names. */
export const LISTS: ReadonlyMap<string, OrderedList> = new Map<string, OrderedList>([
  ['system.webServer/globalModules', { name: 'globalModules', kind: 'native-module', keys: ['name'] }],
  ['system.webServer/modules', { name: 'modules', kind: 'module', keys: ['name'] }],
  ['system.webServer/handlers', { name: 'handlers', kind: 'handler', keys: ['name'] }],
  ['system.webServer/isapiFilters', { name: 'isapiFilters', kind: 'isapi-filter', keys: ['name'] }],
  ['system.webServer/security/isapiCgiRestriction', { name: 'isapiCgiRestriction', kind: 'isapi-cgi-restriction', keys: ['path'] }],
  ['system.web/httpModules', { name: 'httpModules', kind: 'managed-module', keys: ['name'] }],
  ['system.web/httpHandlers', { name: 'httpHandlers', kind: 'managed-handler', keys: ['verb', 'path'] }],
  ['system.webServer/rewrite/globalRules', { name: 'globalRules', kind: 'rewrite-rule', keys: ['name'] }],
  ['system.webServer/rewrite/rules', { name: 'rules', kind: 'rewrite-rule', keys: ['name'] }],
  ['moduleProviders', { name: 'moduleProviders', kind: 'module-provider', keys: ['name'] }],
  ['modules', { name: 'modules', kind: 'management-module', keys: ['name'] }],
]);

const DIRECTIVES: ReadonlySet<string> = new Set(['add', 'remove', 'clear']);

/**
 * The key of an element as an entry of a collection, or null for one that stands there once and holds settings.
 * @param twins how many siblings have its name, itself included
 */
export function entryKey(element: ConfigElement, twins: number): string | null {
  const value = (name: string): string => attributeValue(element, name) ?? '';
  const entry = DIRECTIVES.has(element.name) || twins > 1;
  for (const [first = '', ...rest] of KEYS) {
    if (attributeValue(element, first) === undefined) continue;
    if (!entry && first !== 'name' && first !== 'key') continue;
    return [first, ...rest].map(value).join(' ').trim();
  }
  // dependentAssembly and the like: known by what they are about.
  const about = element.attributes.length === 0 ? element.children.find((child) => child.name === 'assemblyIdentity') : undefined;
  if (about !== undefined) return attributeValue(about, 'name') ?? '';
  return entry ? element.attributes.map((a) => `${a.name}="${a.value}"`).toSorted().join(' ') : null;
}

/** An element as names are made from it: a secret that tells it from others is masked. */
export function nameable(element: ConfigElement): ConfigElement {
  const key = attributeValue(element, 'key') ?? attributeValue(element, 'name') ?? null;
  if (!element.attributes.some((a) => isSecret(a.name, a.value, key))) return element;
  const shown = shownAttributes(element);
  return { ...element, attributes: element.attributes.map((a, i) => ({ ...a, value: shown[i]?.value ?? '' })) };
}

/** What a change calls an entry: its key, with the directive where it takes something away. */
export function entryName(element: ConfigElement, key: string): string {
  if (element.name === 'remove' || element.name === 'clear') return `<${element.name}> ${key}`.trim();
  return key === '' ? element.name : key;
}
