import { type CaseGroup, type ConformanceCase, effective, type ExpectedList, invalid, over } from '../case.ts';
import { appHost, GLOBAL, handler, handlers, location, managed, modules, web } from '../files.ts';
import { PAGE, SCHEMA } from '../references.ts';

const DUPLICATE = invalid(/500\.19.*0x800700B7/);
const UNIQUE = 'A second entry with the key of an existing one fails with 0x800700B7.';
const APPEND = 'Collections append while they merge down the namespace, unless the schema says mergeAppend="false".';
const PREPEND = 'handlers has mergeAppend="false": entries of a deeper level come before the inherited ones.';
const DIRECTIVES = 'clear takes out everything so far, remove one entry, add puts one in, in document order.';
const CASE = 'The key is marked caseSensitive.';
const RESTRICTION = (entries: string): string => appHost({ root: `<security><isapiCgiRestriction>\n${entries}\n</isapiCgiRestriction></security>` });
const MORE_HANDLERS = appHost({ unlocked: `<handlers accessPolicy="Read, Script">\n${handler('H1')}\n${handler('H2')}\n</handlers>` });

function row(id: string, title: string, rule: string, reference: string, host: string, site: string | null, expect: Partial<Record<'modules' | 'handlers', ExpectedList>>): ConformanceCase {
  const confidence = reference.startsWith('https:') ? 'documented' : 'schema';
  return { id, title, rule, reference, confidence, host, files: site === null ? {} : { www: site }, expect };
}

