export { parseConfig, MAX_CONFIG_BYTES, type ParsedConfig } from '../kit/xml/parse.ts';
export { locateConfig, type LocatedConfig } from './locate.ts';
export { looksLikeConfig, sniffConfig, type ConfigFileKind } from './sniff.ts';

/** What this artifact is, for the list of what the workbench reads. */
export const IIS_CONFIG = {
  id: 'iis-config',
  title: 'IIS and .NET configuration files',
  files: ['applicationHost.config', 'web.config', 'administration.config', 'redirection.config', 'machine.config'],
  versions: 'IIS 7.0 to 10.0',
  proves: 'Which sites, applications and pools exist, and which modules, handlers and filters are registered, at which line.',
  references: [
    'https://learn.microsoft.com/en-us/iis/get-started/planning-your-iis-architecture/the-configuration-system-in-iis-7',
    'https://learn.microsoft.com/en-us/iis/get-started/planning-your-iis-architecture/deep-dive-into-iis-configuration-with-iis-7-and-iis-8',
  ],
} as const;
