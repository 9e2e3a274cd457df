import { configurationArtifacts } from '../../artifacts/registry.ts';
import { joinWindows, windowsFolder } from '../../iis/paths.ts';
import { attributeValue, type ConfigElement } from '../../../shared/model/index.ts';
import type { ReadConfiguration } from './configurations.ts';
import type { Inventory } from './inventory.ts';
import type { ConfigurationTask } from './recognise.ts';

/** Sections stand in groups in a location tag; deeper elements are their content. */
const SECTION_DEPTH = 6;

/**
 * Files that hold the content of one section because configSource names them. Neither name nor root element tells what
 * they are, so they are read after the files that name them; each once, and none that is read as something else already.
 */
export function sectionFileTasks(inventory: Inventory, read: readonly ReadConfiguration[]): ConfigurationTask[] {
  const tasks = new Map<string, ConfigurationTask>();
  for (const { file, configuration } of read) {
    if (file.path === null || configuration.document.root === null) continue;
    const artifact = configurationArtifacts().find((a) => a.id === file.artifact);
    const view = inventory.hosts.hostOf(file.evidencePath)?.view;
    if (artifact === undefined || view === undefined) continue;
    for (const source of sourcesIn(configuration.document.root)) {
      const found = view.resolve(joinWindows(windowsFolder(file.path), source), 64).entry?.evidencePath;
      const named = found === undefined ? undefined : inventory.files.get(found);
      if (named === undefined || named.artifact !== null) continue;
      named.artifact = artifact.id;
      tasks.set(named.evidencePath, { file: named, artifact, role: { kind: 'section', copy: null } });
    }
  }
  return [...tasks.values()];
}

/** Values of configSource, each once. */
function sourcesIn(root: ConfigElement): ReadonlySet<string> {
  const found = new Set<string>();
  let level: readonly ConfigElement[] = [root];
  for (let depth = 0; depth < SECTION_DEPTH && level.length > 0; depth++) {
    const next: ConfigElement[] = [];
    for (const element of level) {
      const source = element.attributes.length === 0 ? undefined : attributeValue(element, 'configSource');
      if (source !== undefined) found.add(source);
      for (const child of element.children) next.push(child);
    }
    level = next;
  }
  return found;
}
