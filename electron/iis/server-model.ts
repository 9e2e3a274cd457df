import { foldCase } from '../../shared/base/compare.ts';
import { quote } from '../../shared/base/limits.ts';
import { attributeValue, childNamed, childrenNamed, type ParseProblem, type Pool, type Server, type Site } from '../../shared/model/index.ts';
import type { ConfigurationFile, ConfigurationFiles } from './configuration-files.ts';
import { type ApplicationLayout, layoutOf, type PoolLayout, type ServerLayout, type SiteLayout } from './layout.ts';
import { loggingOf } from './logging.ts';
import { redirectionOf } from './places/redirection.ts';
import { refOf } from './refs.ts';
import { serverSectionIn } from './server-section.ts';
import { guessVersion } from './version.ts';

export interface ReadServer {
  readonly server: Server;
  /** What IIS would not accept; positions are those of applicationHost.config. */
  readonly problems: readonly ParseProblem[];
  readonly versionReason: string;
  /** Where configuration redirection points, expanded, or null. */
  readonly redirectedTo: string | null;
}

/** Sites, applications, directories, pools and log settings of one server. `id` and `name` are handed through. */
export function readServer(files: ConfigurationFiles, id: string, name: string | null): ReadServer {
  const layout = layoutOf(files);
  const guess = guessVersion(files);
  const redirectedTo = redirectionOf(files)?.folder ?? null;
  const root = files.applicationHost.document.root;
  const server: Server = {
    id,
    name,
    iisVersion: guess.version,
    sites: layout.sites.map((site) => asSite(files, layout, site)),
    pools: layout.pools.map((pool) => asPool(files, pool)),
    configuration: root ? refOf(files.applicationHost, root) : null,
    redirected: redirectedTo !== null,
  };
  return { server, problems: [...unreadSections(files), ...problemsOf(files, layout)], versionReason: guess.reason, redirectedTo };
}

function asPool(files: ConfigurationFiles, { name, pipeline, clr, bitness, identity, element }: PoolLayout): Pool {
  return { name, pipeline, clr, bitness, identity, source: element ? refOf(fileOf(files, POOLS), element) : null };
}

function asSite(files: ConfigurationFiles, layout: ServerLayout, site: SiteLayout): Site {
  const logging = loggingOf(files, layout, site);
  const bindings = childNamed(site.element, 'bindings');
  return {
    name: site.name,
    id: site.id,
    bindings: (bindings ? childrenNamed(bindings, 'binding') : []).map((b) => `${attributeValue(b, 'protocol') ?? ''} ${attributeValue(b, 'bindingInformation') ?? ''}`.trim()),
    logDirectory: logging.directory,
    logFormat: logging.format,
    logEnabled: logging.enabled,
    applications: site.applications.map((application) => asApplication(files, application)),
    source: refOf(fileOf(files, SITES), site.element),
  };
}

function asApplication(files: ConfigurationFiles, application: ApplicationLayout): Site['applications'][number] {
  const { pool } = application;
  const root = application.virtualDirectories.find((directory) => directory.path === '/') ?? application.virtualDirectories[0];
  return {
    path: application.path,
    pool: pool.name,
    pipeline: pool.pipeline,
    clr: pool.clr,
    bitness: pool.bitness,
    physicalPath: files.place(root?.physicalPath ?? ''),
    virtualDirectories: application.virtualDirectories.map((directory) => ({
      path: directory.path,
      physicalPath: files.place(directory.physicalPath),
      source: refOf(fileOf(files, SITES), directory.element),
    })),
    source: refOf(fileOf(files, SITES), application.element),
  };
}

const SITES = 'system.applicationHost/sites';
const POOLS = 'system.applicationHost/applicationPools';

/** The file that a section stands in: applicationHost.config, or what configSource names. */
const fileOf = (files: ConfigurationFiles, section: string): ConfigurationFile => serverSectionIn(files, section)?.file ?? files.applicationHost;

/** Sites and pools whose content lies where it cannot be read: the server has them, and they are not known. */
export function unreadSections(files: ConfigurationFiles): ParseProblem[] {
  return [SITES, POOLS].flatMap((section): ParseProblem[] => {
    const unread = serverSectionIn(files, section)?.unread ?? null;
    return unread === null ? [] : [{ kind: 'unreadable', message: unread.reason, line: unread.line }];
  });
}

/**
 * Two sites of one name make IIS refuse the file; applications whose pool does not exist answer 503; a site without a
 * root application cannot start.
 */
function problemsOf(files: ConfigurationFiles, layout: ServerLayout): ParseProblem[] {
  const problems: ParseProblem[] = [];
  const names = new Map<string, SiteLayout>();
  for (const site of layout.sites) {
    const first = names.get(foldCase(site.name));
    if (first === undefined) names.set(foldCase(site.name), site);
    else problems.push({ kind: 'anomaly', message: `A second site has the name "${quote(site.name)}" (the first stands at line ${first.element.line}): IIS refuses the file (0x800700B7), and answers are those of the first.`, line: site.element.line, column: site.element.column });
    if (!site.applications.some((application) => application.path === '/')) {
      problems.push({ kind: 'anomaly', message: `Site "${site.name}" has no root application and cannot start.`, line: site.element.line, column: site.element.column });
    }
    for (const { pool, path, element } of site.applications) {
      if (pool.element !== null) continue;
      problems.push({ kind: 'anomaly', message: `Application ${site.name}${path} names the pool "${pool.name}", which is not defined (503).`, line: element.line, column: element.column });
    }
  }
  // Lines of problems are those of applicationHost.config.
  const here = fileOf(files, SITES) === files.applicationHost;
  return here ? problems : problems.map(({ line: _line, column: _column, ...problem }) => problem);
}
