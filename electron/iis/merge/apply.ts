import { foldCase } from '../../../shared/base/compare.ts';
import { quote } from '../../../shared/base/limits.ts';
import { attributeValue, type ConfigElement, type Place } from '../../../shared/model/index.ts';
import { contentOf } from '../bodies.ts';
import type { ConfigurationFile, ConfigurationFiles } from '../configuration-files.ts';
import { placeOf, sourceKey } from '../refs.ts';
import { isTrue, type SectionBody } from '../sections.ts';
import { ASSUMED } from './assumed.ts';
import { attributeLock, elementLock, LOCK_ATTRIBUTES, type Locks, withLocks } from './locks.ts';
import type { SectionRule } from './rule.ts';
import { EMPTY_STATE, type Line, type MergedEntry, type ModeSetting, type SectionState, type SetAttribute, Shown, statesAbove } from './state.ts';
import { traitsOf } from './traits.ts';
import { sectionFault } from './validate.ts';

/** Overridden places that are kept for one entry. */
const MAX_OVERRIDES = 50;
const NOT_MERGED: ReadonlySet<string> = new Set([...LOCK_ATTRIBUTES, 'configSource', 'configProtectionProvider']);

/** The bodies of one level applied to the state above it: clear, remove and add in document order, with locks and duplicates. */
export class Application {
  readonly #files: ConfigurationFiles;
  readonly #rule: SectionRule;
  readonly #above: SectionState;
  /** Those of the level above until something changes. */
  #entries: ReadonlyMap<string, MergedEntry>;
  #mine: Map<string, MergedEntry> | null = null;
  #attributes: ReadonlyMap<string, SetAttribute>;
  #locks: Locks;
  #modes: ReadonlyMap<ConfigurationFile, ModeSetting>;
  #step: number;
  /** Place in the chain of the file that is being applied. */
  #fileIndex = 0;
  #invalid: string | null;
  #unknown: string | null;
  readonly #missing: Place[];
  readonly #assumed: Set<string>;
  /** Made when something is lost: most levels only add. */
  #lost: Map<string, string> | null = null;
  #dropped: Map<string, Line[]> | null = null;
  /** Files whose bodies added something at this level. */
  readonly #contributors = new Set<ConfigurationFile>();
  personal: boolean;

  /** False for the server's own level, where no location tag of a parent can meet a web.config. */
  readonly #deeper: boolean;

  constructor(files: ConfigurationFiles, rule: SectionRule, above: SectionState, deeper: boolean) {
    this.#deeper = deeper;
    this.#files = files;
    this.#rule = rule;
    this.#above = above;
    this.#entries = above.entries;
    this.#attributes = above.attributes;
    this.#locks = above.locks;
    this.#modes = above.modes;
    this.#step = above.steps;
    this.#invalid = above.invalid;
    this.#unknown = above.unknown;
    this.#missing = [...above.missing];
    this.#assumed = new Set(above.assumed);
    this.personal = above.personal;
  }

  result(): SectionState {
    return {
      entries: this.#entries, attributes: this.#attributes, defaults: this.#rule.sectionDefaults, locks: this.#locks, modes: this.#modes, steps: this.#step, invalid: this.#invalid, unknown: this.#unknown,
      missing: this.#missing, assumed: [...this.#assumed], lost: this.#lost ?? EMPTY_STATE.lost, dropped: this.#dropped ?? EMPTY_STATE.dropped, above: this.#above, personal: this.personal,
    };
  }

  get modes(): ReadonlyMap<ConfigurationFile, ModeSetting> {
    return this.#modes;
  }

  assume(sentence: string): void {
    this.#assumed.add(sentence);
  }

  /** IIS refuses the whole body: nothing of it counts. */
  refuse(body: SectionBody, reason: string): void {
    this.#step += 1;
    this.#fail(`${reason} (${where(body.file, body.element.line)})`);
    for (const child of body.element.children) this.#note(sourceOf(body.file, child), reason);
  }

