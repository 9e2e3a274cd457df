import { applies, type ChainFile, chainOf, covers, isApplication, levelsOf, siteOf, type Source, sourcesAt, type Target } from './chain.ts';
import { folderOf, sectionsOf } from './print.ts';
import { entryState, type State } from './state.ts';
import { type Directive, LISTS, type ListFacts, type ListName, lower, type Tree, UNDECLARED, value } from './tree.ts';

export interface NaiveEntry {
  readonly directive: Directive;
  /** `either`: it hangs on another list that has no answer. */
  readonly state: State;
}

/** `silent`: nothing that Microsoft wrote decides the case, so that no answer is right or wrong. */
export type Answer =
  | { readonly outcome: 'effective'; readonly entries: readonly NaiveEntry[] }
  | { readonly outcome: 'invalid'; readonly why: string }
  | { readonly outcome: 'not-evaluable'; readonly missing: readonly string[] }
  | { readonly outcome: 'silent'; readonly why: string };

export interface Item {
  readonly directive: Directive;
  readonly key: string;
  /** Rank of the file that locked it with lockItem, or null. */
  readonly lockedBy: number | null;
}

class Invalid extends Error {}
class Silent extends Error {}

/** Applies the directives of a list one by one. */
export function evaluate(tree: Tree, list: ListName, target: Target): Answer {
  try {
    const missing = missingFor(tree, list, target);
    if (missing !== null) return { outcome: 'not-evaluable', missing };
    const items = itemsOf(tree, list, target);
    return { outcome: 'effective', entries: items.map(({ directive }) => ({ directive, state: stateOf(tree, list, target, directive) })) };
  } catch (error) {
    if (error instanceof Invalid) return { outcome: 'invalid', why: error.message };
    if (error instanceof Silent) return { outcome: 'silent', why: error.message };
    throw error;
  }
}

function stateOf(tree: Tree, list: ListName, target: Target, directive: Directive): State {
  try {
    return entryState(tree, list, target, directive, itemsOf);
  } catch (error) {
    if (error instanceof Invalid || error instanceof Silent) return 'either';
    throw error;
  }
}

/** The files without which the list is not known, or null; none of them where a section is encrypted. */
function missingFor(tree: Tree, list: ListName, target: Target): string[] | null {
  const { section } = LISTS[list];
  const levels = levelsFor(list, target);
  const chain = chainOf(tree, target, section.startsWith('system.web/'));
  const missing = chain.filter((f) => f.file === null && levels.includes(f.level)).map((f) => f.path);
  let unreadable = false;
  for (const level of levels) {
    for (const source of sourcesAt(chain, section, level)) {
      const path = `${folderOf(source.from.path)}\\${source.section.source ?? ''}`;
      if (!applies(tree, target, source)) continue;
      if (source.section.trouble === 'encrypted') unreadable = true;
      if (source.section.source !== null && tree.notCollected.some((p) => lower(p) === lower(path))) missing.push(path);
    }
  }
  return missing.length > 0 || unreadable ? missing : null;
}

/** Two lists are the server's own (allowDefinition AppHostOnly): what stands deeper is read by nobody. */
function levelsFor(list: ListName, target: Target): string[] {
  return list === 'globalModules' || list === 'isapiCgiRestriction' ? [''] : levelsOf(target);
}

function itemsOf(tree: Tree, list: ListName, target: Target): Item[] {
  const facts: ListFacts = LISTS[list];
  const chain = chainOf(tree, target, facts.section.startsWith('system.web/'));
  let items: Item[] = [];
  const earlier: Source[] = [];
  for (const level of levelsFor(list, target)) {
    const here = sourcesAt(chain, facts.section, level).filter((source) => applies(tree, target, source));
    sameLevelTwice(here);
    checkDeclared(chain.filter((f) => f.level === level));
    for (const source of here) {
      checkElement(source);
      checkDefinition(tree, facts, target, source);
      checkSectionLock(tree, facts, target, source);
      for (const above of earlier) checkFineLocks(above, source);
      items = applyDirectives(facts, items, source);
      earlier.push(source);
    }
  }
  return items;
}

/** A section may stand once in a file for a level: at its root or in one location tag. */
function sameLevelTwice(here: readonly Source[]): void {
  for (const source of here) {
    if (here.some((other) => other !== source && other.from === source.from)) throw new Invalid(`${source.section.name} twice in ${source.from.path} for one level`);
  }
}

/** IIS refuses a web.config with a section that it does not know, and reads it before ASP.NET gets the request. */
function checkDeclared(files: readonly ChainFile[]): void {
  for (const { file, path } of files) {
    if (file && sectionsOf(file).some((section) => section.name === UNDECLARED)) throw new Invalid(`${path} has a section that is not declared`);
  }
}

/** configSource may only point below the file's own folder, and both attributes of a location tag are too many. */
function checkElement({ section, location }: Source): void {
  if (section.trouble !== null && section.trouble !== 'encrypted') throw new Invalid(section.trouble);
  if (location && value(location.attributes, 'overrideMode') !== undefined && value(location.attributes, 'allowOverride') !== undefined) throw new Invalid('overrideMode and allowOverride');
}

function declared(tree: Tree, facts: ListFacts, name: string): string | undefined {
  if (facts.section.startsWith('system.web/')) return facts.section === LISTS.httpModules.section && name === 'allowDefinition' ? 'MachineToApplication' : undefined;
  const declaration = tree.declarations.find((d) => d.name === facts.section);
  return declaration ? value(declaration.attributes, name) : undefined;
}

