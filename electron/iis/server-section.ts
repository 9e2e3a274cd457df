import type { ConfigElement } from '../../shared/model/index.ts';
import type { ConfigurationFiles } from './configuration-files.ts';
import { sectionsOf } from './sections.ts';

/** The element of a server-wide section of applicationHost.config, or null. */
export function serverSection(files: ConfigurationFiles, section: string): ConfigElement | null {
  return sectionsOf(files.applicationHost).at(section, '')[0]?.element ?? null;
}