  apply(body: SectionBody, fileIndex: number): void {
    this.#step += 1;
    this.#fileIndex = fileIndex;
    const { whole } = this.#locks;
    if (whole && whole.fileIndex < fileIndex) return this.refuse(body, `500.19 (0x80070021): ${this.#rule.section} is locked with lockItem at ${whole.where}`);
    const content = contentOf(this.#files, body);
    if (content.kind === 'invalid') {
      if (content.assumed !== undefined) this.assume(content.assumed);
      return this.#fail(content.reason);
    }
    if (content.kind === 'missing') {
      this.#missing.push(content.place);
      this.#unknown ??= content.reason;
      return;
    }
    if (content.assumed !== null) this.assume(content.assumed);
    const { element, file } = content;
    const fault = sectionFault(element, this.#rule);
    if (fault) this.#fail(`500.19 (0x8007000d): ${this.#rule.section}: ${fault.message} (${where(file, fault.line)})`);
    this.#setAttributes(element, file);
    const local = new Map<string, MergedEntry>();
    for (const directive of element.children) this.#directive(directive, file, local);
    if (local.size > 0 && this.#rule.mergeAppend) for (const [slot, entry] of local) this.#own().set(slot, entry);
    else if (local.size > 0) this.#entries = this.#mine = inFront(local, this.#entries);
    if (element.children.length > 0) this.#contributors.add(body.file);
    if (this.#contributors.size > 1 && this.#deeper) this.assume(ASSUMED.parentFirst);
    this.#locks = withLocks(this.#locks, element, { where: where(file, element.line), fileIndex });
    if (element.attributes.some((a) => /^lock.*Elements/.test(a.name) && a.value.includes('*'))) this.assume(ASSUMED.allEntries);
  }

  /** What a location tag says of the levels below. */
  setMode(body: SectionBody, depth: number): void {
    if (body.overrideMode === null) return;
    const setter = `the location tag at line ${body.location?.line ?? body.element.line} of ${body.file.path ?? body.file.evidencePath}`;
    this.#modes = new Map([...this.#modes, [body.file, { mode: body.overrideMode, setter, depth }]]);
  }

  #fail(reason: string): void {
    this.#invalid ??= reason;
  }

  #setAttributes(element: ConfigElement, file: ConfigurationFile): void {
    const set = element.attributes.filter(({ name }) => !NOT_MERGED.has(name));
    if (set.length === 0) return;
    const attributes = new Map(this.#attributes);
    for (const { name, value, line } of set) {
      const lock = attributeLock(this.#locks, name, this.#fileIndex);
      if (lock) this.#fail(`500.19 (0x80070021): the attribute ${quote(name, 60)} of ${this.#rule.section} is locked at ${lock.where} (${where(file, line)})`);
      else attributes.set(name, { value, element, file });
    }
    this.#attributes = attributes;
  }

  #directive(directive: ConfigElement, file: ConfigurationFile, local: Map<string, MergedEntry>): void {
    const { name } = directive;
    const at = where(file, directive.line);
    const lock = elementLock(this.#locks, name, this.#fileIndex);
    if (lock) {
      this.#note(sourceOf(file, directive), `<${name}> is locked`);
      return this.#fail(`500.19 (0x80070021): <${quote(name, 60)}> of ${this.#rule.section} is locked at ${lock.where} (${at})`);
    }
    if (name === this.#rule.clearElement) return this.#clear(local, `cleared at ${at}`);
    const removes = name === this.#rule.removeElement;
    if (!removes && !this.#rule.addElements.has(name)) return;
    const key = this.#key(directive);
    if (key === null) return;
    if (removes) {
      if (this.#remove(key, local, `removed at ${at}`) === 0) this.assume(ASSUMED.unknownRemove);
      return;
    }
    this.#add(key, directive, file, local, at);
  }

  #add(key: string, element: ConfigElement, file: ConfigurationFile, local: Map<string, MergedEntry>, at: string): void {
    const source = sourceOf(file, element);
    let slot = key;
    if (this.#entries.has(key) || local.has(key)) {
      if (this.#rule.duplicates === 'error') {
        this.#note(source, 'the name is already taken: 500.19 (0x800700B7)');
        return this.#fail(`500.19 (0x800700B7): a second <${element.name}> with ${this.#rule.keys.map((k) => k.name).join(' and ')} "${quote(key.replaceAll('\u0000', ' '))}" (${at})`);
      }
      if (this.#rule.duplicates === 'replace') this.#remove(key, local, `replaced at ${at}`);
      else slot = `${key}\u0000${source}\u0000${this.#step}`;
    }
    local.set(slot, { key, element, file, source, overrides: this.#overridesOf(key), fileIndex: this.#fileIndex, traits: traitsOf(element, this.#rule.entryDefaults), shown: new Shown() });
  }

  #overridesOf(key: string): readonly Line[] {
    let lines: readonly Line[] = this.#dropped?.get(key) ?? [];
    for (const above of statesAbove(this.#above)) lines = [...(above.dropped.get(key) ?? []), ...lines];
    return lines.slice(-MAX_OVERRIDES);
  }

  #clear(local: Map<string, MergedEntry>, why: string): void {
    for (const entry of this.#entries.values()) if (this.#itemLocked(entry, why)) return;
    for (const entry of [...this.#entries.values(), ...local.values()]) this.#lose(entry, why);
    this.#entries = new Map();
    local.clear();
  }

  /** @returns how many entries had the key */
  #remove(key: string, local: Map<string, MergedEntry>, why: string): number {
    let found = 0;
    for (const entries of [this.#entries, local]) {
      const slots = this.#rule.duplicates === 'keep' ? [...entries].filter(([, e]) => e.key === key).map(([slot]) => slot) : [key];
      for (const slot of slots) {
        const entry = entries.get(slot);
        if (!entry) continue;
        found += 1;
        if (this.#itemLocked(entry, why)) return found;
        (entries === local ? local : this.#own()).delete(slot);
        this.#lose(entry, why);
      }
    }
    return found;
  }

  /** The entries as a map of this level's own. */
  #own(): Map<string, MergedEntry> {
    if (this.#mine === null || this.#mine !== this.#entries) this.#entries = this.#mine = new Map(this.#entries);
    return this.#mine;
  }

  #itemLocked(entry: MergedEntry, why: string): boolean {
    if (entry.fileIndex >= this.#fileIndex || !isTrue(attributeValue(entry.element, 'lockItem'))) return false;
    this.#fail(`500.19 (0x80070021): "${quote(entry.key)}" is locked with lockItem and cannot be ${why}`);
    return true;
  }

  #note(source: string, why: string): void {
    (this.#lost ??= new Map()).set(source, why);
  }

  #lose(entry: MergedEntry, why: string): void {
    this.#note(entry.source, why);
    const line = { ...placeOf(entry.file), line: entry.element.line };
    const dropped = (this.#dropped ??= new Map());
    const list = dropped.get(entry.key);
    if (!list) dropped.set(entry.key, [line]);
    else if (list.push(line) > MAX_OVERRIDES) list.shift();
  }

  #key(element: ConfigElement): string | null {
    const parts: string[] = [];
    for (const { name, expanded, caseSensitive } of this.#rule.keys) {
      const written = attributeValue(element, name);
      if (written === undefined) return null;
      const value = expanded ? this.#files.expand(written, 64) : written;
      parts.push(caseSensitive ? value : foldCase(value));
    }
    // Entries without a key of their own are told apart by where they stand.
    return parts.length === 0 ? `${element.line}:${element.column}` : parts.join('\u0000');
  }
}

/** A map of its own with the entries of both, those of the first in front. */
function inFront(first: ReadonlyMap<string, MergedEntry>, rest: ReadonlyMap<string, MergedEntry>): Map<string, MergedEntry> {
  const all = new Map(first);
  for (const [slot, entry] of rest) all.set(slot, entry);
  return all;
}

const where = (file: ConfigurationFile, line: number): string => `${file.path ?? file.evidencePath} line ${line}`;

const sourceOf = (file: ConfigurationFile, element: ConfigElement): string => sourceKey({ evidencePath: file.evidencePath, line: element.line, column: element.column });
