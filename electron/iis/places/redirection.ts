import { attributeValue, childNamed, type ConfigElement } from '../../../shared/model/index.ts';
import type { ConfigurationFile, ConfigurationFiles } from '../configuration-files.ts';
import { isTrue } from '../sections.ts';

/** The folder of IIS's own configuration files. */
export const INETSRV_CONFIG = '%windir%\\System32\\inetsrv\\config';

/** Configuration redirection that is switched on: applicationHost.config and administration.config lie elsewhere. */
export interface Redirection {
  /** Folder, a local one or a share, with its variables expanded (the schema marks the attribute as expanded). */
  readonly folder: string;
  readonly file: ConfigurationFile;
  readonly element: ConfigElement;
}

/** What redirection.config says, or null when it was not collected or redirects nothing. */
export function redirectionOf(files: ConfigurationFiles): Redirection | null {
  const file = files.at(files.expand(`${INETSRV_CONFIG}\\redirection.config`, 64));
  if (file === 'absent' || file === 'not-collected' || !file.document.root) return null;
  const element = childNamed(file.document.root, 'configurationRedirection');
  if (!element || !isTrue(attributeValue(element, 'enabled'))) return null;
  return { folder: files.expand(attributeValue(element, 'path') ?? '', 64).replace(/[\\/]+$/, ''), file, element };
}
