import { type CaseGroup, type ConformanceCase, effective, invalid } from '../case.ts';
import { appHost, handler, MODULES_AB, web } from '../files.ts';
import { PAGE, SCHEMA } from '../references.ts';

const ELEMENT = 'IIS does not identify the element and answers 500.19 (0x8007000d).';
const ATTRIBUTE = 'allowUnrecognizedAttributes is false unless said otherwise.';
const REQUIRED = 'A required attribute must be set in the XML.';
const VALUE = 'Values are validated when the section is read; a value that fails makes reading it fail.';

/** What a site writes, and the word that the reason must name. */
function row(id: string, title: string, rule: string, reference: string, list: 'modules' | 'handlers' | 'isapiFilters', content: string, names: RegExp): ConformanceCase {
  const host = list === 'isapiFilters' ? appHost({ unlocked: `${MODULES_AB}\n<isapiFilters />` }) : appHost();
  return { id, title, rule, reference, confidence: reference.startsWith('https:') ? 'documented' : 'schema', host, files: { www: web(content) }, expect: { [list]: invalid(new RegExp(`500\\.19[^]*${names.source}`)) } };
}

export const VALIDATION: CaseGroup = {
  group: 'what the schema does not allow',
  cases: [
    row('unknown-element', 'an element that the collection does not have', ELEMENT, PAGE.error50019, 'modules', '<modules><insert name="S" type="T.S" /></modules>', /insert/),
    row('element-letter-case', 'Add instead of add', ELEMENT, PAGE.error50019, 'modules', '<modules><Add name="S" type="T.S" /></modules>', /Add/),
    row('filters-add', 'add instead of filter in isapiFilters', 'The add element of isapiFilters is called filter.', SCHEMA.isapiFilters, 'isapiFilters', '<isapiFilters><add name="F" path="C:\\f.dll" /></isapiFilters>', /add/),
    row('unknown-attribute', 'an attribute that add does not have', ATTRIBUTE, SCHEMA.head, 'modules', '<modules><add name="S" type="T.S" hidden="true" /></modules>', /hidden/),
    row('attribute-letter-case', 'Type instead of type', ATTRIBUTE, SCHEMA.head, 'modules', '<modules><add name="S" Type="T.S" /></modules>', /Type/),
    row('unknown-section-attribute', 'an attribute that the section does not have', ATTRIBUTE, SCHEMA.modules, 'modules', '<modules accessPolicy="Read" />', /accessPolicy/),
    row('attribute-of-other-collection', 'image on an entry of modules', ATTRIBUTE, SCHEMA.modules, 'modules', '<modules><add name="S" image="s.dll" /></modules>', /image/),
    row('required-name', 'a module without name', REQUIRED, SCHEMA.modules, 'modules', '<modules><add type="T.S" /></modules>', /name/),
    row('required-path', 'a handler without path', REQUIRED, SCHEMA.handlers, 'handlers', '<handlers><add name="K" verb="*" type="T.K" /></handlers>', /path/),
    row('required-verb', 'a handler without verb', REQUIRED, SCHEMA.handlers, 'handlers', '<handlers><add name="K" path="*" type="T.K" /></handlers>', /verb/),
    row('required-filter-path', 'a filter without path', REQUIRED, SCHEMA.isapiFilters, 'isapiFilters', '<isapiFilters><filter name="F" /></isapiFilters>', /path/),
    row('required-remove', 'remove without name', REQUIRED, SCHEMA.modules, 'modules', '<modules><remove /></modules>', /name/),
    row('empty-name', 'a module with an empty name', 'name has the validator nonEmptyString.', SCHEMA.modules, 'modules', '<modules><add name="" type="T.S" /></modules>', /name/),
    row('empty-path', 'a handler with an empty path', 'path has the validator nonEmptyString.', SCHEMA.handlers, 'handlers', '<handlers><add name="K" path="" verb="*" type="T.K" /></handlers>', /path/),
    row('boolean', 'a boolean that is neither true nor false', VALUE, PAGE.applicationHost, 'modules', '<modules runAllManagedModulesForAllRequests="yes" />', /runAllManagedModulesForAllRequests/),
    row('filter-boolean', 'enabled="on"', VALUE, PAGE.applicationHost, 'isapiFilters', '<isapiFilters><filter name="F" path="C:\\f.dll" enabled="on" /></isapiFilters>', /enabled/),
    row('enumeration', 'a value that the enumeration does not have', VALUE, PAGE.applicationHost, 'handlers', '<handlers><add name="K" path="*" verb="*" type="T.K" requireAccess="Everything" /></handlers>', /requireAccess/),
    row('resource-type', 'a resourceType that does not exist', VALUE, PAGE.applicationHost, 'handlers', '<handlers><add name="K" path="*" verb="*" type="T.K" resourceType="Folder" /></handlers>', /resourceType/),
    row('flags', 'a flag that does not exist', VALUE, PAGE.applicationHost, 'handlers', '<handlers accessPolicy="Read, Everything" />', /accessPolicy/),
    row('number', 'a number that is none', 'responseBufferLimit is of type uint.', SCHEMA.handlers, 'handlers', '<handlers><add name="K" path="*" verb="*" type="T.K" responseBufferLimit="big" /></handlers>', /responseBufferLimit/),
    row('negative-number', 'a negative number', 'responseBufferLimit is of type uint.', SCHEMA.handlers, 'handlers', '<handlers><add name="K" path="*" verb="*" type="T.K" responseBufferLimit="-1" /></handlers>', /responseBufferLimit/),
    {
      id: 'required-allowed', title: 'a restriction without allowed',
      rule: REQUIRED,
      reference: SCHEMA.isapiCgiRestriction, confidence: 'schema',
      host: appHost({ root: '<security><isapiCgiRestriction><add path="C:\\a.dll" /></isapiCgiRestriction></security>' }),
      expect: { isapiCgiRestriction: invalid(/500\.19.*allowed/) },
    },
    {
      id: 'invalid-server', title: 'an attribute of globalModules that does not exist',
      rule: ATTRIBUTE,
      reference: SCHEMA.globalModules, confidence: 'schema',
      host: appHost({ globalModules: '<add name="A" image="a.dll" type="T" />' }), expect: { globalModules: invalid(/500\.19.*type/) },
    },
    {
      id: 'valid-handler', title: 'a handler with every attribute of the schema',
      rule: 'These are the attributes of handlers/add.',
      reference: SCHEMA.handlers, confidence: 'schema',
      host: appHost(),
      files: { www: web(`<handlers accessPolicy="Read, Script, NoRemoteExecute">${handler('K', 'modules="ManagedPipelineHandler" scriptProcessor="" resourceType="Unspecified" requireAccess="Script" allowPathInfo="false" preCondition="integratedMode" responseBufferLimit="0" ')}</handlers>`) },
      expect: { handlers: effective('K', 'H') },
    },
    {
      id: 'valid-module', title: 'lock attributes are allowed on every element',
      rule: 'The general attributes can be set for any section element and are inherited by its child elements.',
      reference: PAGE.generalAttributes, confidence: 'documented',
      host: appHost(),
      files: { www: web('<modules runAllManagedModulesForAllRequests="false" lockElements="clear"><add name="S" type="T.S" lockItem="true" lockAttributes="type" /></modules>') },
      expect: { modules: effective('A', 'B', 'S') },
    },
  ],
};
