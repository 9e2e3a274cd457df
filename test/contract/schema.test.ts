import { rename } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEngine, type TestEngine } from '../helpers/engine.ts';
import { makeTree, type MadeTree } from '../helpers/tree.ts';
import { shippedSchema } from '../unit/iis/schema/folders.ts';
import { host, webConfig } from '../unit/iis/support.ts';

const CONFIG = 'C/Windows/System32/inetsrv/config';
const schema = (name: string, change: (text: string) => string = (t) => t): string => `<configSchema>\n${change(shippedSchema(name, '10.0'))}\n</configSchema>`;
/** The handlers of a deeper level come last with this schema. */
const turned = (text: string): string => text.replace(/(name="system\.webServer\/handlers"[^]*?) mergeAppend="false"/, '$1');
const handler = (name: string): string => `<handlers><add name="${name}" path="*.x" verb="*" type="${name}.Type" /></handlers>`;

let engine: TestEngine;
let tree: MadeTree;
beforeAll(async () => {
  engine = await startEngine();
  tree = await makeTree({
    [`${CONFIG}/applicationHost.config`]: host({ unlocked: `<modules><add name="A" /></modules>${handler('server')}` }),
    [`${CONFIG}/schema/IIS_schema.xml`]: schema('IIS_schema.xml', turned),
    [`${CONFIG}/schema/ASPNET_schema.xml`]: schema('ASPNET_schema.xml'),
    [`${CONFIG}/schema/FX_schema.xml`]: `${schema('FX_schema.xml').replace('</configSchema>', '<stray /></configSchema>')}`,
    'C/inetpub/history/CFGHISTORY_0000000001/schema/IIS_schema.xml': schema('IIS_schema.xml'),
    'C/www/web.config': webConfig(handler('site')),
  });
});
afterAll(async () => {
  await engine.close();
  await tree.cleanup();
});

describe('the schema files of a server', () => {
  const look = async () => ({
    handlers: (await engine.ask('config.effective', { site: 'Main', app: '/' })).handlers.entries.map((e) => e.name),
    files: (await engine.ask('config.files', {})).files.filter((f) => f.scope === 'schema').map((f) => path.posix.basename(f.evidencePath)),
    findings: (await engine.ask('finding.list', {})).findings.filter((f) => f.rule === 'schema-differs').map((f) => `${f.severity} ${f.title} ${f.refs[0]?.evidencePath}`),
  });

  it('say how lists are merged, are reported where they differ, and are the same in the case alone', async () => {
    const file = path.join(engine.folder, 'schema.iiscase');
    await engine.ask('case.create', { path: file, evidence: tree.dir, scope: 'configuration' });
    expect(await engine.ask('job.wait', {})).toMatchObject({ outcome: 'done' });
    const read = await look();
    expect(read).toEqual({
      handlers: ['server', 'site'],
      files: ['ASPNET_schema.xml', 'FX_schema.xml', 'IIS_schema.xml'],
      findings: [expect.stringContaining(`high IIS_schema.xml changes how IIS reads system.webServer/handlers: order of merging is another ("mergeAppend=false" became "mergeAppend=true") ${CONFIG}/schema/IIS_schema.xml`)],
    });
    expect((await engine.ask('evidence.problems', { limit: 100, offset: 0 })).problems.map((p) => p.message)).toContain('<stray> is no <sectionSchema>; IIS knows nothing else here.');
    await engine.ask('case.close', {});
    await rename(tree.dir, `${tree.dir}-elsewhere`);
    await engine.ask('case.open', { path: file });
    expect(await look()).toEqual(read);
  });
});
