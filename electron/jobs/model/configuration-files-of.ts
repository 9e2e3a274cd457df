import type { ConfigurationFile, ConfigurationFiles } from '../../iis/configuration-files.ts';
import type { WindowsView } from '../../evidence/windows-view.ts';
import { foldCase } from '../../../shared/base/compare.ts';

/** Parsed configuration files by their place in the evidence. */
export type ParsedConfigurations = ReadonlyMap<string, ConfigurationFile>;

/** The evidence of one host as the configuration engine looks at it, with one applicationHost.config in force. */
export function configurationFilesOf(view: WindowsView, parsed: ParsedConfigurations, applicationHost: ConfigurationFile): ConfigurationFiles {
  return {
    applicationHost,
    expand: (path, bitness) => view.expand(path, bitness),
    place: (path) => {
      const found = view.resolve(path, 64);
      return { path: found.path ?? view.expand(path, 64), evidencePath: found.entry?.evidencePath ?? '' };
    },
    at: (path) => {
      const found = view.resolve(path, 64);
      if (found.entry !== null && found.status === 'present') return parsed.get(found.entry.evidencePath) ?? 'not-collected';
      return found.status === 'absent' ? 'absent' : 'not-collected';
    },
    webConfigsBelow: (path) =>
      view.below(path).flatMap((entry) => {
        const name = entry.evidencePath.slice(entry.evidencePath.lastIndexOf('/') + 1);
        if (foldCase(name) !== 'WEB.CONFIG' || !parsed.has(entry.evidencePath)) return [];
        const windowsPath = view.windowsPath(entry.evidencePath);
        return windowsPath === null ? [] : [windowsPath];
      }),
    schemaFiles: () =>
      view.below(view.expand(SCHEMA_FOLDER, 64)).flatMap((entry) => {
        const file = parsed.get(entry.evidencePath);
        return file === undefined || !SCHEMA_FILE.test(file.path ?? '') ? [] : [file];
      }),
  };
}

const SCHEMA_FOLDER = '%windir%\\System32\\inetsrv\\config\\schema';
/** Directly in the folder: IIS reads no folder below it. */
const SCHEMA_FILE = /\\inetsrv\\config\\schema\\[^\\]+\.xml$/i;

/** A configuration file that came alone: nothing around it was collected, and every answer says so. */
export function looseConfigurationFiles(applicationHost: ConfigurationFile): ConfigurationFiles {
  return {
    applicationHost,
    expand: (path) => expandDefaults(path),
    place: (path) => ({ path: expandDefaults(path), evidencePath: '' }),
    at: () => 'not-collected',
    webConfigsBelow: () => [],
  };
}

const DEFAULTS = new Map([
  ['WINDIR', 'C:\\Windows'], ['SYSTEMROOT', 'C:\\Windows'], ['SYSTEMDRIVE', 'C:'], ['PROGRAMFILES', 'C:\\Program Files'],
  ['PROGRAMFILES(X86)', 'C:\\Program Files (x86)'], ['PROGRAMDATA', 'C:\\ProgramData'], ['COMMONPROGRAMFILES', 'C:\\Program Files\\Common Files'],
]);

function expandDefaults(path: string): string {
  return path.replace(/%([^%]+)%/g, (whole, name: string) => DEFAULTS.get(foldCase(name)) ?? whole);
}
