import { configurationArtifacts } from '../../artifacts/registry.ts';
import { joinWindows, windowsFolder } from '../../iis/paths.ts';
import { attributeValue, type ConfigElement } from '../../../shared/model/index.ts';
import type { ReadConfiguration } from './configurations.ts';
import type { Inventory } from './inventory.ts';
import type { ConfigurationTask } from './recognise.ts';

/** Sections stand in groups in a location tag; deeper elements are their content. */
const SECTION_DEPTH = 6;

/**
 * Files that hold the content of one section because configSource names them, and files of settings that a pool names as
 * its CLRConfigFile. Neither name nor root element tells what they are, so they are read after the files that name them;
 * each once, and none that is read as something else already.
 */
export function sectionFileTasks(inventory: Inventory, read: readonly ReadConfiguration[]): ConfigurationTask[] {
  const tasks = new Map<string, ConfigurationTask>();
  for (const { file, configuration } of read) {
    if (file.path === null || configuration.document.root === null) continue;
    const artifact = configurationArtifacts().find((a) => a.id === file.artifact);
    const view = inventory.hosts.hostOf(file.evidencePath)?.view;
    if (artifact === undefined || view === undefined) continue;
    const want = (path: string, role: ConfigurationTask['role']): void => {
      const found = view.resolve(path, 64).entry?.evidencePath;
      const named = found === undefined ? undefined : inventory.files.get(found);
      if (named === undefined || named.artifact !== null) return;
      named.artifact = artifact.id;
      tasks.set(named.evidencePath, { file: named, artifact, role });
    };
    const { root } = configuration.document;
    for (const source of valuesOf(root, 'configSource')) want(joinWindows(windowsFolder(file.path), source), { kind: 'section', copy: null });
    // The content of the pools may itself come from another file, whose root is then the section.
    for (const path of valuesOf(root, 'CLRConfigFile')) want(path, null);
  }
  return [...tasks.values()];
}

/** Values of an attribute down to the entries of a section, each once. */
function valuesOf(root: ConfigElement, name: string): ReadonlySet<string> {
  const found = new Set<string>();
  let level: readonly ConfigElement[] = [root];
  for (let depth = 0; depth < SECTION_DEPTH && level.length > 0; depth++) {
    const next: ConfigElement[] = [];
    for (const element of level) {
      const value = element.attributes.length === 0 ? undefined : attributeValue(element, name);
      if (value !== undefined) found.add(value);
      for (const child of element.children) next.push(child);
    }
    level = next;
  }
  return found;
}
