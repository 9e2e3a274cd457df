import { knownSchemaFileRank, type IisSchema } from '../../knowledge/index.ts';
import { compareBy, foldCase } from '../../../shared/base/compare.ts';
import { quote } from '../../../shared/base/limits.ts';
import { attributeValue, type ConfigElement, type EvidenceRef, type ParseProblem, type Place } from '../../../shared/model/index.ts';
import type { ConfigurationFile } from '../configuration-files.ts';
import { Draft, flag, layAttribute, layCollection } from './draft.ts';

/** A line of a schema file that says something of a section. */
export interface SchemaPlace extends EvidenceRef {
  /** Name of the file without its folder. */
  readonly file: string;
  readonly line: number;
}

export interface SchemaFile {
  readonly name: string;
  readonly file: ConfigurationFile;
  /** False when it was damaged, is no schema, or was not read to its end: what it does not say may have been lost. */
  readonly complete: boolean;
  /** Sections of which it says something, in its order. */
  readonly sections: readonly string[];
}

/** A COM class that a schema file names to answer for an element, attribute or method while the server runs. */
export interface SchemaExtension {
  readonly progId: string;
  readonly section: string;
  /** The element, attribute or method that it answers for. */
  readonly of: string;
  readonly place: SchemaPlace;
}

export interface ReadSchema {
  readonly schema: IisSchema;
  /**
   * Every line that wrote a fact, in the order in which the files were taken. Keys: `system.webServer/handlers`,
   * `system.webServer/handlers@accessPolicy`, `system.webServer/handlers[]` (the collection),
   * `system.webServer/handlers[]@name`, `system.webServer/asp/session@timeout`.
   */
  readonly places: ReadonlyMap<string, readonly SchemaPlace[]>;
  readonly files: readonly SchemaFile[];
  readonly extensions: readonly SchemaExtension[];
  readonly problems: readonly { readonly place: Place; readonly found: ParseProblem }[];
}

/** Deepest nesting inside a section; the shipped files have 9. */
const MAX_DEPTH = 64;
/** Most definitions of all files together; a full installation has about 3,500. */
const MAX_DEFINITIONS = 200_000;
const MAX_PROBLEMS = 100;

/**
 * Reads the schema files of a server (`inetsrv\config\schema\*.xml`, root `configSchema`). A section may stand in pieces
 * in several files; the pieces are merged. Which piece wins where two write the same fact is not documented: the files
 * that Windows ships are taken first, others after them by name, and the later word counts.
 * Never throws; what is malformed is a problem with its line. Bounds: depth 64, 200,000 definitions.
 */
export function readSchema(files: readonly ConfigurationFile[]): ReadSchema {
  const reader = new Reader();
  const named = files.map((file) => ({ file, name: fileName(file) }));
  for (const { file, name } of named.sort(compareBy((f) => knownSchemaFileRank(f.name), (f) => foldCase(f.name), (f) => f.file.evidencePath))) reader.read(name, file);
  return reader.result();
}

export function fileName({ path, evidencePath }: Place): string {
  const full = path ?? evidencePath;
  return full.slice(Math.max(full.lastIndexOf('\\'), full.lastIndexOf('/')) + 1);
}

class Reader {
  readonly #sections = new Map<string, Draft>();
  readonly #places = new Map<string, SchemaPlace[]>();
  readonly #files: SchemaFile[] = [];
  readonly #extensions: SchemaExtension[] = [];
  readonly #problems: { place: Place; found: ParseProblem }[] = [];
  #budget = MAX_DEFINITIONS;
  /** Of the file that is being read. */
  #name = '';
  #file: ConfigurationFile | null = null;
  #whole = true;
  #current = '';

  read(name: string, file: ConfigurationFile): void {
    this.#name = name;
    this.#file = file;
    const root = file.document.root;
    this.#whole = file.document.complete && root?.name === 'configSchema';
    const sections = new Set<string>();
    if (root !== null && root.name !== 'configSchema') this.#problem(root, 'malformed', `The root element is <${quote(root.name)}>; a schema file has <configSchema>.`);
    for (const child of root?.name === 'configSchema' ? root.children : []) {
      const section = attributeValue(child, 'name');
      if (child.name !== 'sectionSchema') this.#problem(child, 'anomaly', `<${quote(child.name)}> is no <sectionSchema>; IIS knows nothing else here.`);
      else if (section === undefined || section === '') this.#problem(child, 'malformed', 'A <sectionSchema> without a name defines nothing.');
      else if (this.#take(child)) {
        sections.add(section);
        this.#current = section;
        this.#body(child, this.#section(section), section, 0);
      }
    }
    this.#files.push({ name, file, complete: this.#whole, sections: [...sections] });
  }

