import { attributeValue, type ConfigDocument, type ConfigElement, type ParseProblem } from '../../../shared/model/index.ts';
import { parseConfig, type ParsedConfig } from '../kit/xml/parse.ts';
import { ListReader, MAX_ITEMS } from './lists.ts';

/** Bytes of a metabase that are read. That of a server with thousands of sites has some tens of megabytes. */
export const MAX_METABASE_BYTES = 64 * 1024 * 1024;

/** Steps of a location that are followed; a URL of 260 characters has fewer in practice. The evaluation has the same bound. */
const MAX_STEPS = 64;

function isTooDeep(key: ConfigElement): boolean {
  const location = attributeValue(key, 'Location') ?? '';
  return location.length > 2000 || location.split('/', MAX_STEPS + 2).length > MAX_STEPS + 1;
}

const localName = (element: ConfigElement): string => element.name.slice(element.name.indexOf(':') + 1);

/** The element that holds all keys, or null where this is no metabase. */
function propertiesOf(document: ConfigDocument): ConfigElement | null {
  const { root } = document;
  if (root === null || localName(root) !== 'configuration') return null;
  return root.children.find((child) => localName(child) === 'MBProperty') ?? null;
}

/** True for the XML of a metabase: `configuration` with `MBProperty`, whatever else it holds. */
export function isMetabase(document: ConfigDocument): boolean {
  return propertiesOf(document) !== null;
}

/**
 * Reads a metabase. The document is that of the file, except that every string of a list property (ScriptMaps,
 * WebSvcExtRestrictionList, InProcessIsapiApps, bindings) stands as an element of its own below its key, with its line
 * and the attribute `value`. Never throws for bad bytes.
 */
export function parseMetabase(bytes: Uint8Array): ParsedConfig {
  const parsed = parseConfig(bytes);
  const { document, text } = parsed;
  const problems: ParseProblem[] = [...parsed.problems];
  const properties = propertiesOf(document);
  if (document.root === null || properties === null) {
    if (document.root !== null) problems.push({ kind: 'malformed', message: 'There is no element MBProperty: this is not a metabase of IIS 6.', line: document.root.line });
    return { ...parsed, problems };
  }
  const lists = new ListReader(text);
  const keys = properties.children.map((key) => {
    const items = lists.itemsOf(key);
    return items.length === 0 ? key : { ...key, children: [...items, ...key.children] };
  });
  const deep = keys.filter((key) => isTooDeep(key)).length;
  if (deep > 0) problems.push({ kind: 'limit', message: `${deep} keys have a location of more than ${MAX_STEPS} steps or 2,000 characters; they are not evaluated.` });
  if (lists.tooLong) problems.push({ kind: 'limit', message: `A list has more than ${MAX_ITEMS} strings; the others were not read.` });
  // In a damaged file the keys may have stood where nothing could be read.
  if (document.complete && !keys.some((key) => /^IIsWeb(?:Service|Server)$/.test(localName(key)))) {
    problems.push({ kind: 'unsupported', message: 'The metabase holds no key of the web server (SMTP or FTP only): no component of the web server is registered in it.', line: properties.line, expected: true });
  }
  const root: ConfigElement = { ...document.root, children: document.root.children.map((child) => (child === properties ? { ...properties, children: keys } : child)) };
  return { ...parsed, document: { ...document, root }, problems };
}
