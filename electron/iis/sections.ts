import { foldCase } from '../../shared/base/compare.ts';
import { attribute, attributeValue, type ConfigElement } from '../../shared/model/index.ts';
import type { ConfigurationFile } from './configuration-files.ts';
import { type ConfigPath, locationPath } from './paths.ts';

export type OverrideMode = 'Allow' | 'Deny';
export type AllowDefinition = 'Everywhere' | 'MachineOnly' | 'MachineToRootWeb' | 'MachineToApplication' | 'AppHostOnly';

/** One appearance of a section in a file: at its root or in a location tag. */
export interface SectionBody {
  readonly section: string;
  readonly element: ConfigElement;
  readonly file: ConfigurationFile;
  /** Relative to the level of the file; '' for the root and for `path="."` or `path=""`. */
  readonly path: ConfigPath;
  readonly location: ConfigElement | null;
  /** What the location tag says for deeper levels; null when it says nothing (`Inherit`). */
  readonly overrideMode: OverrideMode | null;
  readonly inheritInChildApplications: boolean;
  /** Why IIS would refuse the location tag itself, or null. */
  readonly fault: string | null;
}

/** What `configSections` says of a section. */
export interface SectionDeclaration {
  readonly overrideModeDefault: OverrideMode;
  readonly allowDefinition: AllowDefinition;
  /** False: the section may not stand in a location tag. */
  readonly allowLocation: boolean;
  readonly line: number;
}

const NONE: readonly SectionBody[] = [];

/** The sections of one file by full name (`system.webServer/handlers`) and by place. */
export class FileSections {
  readonly #file: ConfigurationFile;
  readonly #locations: readonly ConfigElement[];
  readonly #rest: readonly ConfigElement[];
  readonly #bodies = new Map<string, readonly SectionBody[]>();
  readonly #byPath = new Map<string, Map<string, SectionBody[]>>();
  #declarations: ReadonlyMap<string, SectionDeclaration> | null = null;
  #groups: ReadonlySet<string> | null = null;

  constructor(file: ConfigurationFile) {
    this.#file = file;
    const children = file.document.root?.children ?? [];
    this.#locations = children.filter((child) => child.name === 'location');
    this.#rest = children.filter((child) => child.name !== 'location');
  }

  /** Paths of all location tags, as written but normalised, in document order. */
  get locationPaths(): readonly ConfigPath[] {
    return this.#locations.map((location) => locationPath(attributeValue(location, 'path') ?? ''));
  }

