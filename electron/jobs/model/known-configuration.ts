import type { ConfigurationRole } from '../../artifacts/kit/definition.ts';
import type { ConfigurationFile } from '../../iis/configuration-files.ts';

/** A configuration file with what it is and when its content was last written. */
export interface KnownConfiguration {
  readonly configuration: ConfigurationFile;
  readonly role: ConfigurationRole;
  /** UTC text, or null where the collection kept no time. */
  readonly modified: string | null;
}