export const COLLECTIONS: CaseGroup = {
  group: 'collections',
  cases: [
    row('append-modules', 'modules of the site stand behind those of the server', APPEND, PAGE.applicationHost, appHost(), modules(managed('S1'), managed('S2')), { modules: effective('A', 'B', 'S1', 'S2') }),
    row('prepend-handlers', 'handlers of the site stand before those of the server, in their own order', PREPEND, SCHEMA.handlers, MORE_HANDLERS, handlers(handler('S1'), handler('S2')), { handlers: effective('S1', 'S2', 'H1', 'H2') }),
    {
      id: 'prepend-handlers-levels', title: 'over three levels the deepest comes first',
      rule: PREPEND,
      reference: SCHEMA.handlers, confidence: 'schema',
      host: MORE_HANDLERS, files: { www: handlers(handler('S1'), handler('S2')), app: handlers(handler('X1'), handler('X2')) }, app: '/app', expect: { handlers: effective('X1', 'X2', 'S1', 'S2', 'H1', 'H2') },
    },
    row('clear', 'clear takes out all that is inherited', DIRECTIVES, PAGE.locking, appHost(), web('<modules><clear /></modules>'), { modules: effective() }),
    row('clear-add', 'clear, then add', DIRECTIVES, PAGE.locking, appHost(), web('<modules><clear />\n<add name="B" />\n</modules>'), { modules: effective(over('B @www:3', 'host(name="B" />)')) }),
    row('clear-handlers', 'clear of handlers, then add', DIRECTIVES, PAGE.locking, MORE_HANDLERS, web(`<handlers><clear />\n${handler('K')}\n</handlers>`), { handlers: effective('K @www:3') }),
    row('add-clear', 'add, then clear in the same file', DIRECTIVES, PAGE.locking, appHost(), web(`<modules>${managed('S')}<clear /></modules>`), { modules: effective() }),
    row('clear-twice', 'add between two clears', DIRECTIVES, PAGE.locking, appHost(), web(`<modules><clear />${managed('S')}<clear />\n${managed('S2')}\n</modules>`), { modules: effective('S2 @www:3') }),
    {
      id: 'clear-inherited', title: 'what the site cleared its application does not have',
      rule: DIRECTIVES,
      reference: PAGE.locking, confidence: 'documented',
      host: appHost(), files: { www: web('<modules><clear /></modules>'), app: modules('<add name="A" />') }, app: '/app', expect: { modules: effective(over('A @app:3', 'host(name="A" />)')) },
    },
    row('remove', 'remove takes out one entry', DIRECTIVES, PAGE.modulesOverview, appHost(), web('<modules><remove name="A" /></modules>'), { modules: effective('B') }),
    row('remove-add-modules', 'remove and add: the module moves to the end', DIRECTIVES, PAGE.applicationHost, appHost(), web('<modules><remove name="A" />\n<add name="A" type="T.Evil" /></modules>'), { modules: effective('B @host', { entry: 'A @www:3', type: 'T.Evil', overrides: ['host(name="A" />)'] }) }),
    row('remove-add-handlers', 'remove and add: the handler moves to the front', PREPEND, SCHEMA.handlers, MORE_HANDLERS, web(`<handlers><remove name="H2" />\n${handler('H2')}</handlers>`), { handlers: effective(over('H2 @www:3', 'host(name="H2")'), 'H1 @host') }),
    row('add-remove-add', 'an entry of the same file removed and added again', DIRECTIVES, PAGE.locking, appHost(), web(`<modules>\n${managed('S')}\n<remove name="S" />\n<add name="S" type="T.Other" />\n</modules>`), { modules: effective('A', 'B', { entry: 'S @www:5', type: 'T.Other', overrides: ['www:3'] }) }),
    {
      id: 'remove-in-location', title: 'a location tag removes an entry for its path',
      rule: DIRECTIVES,
      reference: PAGE.deepDive, confidence: 'documented',
      host: appHost({ more: location('Main/app', '<modules><remove name="A" /></modules>') }), app: '/app', expect: { modules: effective('B') },
    },
    {
      id: 'remove-unknown', title: 'remove of a key that is not there', rule: 'Removing what does not exist is tolerated.', reference: PAGE.locking, confidence: 'assumed', assumes: /remove/i,
      host: appHost(), files: { www: web('<modules><remove name="NotThere" /></modules>') }, expect: { modules: effective('A', 'B') },
    },
    {
      id: 'remove-other-letter-case', title: 'remove in another letter case takes nothing out', rule: `${CASE} So it names another entry, and removing what does not exist is tolerated.`, reference: SCHEMA.modules, confidence: 'assumed', assumes: /remove/i,
      host: appHost(), files: { www: web('<modules><remove name="a" /></modules>') }, expect: { modules: effective('A', 'B') },
    },
    row('duplicate-levels', 'a module that the server has already', UNIQUE, PAGE.error50019, appHost(), modules('<add name="A" />'), { modules: DUPLICATE }),
    row('duplicate-file', 'a module twice in one file', UNIQUE, SCHEMA.head, appHost(), modules(managed('S'), managed('S')), { modules: DUPLICATE }),
    row('duplicate-handlers', 'a handler that the server has already', UNIQUE, PAGE.error50019, appHost(), handlers(handler('H')), { handlers: DUPLICATE }),
    row('duplicate-other-list', 'a module and a handler of one name', 'Keys are unique within their collection.', SCHEMA.head, appHost(), web(`<modules>${managed('X')}</modules><handlers>${handler('X')}</handlers>`), { modules: effective('A', 'B', 'X'), handlers: effective('X', 'H') }),
    {
      id: 'duplicate-location', title: 'a module that a location tag added already',
      rule: UNIQUE,
      reference: PAGE.error50019, confidence: 'documented', assumes: /./,
      host: appHost({ more: location('Main/app', `<modules>${managed('X')}</modules>`) }), files: { app: modules(managed('X')) }, app: '/app', expect: { modules: DUPLICATE },
    },
    row('duplicate-preconditions', 'two entries of one name with different preconditions', 'Only the name is the key.', SCHEMA.modules, appHost(), modules(managed('S', 'preCondition="bitness32" '), managed('S', 'preCondition="bitness64" ')), { modules: DUPLICATE }),
    row('clone-modules', 'a module whose name differs in letter case only', CASE, SCHEMA.modules, appHost(), modules(managed('a')), { modules: effective('A', 'B', 'a') }),
    row('clone-handlers', 'a handler whose name differs in letter case only', CASE, SCHEMA.handlers, appHost(), handlers(handler('h')), { handlers: effective('h', 'H') }),
    {
      id: 'clone-global-modules', title: 'a global module whose name differs in letter case only',
      rule: CASE,
      reference: SCHEMA.globalModules, confidence: 'schema',
      host: appHost({ globalModules: '<add name="Http" image="a.dll" />\n<add name="http" image="b.dll" />' }),
      expect: { globalModules: effective({ entry: 'Http', image: 'a.dll' }, { entry: 'http', image: 'b.dll' }) },
    },
    {
      id: 'duplicate-global-modules', title: 'a global module twice',
      rule: UNIQUE,
      reference: SCHEMA.globalModules, confidence: 'schema',
      host: appHost({ globalModules: `${GLOBAL}\n<add name="A" image="evil.dll" />` }), expect: { globalModules: DUPLICATE },
    },
    {
      id: 'remove-global-module', title: 'a global module removed and added again with another image',
      rule: DIRECTIVES,
      reference: SCHEMA.globalModules, confidence: 'schema',
      host: appHost({ globalModules: '<add name="A" image="a.dll" />\n<add name="B" image="b.dll" />\n<remove name="A" />\n<add name="A" image="evil.dll" />' }),
      expect: { globalModules: effective('B', { entry: 'A', image: 'evil.dll', overrides: ['host(a.dll)'] }) },
    },
    {
      id: 'restriction-order', title: 'restrictions in the order of the file',
      rule: APPEND,
      reference: SCHEMA.isapiCgiRestriction, confidence: 'schema',
      host: RESTRICTION('<add path="C:\\b.dll" allowed="true" />\n<add path="C:\\a.exe" allowed="true" />'),
      expect: { isapiCgiRestriction: effective('C:\\b.dll', 'C:\\a.exe') },
    },
    {
      id: 'restriction-expanded-key', title: 'a restriction twice, once with a variable and in another letter case',
      rule: 'The key path is marked expanded and not caseSensitive.',
      reference: SCHEMA.isapiCgiRestriction, confidence: 'schema',
      host: RESTRICTION('<add path="%windir%\\x.dll" allowed="false" />\n<add path="C:\\WINDOWS\\X.DLL" allowed="true" />'),
      expect: { isapiCgiRestriction: DUPLICATE },
    },
    {
      id: 'filters-element', title: 'isapiFilters has filter elements',
      rule: 'The add element of the collection is called filter.',
      reference: SCHEMA.isapiFilters, confidence: 'schema',
      host: appHost({ root: '<isapiFilters>\n<filter name="F2" path="C:\\b.dll" />\n<filter name="F1" path="C:\\a.dll" />\n</isapiFilters>' }),
      expect: { isapiFilters: effective({ entry: 'F2', image: 'C:\\b.dll' }, 'F1') },
    },
    {
      id: 'filters-duplicate', title: 'a filter twice',
      rule: UNIQUE,
      reference: SCHEMA.isapiFilters, confidence: 'schema',
      host: appHost({ root: '<isapiFilters><filter name="F" path="C:\\b.dll" /><filter name="F" path="C:\\a.dll" /></isapiFilters>' }),
      expect: { isapiFilters: DUPLICATE },
    },
  ],
};