  /** All appearances of a section in document order, the root's first. Names are case-sensitive. */
  bodies(section: string): readonly SectionBody[] {
    const known = this.#bodies.get(section);
    if (known) return known;
    const steps = stepsOf(section);
    const bodies: SectionBody[] = [];
    for (const element of find(this.#rest, steps)) bodies.push(this.#body(section, element, null));
    for (const location of this.#locations) {
      for (const element of find(location.children, steps)) bodies.push(this.#body(section, element, location));
    }
    const found = bodies.length === 0 ? NONE : bodies;
    this.#bodies.set(section, found);
    return found;
  }

  /** Appearances for one place; `foldedPath` is relative to the level of the file and case-folded. */
  at(section: string, foldedPath: string): readonly SectionBody[] {
    // Most files have no location tags.
    if (this.#locations.length === 0) return foldedPath === '' ? this.bodies(section) : NONE;
    let byPath = this.#byPath.get(section);
    if (!byPath) {
      byPath = new Map();
      for (const body of this.bodies(section)) {
        const key = foldCase(body.path);
        const list = byPath.get(key);
        if (list) list.push(body);
        else byPath.set(key, [body]);
      }
      this.#byPath.set(section, byPath);
    }
    return byPath.get(foldedPath) ?? NONE;
  }

  /** True when the file has configSections with at least one section in it. */
  get declaresSections(): boolean {
    this.#declarations ??= declarations(this.#file);
    return this.#declarations.size > 0;
  }

  /** True when configSections declares a section somewhere below this group. */
  declaresGroup(path: string): boolean {
    this.#declarations ??= declarations(this.#file);
    this.#groups ??= groupsOf(this.#declarations.keys());
    return this.#groups.has(path);
  }

  declaration(section: string): SectionDeclaration | null {
    this.#declarations ??= declarations(this.#file);
    return this.#declarations.get(section) ?? null;
  }

  #body(section: string, element: ConfigElement, location: ConfigElement | null): SectionBody {
    const mode = location ? attribute(location, 'overrideMode') : undefined;
    const legacy = location ? attribute(location, 'allowOverride') : undefined;
    const fault = mode && legacy ? `The location tag at line ${location?.line} has both overrideMode and allowOverride.` : null;
    return {
      section,
      element,
      file: this.#file,
      path: location ? locationPath(attributeValue(location, 'path') ?? '') : '',
      location,
      overrideMode: mode ? overrideMode(mode.value) : legacy ? (isTrue(legacy.value) ? 'Allow' : 'Deny') : null,
      inheritInChildApplications: !(location && isFalse(attributeValue(location, 'inheritInChildApplications'))),
      fault,
    };
  }
}

const cache = new WeakMap<ConfigurationFile, FileSections>();

export function sectionsOf(file: ConfigurationFile): FileSections {
  let sections = cache.get(file);
  if (!sections) {
    sections = new FileSections(file);
    cache.set(file, sections);
  }
  return sections;
}

const splitSections = new Map<string, readonly string[]>();

/** Sections are asked for by constant names, for thousands of files. */
function stepsOf(section: string): readonly string[] {
  let steps = splitSections.get(section);
  if (!steps) {
    steps = section.split('/');
    if (splitSections.size < 1000) splitSections.set(section, steps);
  }
  return steps;
}

/** Elements at a path of names; groups may be written more than once. */
function find(from: readonly ConfigElement[], steps: readonly string[]): readonly ConfigElement[] {
  let level = from;
  for (const [depth, step] of steps.entries()) {
    const next: ConfigElement[] = [];
    for (const element of level) {
      if (depth === 0) {
        if (element.name === step) next.push(element);
      } else {
        for (const child of element.children) if (child.name === step) next.push(child);
      }
    }
    // Most files have nothing of most sections.
    if (next.length === 0) return next;
    level = next;
  }
  return level;
}

function declarations(file: ConfigurationFile): ReadonlyMap<string, SectionDeclaration> {
  const found = new Map<string, SectionDeclaration>();
  const visit = (element: ConfigElement, prefix: string, depth: number): void => {
    for (const child of element.children) {
      const name = attributeValue(child, 'name');
      if (name === undefined) continue;
      if (child.name === 'sectionGroup' && depth < 20) visit(child, `${prefix}${name}/`, depth + 1);
      if (child.name === 'section') found.set(prefix + name, declaration(child));
    }
  };
  for (const element of file.document.root?.children ?? []) if (element.name === 'configSections') visit(element, '', 0);
  return found;
}

function groupsOf(sections: Iterable<string>): ReadonlySet<string> {
  const groups = new Set<string>();
  for (const section of sections) {
    for (let cut = section.indexOf('/'); cut >= 0; cut = section.indexOf('/', cut + 1)) groups.add(section.slice(0, cut));
  }
  return groups;
}

function declaration(element: ConfigElement): SectionDeclaration {
  return {
    overrideModeDefault: overrideMode(attributeValue(element, 'overrideModeDefault') ?? 'Allow') ?? 'Allow',
    allowDefinition: allowDefinition(attributeValue(element, 'allowDefinition')),
    allowLocation: !isFalse(attributeValue(element, 'allowLocation')),
    line: element.line,
  };
}

function overrideMode(value: string): OverrideMode | null {
  const folded = foldCase(value);
  return folded === 'ALLOW' ? 'Allow' : folded === 'DENY' ? 'Deny' : null;
}

const DEFINITIONS: readonly AllowDefinition[] = ['MachineOnly', 'MachineToRootWeb', 'MachineToApplication', 'AppHostOnly'];

function allowDefinition(value: string | undefined): AllowDefinition {
  const folded = foldCase(value ?? '');
  return DEFINITIONS.find((definition) => foldCase(definition) === folded) ?? 'Everywhere';
}

/** Booleans of the schema are read without letter case. */
export function isTrue(value: string | undefined): boolean {
  return value !== undefined && foldCase(value.trim()) === 'TRUE';
}

export function isFalse(value: string | undefined): boolean {
  return value !== undefined && foldCase(value.trim()) === 'FALSE';
}
