import { foldCase } from '../../../shared/base/compare.ts';
import { knownSchema } from '../../knowledge/index.ts';
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

  constructor(tree: LevelTree, rule: SectionRule) {
    this.#tree = tree;
    this.#rule = rule;
  }

  at(level: Level, asking: ApplicationLayout | null): SectionState {
    const known = this.#shared.get(level.folded);
    if (known) return known;
    const above = level.parent ? this.at(level.parent, asking) : EMPTY_STATE;
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
        application ??= new Application(this.#tree.files, this.#rule, above);
        if (!body.inheritInChildApplications) {
          // Kept to the application that the location tag names.
          application.personal = true;
          if (!asking || !level.owner || level.owner.configPath !== asking.configPath) continue;
        }
        this.#one(application, level, body, { again: i > 0, fileIndex, lock: lockOf(level, fileIndex, modes) });
        application.setMode(body);
        modes = application.modes;
      }
    }
    return application ? application.result() : above;
  }

  #one(application: Application, level: Level, body: SectionBody, { again, fileIndex, lock }: { readonly again: boolean; readonly fileIndex: number; readonly lock: ModeSetting | null }): void {
    const { section } = this.#rule;
    if (body.fault !== null) return application.refuse(body, `500.19: ${body.fault}`);
    if (again) return application.refuse(body, `500.19: ${section} is written more than once for the same path in one file`);
    const declared = declaredIn(level.files, section);
    if (declared.from === 'nowhere' && !this.#tree.dotNet) return application.refuse(body, `500.19 (0x8007000d): ${section} is declared in no configSections`);
    if (declared.from === 'assumed' && !this.#tree.dotNet) application.assume(ASSUMED.noDeclarations);
    const refusal = this.#place(level, body, declared);
    if (refusal !== null) return application.refuse(body, refusal);
    const by = fileIndex === 0 ? null : lock === null ? byDefault(declared) : lock.mode === 'Deny' ? lock.setter : null;
    if (by !== null) {
      if (body.element.children.length === 0 && body.element.attributes.length === 0) application.assume(ASSUMED.emptyLocked);
      return application.refuse(body, `500.19 (0x80070021): ${section} is locked at a parent level by ${by}`);
    }
    application.apply(body, fileIndex);
  }

  /** allowDefinition and allowLocation. */
  #place({ folded, owner }: Level, body: SectionBody, { allowDefinition, allowLocation }: Declared): string | null {
    const { section } = this.#rule;
    if (!allowLocation && body.location !== null && body.path !== '') return `500.19: ${section} cannot stand in a location tag (allowLocation="false")`;
    if (folded === '') {
      return (allowDefinition === 'MachineOnly' || allowDefinition === 'MachineToRootWeb') && !this.#tree.dotNet ? `500.19: ${section} cannot be defined here (allowDefinition="${allowDefinition}")` : null;
    }
    if (allowDefinition === 'Everywhere') return null;
    if (allowDefinition !== 'MachineToApplication') return `500.19: ${section} can be defined only for the server (allowDefinition="${allowDefinition}")`;
    return owner && foldCase(owner.configPath) === folded ? null : `500.19: ${section} cannot be defined below an application (allowDefinition="MachineToApplication")`;
  }
}

/** What the nearest file above a file says of the section for this level, or null when none says anything. */
function lockOf(level: Level, fileIndex: number, modes: ReadonlyMap<ConfigurationFile, ModeSetting>): ModeSetting | null {
  for (let i = fileIndex - 1; i >= 0; i--) {
    const file = level.files[i]?.file;
    const mode = file ? modes.get(file) : undefined;
    if (mode) return mode;
  }
  return null;
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
