import { knownSchema, type ElementSchema, type IisSchema } from '../../knowledge/index.ts';
import { foldCase } from '../../../shared/base/compare.ts';
import type { ParseProblem, Place } from '../../../shared/model/index.ts';
import type { ConfigurationFile, ConfigurationFiles } from '../configuration-files.ts';
import { guessVersion, type VersionGuess } from '../version.ts';
import { compareSchema } from './compare-schema.ts';
import type { SchemaDifference } from './difference.ts';
import { readSchema, type ReadSchema } from './read-schema.ts';

/** The schema that answers about one server rest on. */
export interface ServerSchema {
  readonly schema: IisSchema;
  /** `evidence`: the server's own schema files say what its main sections are; `known`: they were not collected or are damaged. */
  readonly source: 'evidence' | 'known';
  /** True where schema files were collected that say too little, so that the known schema stands in. */
  readonly unusable: boolean;
  /** Version of the known schema that stands in, or that the evidence was compared with. */
  readonly version: string;
  /** What of it is taken for granted, in sentences. */
  readonly assumed: readonly string[];
  readonly differences: readonly SchemaDifference[];
  readonly problems: readonly { readonly place: Place; readonly found: ParseProblem }[];
}

/** Without these a schema folder says nothing of components. */
const MAIN_SECTIONS = ['system.applicationHost/applicationPools', 'system.applicationHost/sites', 'system.webServer/globalModules', 'system.webServer/modules', 'system.webServer/handlers'];
/** Present on every server with IIS and .NET. */
const MAIN_FILES = ['IIS_schema.xml', 'ASPNET_schema.xml', 'FX_schema.xml'];
const ORDER = 'Which of two schema files wins where both write the same fact is not documented; the file that Windows does not ship is taken to.';

const byFiles = new WeakMap<ConfigurationFiles, ServerSchema>();
/** Copies of the configuration have other files objects and the same schema files. */
const byFirst = new WeakMap<ConfigurationFile, { readonly list: readonly ConfigurationFile[]; readonly guess: VersionGuess; readonly schema: ServerSchema }>();

/**
 * The schema of a server. Its own schema files count where they were collected whole; a section that they lack, or that
 * stands in a damaged file, is that of the known schema of the version. Kept for as long as the files are.
 */
export function schemaOf(files: ConfigurationFiles): ServerSchema {
  let schema = byFiles.get(files);
  if (!schema) {
    schema = read(files);
    byFiles.set(files, schema);
  }
  return schema;
}

function read(files: ConfigurationFiles): ServerSchema {
  const list = files.schemaFiles?.() ?? [];
  const guess = guessVersion(files);
  const [first] = list;
  if (first === undefined) return known(guess, (version) => `The schema files of the server were not collected; the schema of IIS ${version} stands in.`);
  const kept = byFirst.get(first);
  if (kept && kept.guess.version === guess.version && kept.guess.atMost === guess.atMost && kept.list.length === list.length && kept.list.every((file, i) => file === list[i])) return kept.schema;
  const schema = fromEvidence(readSchema(list), guess);
  byFirst.set(first, { list, guess, schema });
  return schema;
}

function known(guess: VersionGuess, why: (version: string) => string): ServerSchema {
  const { schema, version, assumed } = knownSchema(guess.version ?? guess.atMost ?? null);
  const sentences = [why(version)];
  if (guess.version === null && guess.atMost !== undefined) sentences.push(`${guess.reason}; the schema of IIS ${version} is used.`);
  if (assumed !== null) sentences.push(assumed);
  return { schema, source: 'known', unusable: false, version, assumed: sentences, differences: [], problems: [] };
}

function fromEvidence(evidence: ReadSchema, guess: VersionGuess): ServerSchema {
  const { version, differences } = compareSchema(evidence, guess.version ?? guess.atMost ?? null);
  const damaged = evidence.files.filter((file) => !file.complete);
  const suspect = new Set(damaged.flatMap((file) => file.sections));
  const lacking = MAIN_SECTIONS.filter((section) => suspect.has(section) || !evidence.schema.has(section));
  const damage = `Schema files of the server are damaged (${named(damaged.map((f) => f.name))});`;
  if (lacking.length > 0) {
    const why = damaged.length > 0 ? damage : `The schema files of the server that were collected do not define ${named(lacking)};`;
    const stand = known(guess.version === null && guess.atMost === undefined ? { version, reason: guess.reason } : guess, (used) => `${why} the schema of IIS ${used} stands in.`);
    return { ...stand, unusable: true, differences, problems: evidence.problems };
  }
  const stand = knownSchema(version);
  const schema = new Map<string, ElementSchema>(stand.schema);
  for (const [section, own] of evidence.schema) if (!suspect.has(section) || !schema.has(section)) schema.set(section, own);
  const assumed: string[] = [];
  const names = new Set(evidence.files.map((file) => foldCase(file.name)));
  const absent = MAIN_FILES.filter((name) => !names.has(foldCase(name)));
  if (absent.length > 0) assumed.push(`${named(absent)} of the server was not collected; for its sections the schema of IIS ${version} stands in.`);
  if (damaged.length > 0) assumed.push(`${damage} for their sections the schema of IIS ${version} stands in.`);
  if ((absent.length > 0 || damaged.length > 0) && stand.assumed !== null) assumed.push(stand.assumed);
  if (differences.some((d) => d.kind === 'section-redefined')) assumed.push(ORDER);
  return { schema, source: 'evidence', unusable: false, version, assumed, differences, problems: evidence.problems };
}

function named(names: readonly string[]): string {
  const shown = names.slice(0, 5).map((name) => name.slice(0, 100)).join(', ');
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown;
}
