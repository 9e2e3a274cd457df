import { type CaseGroup, type ConformanceCase, effective, type ExpectedList, invalid } from '../case.ts';
import { appHost, configuration, HANDLER_H, location, managed, modules, MODULES_AB, web } from '../files.ts';
import { PAGE } from '../references.ts';

const INVALID = invalid(/500\.19/);
const ITEM = 'An element with lockItem="true" cannot be removed below, nor can its collection be cleared.';
const DIRECTIVES = 'lockElements on a collection locks its directives add, remove or clear for the levels below.';
const ATTRIBUTES = 'A locked attribute cannot be set below, not even to the same value.';
const AT_PARENT = 'A location tag is considered to be at the level of its file, which matters for locks.';
const host = (of: string, more = ''): string => appHost({ unlocked: of, more });
const LOCKED_A = '<modules>\n<add name="A" lockItem="true" />\n<add name="B" />\n</modules>';
const withLock = (attributes: string): string => host(`${MODULES_AB.replace('<modules>', `<modules ${attributes}>`)}\n${HANDLER_H}`);
const handlersWith = (attributes: string): string => host(`${MODULES_AB}\n${HANDLER_H.replace('<handlers ', `<handlers ${attributes} `)}`);
const own = (content: string): string => web(`<modules>${content}</modules>`);

/** One line of the tables below: what the server has, what the site writes, what comes out. */
function row(id: string, title: string, rule: string, applicationHost: string, site: string, list: 'modules' | 'handlers', expected: ExpectedList): ConformanceCase {
  return { id, title, rule, reference: PAGE.locking, confidence: 'documented', host: applicationHost, files: { www: site }, expect: { [list]: expected } };
}

