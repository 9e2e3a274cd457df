import { describe, expect, it } from 'vitest';
import { compareSchema } from '../../../../electron/iis/schema/compare-schema.ts';
import { readSchema } from '../../../../electron/iis/schema/read-schema.ts';
import { corpus } from '../../../helpers/corpus.ts';
import { corpusSchema, EXPRESS, IIS_10, IIS_8_5, JEXUS, schemaFile, shippedSchema } from './folders.ts';

/** What a change of the shipped IIS_schema.xml (as the known data has it) is told as. */
function told(change: (text: string) => string, ...others: ReturnType<typeof schemaFile>[]): string[] {
  const before = shippedSchema('IIS_schema.xml', '10.0');
  const after = change(before);
  if (others.length === 0) expect(after).not.toBe(before);
  const { version, differences } = compareSchema(readSchema([schemaFile('IIS_schema.xml', after), ...others]), '10.0');
  expect(version).toBe('10.0');
  return differences.map((d) => `${d.weight} ${d.kind} ${d.path}: ${d.known} > ${d.found} (${d.place.file}:${d.place.line})`);
}

/** Line of IIS_schema.xml on which a text stands, within the section. */
function line(section: string, text: string): number {
  const lines = shippedSchema('IIS_schema.xml', '10.0').split('\n');
  const from = lines.findIndex((l) => l.includes(`name="${section}"`));
  return 2 + lines.findIndex((l, i) => i >= from && l.includes(text)) + 1;
}

/** Replaces text inside one section. */
const within = (section: string, from: string, to: string) => (text: string): string => {
  const at = text.indexOf(`<sectionSchema name="${section}"`);
  const end = text.indexOf('</sectionSchema>', at);
  return text.slice(0, at) + text.slice(at, end).replace(from, to) + text.slice(end);
};

