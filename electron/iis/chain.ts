import { foldCase } from '../../shared/base/compare.ts';
import type { Place } from '../../shared/model/index.ts';
import type { ConfigurationFile, ConfigurationFiles } from './configuration-files.ts';
import { folderOf } from './folders.ts';
import { type ApplicationLayout, applicationOf, type SiteLayout } from './layout.ts';
import { ancestry, type ConfigPath, joinWindows } from './paths.ts';

/** A file and the level at which it stands. */
export interface ChainFile {
  readonly level: ConfigPath;
  readonly file: ConfigurationFile;
}

/** What decides the configuration of one path: its levels from the server down, and the files at them. */
export interface Chain {
  readonly target: ConfigPath;
  readonly application: ApplicationLayout;
  readonly site: SiteLayout;
  /** '' first. */
  readonly levels: readonly ConfigPath[];
  /** Outermost first. */
  readonly files: readonly ChainFile[];
  /** Files that IIS would read if they exist, and of which the evidence cannot tell. */
  readonly missing: readonly Place[];
}

/** Builds the chain for a path of a site; `path` is the configuration path of an application or of something below it. */
export function chainOf(files: ConfigurationFiles, site: SiteLayout, application: ApplicationLayout, path: ConfigPath): Chain {
  const levels = ancestry(path);
  const chain: ChainFile[] = [{ level: '', file: files.applicationHost }];
  const missing: Place[] = [];
  // The pool of the application that answers decides, also for the files of levels above it.
  const ignored = !application.pool.enableConfigurationOverride;
  for (const level of ignored ? [] : levels.slice(1)) {
    const owner = applicationOf(site, level);
    const folder = owner ? folderOf(owner, level) : null;
    if (!folder || (!folder.atRoot && !folder.directory.allowSubDirConfig)) continue;
    const name = joinWindows(folder.path, 'web.config');
    const found = files.at(name);
    if (found === 'not-collected') {
      // The last step of a URL is usually a file: no folder, so no web.config to be missed.
      if (!looksLikeFile(level, application)) missing.push(files.place(name));
    } else if (found !== 'absent') chain.push({ level, file: found });
  }
  return { target: path, application, site, levels, files: chain, missing };
}

function looksLikeFile(level: ConfigPath, application: ApplicationLayout): boolean {
  return foldCase(level) !== foldCase(application.configPath) && /\.[^/.]{1,8}$/.test(level);
}
