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
  readonly attributes: readonly NameLock[];
  readonly elements: readonly NameLock[];
  /** lockItem on the section itself. */
  readonly whole: LockedBy | null;
}

/** Names that one element locks, or (lockAll...Except) the only ones that it leaves open. Those of several levels add up. */
interface NameLock { readonly names: ReadonlySet<string>; readonly except: boolean; readonly by: LockedBy }

export const NO_LOCKS: Locks = { attributes: [], elements: [], whole: null };

/** Attributes of the configuration system itself; every element may have them. */
export const LOCK_ATTRIBUTES: ReadonlySet<string> = new Set(['lockAttributes', 'lockElements', 'lockAllAttributesExcept', 'lockAllElementsExcept', 'lockItem']);

/** A chain has a dozen levels; hostile files have more location tags. */
const MAX_LOCKS = 200;

function lockFrom(element: ConfigElement, attribute: string, except: boolean, by: LockedBy): NameLock[] {
  const value = attributeValue(element, attribute);
  return value === undefined ? [] : [{ names: new Set(value.split(',').map((name) => name.trim()).filter((name) => name !== '')), except, by }];
}

/** The locks with those that an element sets. */
export function withLocks(locks: Locks, element: ConfigElement, by: LockedBy): Locks {
  if (!element.attributes.some((a) => LOCK_ATTRIBUTES.has(a.name))) return locks;
  return {
    attributes: [...locks.attributes, ...lockFrom(element, 'lockAttributes', false, by), ...lockFrom(element, 'lockAllAttributesExcept', true, by)].slice(0, MAX_LOCKS),
    elements: [...locks.elements, ...lockFrom(element, 'lockElements', false, by), ...lockFrom(element, 'lockAllElementsExcept', true, by)].slice(0, MAX_LOCKS),
    whole: isTrue(attributeValue(element, 'lockItem')) && (locks.whole === null || by.fileIndex < locks.whole.fileIndex) ? by : locks.whole,
  };
}

/** Who of the files above one has locked a name for it, or null. */
function lockOn(name: string, fileIndex: number, locks: readonly NameLock[]): LockedBy | null {
  const found = locks.find(({ names, except, by }) => by.fileIndex < fileIndex && (names.has(name) || names.has('*')) !== except);
  return found?.by ?? null;
}

export const attributeLock = (locks: Locks, name: string, fileIndex: number): LockedBy | null => lockOn(name, fileIndex, locks.attributes);
export const elementLock = (locks: Locks, name: string, fileIndex: number): LockedBy | null => lockOn(name, fileIndex, locks.elements);
