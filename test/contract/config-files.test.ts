import { afterAll, beforeAll, expect, it } from 'vitest';
import { startEngine, type TestEngine } from '../helpers/engine.ts';
import { makeTree, type MadeTree } from '../helpers/tree.ts';
import { host } from '../unit/iis/support.ts';

const INETSRV = 'C/Windows/System32/inetsrv/config';
const FRAMEWORK = 'C/Windows/Microsoft.NET/Framework64/v4.0.30319';
const EMPTY = '<configuration />';

let engine: TestEngine;
let tree: MadeTree;
beforeAll(async () => {
  engine = await startEngine();
  tree = await makeTree({
    [`${INETSRV}/applicationHost.config`]: host({ pools: '<add name="P" managedRuntimeVersion="v4.0" CLRConfigFile="C:\\p.config" />' }),
    [`${INETSRV}/administration.config`]: EMPTY, [`${INETSRV}/redirection.config`]: EMPTY,
    [`${FRAMEWORK}/Config/machine.config`]: EMPTY, [`${FRAMEWORK}/Config/web.config`]: EMPTY, [`${FRAMEWORK}/Aspnet.config`]: EMPTY,
    'C/Windows/Microsoft.NET/Framework/v2.0.50727/Config/web.config': EMPTY,
    'C/p.config': EMPTY,
    'C/www/web.config': '<configuration><appSettings configSource="app.settings" /></configuration>', 'C/www/app.settings': '<appSettings />',
    'C/app/web.config': EMPTY, 'C/app/up/web.config': EMPTY, 'C/elsewhere/web.config': EMPTY,
  });
  await engine.ask('case.create', { path: null, evidence: tree.dir, scope: 'configuration' });
  expect(await engine.ask('job.wait', {})).toMatchObject({ outcome: 'done' });
});
afterAll(async () => {
  await engine.close();
  await tree.cleanup();
});

it('every configuration file is listed with what it is for', async () => {
  const { files } = await engine.ask('config.files', {});
  expect(Object.fromEntries(files.map((f) => [f.evidencePath, f.scope]))).toEqual({
    [`${INETSRV}/applicationHost.config`]: 'server', [`${INETSRV}/administration.config`]: 'management', [`${INETSRV}/redirection.config`]: 'redirection',
    [`${FRAMEWORK}/Config/machine.config`]: 'dotnet:v4.0.30319/64', [`${FRAMEWORK}/Config/web.config`]: 'dotnet:v4.0.30319/64', [`${FRAMEWORK}/Aspnet.config`]: 'dotnet:v4.0.30319/64',
    'C/Windows/Microsoft.NET/Framework/v2.0.50727/Config/web.config': 'dotnet:v2.0.50727/32',
    'C/p.config': 'pool:P',
    'C/www/web.config': 'site:Main', 'C/www/app.settings': 'section', 'C/app/web.config': 'app:Main/app', 'C/app/up/web.config': 'dir:Main/app/up', 'C/elsewhere/web.config': 'unassigned',
  });
  expect(files.filter((f) => f.server === null).map((f) => f.evidencePath)).toEqual(['C/elsewhere/web.config', 'C/www/app.settings']);
});
