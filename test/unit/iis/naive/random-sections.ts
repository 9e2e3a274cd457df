import * as fc from 'fast-check';
import { type Attribute, type Directive, LISTS, type ListFacts, type ListName, type Section, type Trouble } from './tree.ts';

/** Few names, so that they meet; two differ in letter case only, two are names of every JavaScript object. */
const NAMES = ['A', 'B', 'C', 'D', 'M', 'a', '__proto__', 'constructor'];
const PATHS = ['%windir%\\x.dll', 'C:\\Windows\\x.dll', 'c:\\windows\\X.DLL', '%WINDIR%\\y.dll', 'C:\\z\\z.dll'];
const TOKENS = ['', 'bitness32', 'bitness64', 'integratedMode', 'classicMode', 'runtimeVersionv2.0', 'runtimeVersionv4.0', 'managedHandler', 'managedHandler,bitness64', 'Bitness64', 'appPoolName=P'];

const rarely = (attribute: Attribute, weight = 8): fc.Arbitrary<Attribute[]> =>
  fc.oneof({ arbitrary: fc.constant<Attribute[]>([]), weight }, { arbitrary: fc.constant<Attribute[]>([attribute]), weight: 1 });
const one = (name: string, ...values: string[]): fc.Arbitrary<Attribute[]> => fc.constantFrom(...values).map((v): Attribute[] => [[name, v]]);
const perhaps = (name: string, ...values: string[]): fc.Arbitrary<Attribute[]> => fc.oneof({ arbitrary: fc.constant<Attribute[]>([]), weight: 3 }, { arbitrary: one(name, ...values), weight: 2 });
const together = (...parts: fc.Arbitrary<Attribute[]>[]): fc.Arbitrary<Attribute[]> => fc.tuple(...parts).map((lists) => lists.flat());

const lockItem = rarely(['lockItem', 'true']);
const preCondition = perhaps('preCondition', ...TOKENS);
const name = one('name', ...NAMES);
/** The two modules that filters and extensions need. */
const moduleName = one('name', ...NAMES, 'IsapiModule', 'IsapiFilterModule');

/** Attributes of an entry of each list, its key included. */
const ENTRY: Readonly<Record<ListName, fc.Arbitrary<Attribute[]>>> = {
  modules: together(moduleName, perhaps('type', 'T.A', 'T.B, Lib'), preCondition, lockItem),
  handlers: together(name, one('path', '*.x', '*'), one('verb', '*', 'GET,POST'), fc.oneof(
    one('type', 'T.H'),
    together(one('modules', 'IsapiModule'), one('scriptProcessor', ...PATHS)),
  ), preCondition, perhaps('requireAccess', 'Read', 'Script', 'Execute', 'None'), lockItem),
  isapiFilters: together(name, one('path', ...PATHS), perhaps('enabled', 'true', 'false'), preCondition, lockItem),
  globalModules: together(moduleName, one('image', ...PATHS), preCondition),
  isapiCgiRestriction: together(one('path', ...PATHS), one('allowed', 'true', 'false')),
  httpModules: together(name, one('type', 'T.A')),
  httpHandlers: together(one('path', '*.x', '*.X', '*.y'), one('verb', '*', 'GET'), one('type', 'T.A')),
};

const SECTION_ATTRIBUTES: Readonly<Record<ListName, fc.Arbitrary<Attribute[]>>> = {
  modules: perhaps('runAllManagedModulesForAllRequests', 'true', 'false'),
  handlers: perhaps('accessPolicy', 'Read', 'Read, Script', 'Read, Script, Execute'),
  isapiFilters: fc.constant([]),
  globalModules: fc.constant([]),
  isapiCgiRestriction: perhaps('notListedIsapisAllowed', 'true', 'false'),
  httpModules: fc.constant([]),
  httpHandlers: fc.constant([]),
};

const LOCKS = (facts: ListFacts): fc.Arbitrary<Attribute[]> => fc.oneof(
  { arbitrary: fc.constant<Attribute[]>([]), weight: 14 },
  { arbitrary: one('lockElements', facts.add, 'remove', 'clear', 'remove,clear', '*'), weight: 1 },
  { arbitrary: one('lockAllElementsExcept', facts.add, `${facts.add},remove`), weight: 1 },
  { arbitrary: one('lockAttributes', 'runAllManagedModulesForAllRequests', 'accessPolicy', '*'), weight: 1 },
  { arbitrary: one('lockAllAttributesExcept', 'runAllManagedModulesForAllRequests', 'accessPolicy'), weight: 1 },
);

function directive(list: ListName): fc.Arbitrary<Directive> {
  const facts: ListFacts = LISTS[list];
  const key = (attributes: readonly Attribute[]): Attribute[] => attributes.filter(([n]) => facts.key.includes(n));
  return fc.oneof(
    { arbitrary: ENTRY[list].map((attributes): Directive => ({ tag: facts.add, attributes })), weight: 6 },
    { arbitrary: ENTRY[list].map((attributes): Directive => ({ tag: 'remove', attributes: key(attributes) })), weight: 4 },
    { arbitrary: fc.constant(null).map((): Directive => ({ tag: 'clear', attributes: [] })), weight: 1 },
  );
}

/** What a section may be here: locks only where the list knows the attributes that they name. */
export interface SectionChoice {
  readonly locks: boolean;
  readonly sources: boolean;
  /** A section that nobody declared may stand in the file. */
  readonly undeclared?: boolean;
}

/** One appearance of the section of a list. */
export function section(list: ListName, choice: SectionChoice): fc.Arbitrary<Section> {
  const facts: ListFacts = LISTS[list];
  const plain = list === 'modules' || list === 'handlers';
  const locks = choice.locks ? LOCKS(facts).map((all) => all.filter(([n, v]) => plain ? namesOwn(list, n, v) : !n.endsWith('Attributes') && !n.endsWith('AttributesExcept'))) : fc.constant<Attribute[]>([]);
  const source = choice.sources
    ? fc.oneof({ arbitrary: fc.constant(null), weight: 9 }, { arbitrary: fc.nat({ max: 99999 }).map((n) => `cfg\\${list}${n}.config`), weight: 1 })
    : fc.constant(null);
  return fc.record({
    kind: fc.constant('section' as const),
    name: fc.constant(facts.section),
    attributes: together(SECTION_ATTRIBUTES[list], locks, choice.locks ? rarely(['lockItem', 'true'], 30) : fc.constant([])),
    directives: fc.array(directive(list), { maxLength: 3 }),
    source,
    trouble: choice.sources ? trouble(list) : fc.constant(null),
  });
}

function trouble(list: ListName): fc.Arbitrary<Trouble | null> {
  const kinds: Trouble[] = ['source-absent', 'source-outside'];
  // Stock tools encrypt sections of .NET only.
  if (LISTS[list].section.startsWith('system.web/')) kinds.push('encrypted');
  return fc.oneof({ arbitrary: fc.constant(null), weight: 80 }, { arbitrary: fc.constantFrom(...kinds), weight: 1 });
}

/** IIS refuses a lock on an attribute that the section does not have; such trees are not made. */
function namesOwn(list: ListName, attribute: string, names: string): boolean {
  if (!attribute.endsWith('Attributes') && !attribute.endsWith('AttributesExcept')) return true;
  return names === '*' || (names === 'accessPolicy') === (list === 'handlers');
}
