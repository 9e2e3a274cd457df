import { foldCase } from '../../../shared/base/compare.ts';
import type { ElementSchema, IisSchema } from '../iis-schema.ts';
import iis10 from './10.0.json' with { type: 'json' };
import older from './older.json' with { type: 'json' };
import { layOver, readNotes, type SchemaNotes } from './notation.ts';

/** A schema file that Windows or a product ships: its name and what it says, before files are merged. */
export interface KnownSchemaFile {
  readonly name: string;
  /** The product that brings it; null for Windows. */
  readonly product: string | null;
  readonly sections: SchemaNotes;
}

export interface KnownSchema {
  readonly schema: IisSchema;
  /** `10.0`, `8.5`, ... */
  readonly version: string;
  /** Why it may not be that of the server, or null. */
  readonly assumed: string | null;
}

interface VersionNotes {
  readonly version: string;
  readonly assumed: string | null;
  readonly files: readonly KnownSchemaFile[];
}

const FILES: readonly KnownSchemaFile[] = Object.entries(iis10.files as Readonly<Record<string, { product: string | null; sections: SchemaNotes }>>)
  .map(([name, { product, sections }]) => ({ name, product, sections }));
const RANKS = new Map(FILES.map((file, rank) => [foldCase(file.name), rank]));

const versions: readonly VersionNotes[] = (() => {
  const all: VersionNotes[] = [{ version: iis10.version, assumed: null, files: FILES }];
  for (const [version, step] of Object.entries(older.versions as Readonly<Record<string, { assumed: string | null; changes: SchemaNotes }>>)) {
    const files = (all.at(-1)?.files ?? []).map((file) => {
      const over = step.changes[file.name];
      return typeof over === 'object' && over !== null ? { ...file, sections: layOver(file.sections, over) } : file;
    });
    all.push({ version, assumed: step.assumed, files });
  }
  return all;
})();

const built = new Map<string, KnownSchema>();

/** Versions of IIS whose schema is known, newest first. */
export const KNOWN_SCHEMA_VERSIONS: readonly string[] = versions.map((v) => v.version);

/** Where the facts of the known schema come from. */
export const SCHEMA_SOURCE = { title: iis10.title, source: iis10.source, date: iis10.date, licence: iis10.licence };

/** Defaults beside the usual one that files of the same version have been seen with, by path (`section[]/element@attribute`). */
export const OTHER_DEFAULTS: ReadonlyMap<string, readonly string[]> = new Map(Object.entries(iis10.otherDefaults));

/** Attributes whose default is a text for people that is not kept. */
export const DEFAULTS_NOT_KEPT: ReadonlySet<string> = new Set(iis10.defaultsNotKept);

/** COM classes (by ProgID) that the shipped files name. */
export const KNOWN_EXTENSIONS: ReadonlySet<string> = new Set(iis10.extensions.map(foldCase));

/**
 * The schema that a version of IIS ships: all role services, and the products that are known.
 * @param version `10.0`, `8.5`, `8.0`, `7.5` or `7.0`; null or another one gives 10.0 and says that this is assumed
 */
export function knownSchema(version: string | null): KnownSchema {
  const found = versions.find((v) => v.version === version);
  const asked = found?.version ?? `?${version ?? ''}`;
  let known = built.get(asked);
  if (!known) {
    const use = found ?? versions[0];
    const assumed = found !== undefined ? found.assumed : version === null
      ? 'Nothing tells the version of IIS; the schema of IIS 10.0 is used.'
      : `The schema of IIS ${version.slice(0, 20)} is not known; that of IIS 10.0 is used.`;
    known = { schema: mergeSchemaFiles(use?.files ?? []), version: use?.version ?? '', assumed };
    if (built.size < 20) built.set(asked, known);
  }
  return known;
}

/** The files of a known version, in the order in which they are merged; [] for another version. */
export function knownSchemaFiles(version: string): readonly KnownSchemaFile[] {
  return versions.find((v) => v.version === version)?.files ?? [];
}

/** Place of a file in the order of merging: shipped files as listed, all others behind them. */
export function knownSchemaFileRank(name: string): number {
  return RANKS.get(foldCase(name)) ?? FILES.length;
}

const ofFiles = new Map<string, IisSchema>();
/** Sets of files that are kept; servers of one case are much alike. */
const MOST_KEPT = 32;

/**
 * What some of the shipped files define together.
 * @param has told a file's name, says whether it is one of them
 */
export function knownSchemaOf(version: string, has: (name: string) => boolean): IisSchema {
  const files = knownSchemaFiles(version).filter((file) => has(file.name));
  const key = [version, ...files.map((file) => file.name)].join('|');
  let schema = ofFiles.get(key);
  if (!schema) {
    schema = mergeSchemaFiles(files);
    if (ofFiles.size >= MOST_KEPT) ofFiles.clear();
    ofFiles.set(key, schema);
  }
  return schema;
}

/** The sections of several files together; a section may stand in pieces in some of them. */
function mergeSchemaFiles(files: readonly KnownSchemaFile[]): IisSchema {
  const sections = files.reduce<SchemaNotes>((all, file) => layOver(all, file.sections), {});
  return new Map(Object.entries(sections).flatMap(([name, notes]): Array<[string, ElementSchema]> => (typeof notes === 'object' && notes !== null ? [[name, readNotes(name, notes)]] : [])));
}
