import { afterAll, beforeAll, expect, it } from 'vitest';
import { startEngine, type TestEngine } from '../helpers/engine.ts';
import { makeTree, type MadeTree } from '../helpers/tree.ts';

const SITES = Array.from({ length: 25 }, (_, i) => `<site name="S${i}${i === 1 ? 'x'.repeat(5000) : ''}" id="${i + 1}"><application path="/"><virtualDirectory path="/" physicalPath="D:\\s" /></application></site>`);

let engine: TestEngine;
let tree: MadeTree;
beforeAll(async () => {
  engine = await startEngine();
  tree = await makeTree({ 'C/Windows/System32/inetsrv/config/applicationHost.config': `<configuration><system.applicationHost><sites>${SITES.join('')}</sites></system.applicationHost></configuration>` });
  await engine.ask('case.create', { path: null, evidence: tree.dir, scope: 'configuration' });
  expect(await engine.ask('job.wait', {})).toMatchObject({ outcome: 'done' });
});
afterAll(async () => {
  await engine.close();
  await tree.cleanup();
});

it('a site that is not there is refused with a sentence that names some of those that are', async () => {
  const refused = await engine.refusal('config.effective', { site: 'none', app: '/' });
  expect(refused).toMatchObject({ kind: 'usage', message: expect.stringMatching(/^There is no site none; the sites are S0, S1x+\.\.\. \(5002 characters\), S2, .*S19 and 5 more\.$/) as string });
  expect(await engine.refusal('config.effective', { site: 's3', app: '/none' })).toMatchObject({ kind: 'usage', message: 'There is no application /none in site s3.' });
});
