import { quote } from '../../../shared/base/limits.ts';
import type { ConfigElement } from '../../../shared/model/index.ts';
import type { ConfigurationFile } from '../configuration-files.ts';
import { sectionsOf } from '../sections.ts';
import type { Level } from './levels.ts';

const GROUP = 'system.webServer';
const faults = new WeakMap<Level, string | null>();

/**
 * Why IIS cannot read a web.config of the chain at all: another root element than configuration, or an element under system.webServer that no configSections
 * declares (a product that is not installed). The whole file is refused then, with 500.19 (0x8007000d).
 * @returns null when every section is declared, or when applicationHost.config declares none at all
 */
export function undeclaredSection(level: Level): string | null {
  const known = faults.get(level);
  if (known !== undefined) return known;
  const above = level.parent === null ? null : undeclaredSection(level.parent);
  const own = level.files.at(-1);
  const fault = above ?? (own === undefined || own.level !== level.folded || level.parent === null ? null : faultIn(own.file, level));
  faults.set(level, fault);
  return fault;
}

function faultIn(file: ConfigurationFile, level: Level): string | null {
  const { root, complete } = file.document;
  if (complete && root !== null && root.name !== 'configuration') {
    return `500.19 (0x8007000d): the root element is <${quote(root.name, 60)}> and not <configuration> (${file.path ?? file.evidencePath} line ${root.line})`;
  }
  const outermost = level.files[0]?.file;
  if (outermost === undefined || !outermost.document.complete || !sectionsOf(outermost).declaresSections) return null;
  const declares = (path: string): boolean => level.files.some((f) => sectionsOf(f.file).declaration(path) !== null);
  const isGroup = (path: string): boolean => level.files.some((f) => sectionsOf(f.file).declaresGroup(path));
  const visit = (group: ConfigElement, path: string, depth: number): string | null => {
    for (const child of group.children) {
      const inner = `${path}/${child.name}`;
      if (declares(inner)) continue;
      if (!isGroup(inner) || depth > 10) return `500.19 (0x8007000d): the section ${quote(inner, 120)} is declared in no configSections (${file.path ?? file.evidencePath} line ${child.line})`;
      const fault = visit(child, inner, depth + 1);
      if (fault !== null) return fault;
    }
    return null;
  };
  for (const child of file.document.root?.children ?? []) {
    for (const group of child.name === 'location' ? child.children : [child]) {
      const fault = group.name === GROUP ? visit(group, GROUP, 0) : null;
      if (fault !== null) return fault;
    }
  }
  return null;
}
