import { afterAll, expect, it } from 'vitest';
import { startEngine } from '../helpers/engine.ts';
import { makeTree, type Tree } from '../helpers/tree.ts';

const CONFIG = 'C/Windows/System32/inetsrv/config';
const HOST = `<configuration><configSections><sectionGroup name="system.webServer"><section name="handlers" /></sectionGroup></configSections>
<system.applicationHost><applicationPools><add name="P" managedRuntimeVersion="v4.0" /></applicationPools><sites><site name="Shop" id="1"><application path="/" applicationPool="P"><virtualDirectory path="/" physicalPath="D:\\shop" /></application></site></sites></system.applicationHost></configuration>`;

const engine = await startEngine();
afterAll(() => engine.close());

async function reason(others: Tree): Promise<string | null> {
  const tree = await makeTree({ [`${CONFIG}/applicationHost.config`]: HOST, ...others });
  try {
    await engine.ask('case.create', { path: null, evidence: tree.dir, scope: 'configuration' });
    expect(await engine.ask('job.wait', {})).toMatchObject({ outcome: 'done' });
    const { handlers } = await engine.ask('config.effective', { site: 'Shop', app: '/' });
    expect(handlers.outcome).toBe('not-evaluable');
    return handlers.reason;
  } finally {
    await tree.cleanup();
  }
}

it('says of each file that decides why it does not: not collected, not readable, not in force', async () => {
  expect(await reason({})).toBe('A configuration file that decides here is not in the evidence.');
  expect(await reason({ 'D/shop/web.config': { folder: true }, 'D/shop/a.txt': 'x' })).toBe('D:\\shop\\web.config is in the evidence, and cannot be read as a configuration file.');
  const redirection = '<configuration><configSections><section name="configurationRedirection" /></configSections><configurationRedirection enabled="true" path="\\\\nas\\iis" /></configuration>';
  expect(await reason({ 'D/shop/web.config': '<configuration />', [`${CONFIG}/redirection.config`]: redirection }))
    .toBe('Configuration redirection is on: \\\\nas\\iis\\applicationHost.config decides here, and it is not read; the local file is not in force.');
});
