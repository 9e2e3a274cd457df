import { foldCase } from '../../shared/base/compare.ts';
import { quote } from '../../shared/base/limits.ts';
import { attributeValue, type ConfigElement, type Place } from '../../shared/model/index.ts';
import { type AppliedBody, appliedBodies, contentOf, lockedBy } from './bodies.ts';
import type { Chain } from './chain.ts';
import type { CollectionRule } from './collection-rules.ts';
import type { ConfigurationFile, ConfigurationFiles } from './configuration-files.ts';
import { applicationOf } from './layout.ts';
import { placeOf, sourceKey } from './refs.ts';
import { isTrue, sectionsOf } from './sections.ts';

/** An entry that survived, with where it stands and which earlier entries of its key it stands for. */
export interface MergedEntry {
  readonly key: string;
  readonly element: ConfigElement;
  readonly file: ConfigurationFile;
  readonly overrides: readonly (Place & { line: number })[];
  readonly step: number;
}

export interface Merged {
  readonly entries: readonly MergedEntry[];
  /** Elements that hold the collection, in the order in which they were applied: their attributes are merged too. */
  readonly elements: readonly { readonly element: ConfigElement; readonly file: ConfigurationFile }[];
  /** Why IIS would answer 500.19, or null. */
  readonly invalid: string | null;
  /** Why the list cannot be told, or null; `missing` says which files. */
  readonly unknown: string | null;
  readonly missing: readonly Place[];
  /** Entries that something took out again: key of their source line, and why. */
  readonly lost: ReadonlyMap<string, string>;
}

/** Applies every body of a collection in order: clear, remove and add, with locks and duplicates. */
export function mergeCollection(files: ConfigurationFiles, chain: Chain, rule: CollectionRule): Merged {
  const merge = new Merge(files, chain, rule);
  for (const [step, applied] of appliedBodies(chain, rule.section).entries()) merge.apply(applied, step);
  return merge.result();
}

type LocalEntries = Map<string, MergedEntry>;
/** Overridden places that are kept for one entry. */
const MAX_OVERRIDES = 50;

class Merge {
  readonly #files: ConfigurationFiles;
  readonly #chain: Chain;
  readonly #rule: CollectionRule;
  /** By key, in the order of the list so far. */
  #entries: LocalEntries = new Map();
  readonly #elements: { element: ConfigElement; file: ConfigurationFile }[] = [];
  readonly #lost = new Map<string, string>();
  readonly #dropped = new Map<string, (Place & { line: number })[]>();
  readonly #missing: Place[] = [];
  readonly #lockedNames = new Set<string>();
  #onlyNames: ReadonlySet<string> | null = null;
  #invalid: string | null = null;
  #unknown: string | null = null;
  readonly #seen = new Set<string>();

  constructor(files: ConfigurationFiles, chain: Chain, rule: CollectionRule) {
    this.#files = files;
    this.#chain = chain;
    this.#rule = rule;
  }

