import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { ConfigurationFile } from '../../../../electron/iis/index.ts';
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
