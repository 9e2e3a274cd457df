import { type CaseGroup, effective, invalid } from '../case.ts';
import { appHost, handler, handlers, managed, modules, web } from '../files.ts';
import { PAGE } from '../references.ts';

const OWN = 'The configuration system is driven by the schema files in inetsrv\\config\\schema, which it picks up when it starts.';
const attributes = (...lines: readonly string[]): string => lines.join('\n');
const NAME = '<attribute name="name" type="string" caseSensitive="true" required="true" isUniqueKey="true" />';
const TYPE = '<attribute name="type" type="string" /><attribute name="preCondition" type="string" caseSensitive="true" />';
const collection = (content: string, more = ''): string => `<collection addElement="add" removeElement="remove" clearElement="clear" ${more}>${content}</collection>`;

interface Parts {
  readonly modules?: string;
  readonly handlers?: string;
  readonly pools?: string;
  readonly more?: string;
}

const MODULES = collection(NAME + TYPE);
const POOLS = '<attribute name="managedRuntimeVersion" type="string" defaultValue="" />';
const HANDLERS = (policy: string, more = 'mergeAppend="false"'): string => `<attribute name="accessPolicy" type="flags" defaultValue="${policy}"><flag name="Read" value="1" /><flag name="Script" value="512" /></attribute>${collection(
  `${NAME}${TYPE}<attribute name="path" type="string" required="true" /><attribute name="verb" type="string" required="true" /><attribute name="requireAccess" type="string" defaultValue="Script" />`, more)}`;

/** A schema as small as it can be, in the form that the head of IIS_schema.xml describes. */
const schema = (parts: Parts): string => attributes(
  '<configSchema>',
  `<sectionSchema name="system.applicationHost/applicationPools"><collection addElement="add" defaultElement="applicationPoolDefaults"><attribute name="name" type="string" required="true" isUniqueKey="true" />${parts.pools ?? POOLS}<attribute name="enable32BitAppOnWin64" type="bool" defaultValue="false" /><attribute name="managedPipelineMode" type="enum" defaultValue="Integrated"><enum name="Integrated" value="0" /><enum name="Classic" value="1" /></attribute></collection><element name="applicationPoolDefaults" isCollectionDefault="true" /></sectionSchema>`,
  '<sectionSchema name="system.applicationHost/sites"><collection addElement="site"><attribute name="name" type="string" required="true" isUniqueKey="true" /></collection></sectionSchema>',
  `<sectionSchema name="system.webServer/globalModules">${collection(`${NAME}<attribute name="image" type="string" expanded="true" /><attribute name="preCondition" type="string" />`)}</sectionSchema>`,
  `<sectionSchema name="system.webServer/modules">${parts.modules ?? MODULES}</sectionSchema>`,
  `<sectionSchema name="system.webServer/handlers">${parts.handlers ?? HANDLERS('Read')}</sectionSchema>`,
  parts.more ?? '',
  '</configSchema>',
);