describe('tampering', () => {
  const HANDLERS = 'system.webServer/handlers';
  const MODULES = 'system.webServer/modules';

  it('finds nothing in what Windows ships, in any version', () => {
    for (const version of ['10.0', '8.5', '8.0', '7.5']) {
      const files = ['IIS_schema.xml', 'ASPNET_schema.xml', 'FX_schema.xml', 'rscaext.xml'].map((name) => schemaFile(name, shippedSchema(name, version)));
      expect(compareSchema(readSchema(files), version)).toEqual({ version, differences: [] });
    }
  });

  it('merge order', () => {
    expect(told(within(HANDLERS, ' mergeAppend="false"', ''))).toEqual([
      `high merge-order-changed ${HANDLERS}[]: mergeAppend=false > mergeAppend=true (IIS_schema.xml:${line(HANDLERS, '<collection')})`,
    ]);
    expect(told(within(MODULES, '<collection ', '<collection mergeAppend="false" '))).toEqual([expect.stringContaining(`high merge-order-changed ${MODULES}[]: mergeAppend=true > mergeAppend=false`)]);
  });

  it('duplicates, keys and letter case', () => {
    expect(told(within(MODULES, '<collection ', '<collection allowDuplicates="true" '))).toEqual([expect.stringContaining(`high duplicates-changed ${MODULES}[]: allowDuplicates=false > allowDuplicates=true`)]);
    expect(told(within(MODULES, ' isUniqueKey="true"', ''))).toEqual([expect.stringContaining(`high key-changed ${MODULES}[]@name: unique > none`)]);
    expect(told(within(MODULES, ' caseSensitive="true"', ''))).toEqual([expect.stringContaining(`high case-changed ${MODULES}[]@name: caseSensitive=true > caseSensitive=false`)]);
  });

  it('names of directives', () => {
    expect(told(within(MODULES, ' removeElement="remove"', ' removeElement="drop"'))).toEqual([expect.stringContaining(`high directives-changed ${MODULES}[]: add=add remove=remove clear=clear defaults= > add=add remove=drop clear=clear defaults=`)]);
  });

  it('defaults', () => {
    expect(told(within('system.applicationHost/applicationPools', 'defaultValue="webengine4.dll"', 'defaultValue="evil.dll"'))).toEqual([
      `high default-changed system.applicationHost/applicationPools[]@managedRuntimeLoader: webengine4.dll > evil.dll (IIS_schema.xml:${line('system.applicationHost/applicationPools', 'webengine4.dll')})`,
    ]);
    expect(told(within('system.webServer/httpLogging', 'name="dontLog" type="bool" defaultValue="false"', 'name="dontLog" type="bool" defaultValue="true"'))).toEqual([expect.stringContaining('high default-changed system.webServer/httpLogging@dontLog: false > true')]);
    expect(told(within('system.webServer/globalModules', '<attribute name="image" type="string"', '<attribute name="image" type="string" defaultValue="C:\\x.dll"'))).toEqual([expect.stringContaining('high default-changed system.webServer/globalModules[]@image: null > C:\\x.dll')]);
    expect(told(within('system.webServer/caching', 'defaultValue="262144"', 'defaultValue="1"'))).toEqual([expect.stringContaining('low default-changed system.webServer/caching@maxResponseSize: 262144 > 1')]);
  });

  it('defaults that mean the same are none', () => {
    expect(told(within('system.webServer/httpLogging', 'name="dontLog" type="bool" defaultValue="false"', 'name="dontLog" type="bool"'))).toEqual([]);
    expect(told(within('system.webServer/odbcLogging', '[enc:AesProvider::enc]', '[enc:IISCngProvider::enc]'))).toEqual([]);
    expect(told(within('system.webServer/directoryBrowse', 'Date, Time, Size, Extension', 'Extension,Date,Size,Time'))).toEqual([]);
  });

  it('a secret that holds something is one', () => {
    expect(told(within('system.webServer/odbcLogging', '[enc:AesProvider::enc]', '[enc:AesProvider:AAAA:enc]'))).toEqual([expect.stringContaining('low default-changed system.webServer/odbcLogging@password')]);
  });

  it('expanded, encrypted, types and values', () => {
    expect(told(within('system.webServer/globalModules', ' expanded="true"', ''))).toEqual([expect.stringContaining('high expanded-changed system.webServer/globalModules[]@image: expanded=true > expanded=false')]);
    expect(told(within('system.webServer/odbcLogging', ' encrypted="true"', ''))).toContainEqual(expect.stringContaining('medium encrypted-changed system.webServer/odbcLogging@password'));
    expect(told(within('system.applicationHost/applicationPools', '<enum name="Integrated" value="0"', '<enum name="Integrated" value="1"'))).toEqual([expect.stringContaining('high values-changed system.applicationHost/applicationPools[]@managedPipelineMode')]);
    expect(told(within('system.webServer/httpRedirect', '<enum name="Found"', '<enum name="New" value="309" /><enum name="Found"'))).toEqual([expect.stringContaining('info values-changed')]);
  });

  it('attributes, elements and sections that are gone or new', () => {
    expect(told(within(MODULES, '<attribute name="preCondition" type="string" caseSensitive="true" />', ''))).toEqual([expect.stringContaining(`medium attribute-missing ${MODULES}[]@preCondition: string > null`)]);
    expect(told(within(MODULES, '<attribute name="preCondition"', '<attribute name="later" type="bool" /><attribute name="preCondition"'))).toEqual([expect.stringContaining(`info attribute-added ${MODULES}[]@later: null > bool`)]);
    expect(told((t) => t.replace(`<sectionSchema name="${MODULES}"`, '<sectionSchema name="x/modules"'))).toEqual([
      `medium section-missing ${MODULES}: ${MODULES} > null (IIS_schema.xml:2)`, expect.stringContaining('info section-added x/modules: null > IIS_schema.xml'),
    ]);
  });

  it('a further file that takes part in a stock section', () => {
    const same = (t: string): string => t;
    const extra = (content: string): string[] => told(same, schemaFile('zz_custom.xml', `<sectionSchema name="${HANDLERS}">${content}</sectionSchema>`));
    const here = `medium section-redefined ${HANDLERS}: IIS_schema.xml > zz_custom.xml (zz_custom.xml:3)`;
    expect(extra('')).toEqual([here]);
    expect(extra('<collection addElement="add" mergeAppend="true" />')).toEqual([`high merge-order-changed ${HANDLERS}[]: mergeAppend=false > mergeAppend=true (zz_custom.xml:3)`, here]);
    expect(extra('<attribute name="accessPolicy" defaultValue="Read, Execute" />')).toEqual([`high default-changed ${HANDLERS}@accessPolicy: Read > Read, Execute (zz_custom.xml:3)`, here]);
    // A name that sorts before the shipped ones changes nothing about who has the last word.
    expect(told(same, schemaFile('AAA.xml', `<sectionSchema name="${HANDLERS}"><collection addElement="add" mergeAppend="true" /></sectionSchema>`))).toHaveLength(2);
  });

  it('a section of its own is an addition, a COM class of its own is not', () => {
    expect(told((t) => t, schemaFile('cors_schema.xml', '<sectionSchema name="system.webServer/cors"><attribute name="enabled" type="bool" /></sectionSchema>'))).toEqual(['info section-added system.webServer/cors: null > cors_schema.xml (cors_schema.xml:3)']);
    expect(told((t) => t, schemaFile('x.xml', '<sectionSchema name="x"><element name="e">\n<method name="Go" extension="Evil.Class" /></element></sectionSchema>'))).toEqual([
      'high extension-added x/e/Go: null > Evil.Class (x.xml:4)', 'info section-added x: null > x.xml (x.xml:3)',
    ]);
  });

  it('says nothing of what a damaged file may have lost', () => {
    const text = shippedSchema('IIS_schema.xml', '10.0');
    const cut = `<?xml version="1.0"?>\n<configSchema>\n${text.slice(0, text.length / 2)}`;
    expect(compareSchema(readSchema([schemaFile('IIS_schema.xml', cut)]), '10.0').differences.filter((d) => d.weight !== 'info')).toEqual([]);
  });

  it('is not deceived by names that every object has', () => {
    const names = ['constructor', '__proto__', 'toString'];
    expect(told((t) => t, schemaFile('p.xml', names.map((n) => `<sectionSchema name="${n}" />`).join('')))).toEqual(names.toSorted().map((n) => expect.stringContaining(`info section-added ${n}:`)));
  });
});

describe.skipIf(!corpus.present)('shipped schema files (needs the corpus)', () => {
  it.each([['10.0', IIS_10], ['8.5', IIS_8_5]] as const)('IIS %s differs in nothing', (version, folder) => {
    for (const asked of [version, null, '7.5']) expect(compareSchema(readSchema(corpusSchema(...folder)), asked)).toEqual({ version, differences: [] });
  });

  it.each([['IIS Express', EXPRESS], ['IIS Express with HttpPlatformHandler', JEXUS]] as const)('%s differs in the version of URL Rewrite only', (_, folder) => {
    const { version, differences } = compareSchema(readSchema(corpusSchema(...folder)), null);
    expect(version).toBe('10.0');
    expect(new Set(differences.map((d) => `${d.weight} ${d.product}`))).toEqual(new Set(['info URL Rewrite']));
    expect(differences).toHaveLength(4);
  });
});
