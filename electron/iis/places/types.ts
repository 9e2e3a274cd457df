import type { ConfigAttribute, ConfigElement } from '../../../shared/model/index.ts';
import { STOCK } from '../../knowledge/index.ts';
import type { FoundCode } from '../registration.ts';
import { value } from './found.ts';

/** Attributes that name an assembly, by the element that has them: every type of it is compiled against, or searched for controls. */
const ASSEMBLY_OWNERS: ReadonlySet<string> = new Set(['assemblies', 'controls']);
/** Collections whose `type` is always a managed type, even one without a namespace (source code in App_Code). */
const TYPE_OWNERS: ReadonlySet<string> = new Set(['providers', 'buildProviders', 'expressionBuilders', 'folderLevelBuildProviders', 'listeners', 'sharedListeners', 'DbProviderFactories']);
/** Attributes with a type that are not called so. */
const OTHER_ATTRIBUTES: ReadonlyMap<string, string> = new Map([['profile', 'inherits'], ['serviceActivations/add', 'factory']]);

/** Extensions that the root web.config of .NET gives its own build providers; with another one, files of that name are compiled and run. */
const BUILT_EXTENSIONS: ReadonlySet<string> = new Set([
  '.aspx', '.ascx', '.master', '.asmx', '.ashx', '.soap', '.resx', '.resources', '.wsdl', '.xsd', '.js', '.lic', '.licx', '.exclude', '.refresh', '.edmx', '.xoml', '.svc', '.xamlx', '.cshtml', '.vbhtml',
]);

const NAME = /^[\p{L}_][\p{L}\p{N}_.+`]*$/u;

/** `Namespace.Type` or `Type, Assembly`; a word alone is one only where nothing else can stand. */
function isTypeName(text: string, alone: boolean): boolean {
  const comma = text.indexOf(',');
  const type = (comma < 0 ? text : text.slice(0, comma)).trim();
  const bracket = type.indexOf('[');
  if (!NAME.test(bracket < 0 ? type : type.slice(0, bracket))) return false;
  return comma >= 0 ? /^\s*[\p{L}_]/u.test(text.slice(comma + 1)) : alone || /\w\.\w/.test(type);
}

/**
 * A type of the .NET Framework itself in a place where types are set is a default, not a component, and is passed
 * over: machine.config and the root web.config hold hundreds. Only the name is judged, as everywhere.
 */
const isPlatform = (type: string): boolean => STOCK.platformType(type);

/** The type that an attribute names, or null. `strict`: sections of products, where only a reference with its assembly is one for sure. */
function typeOf(element: ConfigElement, owner: string, attribute: ConfigAttribute, strict: boolean): string | null {
  const { name, value: text } = attribute;
  if (name === 'assembly' && ASSEMBLY_OWNERS.has(owner)) return text === '*' || text === '' ? null : `*, ${text}`;
  const other = OTHER_ATTRIBUTES.get(element.name) ?? OTHER_ATTRIBUTES.get(`${owner}/${element.name}`);
  if (name !== other && name !== 'type' && !name.endsWith('Type')) return null;
  if (strict && (name !== 'type' || !text.includes(','))) return null;
  // tagMapping replaces one type by another: only the new one is loaded on its account.
  if (name === 'tagType') return null;
  return isTypeName(text, name === 'type' && TYPE_OWNERS.has(owner)) ? text : null;
}

/** A stock build provider for files that it does not belong to: the files are then code. */
function compilesOther(element: ConfigElement, owner: string): boolean {
  return owner === 'buildProviders' && !BUILT_EXTENSIONS.has((value(element, 'extension') ?? '').toLowerCase());
}

function nameOf(element: ConfigElement, owner: string, attribute: ConfigAttribute): string {
  if (attribute.name !== 'type' && attribute.name !== 'assembly') return attribute.name;
  for (const name of ['name', 'extension', 'expressionPrefix', 'appliesTo', 'invariant', 'language', 'prefix', 'tagPrefix']) {
    const own = value(element, name);
    if (own !== null) return own;
  }
  return owner === '' ? element.name : owner;
}

/** No section of .NET nests deeper. */
const MAX_DEPTH = 50;

/** Every attribute below an element that names a managed type which is not of the platform, in document order. */
export function typesBelow(section: ConfigElement, strict: boolean): FoundCode[] {
  const found: FoundCode[] = [];
  const visit = (element: ConfigElement, owner: string, depth: number): void => {
    if (element.name === 'remove' || element.name === 'clear') return;
    for (const attribute of element.attributes) {
      const type = typeOf(element, owner, attribute, strict);
      if (type === null || (isPlatform(type) && !compilesOther(element, owner))) continue;
      found.push({ kind: 'other', element, attribute, name: nameOf(element, owner, attribute), type });
    }
    if (depth < MAX_DEPTH) for (const child of element.children) visit(child, element.name, depth + 1);
  };
  visit(section, '', 0);
  return found;
}
