import { describe, expect, it } from 'vitest';
import { schemaOf, type ConfigurationFile, type ConfigurationFiles } from '../../../../electron/iis/index.ts';
import { host, serverFiles } from '../support.ts';
import { schemaFile, shippedSchema } from './folders.ts';

const HANDLERS = 'system.webServer/handlers';
/** HttpLoggingModule first: IIS 10. */
const applicationHost = host({ globalModules: '<add name="HttpLoggingModule" image="a.dll" />' });
const server = (...schemas: ConfigurationFile[]): ConfigurationFiles => ({ ...serverFiles(applicationHost), schemaFiles: () => schemas });
const MAIN = ['IIS_schema.xml', 'ASPNET_schema.xml', 'FX_schema.xml'];
const main = (change: (text: string, name: string) => string = (text) => text) => MAIN.map((name) => schemaFile(name, change(shippedSchema(name, '10.0'), name)));

describe('the schema of a server', () => {
  it('is its own where that was collected', () => {
    const schema = schemaOf(server(...main((text) => text.replaceAll(' mergeAppend="false"', ''))));
    expect(schema).toMatchObject({ source: 'evidence', version: '10.0', assumed: [] });
    expect(schema.schema.get(HANDLERS)?.collection?.mergeAppend).toBe(true);
    expect(schema.differences.map((d) => `${d.weight} ${d.path}`)).toContain(`high ${HANDLERS}[]`);
  });

  it('is the known one where it was not', () => {
    for (const files of [server(), serverFiles(applicationHost)]) {
      expect(schemaOf(files)).toMatchObject({ source: 'known', version: '10.0', differences: [], assumed: ['The schema files of the server were not collected; the schema of IIS 10.0 stands in.'] });
    }
    const older = schemaOf(serverFiles(host({ globalModules: '<add name="UriCacheModule" image="a.dll" />' })));
    expect(older).toMatchObject({ version: '8.5', assumed: ['The schema files of the server were not collected; the schema of IIS 8.5 stands in.', expect.stringMatching(/UriCacheModule.*8\.5 or older; the schema of IIS 8\.5 is used/)] });
    const unsure = schemaOf(serverFiles(host()));
    expect(unsure.assumed).toEqual(['The schema files of the server were not collected; the schema of IIS 10.0 stands in.', 'Nothing tells the version of IIS; the schema of IIS 10.0 is used.']);
  });

  it('takes the sections of files that are not there from the known one, and says so', () => {
    const schema = schemaOf(server(...main().slice(0, 1)));
    expect(schema).toMatchObject({ source: 'evidence', assumed: ['ASPNET_schema.xml, FX_schema.xml of the server was not collected; for its sections the schema of IIS 10.0 stands in.'], differences: [] });
    expect(schema.schema.get('system.web/httpModules')?.collection?.addElements).toEqual(['add']);
  });

  it('a damaged file counts for nothing', () => {
    const broken = schemaOf(server(...main((text, name) => (name === 'IIS_schema.xml' ? `<?xml version="1.0"?><configSchema>${text.replace(' mergeAppend="false"', '').slice(0, -400)}` : text))));
    expect(broken).toMatchObject({ source: 'known', assumed: ['Schema files of the server are damaged (IIS_schema.xml); the schema of IIS 10.0 stands in.'] });
    expect(broken.schema.get(HANDLERS)?.collection?.mergeAppend).toBe(false);
    const other = schemaOf(server(...main((text, name) => (name === 'FX_schema.xml' ? `<?xml version="1.0"?><configSchema>${text.slice(0, -400)}` : text))));
    expect(other).toMatchObject({ source: 'evidence', assumed: ['Schema files of the server are damaged (FX_schema.xml); for their sections the schema of IIS 10.0 stands in.'] });
  });

  it('a folder without the main file says nothing', () => {
    const odd = schemaOf(server(schemaFile('mine.xml', '<sectionSchema name="mine" />')));
    expect(odd.source).toBe('known');
    expect(odd.assumed[0]).toContain('do not define system.applicationHost/applicationPools');
    expect(odd.differences.map((d) => `${d.weight} ${d.kind}`)).toEqual(['info section-added']);
  });

  it('says that the order of files is assumed where it decides', () => {
    const schema = schemaOf(server(...main(), schemaFile('extra.xml', `<sectionSchema name="${HANDLERS}"><collection addElement="add" mergeAppend="true" /></sectionSchema>`)));
    expect(schema.assumed).toEqual([expect.stringContaining('is not documented')]);
    expect(schema.schema.get(HANDLERS)?.collection?.mergeAppend).toBe(true);
  });

  it('is read once, for copies of the configuration too', () => {
    const files = main();
    const [live, copy] = [server(...files), server(...files)];
    expect(schemaOf(live)).toBe(schemaOf(live));
    expect(schemaOf(copy)).toBe(schemaOf(live));
    expect(schemaOf(server(...files.slice(0, 2)))).not.toBe(schemaOf(live));
  });
});
