import { foldCase } from '../../../shared/base/compare.ts';
import { knownSchema } from '../../knowledge/index.ts';
import { attributeValue } from '../../../shared/model/index.ts';
import type { ConfigurationFile, ConfigurationFiles } from '../configuration-files.ts';
import type { ApplicationLayout } from '../layout.ts';
import { schemaOf } from '../schema/schema-of.ts';
import { type SectionBody, sectionsOf } from '../sections.ts';
import { Application } from './apply.ts';
import { ASSUMED } from './assumed.ts';
import { type Declared, declaredIn } from './declared.ts';
import type { Level, LevelTree } from './levels.ts';
import { ruleOf, type SectionRule } from './rule.ts';
import { EMPTY_STATE, type ModeSetting, type SectionState } from './state.ts';

/**
 * The states of one section at the levels of a tree. For every level the location tags of files above it apply,
 * outermost first, then the content of the level's own file; a state is made once and shared by all levels below.
 */
class SectionStates {
  readonly #tree: LevelTree;
  readonly #rule: SectionRule;
  readonly #shared = new Map<string, SectionState>();
  readonly #empty: SectionState;

  constructor(tree: LevelTree, rule: SectionRule) {
    this.#tree = tree;
    this.#rule = rule;
    this.#empty = { ...EMPTY_STATE, defaults: rule.sectionDefaults };
  }

  at(level: Level, asking: ApplicationLayout | null): SectionState {
    const known = this.#shared.get(level.folded);
    if (known) return known;
    const above = level.parent ? this.at(level.parent, asking) : this.#empty;
    const state = this.#fold(level, above, asking);
    if (!state.personal) this.#shared.set(level.folded, state);
    return state;
  }

