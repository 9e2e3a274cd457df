import type { AttributeSchema, ElementSchema, IisSchema } from '../../knowledge/iis-schema.ts';

const a = (name: string, more: Partial<AttributeSchema> = {}): AttributeSchema => ({ name, type: 'string', defaultValue: null, key: null, caseSensitive: false, expanded: false, encrypted: false, required: false, values: [], ...more });
const s = (name: string, attributes: AttributeSchema[], entry: AttributeSchema[], more: { add?: string; mergeAppend?: boolean; dup?: boolean } = {}): ElementSchema => ({
  name, attributes, elements: [], allowUnrecognizedAttributes: false,
  collection: { addElements: [more.add ?? 'add'], removeElement: 'remove', clearElement: 'clear', mergeAppend: more.mergeAppend ?? true, allowDuplicates: more.dup ?? false, entry: { attributes: entry, elements: [], collection: null, allowUnrecognizedAttributes: false } },
});
const name = a('name', { key: 'unique', caseSensitive: true, required: true });
const all = [
  s('system.webServer/globalModules', [], [name, a('image'), a('preCondition')]),
  s('system.webServer/modules', [a('runAllManagedModulesForAllRequests', { type: 'bool' }), a('runManagedModulesForWebDavRequests', { type: 'bool' })], [name, a('type'), a('preCondition')]),
  s('system.webServer/handlers', [a('accessPolicy')], [name, a('path', { required: true }), a('verb', { required: true }), a('type'), a('modules'), a('scriptProcessor'), a('resourceType'), a('requireAccess'), a('allowPathInfo'), a('preCondition'), a('responseBufferLimit')], { mergeAppend: false }),
  s('system.webServer/isapiFilters', [], [name, a('path', { required: true }), a('enabled', { type: 'bool' }), a('enableCache', { type: 'bool' }), a('preCondition')], { add: 'filter' }),
  s('system.webServer/security/isapiCgiRestriction', [a('notListedIsapisAllowed', { type: 'bool' }), a('notListedCgisAllowed', { type: 'bool' })], [a('path', { key: 'unique', expanded: true, required: true }), a('allowed', { type: 'bool', required: true }), a('groupId'), a('description')]),
  s('system.web/httpModules', [], [a('name', { key: 'unique', required: true }), a('type', { required: true })]),
  s('system.web/httpHandlers', [], [a('path', { key: 'combined', required: true }), a('type', { required: true }), a('validate', { type: 'bool' }), a('verb', { key: 'combined', required: true })], { mergeAppend: false, dup: true }),
];
export const INTERIM: IisSchema = new Map(all.map((x) => [x.name, x]));