  result(): Merged {
    return { entries: [...this.#entries.values()], elements: this.#elements, invalid: this.#invalid, unknown: this.#unknown, missing: this.#missing, lost: this.#lost };
  }

  apply(applied: AppliedBody, step: number): void {
    const { body } = applied;
    const refusal = this.#refusal(applied);
    if (refusal !== null) {
      this.#refuse(`${refusal} (${body.file.path ?? body.file.evidencePath} line ${body.element.line})`);
      for (const child of body.element.children) this.#lost.set(sourceKey({ ...placeOf(body.file), line: child.line, column: child.column }), refusal);
      return;
    }
    const content = contentOf(this.#files, body);
    if (content.kind === 'invalid') return this.#refuse(content.reason);
    if (content.kind === 'missing') {
      this.#missing.push(content.place);
      this.#unknown ??= content.reason;
      return;
    }
    this.#elements.push({ element: content.element, file: content.file });
    const local: LocalEntries = new Map();
    for (const directive of content.element.children) this.#directive(directive, content.file, local, step);
    this.#entries = this.#rule.mergeAppend ? new Map([...this.#entries, ...local]) : new Map([...local, ...this.#entries]);
    this.#lockElements(content.element);
  }

  #refuse(reason: string): void {
    this.#invalid ??= reason;
  }

  /** Locks, allowDefinition, and sections written twice for one place. */
  #refusal({ body, at, fileIndex }: AppliedBody): string | null {
    const { section, defaults } = this.#rule;
    if (body.fault !== null) return `500.19: ${body.fault}`;
    const place = `${fileIndex}|${foldCase(at)}`;
    if (this.#seen.has(place)) return `500.19: ${section} is written more than once for the same path in one file`;
    this.#seen.add(place);
    const declared = this.#chain.files[0] ? sectionsOf(this.#chain.files[0].file).declaration(section) : null;
    const { overrideModeDefault, allowDefinition } = declared ?? defaults;
    if (allowDefinition === 'AppHostOnly' && at !== '') return `500.19: ${section} can be defined only for the server (allowDefinition="AppHostOnly")`;
    if (allowDefinition === 'MachineToApplication' && at !== '' && !this.#isApplication(at)) {
      return `500.19: ${section} cannot be defined below an application (allowDefinition="MachineToApplication")`;
    }
    if ((allowDefinition === 'MachineOnly' || allowDefinition === 'MachineToRootWeb') && section.startsWith('system.webServer/')) {
      return `500.19: ${section} cannot be defined here (allowDefinition="${allowDefinition}")`;
    }
    const lock = fileIndex === 0 ? null : lockedBy(this.#chain, section, at, fileIndex, overrideModeDefault);
    return lock === null ? null : `500.19 (0x80070021): ${section} is locked at a parent level by ${lock}`;
  }

  #isApplication(at: string): boolean {
    const owner = applicationOf(this.#chain.site, at);
    return owner !== null && foldCase(owner.configPath) === foldCase(at);
  }

  #directive(directive: ConfigElement, file: ConfigurationFile, local: LocalEntries, step: number): void {
    const where = `${file.path ?? file.evidencePath} line ${directive.line}`;
    if (this.#lockedNames.has(directive.name) || (this.#onlyNames !== null && !this.#onlyNames.has(directive.name))) {
      return this.#refuse(`500.19: <${directive.name}> is locked by lockElements at a parent level (${where})`);
    }
    if (directive.name === 'clear') return this.#clear(local, step, `cleared at ${where}`);
    if (directive.name !== 'remove' && directive.name !== this.#rule.addElement) return;
    const key = this.#key(directive);
    if (key === null) return this.#refuse(`500.19: <${directive.name}> without the attribute ${this.#rule.keys.join(' or ')} (${where})`);
    if (directive.name === 'remove') return this.#remove(key, local, step, `removed at ${where}`);
    if (this.#entries.has(key) || local.has(key)) {
      if (this.#rule.duplicates === 'error') {
        this.#lost.set(sourceKey({ ...placeOf(file), line: directive.line, column: directive.column }), 'the name is already taken: 500.19 (0x800700B7)');
        return this.#refuse(`500.19 (0x800700B7): a second <${directive.name}> with ${this.#rule.keys.join(' and ')} "${quote(key)}" (${where})`);
      }
      this.#remove(key, local, step, `replaced at ${where}`);
    }
    const overrides = this.#dropped.get(key)?.slice(-MAX_OVERRIDES) ?? [];
    local.set(key, { key, element: directive, file, overrides, step });
  }

  #clear(local: LocalEntries, step: number, why: string): void {
    for (const entry of this.#entries.values()) if (this.#isLocked(entry, step, why)) return;
    for (const entry of [...this.#entries.values(), ...local.values()]) this.#lose(entry, why);
    this.#entries.clear();
    local.clear();
  }

  #remove(key: string, local: LocalEntries, step: number, why: string): void {
    for (const entries of [this.#entries, local]) {
      const entry = entries.get(key);
      if (!entry) continue;
      if (this.#isLocked(entry, step, why)) return;
      entries.delete(key);
      this.#lose(entry, why);
    }
  }

  #isLocked(entry: MergedEntry, step: number, why: string): boolean {
    if (entry.step === step || !isTrue(attributeValue(entry.element, 'lockItem'))) return false;
    this.#refuse(`500.19 (0x80070021): "${quote(entry.key)}" is locked with lockItem and cannot be ${why}`);
    return true;
  }

  #lose(entry: MergedEntry, why: string): void {
    const from = { ...placeOf(entry.file), line: entry.element.line };
    this.#lost.set(sourceKey({ ...from, column: entry.element.column }), why);
    const list = this.#dropped.get(entry.key);
    if (!list) this.#dropped.set(entry.key, [from]);
    else if (list.push(from) > MAX_OVERRIDES) list.shift();
  }

  #key(element: ConfigElement): string | null {
    const parts = this.#rule.keys.map((name) => attributeValue(element, name));
    if (parts.some((part) => part === undefined)) return null;
    const key = this.#rule.expandKey ? this.#files.expand(parts.join(' '), 64) : parts.join(' ');
    return this.#rule.caseSensitive ? key : foldCase(key);
  }

  /** lockElements and lockAllElementsExcept bind the levels below. */
  #lockElements(element: ConfigElement): void {
    const names = (value: string): string[] => value.split(',').map((name) => name.trim()).filter((name) => name !== '');
    for (const name of names(attributeValue(element, 'lockElements') ?? '')) this.#lockedNames.add(name);
    const except = attributeValue(element, 'lockAllElementsExcept');
    if (except !== undefined) this.#onlyNames = new Set(names(except));
  }
}
