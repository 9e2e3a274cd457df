import { describe, expect, it } from 'vitest';
import { DECLARED_SECTIONS, declaredByDefault, knownSchema, knownSchemaOf, KNOWN_SCHEMA_VERSIONS } from '../../../electron/knowledge/index.ts';
import { readSchema } from '../../../electron/iis/schema/read-schema.ts';
import { corpus } from '../../helpers/corpus.ts';
import { corpusSchema, IIS_10, IIS_8_5 } from '../iis/schema/folders.ts';

const attributeOf = (version: string, section: string, name: string) => {
  const schema = knownSchema(version).schema.get(section);
  return [...(schema?.attributes ?? []), ...(schema?.collection?.entry.attributes ?? [])].find((a) => a.name === name);
};
const POOLS = 'system.applicationHost/applicationPools';

describe('known schema', () => {
  it.each([
    ['system.webServer/globalModules', 'name', true, false], ['system.webServer/modules', 'name', true, false], ['system.webServer/handlers', 'name', true, false],
    ['system.webServer/isapiFilters', 'name', true, false], ['system.webServer/security/isapiCgiRestriction', 'path', false, true], [POOLS, 'name', false, false],
    ['system.applicationHost/serviceAutoStartProviders', 'name', true, false],
  ])('%s has the key %s', (section, key, caseSensitive, expanded) => {
    for (const version of KNOWN_SCHEMA_VERSIONS) expect(attributeOf(version, section, key)).toMatchObject({ key: 'unique', caseSensitive, expanded });
  });

  it('puts entries of deeper levels first where the schema says so, and nowhere else', () => {
    const prepended = [...knownSchema('10.0').schema.values()].filter((s) => s.collection?.mergeAppend === false).map((s) => s.name).toSorted();
    expect(prepended).toEqual(['system.web/authorization', 'system.web/httpHandlers', 'system.webServer/handlers']);
    expect(knownSchema('10.0').schema.get('system.webServer/modules')?.collection).toMatchObject({ mergeAppend: true, allowDuplicates: false, addElements: ['add'], removeElement: 'remove', clearElement: 'clear' });
    expect(knownSchema('10.0').schema.get('system.webServer/isapiFilters')?.collection?.addElements).toEqual(['filter']);
  });

  it('knows what each version added', () => {
    const pool = (version: string) => knownSchema(version).schema.get(POOLS)?.collection;
    expect(pool('10.0')?.entry.elements.map((e) => e.name)).toContain('environmentVariables');
    expect(pool('8.5')?.entry.elements.map((e) => e.name)).not.toContain('environmentVariables');
    expect(pool('10.0')?.entry.elements.find((e) => e.name === 'environmentVariables')?.collection).toMatchObject({ addElements: ['add'], removeElement: 'remove', clearElement: null });
    expect(pool('10.0')?.defaultElement).toBe('applicationPoolDefaults');
    expect(['10.0', '8.5', '8.0', '7.5', '7.0'].map((v) => attributeOf(v, POOLS, 'managedRuntimeVersion')?.defaultValue)).toEqual(['', '', '', 'v2.0', 'v2.0']);
    expect(knownSchema('8.0').schema.has('system.webServer/webSocket')).toBe(true);
    expect(knownSchema('7.5').schema.has('system.webServer/webSocket')).toBe(false);
  });

  it('reads enumerations, flags and defaults', () => {
    expect(attributeOf('10.0', 'system.webServer/handlers', 'resourceType')).toMatchObject({ type: 'enum', defaultValue: 'Unspecified', values: ['File', 'Directory', 'Either', 'Unspecified'], numbers: ['0', '1', '2', '3'] });
    expect(attributeOf('10.0', 'system.webServer/handlers', 'modules')?.defaultValue).toBe('ManagedPipelineHandler');
    expect(attributeOf('10.0', POOLS, 'managedRuntimeLoader')).toMatchObject({ defaultValue: 'webengine4.dll', expanded: false });
    expect(attributeOf('10.0', POOLS, 'CLRConfigFile')).toMatchObject({ defaultValue: '', expanded: true });
  });

  it('says when it is assumed', () => {
    expect(['10.0', '8.5'].map((v) => knownSchema(v).assumed)).toEqual([null, null]);
    for (const version of ['8.0', '7.5', '7.0']) expect(knownSchema(version).assumed).toContain(version);
    expect(knownSchema(null)).toMatchObject({ version: '10.0', assumed: expect.stringContaining('Nothing tells the version') });
    expect(knownSchema('6.0')).toMatchObject({ version: '10.0', assumed: expect.stringContaining('6.0') });
  });

  it('keeps one schema per version', () => {
    expect(knownSchema('10.0').schema).toBe(knownSchema('10.0').schema);
  });
});

describe('declared sections', () => {
  it('says how Windows declares them', () => {
    expect(DECLARED_SECTIONS).toHaveLength(59);
    expect(declaredByDefault('system.webServer/globalModules')).toEqual({ overrideModeDefault: 'Deny', allowDefinition: 'AppHostOnly' });
    expect(declaredByDefault('system.webServer/modules')).toEqual({ overrideModeDefault: 'Deny', allowDefinition: 'MachineToApplication' });
    expect(declaredByDefault('system.webServer/tracing/traceFailedRequests')).toEqual({ overrideModeDefault: 'Allow', allowDefinition: 'Everywhere' });
    expect(declaredByDefault('system.webServer/rewrite/rules')).toBeNull();
    expect(declaredByDefault('constructor')).toBeNull();
  });

  it('has a schema for each', () => {
    expect(DECLARED_SECTIONS.filter((s) => !knownSchema('10.0').schema.has(s))).toEqual([]);
  });
});

describe.skipIf(!corpus.present)('known schema against real files (needs the corpus)', () => {
  it.each([['10.0', IIS_10], ['8.5', IIS_8_5]] as const)('IIS %s is what its files say', (version, folder) => {
    const files = corpusSchema(...folder);
    const names = new Set(files.map((f) => f.path?.slice(f.path.lastIndexOf('\\') + 1)));
    const known = knownSchemaOf(version, (name) => names.has(name));
    const read = readSchema(files);
    expect(read.problems).toEqual([]);
    const text = (schema: typeof known) => [...schema].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, s]) => s);
    const asp = (s: ReturnType<typeof text>) => s.map((e) => (e.name === 'system.webServer/asp' ? { ...e, attributes: e.attributes.filter((a) => a.name !== 'scriptErrorMessage') } : e));
    expect(asp(text(read.schema))).toEqual(asp(text(known)));
    expect(read.schema.size).toBeGreaterThan(130);
  });
});
