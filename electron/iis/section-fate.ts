import { applicationOf, layoutOf, siteNamed } from './layout.ts';
import type { ConfigurationFiles } from './configuration-files.ts';
import { treesOf } from './merge/levels.ts';
import { sectionRule, sectionState } from './merge/section-state.ts';
import { undeclaredSection } from './merge/undeclared.ts';
import { type ConfigPath, joinConfigPath } from './paths.ts';
import { schemaOf } from './schema/schema-of.ts';

/** A section as one web.config writes it: for its own folder, or in a location tag for a path below. */
export interface WrittenSection { readonly evidencePath: string; readonly configPath: ConfigPath; readonly location: string; readonly section: string }

/**
 * Why IIS does not take a section of system.webServer from a web.config: the file is not read there, or the section is
 * refused with 500.19 (locked, not declared, not valid). Null when it counts, and where that cannot be told.
 */
export function sectionFate(files: ConfigurationFiles, { evidencePath, configPath, location, section }: WrittenSection): string | null {
  const site = siteNamed(layoutOf(files), configPath.split('/', 1)[0] ?? '');
  const path = joinConfigPath(configPath, location);
  const application = site === null ? null : applicationOf(site, path);
  if (site === null || application === null || !schemaOf(files).schema.has(section)) return null;
  const tree = treesOf(files).iis(application.pool);
  const level = tree.at(site, path);
  if (!level.files.some(({ file }) => file.evidencePath === evidencePath)) return 'IIS does not read this web.config: the pool or the virtual directory switches web.config files off here';
  return undeclaredSection(level) ?? sectionState(tree, sectionRule(files, section), level, application).invalid;
}
