import { attributeValue, type EffectiveEntry, type EffectiveListName } from '../../shared/model/index.ts';
import type { MergedEntry } from './merge/state.ts';

/** Image of the native module of a name, or null. */
export type ImageOf = (name: string) => string | null;

/** An entry of a list for the reader: what it names, whether it works, and the line that set it. */
export function asEntry(list: EffectiveListName, { element, file, overrides, key, traits }: MergedEntry, why: string | null, imageOf: ImageOf, requests: EffectiveEntry['runsFor'] | null): EffectiveEntry {
  const value = (name: string): string | undefined => attributeValue(element, name);
  const type = value('type') || null;
  const { path, evidencePath } = file;
  // Field by field: a large server has a hundred thousand of them, and spreading is slow.
  const entry: EffectiveEntry = {
    name: nameOf(list, value),
    type,
    image: imageOfEntry(list, type, value, () => imageOf(key)) ?? (list === 'handlers' ? traits.script : null),
    preCondition: traits.preCondition,
    state: why === null ? 'effective' : 'dormant',
    why,
    from: { path, evidencePath, line: element.line, column: element.column },
    overrides: overrides.length === 0 ? [] : [...overrides],
  };
  if (list === 'handlers' || list === 'httpHandlers') {
    entry.path = value('path') ?? '';
    entry.verb = value('verb') ?? '';
  }
  if (list === 'handlers') {
    const modules = value('modules');
    const scriptProcessor = value('scriptProcessor');
    if (modules !== undefined) entry.modules = modules;
    if (scriptProcessor !== undefined) entry.scriptProcessor = scriptProcessor;
  }
  if (requests !== null) entry.runsFor = requests;
  return entry;
}

type ValueOf = (name: string) => string | undefined;

function nameOf(list: EffectiveListName, value: ValueOf): string {
  if (list === 'isapiCgiRestriction') return value('path') ?? '';
  return list === 'httpHandlers' ? `${value('verb') ?? ''} ${value('path') ?? ''}` : value('name') ?? '';
}

function imageOfEntry(list: EffectiveListName, type: string | null, value: ValueOf, global: () => string | null): string | null {
  if (list === 'globalModules') return value('image') ?? null;
  if (list === 'modules') return type === null ? global() : null;
  return list === 'isapiFilters' || list === 'isapiCgiRestriction' ? value('path') ?? null : null;
}