export const SERVER_SCHEMA: CaseGroup = {
  group: 'schema of the server',
  cases: [
    {
      id: 'schema-as-known', title: 'a schema that says what the known one says',
      rule: OWN,
      reference: PAGE.deepDive, confidence: 'documented',
      schema: schema({}), host: appHost(), files: { www: modules(managed('S')) }, expect: { modules: effective('A', 'B', 'S') },
    },
    {
      id: 'schema-merge-append', title: 'modules with mergeAppend="false"',
      rule: 'mergeAppend="false" puts deeper entries in front.',
      reference: PAGE.applicationHost, confidence: 'documented',
      schema: schema({ modules: collection(NAME + TYPE, 'mergeAppend="false"') }), host: appHost(), files: { www: modules(managed('S')) },
      expect: { modules: effective('S', 'A', 'B') },
    },
    {
      id: 'schema-handlers-append', title: 'handlers without mergeAppend="false"',
      rule: 'Collections append unless mergeAppend="false".',
      reference: PAGE.applicationHost, confidence: 'documented',
      schema: schema({ handlers: HANDLERS('Read', '') }), host: appHost(), files: { www: handlers(handler('K')) }, expect: { handlers: effective('H', 'K') },
    },
    {
      id: 'schema-case-insensitive', title: 'a key that is not caseSensitive',
      rule: 'caseSensitive of the key decides what a duplicate is.',
      reference: PAGE.applicationHost, confidence: 'documented',
      schema: schema({ modules: collection(NAME.replace(' caseSensitive="true"', '') + TYPE) }), host: appHost(), files: { www: modules(managed('a')) },
      expect: { modules: invalid(/0x800700B7/) },
    },
    {
      id: 'schema-more-attributes', title: 'an attribute that only this server has',
      rule: OWN,
      reference: PAGE.deepDive, confidence: 'documented',
      schema: schema({ modules: collection(`${NAME}${TYPE}<attribute name="tenant" type="string" />`) }), host: appHost(),
      files: { www: modules('<add name="S" type="T.S" tenant="7" />') }, expect: { modules: effective('A', 'B', 'S') },
    },
    {
      id: 'schema-unrecognized-attributes', title: 'allowUnrecognizedAttributes="true"',
      rule: 'allowUnrecognizedAttributes="true" allows attributes beyond those of the schema.',
      reference: PAGE.applicationHost, confidence: 'documented',
      schema: schema({ modules: collection(NAME + TYPE, 'allowUnrecognizedAttributes="true"') }), host: appHost(),
      files: { www: modules('<add name="S" type="T.S" anything="7" />') }, expect: { modules: effective('A', 'B', 'S') },
    },
    {
      id: 'schema-default', title: 'another default of accessPolicy',
      rule: 'Values that nobody wrote come from the schema.',
      reference: PAGE.applicationHost, confidence: 'documented',
      schema: schema({ handlers: HANDLERS('Read,Script') }), host: appHost({ unlocked: `<handlers>${handler('K')}</handlers>` }),
      expect: { handlers: effective('K') },
    },
    {
      id: 'schema-pool-default', title: 'another default of managedRuntimeVersion',
      rule: 'Values that nobody wrote come from the schema.',
      reference: PAGE.applicationHost, confidence: 'documented',
      schema: schema({ pools: '<attribute name="managedRuntimeVersion" type="string" defaultValue="v2.0" />' }), host: appHost({ pools: '<add name="P" />' }),
      pool: { clr: 'v2.0' },
    },
    {
      id: 'schema-no-clear', title: 'a collection whose schema has no clear',
      rule: 'A directive that the schema does not name is not supported by the collection.',
      reference: PAGE.applicationHost, confidence: 'documented',
      schema: schema({ modules: `<collection addElement="add" removeElement="remove">${NAME}${TYPE}</collection>` }), host: appHost(),
      files: { www: web('<modules><clear /></modules>') }, expect: { modules: invalid(/500\.19.*clear/) },
    },
    {
      id: 'schema-other-element', title: 'a collection whose entries are called otherwise',
      rule: 'addElement names the element that adds an entry.',
      reference: PAGE.applicationHost, confidence: 'documented',
      schema: schema({ modules: `<collection addElement="module" removeElement="remove" clearElement="clear">${NAME}${TYPE}</collection>` }), host: appHost({ unlocked: '<modules><module name="A" /></modules>' }),
      files: { www: web('<modules><module name="S" type="T.S" /></modules>') }, expect: { modules: effective('A', 'S') },
    },
    {
      id: 'schema-damaged', title: 'a schema file that is cut off',
      rule: 'Without a whole schema the known one stands in.',
      reference: PAGE.deepDive, confidence: 'assumed', assumes: /schema/i,
      schema: schema({ modules: collection(NAME + TYPE, 'mergeAppend="false"') }).slice(0, 900), host: appHost(), files: { www: modules(managed('S')) },
      expect: { modules: effective('A', 'B', 'S') },
    },
  ],
};
