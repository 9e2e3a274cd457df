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
  /** The precondition rests on something that is not documented: the token ISAPIMode, blanks around tokens. */
  readonly isapiMode: boolean;
  readonly blanks: boolean;
  /** Of a filter. */
  readonly enabled: string;
  /** Of a permission. */
  readonly allowed: string;
}

/** @param defaults of the attributes of an entry, by the schema */
export function traitsOf(element: ConfigElement, defaults: ReadonlyMap<string, string>): EntryTraits {
  const preCondition = attributeValue(element, 'preCondition') ?? null;
  return {
    name: attributeValue(element, 'name') ?? '',
    preCondition,
    isapiMode: preCondition?.includes('ISAPIMode') === true,
    blanks: preCondition !== null && /^\s|\s,|,\s|\s$/.test(preCondition),
    managed: (attributeValue(element, 'type') ?? '') !== '',
    access: foldCase(attributeValue(element, 'requireAccess') ?? defaults.get('requireAccess') ?? 'Script'),
    modules: handlerModules(element, defaults.get('modules')),
    script: scriptImage(element),
    processor: attributeValue(element, 'scriptProcessor') ?? '',
    enabled: attributeValue(element, 'enabled') ?? defaults.get('enabled') ?? 'true',
    allowed: attributeValue(element, 'allowed') ?? defaults.get('allowed') ?? 'false',
  };
}

/** Native modules that a handler entry names; the default is the managed pipeline. */
export function handlerModules(element: ConfigElement, byDefault = 'ManagedPipelineHandler'): readonly string[] {
  return (attributeValue(element, 'modules') ?? byDefault).split(',').map((name) => name.trim()).filter((name) => name !== '');
}

/** The DLL or EXE of a handler entry; a FastCGI entry has its arguments behind a `|`. Null when none is named. */
export function scriptImage(element: ConfigElement): string | null {
  const script = (attributeValue(element, 'scriptProcessor') ?? '').split('|')[0]?.trim() ?? '';
  return script === '' ? null : script.replace(/^"(.*)"$/, '$1');
}
