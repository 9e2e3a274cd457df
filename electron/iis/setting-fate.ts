import { foldCase } from '../../shared/base/compare.ts';
import type { ConfigurationFiles } from './configuration-files.ts';
import type { ApplicationLayout, SiteLayout } from './layout.ts';
import { declaredIn } from './merge/declared.ts';
import { treesOf } from './merge/levels.ts';
import { sectionRule, sectionState } from './merge/section-state.ts';
import { statesAbove } from './merge/state.ts';
import { isAtOrBelow } from './paths.ts';
import type { RawRegistration } from './registration.ts';
import { sourceKey } from './refs.ts';
import { schemaOf } from './schema/schema-of.ts';

const IGNORED = 'IIS does not read this web.config: the pool or the virtual directory switches web.config files off here';

/**
 * Why the line of a setting does not reach an application that its place would reach: its web.config is not read there,
 * or a deeper level takes the entry out of its collection, or IIS refuses the section. Null when it does reach it.
 */
export function settingLost(files: ConfigurationFiles, line: RawRegistration, site: SiteLayout, application: ApplicationLayout): string | null {
  if (line.configPath === null || (line.reader !== undefined && line.reader.kind !== 'folder')) return null;
  const dotNet = !line.section.startsWith('system.webServer/') && !line.section.startsWith('system.applicationHost/');
  const tree = dotNet ? treesOf(files).dotNet(application.pool) : treesOf(files).iis(application.pool);
  const own = foldCase(application.configPath);
  const level = tree.at(site, isAtOrBelow(foldCase(line.configPath), own) ? line.configPath : application.configPath);
  const isWebConfig = foldCase(line.evidencePath).endsWith('/WEB.CONFIG');
  if (isWebConfig && !level.files.some(({ file }) => file.evidencePath === line.evidencePath)) return IGNORED;
  // Where the server itself lacks the declaration, nothing of it would start: its files come from two servers or are cut.
  if (!schemaOf(files).schema.has(line.section) || declaredIn(level.files, line.section).from === 'nowhere') return null;
  const element = sourceKey(line);
  for (const state of statesAbove(sectionState(tree, sectionRule(files, line.section), level, application))) {
    const why = state.lost.get(element);
    if (why !== undefined) return why;
  }
  return null;
}
