import { foldCase } from '../../../shared/base/compare.ts';
import { attributeValue, type ConfigElement } from '../../../shared/model/index.ts';

/** What of an entry decides whether it works: read once, asked for every application. */
export interface EntryTraits {
  readonly name: string;
  readonly preCondition: string | null;
  /** A managed type is named. */
  readonly managed: boolean;
  /** Upper-case access that a handler requires; the schema's default is Script. */
  readonly access: string;
  /** Native modules that a handler names; the schema's default is the managed pipeline. */
  readonly modules: readonly string[];
  /** The DLL or EXE of a handler, without arguments; null when none is named. */
  readonly script: string | null;
  /** scriptProcessor as written. */
  readonly processor: string;
}

export function traitsOf(element: ConfigElement): EntryTraits {
  return {
    name: attributeValue(element, 'name') ?? '',
    preCondition: attributeValue(element, 'preCondition') ?? null,
    managed: (attributeValue(element, 'type') ?? '') !== '',
    access: foldCase(attributeValue(element, 'requireAccess') ?? 'Script'),
    modules: handlerModules(element),
    script: scriptImage(element),
    processor: attributeValue(element, 'scriptProcessor') ?? '',
  };
}

const MANAGED: readonly string[] = ['ManagedPipelineHandler'];

/** Native modules that a handler entry names; the schema's default is the managed pipeline. */
export function handlerModules(element: ConfigElement): readonly string[] {
  const written = attributeValue(element, 'modules');
  return written === undefined ? MANAGED : written.split(',').map((name) => name.trim()).filter((name) => name !== '');
}

/** The DLL or EXE of a handler entry; a FastCGI entry has its arguments behind a `|`. Null when none is named. */
export function scriptImage(element: ConfigElement): string | null {
  const script = (attributeValue(element, 'scriptProcessor') ?? '').split('|')[0]?.trim() ?? '';
  return script === '' ? null : script.replace(/^"(.*)"$/, '$1');
}
