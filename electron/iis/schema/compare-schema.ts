import { KNOWN_EXTENSIONS, KNOWN_SCHEMA_VERSIONS, knownSchema, knownSchemaFiles, knownSchemaOf, type IisSchema, type KnownSchemaFile } from '../../knowledge/index.ts';
import { compareBy, foldCase } from '../../../shared/base/compare.ts';
import { quote } from '../../../shared/base/limits.ts';
import { SEVERITIES } from '../../../shared/model/index.ts';
import { compareElement } from './compare-element.ts';
import { isDecidingSection, type SchemaDifference, type SchemaDifferenceKind } from './difference.ts';
import type { ReadSchema, SchemaFile, SchemaPlace } from './read-schema.ts';

export interface ComparedSchema {
  /** Version whose known schema fits best. */
  readonly version: string;
  readonly differences: readonly SchemaDifference[];
}

/** Most differences that are kept; a schema that differs in more of them is another one altogether. */
const MAX_DIFFERENCES = 500;

/**
 * Differences in meaning between the schema files of a server and those that Windows and known products ship. The version
 * that fits best is compared with: builds differ, and the server's own version may not be known.
 * Only what the files at hand should say counts; a role service that is not installed brings no file.
 */
export function compareSchema(read: ReadSchema, version: string | null): ComparedSchema {
  const order = [...KNOWN_SCHEMA_VERSIONS].sort(compareBy((v) => (v === version ? 0 : 1), (v) => KNOWN_SCHEMA_VERSIONS.indexOf(v)));
  let best: ComparedSchema | null = null;
  for (const candidate of order) {
    const compared = { version: candidate, differences: compareWith(read, candidate) };
    if (best === null || lighter(compared.differences, best.differences)) best = compared;
    if (compared.differences.length === 0) break;
  }
  return best ?? { version: version ?? '', differences: [] };
}

function lighter(a: readonly SchemaDifference[], b: readonly SchemaDifference[]): boolean {
  for (const severity of SEVERITIES) {
    const count = (of: readonly SchemaDifference[]): number => of.filter((d) => d.weight === severity).length;
    if (count(a) !== count(b)) return count(a) < count(b);
  }
  return false;
}

function compareWith(read: ReadSchema, version: string): SchemaDifference[] {
  const known = knownSchemaFiles(version);
  const present = new Map(read.files.map((file) => [foldCase(file.name), file]));
  const ships = new Map(known.map((file) => [foldCase(file.name), file]));
  // What a stock section should be even where the file that brings it is not there: another file may define it instead.
  const expected = knownSchemaOf(version, (name) => present.has(foldCase(name)));
  const all = knownSchema(version).schema;
  const out: SchemaDifference[] = [
    ...redefined(read, ships, all),
    ...extensions(read),
  ];
  for (const [section, schema] of new Map([...all, ...expected])) {
    const found = read.schema.get(section);
    const bringers = known.filter((file) => Object.hasOwn(file.sections, section));
    const product = bringers.every((file) => file.product !== null) ? (bringers[0]?.product ?? null) : null;
    if (found === undefined) {
      const lacking = bringers.map((file) => present.get(foldCase(file.name))).find((file) => file !== undefined);
      if (lacking?.complete === true) out.push(missing(section, lacking, product));
      continue;
    }
    const damaged = bringers.some((file) => present.get(foldCase(file.name))?.complete === false);
    for (const d of compareElement(section, section, schema, found)) {
      if (d.found === null && damaged) continue;
      const place = placeOf(read, d.path, section);
      if (place !== null) out.push({ ...d, section, product, place, known: cut(d.known), found: cut(d.found), weight: product === null ? d.weight : 'info' });
    }
  }
  const told = isOlderThanKnown(read) ? out.map((d) => (HOLDS_FOR_ALL.has(d.kind) || d.weight === 'info' ? d : { ...d, weight: 'low' as const })) : out;
  return told.sort(compareBy((d) => SEVERITIES.indexOf(d.weight), (d) => d.path, (d) => d.kind, (d) => d.found ?? '')).slice(0, MAX_DIFFERENCES);
}