/** A location tag lives at the level of its file, so that is the level which allowDefinition asks for. */
function checkDefinition(tree: Tree, facts: ListFacts, target: Target, source: Source): void {
  const allowed = declared(tree, facts, 'allowDefinition') ?? 'Everywhere';
  const { level } = source.from;
  if (level === '' || allowed === 'Everywhere') return;
  if (allowed === 'AppHostOnly') throw new Invalid(`${facts.section} is for the server only`);
  if (!isApplication(siteOf(tree, target), level)) throw new Invalid(`${facts.section} is not allowed at ${level}, which is no application`);
}

/**
 * The declaration locks every file below the one that declares; then each location tag of a file further out says
 * otherwise for its own level and what is below, the nearest level deciding. lockItem on the section is a lock of its
 * own, which no location tag takes back.
 */
function checkSectionLock(tree: Tree, facts: ListFacts, target: Target, source: Source): void {
  lockedFurtherIn(tree, facts, target, source);
  if (source.from.rank === 0) return;
  let deny = declared(tree, facts, 'overrideModeDefault') === 'Deny';
  const chain = chainOf(tree, target, facts.section.startsWith('system.web/')).filter((f) => f.rank < source.from.rank);
  for (const level of levelsOf(target).filter((l) => covers(l, source.level))) {
    for (const outer of sourcesAt(chain, facts.section, level).filter((s) => applies(tree, target, s))) {
      const mode = modeOf(outer);
      if (value(outer.section.attributes, 'lockItem') === 'true') throw new Invalid(`${facts.section} has lockItem at ${level}`);
      if (mode === 'Allow') deny = false;
      if (mode === 'Deny') deny = true;
    }
  }
  if (deny) throw new Invalid(`${facts.section} is locked at ${source.level}`);
}

/** An outer file cannot go round the lock that an inner file sets at a level above ("Deep dive", Unlocking); for lockItem nothing says so. */
function lockedFurtherIn(tree: Tree, facts: ListFacts, target: Target, source: Source): void {
  const inner = chainOf(tree, target, facts.section.startsWith('system.web/')).filter((f) => f.rank > source.from.rank);
  for (const level of levelsOf(target).filter((l) => covers(l, source.level) && l !== source.level)) {
    for (const other of sourcesAt(inner, facts.section, level).filter((s) => applies(tree, target, s))) {
      if (modeOf(other) === 'Deny') throw new Invalid(`${facts.section} is locked further in at ${level}`);
      if (value(other.section.attributes, 'lockItem') === 'true') throw new Silent('an inner file locks a section that an outer file sets for a deeper level');
    }
  }
}

/** What a location tag says of files further in. */
function modeOf({ location }: Source): string | undefined {
  if (!location) return undefined;
  return value(location.attributes, 'overrideMode') ?? legacy(value(location.attributes, 'allowOverride'));
}

function legacy(allowOverride: string | undefined): string | undefined {
  if (allowOverride === undefined) return undefined;
  return allowOverride === 'true' ? 'Allow' : 'Deny';
}

/** Locks on the section element bind files further in ("More config locking": not deeper location tags of one file). */
function checkFineLocks(above: Source, source: Source): void {
  const names = (attribute: string): string[] | null => value(above.section.attributes, attribute)?.split(',') ?? null;
  const attributes = source.section.attributes.map(([name]) => name).filter((name) => !name.startsWith('lock'));
  const elements = source.section.directives.map(({ tag }) => tag);
  const hit = attributes.some((name) => names('lockAttributes')?.some((n) => n === name || n === '*')) ||
    attributes.some((name) => names('lockAllAttributesExcept')?.includes(name) === false) ||
    elements.some((name) => names('lockElements')?.some((n) => n === name || n === '*')) ||
    elements.some((name) => names('lockAllElementsExcept')?.includes(name) === false);
  if (!hit || source.from.rank === above.from.rank) return;
  if (source.from.rank < above.from.rank) throw new Silent('an inner file locks what an outer file sets for a deeper level');
  throw new Invalid(`a lock at ${above.level} forbids it`);
}

/** clear, remove and add in document order. */
function applyDirectives(facts: ListFacts, inherited: readonly Item[], source: Source): Item[] {
  let items = [...inherited];
  let local: Item[] = [];
  const { rank } = source.from;
  const drop = (dropped: readonly Item[]): void => {
    if (dropped.some((item) => item.lockedBy !== null && item.lockedBy < rank)) throw new Invalid('lockItem');
    if (dropped.some((item) => item.lockedBy !== null && item.lockedBy > rank)) throw new Silent('an inner file locks an item that an outer file drops for a deeper level');
  };
  for (const directive of source.section.directives) {
    const key = keyOf(facts, directive);
    if (directive.tag === 'clear') {
      drop(items);
      items = [];
      local = [];
    } else if (directive.tag === 'remove') {
      drop(items.filter((item) => item.key === key));
      items = items.filter((item) => item.key !== key);
      local = local.filter((item) => item.key !== key);
    } else {
      const twins = [...items, ...local].filter((item) => item.key === key);
      if (twins.length > 0 && facts.duplicates === 'error') throw new Invalid(`0x800700B7 ${key}`);
      drop(twins);
      items = items.filter((item) => item.key !== key);
      local = local.filter((item) => item.key !== key);
      local.push({ directive, key, lockedBy: value(directive.attributes, 'lockItem') === 'true' ? rank : null });
    }
  }
  return facts.mergeAppend ? [...items, ...local] : [...local, ...items];
}

/** The value by which an entry is found again: paths of isapiCgiRestriction with their variables replaced. */
export function keyOf(facts: ListFacts, directive: Directive): string {
  const text = facts.key.map((name) => value(directive.attributes, name) ?? '').join('\n').replace(/%windir%/gi, 'C:\\Windows');
  return facts.caseSensitive ? text : lower(text);
}
