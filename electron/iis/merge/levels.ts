import { foldCase } from '../../../shared/base/compare.ts';
import type { Place } from '../../../shared/model/index.ts';
import type { ConfigurationFile, ConfigurationFiles } from '../configuration-files.ts';
import { dotNetRootFiles } from '../dotnet-chain.ts';
import { folderOf } from '../folders.ts';
import { type ApplicationLayout, applicationOf, layoutOf, type PoolLayout, type SiteLayout, siteNamed } from '../layout.ts';
import { type ConfigPath, joinWindows } from '../paths.ts';

/** A file and the level at which it stands. */
export interface ChainFile {
  /** Folded configuration path; '' for the server. */
  readonly level: string;
  readonly file: ConfigurationFile;
}

/** One level of the configuration: the server, a site, or a path below one, with every file that decides there. */
export interface Level {
  readonly path: ConfigPath;
  readonly folded: string;
  readonly parent: Level | null;
  /** 0 is the server. */
  readonly depth: number;
  /** Files of this level and of all above it, outermost first. */
  readonly files: readonly ChainFile[];
  /** Files that IIS would read if they exist, and of which the evidence cannot tell. */
  readonly missing: readonly Place[];
  /** The application that answers for this level; null for the server. */
  readonly owner: ApplicationLayout | null;
}

/** A family of levels that share their root files; levels are made once each. */
export class LevelTree {
  readonly files: ConfigurationFiles;
  readonly readsWebConfigs: boolean;
  readonly root: Level;
  /** True for system.web, whose root files are those of .NET. */
  readonly dotNet: boolean;
  readonly #levels = new Map<string, Level>();

  constructor(files: ConfigurationFiles, roots: readonly ConfigurationFile[], missing: readonly Place[], readsWebConfigs: boolean, dotNet: boolean) {
    this.files = files;
    this.readsWebConfigs = readsWebConfigs;
    this.dotNet = dotNet;
    this.root = { path: '', folded: '', parent: null, depth: 0, files: roots.map((file) => ({ level: '', file })), missing, owner: null };
  }

  /** The level of a configuration path inside a site. */
  at(site: SiteLayout, path: ConfigPath): Level {
    if (path === '') return this.root;
    const folded = foldCase(path);
    const known = this.#levels.get(folded);
    if (known) return known;
    const cut = path.lastIndexOf('/');
    const level = this.#below(site, this.at(site, cut < 0 ? '' : path.slice(0, cut)), path, folded);
    this.#levels.set(folded, level);
    return level;
  }

  #below(site: SiteLayout, parent: Level, path: ConfigPath, folded: string): Level {
    const owner = applicationOf(site, path);
    const level = { path, folded, parent, depth: parent.depth + 1, files: parent.files, missing: parent.missing, owner };
    if (!this.readsWebConfigs) return level;
    const folder = owner ? folderOf(owner, path) : null;
    if (!owner || !folder || (!folder.atRoot && !folder.directory.allowSubDirConfig)) return level;
    const name = joinWindows(folder.path, 'web.config');
    const found = this.files.at(name);
    if (found === 'absent') return level;
    // The last step of a URL is usually a file: no folder, so no web.config to be missed.
    if (found === 'not-collected') return looksLikeFile(folded, owner) ? level : { ...level, missing: [...parent.missing, this.files.place(name)] };
    return { ...level, files: [...parent.files, { level: folded, file: found }] };
  }
}

function looksLikeFile(folded: string, owner: ApplicationLayout): boolean {
  return folded !== foldCase(owner.configPath) && /\.[^/.]{1,8}$/.test(folded);
}

/** The trees of one server: web.config files count or not, and .NET has root files of its own per version and bitness. */
class Trees {
  readonly #files: ConfigurationFiles;
  readonly #trees = new Map<string, LevelTree>();

  constructor(files: ConfigurationFiles) {
    this.#files = files;
  }

  iis(pool: PoolLayout | null): LevelTree {
    const reads = pool?.enableConfigurationOverride ?? true;
    return this.#tree(`iis ${reads}`, () => new LevelTree(this.#files, [this.#files.applicationHost], notInForce(this.#files), reads, false));
  }

  /** machine.config and the root web.config stand in the place of applicationHost.config; without one the lists cannot be told. */
  dotNet(pool: PoolLayout): LevelTree {
    return this.#tree(`net ${pool.clr} ${pool.bitness} ${pool.enableConfigurationOverride}`, () => {
      const roots: ConfigurationFile[] = [];
      const missing: Place[] = [...notInForce(this.#files)];
      for (const path of dotNetRootFiles(this.#files, pool.clr, pool.bitness)) {
        const found = this.#files.at(path);
        if (found === 'absent' || found === 'not-collected') missing.push(this.#files.place(path));
        else roots.push(found);
      }
      return new LevelTree(this.#files, roots, missing, pool.enableConfigurationOverride, true);
    });
  }

  #tree(key: string, make: () => LevelTree): LevelTree {
    let tree = this.#trees.get(key);
    if (!tree) this.#trees.set(key, (tree = make()));
    return tree;
  }
}

/** With configuration redirection to a file that was not collected, the local file says nothing of the server as it ran. */
function notInForce(files: ConfigurationFiles): readonly Place[] {
  const place = files.notInForce ?? null;
  return place === null ? [] : [place];
}

const cache = new WeakMap<ConfigurationFiles, Trees>();

export function treesOf(files: ConfigurationFiles): Trees {
  let trees = cache.get(files);
  if (!trees) cache.set(files, (trees = new Trees(files)));
  return trees;
}

/** The level of a configuration path as a pool sees it, or null when there is no such site. */
export function levelOf(files: ConfigurationFiles, pool: PoolLayout | null, path: ConfigPath): Level | null {
  const tree = treesOf(files).iis(pool);
  if (path === '') return tree.root;
  const site = siteNamed(layoutOf(files), path.split('/', 1)[0] ?? '');
  return site === null ? null : tree.at(site, path);
}
