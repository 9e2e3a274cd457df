import { describe, expect, it } from 'vitest';
import { evaluateRules, type RuleFacts } from '../../../electron/findings/index.ts';
import { schemaDiffers } from '../../../electron/findings/rules/settings/schema-differs.ts';
import { schemaOf, type ConfigurationFile } from '../../../electron/iis/index.ts';
import { TestServer } from '../../helpers/model.ts';
import { schemaFile, shippedSchema } from '../iis/schema/folders.ts';
import { host, serverFiles } from '../iis/support.ts';

const HANDLERS = 'system.webServer/handlers';

async function findings(change: (text: string) => string, ...others: ConfigurationFile[]): Promise<string[]> {
  const schema = schemaOf({ ...serverFiles(host()), schemaFiles: () => [schemaFile('IIS_schema.xml', change(shippedSchema('IIS_schema.xml', '10.0'))), ...others] });
  const facts: RuleFacts = { ...new TestServer().stock().facts(), schema };
  return (await evaluateRules(facts, [schemaDiffers])).map((f) => `${f.severity} ${f.title} @${f.refs.map((r) => r.line).join(',')}`);
}

describe('schema-differs', () => {
  const same = (text: string): string => text;

  it('is silent about what Windows and products ship, and where no schema was collected', async () => {
    expect(await findings(same)).toEqual([]);
    expect(await findings(same, schemaFile('rewrite_schema.xml', shippedSchema('rewrite_schema.xml', '8.5')))).toEqual([]);
    expect(await evaluateRules(new TestServer().stock().facts(), [schemaDiffers])).toEqual([]);
  });

  it('high: the order of handlers, with the line', async () => {
    const text = shippedSchema('IIS_schema.xml', '10.0');
    const line = 2 + text.slice(0, text.indexOf(' mergeAppend="false"', text.indexOf(`name="${HANDLERS}"`))).split('\n').length;
    expect(await findings((t) => t.replace(/(name="system\.webServer\/handlers"[^]*?) mergeAppend="false"/, '$1'))).toEqual([
      `high IIS_schema.xml changes how IIS reads ${HANDLERS}: order of merging is another ("mergeAppend=false" became "mergeAppend=true") @${line}`,
    ]);
  });

  it('high: a COM class; medium: a further file of a stock section; info: an addition', async () => {
    expect(await findings(same, schemaFile('x.xml', '<sectionSchema name="own"><method name="m" extension="A.B" /></sectionSchema>'))).toEqual([
      'high x.xml changes how IIS reads own: COM class answers for it (nothing became "A.B") @3', 'info x.xml adds the section own to the schema of IIS @3',
    ]);
    expect(await findings(same, schemaFile('x.xml', `<sectionSchema name="${HANDLERS}" />\n<sectionSchema name="system.webServer/modules" />`))).toEqual(['medium x.xml takes part in the definition of 2 sections of Windows @3,4']);
  });

  it('low: small changes of one file are one finding', async () => {
    expect(await findings((t) => t.replace('defaultValue="262144"', 'defaultValue="1"').replace('defaultValue="max-age=86400"', 'defaultValue="no-store"'))).toEqual([expect.stringMatching(/^low IIS_schema\.xml differs from the known schema in 2 details @\d+,\d+$/)]);
  });

  it('an unknown old version raises no alarm by its defaults, but by what it does to lists', async () => {
    const old = (t: string): string => ['system.applicationHost/serviceAutoStartProviders', 'system.webServer/applicationInitialization', 'system.webServer/webSocket']
      .reduce((text, section) => text.replace(new RegExp(`<sectionSchema name="${section}"[^]*?</sectionSchema>`), ''), t).replaceAll('"webengine4.dll"', '"webengine.dll"');
    expect((await findings(old)).map((t) => t.split(' ')[0])).toEqual(['low']);
    expect((await findings((t) => old(t).replace(/(name="system\.webServer\/handlers"[^]*?) mergeAppend="false"/, '$1'))).map((t) => t.split(' ')[0])).toEqual(['high', 'low']);
  });
});
