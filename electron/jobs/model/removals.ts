import type { EvidenceRef } from '../../../shared/model/index.ts';
import { foldCase } from '../../../shared/base/compare.ts';
import { effectiveLists, sectionsOf } from '../../iis/index.ts';
import { layoutOf } from '../../iis/layout.ts';
import { LIST_SECTIONS } from '../../iis/merge/rule.ts';
import { webConfigsOf } from '../../iis/registrations.ts';
import { joinConfigPath } from '../../iis/paths.ts';
import type { ConfigurationFile } from '../../iis/configuration-files.ts';
import type { ServerModel } from './case-model.ts';

/** What one application does not have although a level above it does, by `evidencePath:line:column` of the entry. */
export interface ApplicationRemovals {
  readonly site: string;
  readonly application: string;
  readonly lost: ReadonlyMap<string, { readonly words: string; readonly refs: readonly EvidenceRef[] }>;
}

/** Applications whose lists are worked out for this; a server where more take entries away is shown by these. */
const MOST_APPLICATIONS = 300;
const TAKING = /^(removed|cleared) at (.+ line (\d+))$/s;

const cache = new WeakMap<ServerModel, readonly ApplicationRemovals[]>();

/**
 * Entries that `<remove>` and `<clear>` below the server's own level take out of the lists of applications, as IIS merges
 * them (https://learn.microsoft.com/iis/get-started/planning-your-iis-architecture/deep-dive-into-iis-configuration-with-iis-7-and-iis-8).
 */
export function removalsOf(model: ServerModel): readonly ApplicationRemovals[] {
  let removals = cache.get(model);
  if (removals === undefined) cache.set(model, (removals = findRemovals(model)));
  return removals;
}

function findRemovals({ files, server }: ServerModel): readonly ApplicationRemovals[] {
  /** Configuration paths at which something is taken away, and the lines that do it as the merge names them. */
  const paths = new Set<string>();
  const lines = new Map<string, { readonly file: ConfigurationFile; readonly line: number }>();
  const look = (file: ConfigurationFile, level: string): void => {
    for (const section of Object.values(LIST_SECTIONS)) {
      for (const body of sectionsOf(file).bodies(section)) {
        const path = joinConfigPath(level, body.path);
        if (path === '') continue;
        for (const { name, line } of body.element.children) {
          if (name !== 'remove' && name !== 'clear') continue;
          paths.add(foldCase(path));
          lines.set(`${file.path ?? file.evidencePath} line ${line}`, { file, line });
        }
      }
    }
  };
  look(files.applicationHost, '');
  for (const { file, configPath } of webConfigsOf(files)) look(file, configPath);
  if (paths.size === 0) return [];
  const found: ApplicationRemovals[] = [];
  let asked = 0;
  for (const site of layoutOf(files).sites) {
    for (const { path, configPath } of site.applications) {
      if (asked >= MOST_APPLICATIONS || !atOrAbove(paths, foldCase(configPath))) continue;
      asked += 1;
      const lost = new Map<string, { words: string; refs: EvidenceRef[] }>();
      for (const level of effectiveLists(files, server, site.name, path)?.lost ?? []) {
        for (const [key, words] of level) {
          const by = lines.get(TAKING.exec(words)?.[2] ?? '');
          if (by !== undefined && !lost.has(key)) lost.set(key, { words, refs: [{ path: by.file.path, evidencePath: by.file.evidencePath, line: by.line, sha256: by.file.sha256 }] });
        }
      }
      if (lost.size > 0) found.push({ site: site.name, application: path, lost });
    }
  }
  return found;
}

/** Whether a path or one of the paths above it is in the set. */
function atOrAbove(paths: ReadonlySet<string>, path: string): boolean {
  for (let at = path; at !== ''; at = at.includes('/') ? at.slice(0, at.lastIndexOf('/')) : '') if (paths.has(at)) return true;
  return false;
}