  result(): ReadSchema {
    const schema: IisSchema = new Map([...this.#sections].map(([name, draft]) => [name, draft.finish(name)]));
    return { schema, places: this.#places, files: this.#files, extensions: this.#extensions, problems: this.#problems };
  }

  #section(name: string): Draft {
    const known = this.#sections.get(name);
    if (known) return known;
    const draft = new Draft();
    this.#sections.set(name, draft);
    return draft;
  }

  #body(element: ConfigElement, draft: Draft, path: string, depth: number): void {
    this.#place(path, element);
    if (element.name !== 'collection') draft.unrecognized = flag(element, 'allowUnrecognizedAttributes') ?? draft.unrecognized;
    this.#extension(element, path);
    if (depth >= MAX_DEPTH) {
      if (element.children.length > 0) this.#problem(element, 'limit', `Definitions are nested more than ${MAX_DEPTH} deep; what lies below was not read.`);
      return;
    }
    for (const child of element.children) if (this.#take(child)) this.#definition(child, draft, path, depth);
  }

  #definition(child: ConfigElement, draft: Draft, path: string, depth: number): void {
    const name = attributeValue(child, 'name') ?? '';
    if (child.name === 'collection') return this.#body(child, layCollection(draft, child), `${path}[]`, depth + 1);
    // What a method takes and gives is no configuration; the class that carries it out matters.
    if (child.name === 'method') return this.#extension(child, `${path}/${name}`);
    if (child.name !== 'attribute' && child.name !== 'element') return this.#problem(child, 'anomaly', `<${quote(child.name)}> means nothing in a schema.`);
    if (name === '') return this.#problem(child, 'malformed', `An <${child.name}> without a name defines nothing.`);
    if (child.name === 'attribute') {
      this.#place(`${path}@${name}`, child);
      this.#extension(child, `${path}@${name}`);
      if (attributeValue(child, 'type') === undefined && !draft.attributes.has(name)) this.#problem(child, 'malformed', `The attribute "${quote(name)}" has no type; it is read as a string.`);
      return layAttribute(draft, name, child);
    }
    let inner = draft.elements.get(name);
    if (!inner) draft.elements.set(name, (inner = new Draft()));
    return this.#body(child, inner, `${path}/${name}`, depth + 1);
  }

  #extension(element: ConfigElement, of: string): void {
    const progId = attributeValue(element, 'extension');
    if (progId !== undefined && this.#file !== null) this.#extensions.push({ progId, section: this.#current, of, place: this.#at(element) });
  }

  #at(element: ConfigElement): SchemaPlace {
    const { path = null, evidencePath = '', sha256 = '' } = this.#file ?? {};
    return { file: this.#name, path, evidencePath, sha256, line: element.line, column: element.column };
  }

  #place(key: string, element: ConfigElement): void {
    const list = this.#places.get(key);
    if (list) list.push(this.#at(element));
    else this.#places.set(key, [this.#at(element)]);
  }

  /** Counts a definition and what it lists; false when there were too many. */
  #take(element: ConfigElement): boolean {
    const before = this.#budget;
    this.#budget -= 1 + (element.name === 'attribute' ? element.children.length : 0);
    if (this.#budget > 0) return true;
    if (before > 0) this.#problem(element, 'limit', `The schema files have more than ${MAX_DEFINITIONS} definitions; what follows was not read.`);
    this.#whole = false;
    return false;
  }

  #problem(element: ConfigElement, kind: ParseProblem['kind'], message: string): void {
    if (kind === 'limit') this.#whole = false;
    if (this.#problems.length < MAX_PROBLEMS) this.#problems.push({ place: this.#at(element), found: { kind, message, line: element.line, column: element.column } });
  }
}

