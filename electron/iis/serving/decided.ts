import { foldCase } from '../../../shared/base/compare.ts';
import type { ConfigurationFiles } from '../configuration-files.ts';
import type { ApplicationLayout, SiteLayout } from '../layout.ts';
import { treesOf } from '../merge/levels.ts';
import { joinConfigPath, joinWindows } from '../paths.ts';
import { sectionsOf } from '../sections.ts';

/** Places below one application that are looked at on their own; beyond them the lists of the place above stand. */
const MAX_PLACES = 20_000;

/**
 * Configuration paths of an application at which something is decided, as written by their folded form: the application
 * itself, folders with a web.config, paths of location tags. Every other path has the lists of the nearest of these above it, so that a hundred
 * thousand URLs need no more lists than there are such places.
 */
export function decidedPlaces(files: ConfigurationFiles, site: SiteLayout, application: ApplicationLayout): ReadonlyMap<string, string> {
  const root = foldCase(application.configPath);
  const places = new Map([[root, application.configPath]]);
  const add = (path: string): void => {
    const folded = foldCase(path);
    if (places.size < MAX_PLACES && folded.startsWith(`${root}/`) && !places.has(folded)) places.set(folded, path);
  };
  const level = treesOf(files).iis(application.pool).at(site, application.configPath);
  for (const { level: base, file } of level.files) for (const path of sectionsOf(file).locationPaths) add(joinConfigPath(base, path));
  for (const directory of application.virtualDirectories) {
    const above = joinConfigPath(application.configPath, directory.path);
    if (directory.path !== '/') add(above);
    if (directory.physicalPath === '') continue;
    const folder = directory.physicalPath.replace(/[\\/]+$/, '');
    for (const found of files.webConfigsBelow(folder)) {
      const inside = found.slice(folder.length).replace(/[\\/][^\\/]*$/, '');
      if (foldCase(found.slice(0, folder.length)) !== foldCase(folder)) continue;
      const path = joinConfigPath(above, inside);
      add(path);
      const file = files.at(joinWindows(`${folder}${inside}`, 'web.config'));
      if (file === 'absent' || file === 'not-collected') continue;
      for (const location of sectionsOf(file).locationPaths) add(joinConfigPath(path, location));
    }
  }
  return places;
}

/** The nearest decided place at or above a folded path of the application, as written. */
export function decidedFor(places: ReadonlyMap<string, string>, folded: string): string {
  let at = folded;
  for (;;) {
    const written = places.get(at);
    if (written !== undefined) return written;
    const cut = at.lastIndexOf('/');
    if (cut < 0) return at;
    at = at.slice(0, cut);
  }
}
