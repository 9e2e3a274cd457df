import { foldCase } from '../../shared/base/compare.ts';
import { attributeValue, childNamed, childrenNamed, type ConfigElement, type Place } from '../../shared/model/index.ts';
import type { ConfigurationFiles } from './configuration-files.ts';
import { inheritedValue, layoutOf, type SiteLayout } from './layout.ts';
import { DEFAULT_LOG_DIRECTORY, loggingOf } from './logging.ts';
import { joinWindows } from './paths.ts';
import { serverSection } from './server-section.ts';

/** A folder that the configuration makes a log go to. */
export interface LogFolder {
  readonly directory: Place;
  readonly writes: 'iis-log' | 'ftp-log';
  /** Null for a central log: its lines or nothing say the site. */
  readonly site: { readonly id: number; readonly name: string } | null;
  /** Why no rows of files are to be expected there; null where they are. */
  readonly withoutRows: string | null;
  /** Where the configuration of the site stands; null for what concerns all sites. */
  readonly element: ConfigElement | null;
}

/** The folder of each site and of its FTP service, or the central ones; one folder may come more than once. */
export function logFolders(files: ConfigurationFiles): LogFolder[] {
  const layout = layoutOf(files);
  const central = isCentral(files);
  return layout.sites.flatMap((site): LogFolder[] => {
    const { directory, format, enabled } = loggingOf(files, layout, site);
    const elements = [site.element, layout.siteDefaults].map((element) => (element ? childNamed(element, 'logFile') ?? null : null));
    const reason = withoutRows(format, enabled, central ? undefined : inheritedValue('logTargetW3C', ...elements));
    const own: LogFolder = { directory, writes: 'iis-log', site: central ? null : { id: site.id, name: site.name }, withoutRows: reason, element: site.element };
    return [own, ...ftpFolder(files, site, layout.siteDefaults)];
  });
}

function isCentral(files: ConfigurationFiles): boolean {
  const log = serverSection(files, 'system.applicationHost/log');
  return foldCase((log ? attributeValue(log, 'centralLogFileMode') : undefined) ?? 'Site') !== 'SITE';
}

/** @param target `logTargetW3C`: flags; only `File` makes rows (`ETW` hands them to whoever listens) */
function withoutRows(format: string, enabled: boolean, target: string | undefined): string | null {
  if (!enabled) return 'its logging is switched off';
  const folded = foldCase(format);
  if (folded === 'CENTRALBINARY') return 'the server logs in the central binary format (.ibl), which this version does not read';
  if (folded === 'CUSTOM') return 'its log format is Custom: a component of its own writes the log, wherever it likes';
  const flags = (target ?? 'File').split(',').map((flag) => foldCase(flag.trim()));
  return flags.includes('FILE') ? null : 'it logs to ETW only: its requests went to whoever listened, not into a file';
}

/** Sites with an FTP binding; `FTPSVC<id>` is put behind the directory, `FTPSVC` where one log is kept for all. */
function ftpFolder(files: ConfigurationFiles, site: SiteLayout, siteDefaults: ConfigElement | null): LogFolder[] {
  const bindings = childNamed(site.element, 'bindings');
  const speaksFtp = (bindings ? childrenNamed(bindings, 'binding') : []).some((b) => foldCase(attributeValue(b, 'protocol') ?? '') === 'FTP');
  if (!speaksFtp) return [];
  const log = serverSection(files, 'system.ftpServer/log');
  if (log !== null && foldCase(attributeValue(log, 'centralLogFileMode') ?? 'Site') === 'CENTRAL') {
    const file = childNamed(log, 'centralLogFile');
    return [ftp(files, file ? attributeValue(file, 'directory') : undefined, 'FTPSVC', null, site.element, file ? attributeValue(file, 'enabled') : undefined)];
  }
  const elements = [site.element, siteDefaults].map((element) => {
    const server = element ? childNamed(element, 'ftpServer') : undefined;
    return server ? childNamed(server, 'logFile') ?? null : null;
  });
  return [ftp(files, inheritedValue('directory', ...elements), `FTPSVC${site.id}`, { id: site.id, name: site.name }, site.element, inheritedValue('enabled', ...elements))];
}

function ftp(files: ConfigurationFiles, written: string | undefined, folder: string, site: LogFolder['site'], element: ConfigElement, enabled: string | undefined): LogFolder {
  const directory = files.place(joinWindows(files.expand(written === undefined || written.trim() === '' ? DEFAULT_LOG_DIRECTORY : written, 64), folder));
  return { directory, writes: 'ftp-log', site, element, withoutRows: foldCase(enabled ?? 'true') === 'FALSE' ? 'the logging of its FTP service is switched off' : null };
}
