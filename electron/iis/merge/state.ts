import type { ConfigElement, EffectiveEntry, Place } from '../../../shared/model/index.ts';
import type { ConfigurationFile } from '../configuration-files.ts';
import type { OverrideMode } from '../sections.ts';
import { type Locks, NO_LOCKS } from './locks.ts';
import type { EntryTraits } from './traits.ts';

export interface Line extends Place { readonly line: number }

/** An entry that survived, with where it stands and which earlier entries of its key it stands for. */
export interface MergedEntry {
  /** Key of the collection, folded where the schema compares without letter case. */
  readonly key: string;
  readonly element: ConfigElement;
  readonly file: ConfigurationFile;
  /** `sourceKey` of the element: entries are looked up by it thousands of times. */
  readonly source: string;
  readonly overrides: readonly Line[];
  /** Place of the file in the chain, which decides whom its lockItem binds. */
  readonly fileIndex: number;
  readonly traits: EntryTraits;
  /** The entry in words, by why it does not work: thousands of applications say the same. */
  readonly shown: Shown;
}

/** One entry in words, by why it does not work. The applications of a pool come one after the other and say the same. */
export class Shown {
  #lastKey: string | null = null;
  #last: EffectiveEntry | undefined = undefined;
  #others: Map<string, EffectiveEntry> | null = null;

  get(key: string): EffectiveEntry | undefined {
    if (key === this.#lastKey) return this.#last;
    const found = this.#others?.get(key);
    if (found !== undefined) this.#turnTo(key, found);
    return found;
  }

  add(key: string, entry: EffectiveEntry): EffectiveEntry {
    this.#turnTo(key, entry);
    return entry;
  }

  #turnTo(key: string, entry: EffectiveEntry): void {
    if (this.#lastKey !== null && this.#last !== undefined) (this.#others ??= new Map()).set(this.#lastKey, this.#last);
    this.#lastKey = key;
    this.#last = entry;
  }
}

/** An attribute of the section itself, with the element that set it last. */
export interface SetAttribute { readonly value: string; readonly element: ConfigElement; readonly file: ConfigurationFile }

/** overrideMode that a file's location tags set last for what lies below, and where. */
export interface ModeSetting {
  readonly mode: OverrideMode;
  readonly setter: string;
  /** How deep the level lies that it was set for: 0 is the server. */
  readonly depth: number;
}

/**
 * A section as it stands at one level: the fold of every body from the server down. Never changed once made, because
 * thousands of applications share the states above them.
 */
export interface SectionState {
  /** By key (made unique where duplicates are allowed), in the order in which IIS uses them. */
  readonly entries: ReadonlyMap<string, MergedEntry>;
  readonly attributes: ReadonlyMap<string, SetAttribute>;
  readonly defaults: ReadonlyMap<string, string>;
  readonly locks: Locks;
  readonly modes: ReadonlyMap<ConfigurationFile, ModeSetting>;
  /** Bodies applied so far: numbers the steps. */
  readonly steps: number;
  /** Why IIS would answer 500.19, or null. */
  readonly invalid: string | null;
  /** Why the section cannot be told, or null; `missing` says which files. */
  readonly unknown: string | null;
  readonly missing: readonly Place[];
  readonly assumed: readonly string[];
  /** Entries that this level took out again: key of their source line, and why. */
  readonly lost: ReadonlyMap<string, string>;
  /** Places at which entries of a key stood that this level took out. */
  readonly dropped: ReadonlyMap<string, readonly Line[]>;
  readonly above: SectionState | null;
  /** True when the fold depended on which application asks (inheritInChildApplications). */
  readonly personal: boolean;
}

export const EMPTY_STATE: SectionState = {
  entries: new Map(), attributes: new Map(), defaults: new Map(), locks: NO_LOCKS, modes: new Map(), steps: 0, invalid: null, unknown: null, missing: [], assumed: [],
  lost: new Map(), dropped: new Map(), above: null, personal: false,
};

/** Every state from this one up to the server's. */
export function* statesAbove(state: SectionState): Generator<SectionState> {
  for (let at: SectionState | null = state; at; at = at.above) yield at;
}

/** Value of an attribute of the section: what the deepest level sets, else the schema's default; undefined when there is none. */
export const settingOf = (state: SectionState, name: string): string | undefined => state.attributes.get(name)?.value ?? state.defaults.get(name);
