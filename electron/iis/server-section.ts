import type { ConfigElement } from '../../shared/model/index.ts';
import { contentOf } from './bodies.ts';
import type { ConfigurationFile, ConfigurationFiles } from './configuration-files.ts';
import { sectionsOf } from './sections.ts';

/** A server-wide section of applicationHost.config, which configSource may have put into a file of its own. */
export interface ServerSection {
  readonly element: ConfigElement;
  /** The file that the element stands in. */
  readonly file: ConfigurationFile;
  /** Why its content cannot be told (encrypted, in a file that is not collected or refused), or null. */
  readonly unread: { readonly reason: string; readonly line: number } | null;
}

const cache = new WeakMap<ConfigurationFiles, Map<string, ServerSection | null>>();

/** The section and the file that holds it, or null where it is not written. It is asked for every application. */
export function serverSectionIn(files: ConfigurationFiles, section: string): ServerSection | null {
  let known = cache.get(files);
  if (!known) cache.set(files, (known = new Map()));
  let found = known.get(section);
  if (found === undefined) known.set(section, (found = find(files, section)));
  return found;
}

function find(files: ConfigurationFiles, section: string): ServerSection | null {
  const body = sectionsOf(files.applicationHost).at(section, '')[0];
  if (body === undefined) return null;
  const content = contentOf(files, body);
  if (content.kind === 'content') return { element: content.element, file: content.file, unread: null };
  return { element: body.element, file: body.file, unread: { reason: content.reason, line: body.element.line } };
}

/** The element of a server-wide section, or null. */
export function serverSection(files: ConfigurationFiles, section: string): ConfigElement | null {
  return serverSectionIn(files, section)?.element ?? null;
}
