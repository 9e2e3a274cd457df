import { foldCase } from '../../shared/base/compare.ts';
import type { ConfigElement, Server } from '../../shared/model/index.ts';
import { contentOf } from './bodies.ts';
import type { ConfigurationFile, ConfigurationFiles } from './configuration-files.ts';
import { layoutOf } from './layout.ts';
import { joinConfigPath, type ConfigPath, joinWindows } from './paths.ts';
import { codeSectionsOf, type FileKind } from './places/index.ts';
import { serverWideFiles } from './places/server-wide.ts';
import { asRegistration, type FileReader, type RawRegistration, scopeOf } from './registration.ts';
import { type SectionBody, sectionsOf } from './sections.ts';

/** A web.config and the configuration path that it stands at. */
export interface PlacedWebConfig {
  readonly file: ConfigurationFile;
  readonly configPath: ConfigPath;
}

/**
 * Every line of configuration that names code, in every file that the sites of the server reach: applicationHost.config
 * with its location tags, machine.config and the root web.config of every .NET version, administration.config and
 * redirection.config, the web.config of each site, application and virtual directory, and those of folders below.
 * A file that several applications share appears once, for the first of them. Order: file by file, then line.
 */
export function registrations(files: ConfigurationFiles, server: Server): readonly RawRegistration[] {
  const layout = layoutOf(files);
  const locate = (configPath: ConfigPath): Located => ({ server: server.id, configPath, scope: scopeOf(layout, configPath) });
  const result: RawRegistration[] = [];
  const add = (file: ConfigurationFile, level: ConfigPath, kind: FileKind = 'configuration', reader?: FileReader): void => {
    const source: Source = { content: (body) => contentFor(files, body), locate: (path) => locate(joinConfigPath(level, path)), kind, reader };
    // One by one: a hostile file holds more entries than one call takes arguments.
    for (const line of readFile(file, source)) result.push(line);
  };
  add(files.applicationHost, '');
  for (const { file, kind, reader } of serverWideFiles(files)) add(file, '', kind, reader);
  for (const { file, configPath } of webConfigsOf(files)) add(file, configPath, 'configuration', { kind: 'folder' });
  return result;
}

/** Every web.config that the sites reach, once each; applications and directories first, then the folders below them. */
export function webConfigsOf(files: ConfigurationFiles): readonly PlacedWebConfig[] {
  const layout = layoutOf(files);
  const found = new Map<string, PlacedWebConfig>();
  const add = (path: string, configPath: ConfigPath): void => {
    const file = files.at(path);
    if (file === 'absent' || file === 'not-collected' || found.has(file.evidencePath)) return;
    found.set(file.evidencePath, { file, configPath });
  };
  const roots = layout.sites.flatMap((site) => site.applications).flatMap((application) =>
    application.virtualDirectories
      .filter((directory) => directory.physicalPath !== '')
      .map((directory) => ({ physicalPath: directory.physicalPath, configPath: joinConfigPath(application.configPath, directory.path) })));
  for (const root of roots) add(joinWindows(root.physicalPath, 'web.config'), root.configPath);
  // The deepest folder first, so that a folder belongs to the nearest application.
  for (const root of roots.toSorted((a, b) => b.physicalPath.length - a.physicalPath.length)) {
    const prefix = foldCase(joinWindows(root.physicalPath, '')).replace(/\\+$/, '');
    for (const path of files.webConfigsBelow(root.physicalPath)) {
      if (!foldCase(path).startsWith(`${prefix}\\`)) continue;
      const rest = path.slice(prefix.length + 1).split('\\').slice(0, -1).join('/');
      add(path, joinConfigPath(root.configPath, rest));
    }
  }
  return [...found.values()];
}

/** Registrations of a web.config that no site of any server points at. */
export function readLooseWebConfig(file: ConfigurationFile, server = ''): readonly RawRegistration[] {
  return readFile(file, {
    content: (body) => ({ element: body.element, file }),
    locate: () => ({ server, configPath: null, scope: 'unassigned' }),
    kind: 'configuration',
    reader: undefined,
  });
}

interface Located {
  readonly server: string;
  readonly configPath: ConfigPath | null;
  readonly scope: string;
}

/** How the lines of one file are placed. */
interface Source {
  readonly content: (body: SectionBody) => { element: ConfigElement; file: ConfigurationFile };
  /** By the path of the location tag and of the entry, below the level of the file. */
  readonly locate: (path: ConfigPath) => Located;
  readonly kind: FileKind;
  readonly reader: FileReader | undefined;
}

function readFile(file: ConfigurationFile, { content, locate, kind, reader }: Source): RawRegistration[] {
  const result: RawRegistration[] = [];
  const { root } = file.document;
  if (root === null) return result;
  for (const [section, read] of codeSectionsOf(root, kind)) {
    for (const body of sectionsOf(file).bodies(section)) {
      const source = content(body);
      const here = { ...locate(body.path), file: source.file, section, reader, ownApplicationOnly: !body.inheritInChildApplications };
      for (const found of read(source.element)) {
        const where = found.at === undefined ? here : { ...here, ...locate(joinConfigPath(body.path, found.at)) };
        result.push(asRegistration(found, where));
      }
    }
  }
  return result.sort((a, b) => a.line - b.line || a.column - b.column);
}

/** configSource moves the entries to another file; where that one is missing the section itself has none. */
function contentFor(files: ConfigurationFiles, body: SectionBody): { element: ConfigElement; file: ConfigurationFile } {
  const content = contentOf(files, body);
  return content.kind === 'content' ? content : { element: body.element, file: body.file };
}

/** Number of registrations in one file on its own, for lists of files. */
export function countRegistrations(file: ConfigurationFile): number {
  return readLooseWebConfig(file).length;
}