  #fold(level: Level, above: SectionState, asking: ApplicationLayout | null): SectionState {
    let application: Application | null = null;
    let modes = above.modes;
    for (const [fileIndex, { level: base, file }] of level.files.entries()) {
      const rest = base === '' ? level.folded : level.folded.slice(base.length + 1);
      const bodies = sectionsOf(file).at(this.#rule.section, rest);
      for (const [i, body] of bodies.entries()) {
        application ??= new Application(this.#tree.files, this.#rule, above, level.parent !== null);
        if (!body.inheritInChildApplications) {
          // Kept to the application that the location tag names.
          application.personal = true;
          if (!asking || !level.owner || level.owner.configPath !== asking.configPath) continue;
        }
        this.#one(application, level, body, { again: i > 0, fileIndex, lock: lockOf(level, fileIndex, modes), inner: innerLock(level, fileIndex, above.modes) });
        application.setMode(body, level.depth);
        modes = application.modes;
      }
    }
    return application ? application.result() : above;
  }

  #one(application: Application, level: Level, body: SectionBody, { again, fileIndex, lock, inner }: BodyPlace): void {
    const { section } = this.#rule;
    if (body.fault !== null) return application.refuse(body, `500.19: ${body.fault}`);
    if (again) return application.refuse(body, `500.19: ${section} is written more than once for the same path in one file`);
    const declared = declaredIn(level.files, section);
    if (declared.from === 'nowhere' && !this.#tree.dotNet) return application.refuse(body, `500.19 (0x8007000d): ${section} is declared in no configSections`);
    if (declared.from === 'assumed' && !this.#tree.dotNet) application.assume(ASSUMED.noDeclarations);
    if (/^\s*[\\/]|[\\/]\s*$/.test(body.location ? attributeValue(body.location, 'path') ?? '' : '')) application.assume(ASSUMED.slashes);
    if (!declared.allowLocation && body.location !== null && body.path !== '') {
      application.assume(ASSUMED.allowLocation);
      return application.refuse(body, `500.19: ${section} cannot stand in a location tag (allowLocation="false")`);
    }
    const refusal = this.#place(level, fileIndex, declared);
    if (refusal !== null) return application.refuse(body, refusal);
    const by = inner ?? (fileIndex === 0 ? null : lock === null ? byDefault(declared) : lock.mode === 'Deny' ? lock.setter : null);
    if (by !== null) {
      if (inner === null && body.element.children.length === 0 && body.element.attributes.length === 0) application.assume(ASSUMED.emptyLocked);
      return application.refuse(body, `500.19 (0x80070021): ${section} is locked at a parent level by ${by}`);
    }
    application.apply(body, fileIndex);
  }

  /** allowDefinition, which asks where the file stands: a location tag lives at the level of its file. */
  #place(level: Level, fileIndex: number, { allowDefinition }: Declared): string | null {
    const { section } = this.#rule;
    const at = level.files[fileIndex]?.level ?? '';
    if (at === '' || allowDefinition === 'Everywhere') return null;
    if (allowDefinition !== 'MachineToApplication') return `500.19: ${section} can be defined only for the server (allowDefinition="${allowDefinition}")`;
    let own: Level | null = level;
    while (own && own.folded !== at) own = own.parent;
    return own?.owner && foldCase(own.owner.configPath) === at ? null : `500.19: ${section} cannot be defined below an application (allowDefinition="MachineToApplication")`;
  }
}

interface BodyPlace {
  /** True for a second body of the same file at the same level. */
  readonly again: boolean;
  readonly fileIndex: number;
  /** What files above say of the section here. */
  readonly lock: ModeSetting | null;
  /** A file further in has locked the section at a level above this one, and who: an outer file cannot go round that. */
  readonly inner: string | null;
}

/** Who of the files further in locks the section for this level, or null. */
function innerLock(level: Level, fileIndex: number, modes: ReadonlyMap<ConfigurationFile, ModeSetting>): string | null {
  for (const { file } of level.files.slice(fileIndex + 1)) {
    const mode = modes.get(file);
    if (mode?.mode === 'Deny') return mode.setter;
  }
  return null;
}

/**
 * What files above a file say of the section for this level, or null when none says anything. The nearest level decides;
 * where several files speak of it, a lock wins, because no file can take back what one above it locked.
 */
function lockOf(level: Level, fileIndex: number, modes: ReadonlyMap<ConfigurationFile, ModeSetting>): ModeSetting | null {
  let nearest: ModeSetting | null = null;
  for (const { file } of level.files.slice(0, fileIndex)) {
    const mode = modes.get(file);
    if (mode && (!nearest || mode.depth > nearest.depth || (mode.depth === nearest.depth && mode.mode === 'Deny'))) nearest = mode;
  }
  return nearest;
}

function byDefault({ overrideModeDefault, line, file }: Declared): string | null {
  if (overrideModeDefault === 'Allow') return null;
  return line === null || file === null ? 'overrideModeDefault="Deny" of a stock server' : `overrideModeDefault="Deny" (${file.path ?? file.evidencePath} line ${line})`;
}

/** The rule of a section by the schema of the server; every section that is asked for has one. */
export function sectionRule(files: ConfigurationFiles, section: string): SectionRule {
  const schema = schemaOf(files).schema.get(section) ?? knownSchema(null).schema.get(section);
  if (!schema) throw new Error(`The schema has no section ${section}`);
  return ruleOf(schema);
}

const trees = new WeakMap<LevelTree, Map<SectionRule, SectionStates>>();

/**
 * A section at one level, as IIS merges it for an application.
 * @param asking the application whose request it is; only location tags with inheritInChildApplications="false" care
 */
export function sectionState(tree: LevelTree, rule: SectionRule, level: Level, asking: ApplicationLayout | null): SectionState {
  let byRule = trees.get(tree);
  if (!byRule) trees.set(tree, (byRule = new Map()));
  let states = byRule.get(rule);
  if (!states) byRule.set(rule, (states = new SectionStates(tree, rule)));
  return states.at(level, asking);
}
