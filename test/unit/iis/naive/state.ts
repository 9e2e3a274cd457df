import { applies, chainOf, levelsOf, poolOf, sourcesAt, type PoolFacts, type Target } from './chain.ts';
import type { Item } from './naive.ts';
import { type Directive, LISTS, type ListName, lower, type Tree, value } from './tree.ts';

export type State = 'effective' | 'dormant' | 'either';
type ItemsOf = (tree: Tree, list: ListName, target: Target) => Item[];

/** Whether an entry of an effective list is used in the pool of its application. */
export function entryState(tree: Tree, list: ListName, target: Target, directive: Directive, itemsOf: ItemsOf): State {
  return used(tree, list, target, directive, itemsOf) ? 'effective' : 'dormant';
}

function used(tree: Tree, list: ListName, target: Target, directive: Directive, itemsOf: ItemsOf): boolean {
  const pool = poolOf(tree, target);
  const read = (name: string): string | undefined => value(directive.attributes, name);
  if (!holds(pool, read('preCondition') ?? '')) return false;
  const isLoaded = (name: string): boolean =>
    itemsOf(tree, 'globalModules', target).some(({ directive: d }) => value(d.attributes, 'name') === name && holds(pool, value(d.attributes, 'preCondition') ?? ''));
  const managed = !pool.classic && pool.clr !== '';
  if (list === 'modules') return read('type') === undefined ? isLoaded(read('name') ?? '') : managed;
  // Filters run inside IsapiFilterModule, which must itself be there.
  if (list === 'isapiFilters') return read('enabled') !== 'false' && isLoaded('IsapiFilterModule');
  if (list === 'isapiCgiRestriction') return read('allowed') === 'true';
  if (list === 'httpModules' || list === 'httpHandlers') return pool.classic && pool.clr !== '';
  if (list === 'handlers') return handlerUsed(tree, target, directive, itemsOf, managed);
  return true;
}

/** All tokens must hold, in exactly this letter case. */
function holds(pool: PoolFacts, preCondition: string): boolean {
  return preCondition.split(',').every((token) => {
    if (token === '' || token === 'managedHandler') return true;
    if (token === `bitness${pool.bits}`) return true;
    if (token === (pool.classic ? 'classicMode' : 'integratedMode')) return true;
    return pool.clr !== '' && token === `runtimeVersion${pool.clr}`;
  });
}

function handlerUsed(tree: Tree, target: Target, directive: Directive, itemsOf: ItemsOf, managed: boolean): boolean {
  const access = attributeOf(tree, 'handlers', target, 'accessPolicy') ?? 'Read';
  const required = value(directive.attributes, 'requireAccess') ?? 'Script';
  if (required !== 'None' && !access.split(',').map((token) => token.trim()).includes(required)) return false;
  const image = value(directive.attributes, 'scriptProcessor');
  if (image === undefined) return managed;
  const module = itemsOf(tree, 'modules', target).find(({ key }) => key === value(directive.attributes, 'modules'));
  if (!module || entryState(tree, 'modules', target, module.directive, itemsOf) === 'dormant') return false;
  const path = lower(image).replace('%windir%', 'c:\\windows');
  const restriction = itemsOf(tree, 'isapiCgiRestriction', target).find((item) => item.key === path);
  if (restriction) return value(restriction.directive.attributes, 'allowed') === 'true';
  return attributeOf(tree, 'isapiCgiRestriction', target, 'notListedIsapisAllowed') === 'true';
}

/** The attribute of a section as the deepest level that writes it says. */
function attributeOf(tree: Tree, list: ListName, target: Target, name: string): string | undefined {
  const chain = chainOf(tree, target, false);
  let found: string | undefined;
  // Restrictions are the server's own; nobody reads them deeper.
  for (const level of list === 'isapiCgiRestriction' ? [''] : levelsOf(target)) {
    for (const source of sourcesAt(chain, LISTS[list].section, level)) if (applies(tree, target, source)) found = value(source.section.attributes, name) ?? found;
  }
  return found;
}