/** Kinds that no version of IIS is known to have changed in a section that it kept. */
const HOLDS_FOR_ALL: ReadonlySet<SchemaDifferenceKind> = new Set(['merge-order-changed', 'duplicates-changed', 'directives-changed', 'key-changed', 'section-redefined', 'extension-added']);
const SINCE_7_5 = ['system.applicationHost/serviceAutoStartProviders', 'system.webServer/applicationInitialization', 'system.webServer/webSocket'];

/** No copy of the schema of IIS 7.0 is known: a whole IIS_schema.xml without what 7.5 brought may be one. */
function isOlderThanKnown(read: ReadSchema): boolean {
  const main = read.files.find((file) => foldCase(file.name) === 'IIS_SCHEMA.XML');
  return main?.complete === true && !SINCE_7_5.some((section) => read.schema.has(section));
}

const cut = (text: string | null): string | null => (text === null ? null : quote(text));

/** The line that wrote it last; for what is missing, the nearest thing around it that is there. */
function placeOf(read: ReadSchema, path: string, section: string): SchemaPlace | null {
  for (let at = path; at.length > section.length; at = at.slice(0, Math.max(at.lastIndexOf('@'), at.lastIndexOf('/'), at.lastIndexOf('[]')))) {
    const place = read.places.get(at)?.at(-1);
    if (place) return place;
  }
  return read.places.get(section)?.at(-1) ?? null;
}

function missing(section: string, { name, file }: SchemaFile, product: string | null): SchemaDifference {
  const root = file.document.root;
  return {
    kind: 'section-missing', section, path: section, known: section, found: null, product,
    weight: product !== null ? 'info' : isDecidingSection(section) ? 'medium' : 'low',
    effect: 'IIS does not know the section: configuration that has it is refused.',
    place: { file: name, path: file.path, evidencePath: file.evidencePath, sha256: file.sha256, line: root?.line ?? 1, column: root?.column ?? 1 },
  };
}

/** Sections that a file brings although no file of that name ships them: new ones, and stock ones said again. */
function redefined(read: ReadSchema, ships: ReadonlyMap<string, KnownSchemaFile>, all: IisSchema): SchemaDifference[] {
  const owners = new Map([...ships.values()].flatMap((file) => Object.keys(file.sections).map((section) => [section, file] as const)));
  return read.files.flatMap((file) => file.sections.flatMap((section): SchemaDifference[] => {
    const shipped = ships.get(foldCase(file.name));
    if (shipped !== undefined && Object.hasOwn(shipped.sections, section)) return [];
    const place = read.places.get(section)?.findLast((p) => p.evidencePath === file.file.evidencePath);
    if (place === undefined) return [];
    const owner = owners.get(section);
    const common = { section, path: section, found: quote(file.name), place };
    if (owner === undefined || !all.has(section)) {
      return [{ ...common, kind: 'section-added', known: null, weight: 'info', product: null, effect: 'Configuration may have a section that neither Windows nor a known product brings.' }];
    }
    return [{
      ...common, kind: 'section-redefined', known: owner.name, product: owner.product,
      weight: owner.product !== null ? 'info' : isDecidingSection(section) ? 'medium' : 'low',
      effect: 'A further file takes part in what IIS makes of this section.',
    }];
  }));
}

function extensions(read: ReadSchema): SchemaDifference[] {
  const seen = new Set<string>();
  return read.extensions.flatMap(({ progId, section, of, place }): SchemaDifference[] => {
    if (KNOWN_EXTENSIONS.has(foldCase(progId)) || seen.has(foldCase(progId))) return [];
    seen.add(foldCase(progId));
    return [{
      kind: 'extension-added', section, path: of, known: null, found: quote(progId), weight: 'high', product: null, place,
      effect: 'Tools that read this part of the configuration load the COM class of that name and let it answer.',
    }];
  });
}
