/**
 * A whole server's configuration as plain data, from which both the files and the expected answers are made. Nothing of
 * the engine is used here.
 */
export type Attribute = readonly [name: string, value: string];

/** `<add …/>`, `<filter …/>`, `<remove …/>` or `<clear/>`. */
export interface Directive {
  readonly tag: string;
  readonly attributes: readonly Attribute[];
}

/** What can be wrong with a section element; its own directives are then not written. */
export type Trouble = 'encrypted' | 'source-absent' | 'source-outside' | 'source-and-content';

/** One appearance of a section. With `source` the element has only configSource, and its content is in that file. */
export interface Section {
  readonly kind: 'section';
  /** Full name, as `system.webServer/modules`. */
  readonly name: string;
  readonly attributes: readonly Attribute[];
  readonly directives: readonly Directive[];
  readonly source: string | null;
  readonly trouble: Trouble | null;
}

export interface Location {
  readonly kind: 'location';
  readonly path: string;
  readonly attributes: readonly Attribute[];
  readonly sections: readonly Section[];
}

/** A configuration file with its sections and location tags in document order. */
export interface File {
  /** Full Windows path. */
  readonly path: string;
  readonly parts: readonly (Section | Location)[];
}

/** A line of configSections. */
export interface Declaration {
  readonly name: string;
  readonly attributes: readonly Attribute[];
}

export interface Pool {
  readonly name: string;
  readonly attributes: readonly Attribute[];
}

export interface VirtualDirectory {
  readonly path: string;
  readonly folder: string;
  readonly attributes: readonly Attribute[];
}

export interface Application {
  readonly path: string;
  readonly pool: string;
  readonly directories: readonly VirtualDirectory[];
}

export interface Site {
  readonly name: string;
  readonly applications: readonly Application[];
}

export interface Tree {
  readonly declarations: readonly Declaration[];
  readonly host: File;
  readonly poolDefaults: readonly Attribute[];
  readonly pools: readonly Pool[];
  readonly sites: readonly Site[];
  /** Every web.config, and machine.config and the root web.config of each version of .NET. */
  readonly files: readonly File[];
  /** Windows paths of files that are not in the evidence. */
  readonly notCollected: readonly string[];
}

/** A section that configSections does not know. */
export const UNDECLARED = 'system.webServer/notDeclared';

export const HOST_FOLDER = 'C:\\Windows\\System32\\inetsrv\\config';
export const DOTNET_FOLDERS = ['Framework\\v2.0.50727', 'Framework64\\v2.0.50727', 'Framework\\v4.0.30319', 'Framework64\\v4.0.30319']
  .map((folder) => `C:\\Windows\\Microsoft.NET\\${folder}\\Config`);

/** The section of each list, as IIS_schema.xml and ASPNET_schema.xml give it. */
export interface ListFacts {
  readonly section: string;
  readonly add: string;
  readonly key: readonly string[];
  readonly caseSensitive: boolean;
  readonly mergeAppend: boolean;
  /** A second entry of one key: refused, or it takes the place of the first (ASP.NET settings schema, httpHandlers). */
  readonly duplicates: 'error' | 'replace';
}

export const LISTS = {
  modules: { section: 'system.webServer/modules', add: 'add', key: ['name'], caseSensitive: true, mergeAppend: true, duplicates: 'error' },
  handlers: { section: 'system.webServer/handlers', add: 'add', key: ['name'], caseSensitive: true, mergeAppend: false, duplicates: 'error' },
  isapiFilters: { section: 'system.webServer/isapiFilters', add: 'filter', key: ['name'], caseSensitive: true, mergeAppend: true, duplicates: 'error' },
  globalModules: { section: 'system.webServer/globalModules', add: 'add', key: ['name'], caseSensitive: true, mergeAppend: true, duplicates: 'error' },
  isapiCgiRestriction: { section: 'system.webServer/security/isapiCgiRestriction', add: 'add', key: ['path'], caseSensitive: false, mergeAppend: true, duplicates: 'error' },
  httpModules: { section: 'system.web/httpModules', add: 'add', key: ['name'], caseSensitive: false, mergeAppend: true, duplicates: 'error' },
  httpHandlers: { section: 'system.web/httpHandlers', add: 'add', key: ['path', 'verb'], caseSensitive: false, mergeAppend: false, duplicates: 'replace' },
} as const satisfies Record<string, ListFacts>;

export type ListName = keyof typeof LISTS;
export const LIST_NAMES = Object.keys(LISTS) as ListName[];

export function value(attributes: readonly Attribute[], name: string): string | undefined {
  return attributes.find(([n]) => n === name)?.[1];
}

export function lower(text: string): string {
  return text.toLowerCase();
}
