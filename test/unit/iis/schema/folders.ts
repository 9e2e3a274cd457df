import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { ConfigurationFile } from '../../../../electron/iis/index.ts';
import { knownSchemaOf, type AttributeSchema, type ElementSchema } from '../../../../electron/knowledge/index.ts';
import { corpus } from '../../../helpers/corpus.ts';
import { configurationFile } from '../support.ts';

const FOLDER = 'C:\\Windows\\System32\\inetsrv\\config\\schema\\';

/** A schema file in memory, where IIS keeps it. `content` stands inside `configSchema`, or is a whole file. */
export function schemaFile(name: string, content: string): ConfigurationFile {
  return configurationFile(FOLDER + name, content.startsWith('<?xml') ? content : `<?xml version="1.0"?>\n<configSchema>\n${content}\n</configSchema>`);
}

/** The schema files of a folder of the corpus. */
export function corpusSchema(...folder: string[]): ConfigurationFile[] {
  const at = corpus.file('schema', ...folder);
  return readdirSync(at).filter((name) => name.endsWith('.xml')).toSorted().map((name) => configurationFile(FOLDER + name, readFileSync(path.join(at, name))));
}

export const IIS_10 = ['lextm+iis_schema'];
export const IIS_8_5 = ['c1982+IIS-SharedGitConfig', 'schema'];
export const EXPRESS = ['lextm+iisexpress_schema'];
export const JEXUS = ['jexuswebserver+JexusManager', 'Tests', 'schema'];

/** A shipped schema file, written out again from the known data: every fact is in it, and nothing of the file itself. */
export function shippedSchema(name: string, version: string): string {
  return [...knownSchemaOf(version, (n) => n === name).values()].map((s) => `<sectionSchema name="${s.name}"${unrecognized(s)}>\n${body(s)}</sectionSchema>`).join('\n');
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
const yes = (name: string, value: boolean): string => (value ? ` ${name}="true"` : '');
const unrecognized = (s: Pick<ElementSchema, 'allowUnrecognizedAttributes'>): string => yes('allowUnrecognizedAttributes', s.allowUnrecognizedAttributes);

function body(s: Omit<ElementSchema, 'name'>): string {
  const c = s.collection;
  return [
    ...s.attributes.map(attribute),
    ...(c === null ? [] : [
      `<collection addElement="${c.addElements.join(',')}"${c.removeElement === null ? '' : ` removeElement="${c.removeElement}"`}${c.clearElement === null ? '' : ` clearElement="${c.clearElement}"`}`
      + `${c.defaultElement ? ` defaultElement="${c.defaultElement}"` : ''}${c.mergeAppend ? '' : ' mergeAppend="false"'}${yes('allowDuplicates', c.allowDuplicates)}${unrecognized(c.entry)}>\n${body(c.entry)}</collection>`,
    ]),
    ...s.elements.map((e) => `<element name="${e.name}"${unrecognized(e)}>\n${body(e)}</element>`),
  ].map((line) => `${line}\n`).join('');
}

function attribute(a: AttributeSchema): string {
  const values = a.values.map((v, i) => `<${a.type === 'flags' ? 'flag' : 'enum'} name="${v}" value="${a.numbers?.[i] ?? ''}" />`).join('');
  const start = `<attribute name="${a.name}" type="${a.type}"${a.defaultValue === null ? '' : ` defaultValue="${escaped(a.defaultValue)}"`}${yes('required', a.required)}${yes('isUniqueKey', a.key === 'unique')}`
    + `${yes('isCombinedKey', a.key === 'combined')}${yes('caseSensitive', a.caseSensitive)}${yes('expanded', a.expanded)}${yes('encrypted', a.encrypted)}`;
  return values === '' ? `${start} />` : `${start}>${values}</attribute>`;
}
