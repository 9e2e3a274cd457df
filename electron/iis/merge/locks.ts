import { attributeValue, type ConfigElement } from '../../../shared/model/index.ts';
import { isTrue } from '../sections.ts';

/** Where a lock was set, in words, and by which file of the chain. */
export interface LockedBy {
  readonly where: string;
  /** Place of the file in the chain: a lock binds files further in, never location tags of its own file or of outer ones. */
  readonly fileIndex: number;
}

/**
 * The fine locks that levels so far have put on a section. Each binds the files of deeper levels; a location tag for a
 * deeper path of the same file may still set what it locks. Sources: Microsoft Learn, "How to Use Locking in IIS
 * Configuration"; blogs.msdn.com/b/andrewbi, "More config locking" (2008-02-15).
 */
export interface Locks {
  readonly attributes: ReadonlyMap<string, LockedBy>;
  readonly elements: ReadonlyMap<string, LockedBy>;
  /** lockAllAttributesExcept: only these may be set. */
  readonly onlyAttributes: { readonly names: ReadonlySet<string>; readonly by: LockedBy } | null;
  readonly onlyElements: { readonly names: ReadonlySet<string>; readonly by: LockedBy } | null;
  /** lockItem on the section itself. */
  readonly whole: LockedBy | null;
}

export const NO_LOCKS: Locks = { attributes: new Map(), elements: new Map(), onlyAttributes: null, onlyElements: null, whole: null };

/** Attributes of the configuration system itself; every element may have them. */
export const LOCK_ATTRIBUTES: ReadonlySet<string> = new Set(['lockAttributes', 'lockElements', 'lockAllAttributesExcept', 'lockAllElementsExcept', 'lockItem']);

const names = (value: string): string[] => value.split(',').map((name) => name.trim()).filter((name) => name !== '');

/** The locks with those that an element sets. */
export function withLocks(locks: Locks, element: ConfigElement, by: LockedBy): Locks {
  if (!element.attributes.some((a) => LOCK_ATTRIBUTES.has(a.name))) return locks;
  const add = (known: ReadonlyMap<string, LockedBy>, attribute: string): ReadonlyMap<string, LockedBy> => {
    const value = attributeValue(element, attribute);
    return value === undefined ? known : new Map([...known, ...names(value).filter((name) => !known.has(name)).map((name) => [name, by] as const)]);
  };
  const only = (known: Locks['onlyElements'], attribute: string): Locks['onlyElements'] => {
    const value = attributeValue(element, attribute);
    if (value === undefined) return known;
    const allowed = names(value);
    // A deeper level cannot give back what a parent locked.
    return { names: new Set(known === null ? allowed : allowed.filter((name) => known.names.has(name))), by };
  };
  return {
    attributes: add(locks.attributes, 'lockAttributes'),
    elements: add(locks.elements, 'lockElements'),
    onlyAttributes: only(locks.onlyAttributes, 'lockAllAttributesExcept'),
    onlyElements: only(locks.onlyElements, 'lockAllElementsExcept'),
    whole: locks.whole ?? (isTrue(attributeValue(element, 'lockItem')) ? by : null),
  };
}

function lockOn(name: string, locked: ReadonlyMap<string, LockedBy>, only: Locks['onlyElements']): LockedBy | null {
  const direct = locked.get(name) ?? locked.get('*');
  if (direct) return direct;
  return only !== null && !only.names.has(name) && !only.names.has('*') ? only.by : null;
}

export const attributeLock = (locks: Locks, name: string): LockedBy | null => lockOn(name, locks.attributes, locks.onlyAttributes);
export const elementLock = (locks: Locks, name: string): LockedBy | null => lockOn(name, locks.elements, locks.onlyElements);
