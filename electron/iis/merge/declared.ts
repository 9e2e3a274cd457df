import { declaredByDefault } from '../../knowledge/index.ts';
import type { ConfigurationFile } from '../configuration-files.ts';
import { type AllowDefinition, type OverrideMode, sectionsOf } from '../sections.ts';
import type { ChainFile } from './levels.ts';

/** What configSections says of a section, and where. */
export interface Declared {
  readonly overrideModeDefault: OverrideMode;
  readonly allowDefinition: AllowDefinition;
  readonly allowLocation: boolean;
  /** `assumed`: the outermost file declares nothing at all, and a stock server's declaration stands in. */
  readonly from: 'file' | 'assumed' | 'nowhere';
  readonly file: ConfigurationFile | null;
  readonly line: number | null;
}

/** The declaration of a section by the files of a chain, outermost first: the first that declares it decides. */
export function declaredIn(files: readonly ChainFile[], section: string): Declared {
  for (const { file } of files) {
    const found = sectionsOf(file).declaration(section);
    if (found) return { ...found, from: 'file', file };
  }
  const outermost = files[0]?.file;
  const bare = outermost === undefined || !outermost.document.complete || !sectionsOf(outermost).declaresSections;
  const stock = declaredByDefault(section) ?? { overrideModeDefault: 'Allow' as const, allowDefinition: section === 'system.web/httpModules' ? 'MachineToApplication' as const : 'Everywhere' as const };
  return { ...stock, allowLocation: true, from: bare ? 'assumed' : 'nowhere', file: null, line: null };
}