export const FINE_LOCKS: CaseGroup = {
  group: 'locks inside sections',
  cases: [
    row('lock-item-remove', 'removing a locked item', ITEM, host(LOCKED_A), own('<remove name="A" />'), 'modules', INVALID),
    row('lock-item-clear', 'clearing a collection with a locked item', ITEM, host(LOCKED_A), own('<clear />'), 'modules', INVALID),
    row('lock-item-redefine', 'removing a locked item and adding it again', ITEM, host(LOCKED_A), own('<remove name="A" /><add name="A" type="T.Evil" />'), 'modules', INVALID),
    row('lock-item-other', 'removing an item that is not locked', ITEM, host(LOCKED_A), own('<remove name="B" />'), 'modules', effective('A')),
    row('lock-item-add', 'adding beside a locked item', ITEM, host(LOCKED_A), own(managed('S')), 'modules', effective('A', 'B', 'S')),
    row('lock-item-false', 'lockItem="false" locks nothing', ITEM, host(LOCKED_A.replace('true', 'false')), own('<remove name="A" />'), 'modules', effective('B')),
    row('lock-item-clear-unlocked', 'clearing a collection without locked items', ITEM, host(MODULES_AB), own('<clear />'), 'modules', effective()),
    row('lock-item-handlers', 'removing a locked handler', ITEM, host(HANDLER_H.replace('type="T.H"', 'type="T.H" lockItem="true"')), web('<handlers><remove name="H" /></handlers>'), 'handlers', INVALID),
    {
      id: 'lock-item-of-site', title: 'an item that the site locks, removed by its application', rule: 'Locking can occur at any level of the hierarchy.', reference: PAGE.locking, confidence: 'documented',
      host: appHost(), files: { www: modules(managed('S', 'lockItem="true" ')), app: own('<remove name="S" />') }, app: '/app', expect: { modules: INVALID },
    },
    {
      id: 'lock-item-same-section', title: 'an item removed again by the section that locked it', rule: 'A lock binds the levels below, not the section that sets it.', reference: PAGE.locking, confidence: 'assumed', assumes: null,
      host: host('<modules><add name="A" lockItem="true" /><add name="B" /><remove name="A" /></modules>'), expect: { modules: effective('B') },
    },
    {
      id: 'lock-item-location-of-same-file', title: 'an item removed by a location tag of the file that locked it', rule: AT_PARENT, reference: PAGE.deepDive, confidence: 'documented',
      host: host(LOCKED_A, location('Main', '<modules><remove name="A" /></modules>')), expect: { modules: effective('B') },
    },
    {
      id: 'lock-item-clear-location-of-same-file', title: 'a collection cleared by a location tag of the file that locked an item', rule: AT_PARENT, reference: PAGE.deepDive, confidence: 'documented',
      host: host(LOCKED_A, location('Main/app', '<modules><clear /></modules>')), app: '/app', expect: { modules: effective() },
    },
    row('lock-elements-remove', 'lockElements="remove,clear" and a remove', DIRECTIVES, withLock('lockElements="remove,clear"'), own('<remove name="A" />'), 'modules', INVALID),
    row('lock-elements-clear', 'lockElements="remove,clear" and a clear', DIRECTIVES, withLock('lockElements="remove,clear"'), own('<clear />'), 'modules', INVALID),
    row('lock-elements-blanks', 'names may stand behind blanks', DIRECTIVES, withLock('lockElements="remove, clear"'), own('<clear />'), 'modules', INVALID),
    row('lock-elements-add-free', 'lockElements="remove,clear" and an add', DIRECTIVES, withLock('lockElements="remove,clear"'), own(managed('S')), 'modules', effective('A', 'B', 'S')),
    row('lock-elements-add', 'lockElements="add" and an add', DIRECTIVES, withLock('lockElements="add"'), own(managed('S')), 'modules', INVALID),
    row('lock-elements-add-remove', 'lockElements="add" and a remove', DIRECTIVES, withLock('lockElements="add"'), own('<remove name="A" />'), 'modules', effective('B')),
    row('lock-all-elements-except', 'lockAllElementsExcept="add" and a remove', 'lockAllElementsExcept locks all elements but those named.', withLock('lockAllElementsExcept="add"'), own('<remove name="A" />'), 'modules', INVALID),
    row('lock-all-elements-except-named', 'lockAllElementsExcept="add" and an add', 'lockAllElementsExcept locks all elements but those named.', withLock('lockAllElementsExcept="add"'), own(managed('S')), 'modules', effective('A', 'B', 'S')),
    {
      id: 'lock-elements-star', title: 'lockElements="*"', rule: 'The star stands for all elements, as it does for attributes.', reference: PAGE.locking, confidence: 'assumed', assumes: /lockElements/,
      host: withLock('lockElements="*"'), files: { www: own(managed('S')) }, expect: { modules: INVALID },
    },
    {
      id: 'lock-elements-location-of-same-file', title: 'directives in a location tag of the file that locked them', rule: AT_PARENT, reference: PAGE.deepDive, confidence: 'documented',
      host: host(MODULES_AB.replace('<modules>', '<modules lockElements="remove">'), location('Main', '<modules><remove name="A" /></modules>')), expect: { modules: effective('B') },
    },
    {
      id: 'lock-elements-of-site', title: 'directives that the web.config of a site locks for its applications', rule: 'Locking can occur at any level of the hierarchy.', reference: PAGE.locking, confidence: 'documented',
      host: appHost(), files: { www: web('<modules lockElements="add" />'), app: modules(managed('X')) }, app: '/app', expect: { modules: INVALID },
    },
    row('lock-attributes', 'lockAttributes="accessPolicy" and another value', ATTRIBUTES, handlersWith('lockAttributes="accessPolicy"'), web('<handlers accessPolicy="Read, Script, Execute" />'), 'handlers', INVALID),
    row('lock-attributes-same-value', 'lockAttributes="accessPolicy" and the same value', ATTRIBUTES, handlersWith('lockAttributes="accessPolicy"'), web('<handlers accessPolicy="Read, Script" />'), 'handlers', INVALID),
    row('lock-attributes-elements-free', 'lockAttributes leaves elements alone', 'Attributes are different from elements.', handlersWith('lockAttributes="accessPolicy"'), web('<handlers><add name="K" path="k" verb="*" type="T.K" /></handlers>'), 'handlers', effective('K', 'H')),
    row('lock-attributes-other', 'an attribute that is not named', ATTRIBUTES, withLock('lockAttributes="runManagedModulesForWebDavRequests"'), web('<modules runAllManagedModulesForAllRequests="true" />'), 'modules', effective('A', 'B')),
    row('lock-attributes-several', 'several names with commas', ATTRIBUTES, withLock('lockAttributes="runManagedModulesForWebDavRequests,runAllManagedModulesForAllRequests"'), web('<modules runAllManagedModulesForAllRequests="true" />'), 'modules', INVALID),
    row('lock-attributes-star', 'lockAttributes="*"', 'The star locks all attributes.', handlersWith('lockAttributes="*"'), web('<handlers accessPolicy="Read" />'), 'handlers', INVALID),
    row('lock-attributes-star-elements', 'lockAttributes="*" leaves elements alone', 'Attributes are different from elements.', handlersWith('lockAttributes="*"'), web('<handlers><add name="K" path="k" verb="*" type="T.K" /></handlers>'), 'handlers', effective('K', 'H')),
    row('lock-all-attributes-except', 'lockAllAttributesExcept and another attribute', 'lockAllAttributesExcept locks all attributes but those named.', withLock('lockAllAttributesExcept="runManagedModulesForWebDavRequests"'), web('<modules runAllManagedModulesForAllRequests="true" />'), 'modules', INVALID),
    row('lock-all-attributes-except-named', 'lockAllAttributesExcept and the attribute named', 'lockAllAttributesExcept locks all attributes but those named.', withLock('lockAllAttributesExcept="runAllManagedModulesForAllRequests"'), web('<modules runAllManagedModulesForAllRequests="true" />'), 'modules', effective('A', 'B')),
    {
      id: 'lock-attributes-of-site', title: 'the web.config of a site locks an attribute for its directories', rule: 'Locking can occur at any level of the hierarchy.', reference: PAGE.locking, confidence: 'documented',
      host: appHost(), files: { www: web('<handlers accessPolicy="Read" lockAttributes="accessPolicy" />'), 'www/up': web('<handlers accessPolicy="Read, Script, Execute" />') }, url: 'up', expect: { handlers: INVALID },
    },
    {
      id: 'lock-attributes-of-site-own', title: 'and has its own value', rule: 'Locking takes effect for the levels below.', reference: PAGE.locking, confidence: 'documented',
      host: appHost(), files: { www: web('<handlers accessPolicy="Read, Script, Execute" lockAttributes="accessPolicy" />') }, expect: { handlers: effective('H') },
    },
    {
      id: 'lock-attributes-location-of-same-file', title: 'an attribute set by a location tag of the file that locked it', rule: AT_PARENT, reference: PAGE.deepDive, confidence: 'documented',
      host: appHost({ unlocked: `${MODULES_AB}\n${HANDLER_H.replace('<handlers ', '<handlers lockAttributes="accessPolicy" ')}`, more: location('Main', '<handlers accessPolicy="Read, Script, Execute" />') }), expect: { handlers: effective('H') },
    },
    {
      id: 'lock-from-location', title: 'a location tag of the server locks an item for one site', rule: 'Locking can occur at any level; a location tag is at the level of its file.', reference: PAGE.locking, confidence: 'documented', assumes: /location/,
      host: appHost({ more: location('Main', `<modules>${managed('L', 'lockItem="true" ')}</modules>`) }), files: { www: configuration('<system.webServer><modules><remove name="L" /></modules></system.webServer>') }, expect: { modules: INVALID },
    },
  ],
};
