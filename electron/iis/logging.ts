import { foldCase } from '../../shared/base/compare.ts';
import { attributeValue, childNamed, type ConfigElement, type Place } from '../../shared/model/index.ts';
import type { ConfigurationFiles } from './configuration-files.ts';
import { inheritedValue, type ServerLayout, type SiteLayout } from './layout.ts';
import { serverSection } from './server-section.ts';
import { joinWindows } from './paths.ts';
import { isFalse, isTrue, sectionsOf } from './sections.ts';

/** Where and whether a site writes its log. */
export interface SiteLogging {
  readonly directory: Place;
  readonly format: string;
  readonly enabled: boolean;
}

export const DEFAULT_LOG_DIRECTORY = '%SystemDrive%\\inetpub\\logs\\LogFiles';

/**
 * Log settings of a site: `logFile` of the site, of `siteDefaults`, of the schema; the directory gets the sub-folder
 * `W3SVC<id>` that IIS appends, or `W3SVC` where the server logs centrally. `httpLogging@dontLog` switches off too.
 */
export function loggingOf(files: ConfigurationFiles, layout: ServerLayout, site: SiteLayout): SiteLogging {
  const log = serverSection(files, 'system.applicationHost/log');
  const mode = foldCase((log ? attributeValue(log, 'centralLogFileMode') : undefined) ?? 'Site');
  if (log && mode !== 'SITE') {
    const name = mode === 'CENTRALBINARY' ? 'CentralBinary' : 'W3C';
    const central = childNamed(log, mode === 'CENTRALBINARY' ? 'centralBinaryLogFile' : 'centralW3CLogFile');
    const enabled = !isFalse(central ? attributeValue(central, 'enabled') : undefined) && !dontLog(files, site);
    return { directory: directoryOf(files, central ? attributeValue(central, 'directory') : undefined, 'W3SVC'), format: name, enabled };
  }
  const elements = [site.element, layout.siteDefaults].map((element): ConfigElement | null => (element ? childNamed(element, 'logFile') ?? null : null));
  return {
    directory: directoryOf(files, inheritedValue('directory', ...elements), `W3SVC${site.id}`),
    format: inheritedValue('logFormat', ...elements) ?? 'W3C',
    enabled: !isFalse(inheritedValue('enabled', ...elements)) && !dontLog(files, site),
  };
}

function directoryOf(files: ConfigurationFiles, written: string | undefined, folder: string): Place {
  const directory = written === undefined || written.trim() === '' ? DEFAULT_LOG_DIRECTORY : written;
  return files.place(joinWindows(files.expand(directory, 64), folder));
}

/** httpLogging is locked to applicationHost.config in every shipped file; the site's location tag comes last. */
function dontLog(files: ConfigurationFiles, site: SiteLayout): boolean {
  const sections = sectionsOf(files.applicationHost);
  const bodies = ['', foldCase(site.name)].flatMap((path) => sections.at('system.webServer/httpLogging', path));
  return isTrue(bodies.map((body) => attributeValue(body.element, 'dontLog')).findLast((value) => value !== undefined));
}
