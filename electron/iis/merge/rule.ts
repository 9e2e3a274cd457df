import type { EffectiveListName } from '../../../shared/model/index.ts';
import type { AttributeSchema, ElementSchema } from '../../knowledge/iis-schema.ts';

/** The sections behind the seven lists. */
export const LIST_SECTIONS: Readonly<Record<EffectiveListName, string>> = {
  globalModules: 'system.webServer/globalModules',
  modules: 'system.webServer/modules',
  handlers: 'system.webServer/handlers',
  isapiFilters: 'system.webServer/isapiFilters',
  isapiCgiRestriction: 'system.webServer/security/isapiCgiRestriction',
  httpModules: 'system.web/httpModules',
  httpHandlers: 'system.web/httpHandlers',
};

/** How IIS merges one section, as its schema says. */
export interface SectionRule {
  readonly section: string;
  readonly schema: ElementSchema;
  readonly addElements: ReadonlySet<string>;
  readonly removeElement: string | null;
  readonly clearElement: string | null;
  /** The attributes that make up the key, in the order of the schema; empty where entries have none. */
  readonly keys: readonly AttributeSchema[];
  /** Defaults of the section's attributes and of those of an entry, as the schema writes them. */
  readonly sectionDefaults: ReadonlyMap<string, string>;
  readonly entryDefaults: ReadonlyMap<string, string>;
  /** False: entries of a deeper level come before the inherited ones. */
  readonly mergeAppend: boolean;
  /**
   * `error`: IIS answers 500.19. `keep`: both count. `replace`: the later one takes the place of the earlier, as the
   * reference of .NET's httpHandlers says, where the schema only says that IIS does not refuse it.
   */
  readonly duplicates: 'error' | 'keep' | 'replace';
}

function defaultsOf(attributes: readonly AttributeSchema[]): ReadonlyMap<string, string> {
  return new Map(attributes.flatMap(({ name, defaultValue }) => (defaultValue === null ? [] : [[name, defaultValue] as const])));
}

const rules = new WeakMap<ElementSchema, SectionRule>();

export function ruleOf(schema: ElementSchema): SectionRule {
  let rule = rules.get(schema);
  if (!rule) {
    const { collection } = schema;
    const attributes = collection?.entry.attributes ?? [];
    const unique = attributes.filter((a) => a.key === 'unique');
    rule = {
      section: schema.name,
      schema,
      addElements: new Set(collection?.addElements ?? []),
      removeElement: collection?.removeElement ?? null,
      clearElement: collection?.clearElement ?? null,
      keys: unique.length > 0 ? unique : attributes.filter((a) => a.key === 'combined'),
      sectionDefaults: defaultsOf(schema.attributes),
      entryDefaults: defaultsOf(attributes),
      mergeAppend: collection?.mergeAppend ?? true,
      duplicates: collection?.allowDuplicates !== true ? 'error' : schema.name.startsWith('system.web/') ? 'replace' : 'keep',
    };
    rules.set(schema, rule);
  }
  return rule;
}
