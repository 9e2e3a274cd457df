import { attributeValue, type ConfigElement } from '../../../shared/model/index.ts';
import { contentOf } from '../bodies.ts';
import type { ConfigurationFiles } from '../configuration-files.ts';
import type { ApplicationLayout } from '../layout.ts';
import type { Level } from '../merge/levels.ts';
import { sectionsOf } from '../sections.ts';

/**
 * Every appearance of a section that counts at a level, from the server down, in the order in which IIS applies them.
 * Locks are not looked at: where one is broken IIS answers 500.19 for everything, and the lists say so.
 */
export function bodiesAlong(files: ConfigurationFiles, level: Level, section: string, asking: ApplicationLayout): readonly ConfigElement[] {
  const levels: Level[] = [];
  for (let at: Level | null = level; at; at = at.parent) levels.unshift(at);
  const found: ConfigElement[] = [];
  for (const at of levels) {
    for (const { level: base, file } of at.files) {
      const rest = base === '' ? at.folded : at.folded.slice(base.length + 1);
      for (const body of sectionsOf(file).at(section, rest)) {
        if (!body.inheritInChildApplications && at.owner?.configPath !== asking.configPath) continue;
        const content = contentOf(files, body);
        if (content.kind === 'content') found.push(content.element);
      }
    }
  }
  return found;
}

/** An attribute of the section as the deepest level has it, or undefined. */
export function settingAlong(bodies: readonly ConfigElement[], name: string): string | undefined {
  return bodies.map((body) => attributeValue(body, name)).findLast((value) => value !== undefined);
}
