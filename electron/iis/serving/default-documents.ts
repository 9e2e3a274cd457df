import { foldCase } from '../../../shared/base/compare.ts';
import { attributeValue, type ConfigElement } from '../../../shared/model/index.ts';
import { isFalse } from '../sections.ts';
import { settingAlong } from './bodies-along.ts';

/** Names that are looked for in a folder; stock servers have six. */
const MAX_DOCUMENTS = 200;

/**
 * The default documents of a folder in the order in which IIS looks for them; none where the section is off. Entries of a
 * deeper level come before the inherited ones (`mergeAppend="false"` in IIS_schema.xml).
 */
export function defaultDocuments(bodies: readonly ConfigElement[]): readonly string[] {
  if (isFalse(settingAlong(bodies, 'enabled'))) return [];
  let names: string[] = [];
  for (const body of bodies) {
    const own: string[] = [];
    for (const list of body.children) {
      if (list.name !== 'files') continue;
      for (const entry of list.children) {
        const value = attributeValue(entry, 'value') ?? '';
        if (entry.name === 'clear') {
          names = [];
          own.length = 0;
        } else if (entry.name === 'remove') {
          names = names.filter((name) => foldCase(name) !== foldCase(value));
        } else if (entry.name === 'add' && value !== '' && own.length < MAX_DOCUMENTS) own.push(value);
      }
    }
    if (own.length > 0) names = [...own, ...names].slice(0, MAX_DOCUMENTS);
  }
  return names;
}
