import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SAMPLE, startEngine, type TestEngine } from '../helpers/engine.ts';
import { effectiveText } from '../../electron/cli/text/effective-text.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startEngine();
  await engine.ask('case.create', { path: null, evidence: SAMPLE, scope: 'configuration' });
  expect(await engine.ask('job.wait', {})).toMatchObject({ outcome: 'done' });
});
afterAll(() => engine.close());

describe('effective lists as of a copy', () => {
  it('say that web.config files are those of today', async () => {
    const then = await engine.ask('config.effective', { site: 'Shop', app: '/', asOf: 'CFGHISTORY_0000000001' });
    expect(then.note).toMatch(/CFGHISTORY_0000000001.*web\.config files have no copies/s);
    const text = effectiveText(then).split('\n');
    expect(text[1]).toBe(then.note);
    const marked = text.filter((l) => l.includes('(as collected)'));
    expect(marked.length).toBeGreaterThan(0);
    expect(marked.every((l) => /web\.config:/i.test(l))).toBe(true);
    const now = await engine.ask('config.effective', { site: 'Shop', app: '/' });
    expect(now.note).toBeNull();
    expect(effectiveText(now)).not.toContain('as collected');
  });
});

describe('explaining a name', () => {
  it('says who took it out, however it is spelled', async () => {
    const answer = await engine.ask('config.effective', { site: 'Shop', app: '/', explain: 'webdavmodule' });
    const lost = answer.explained?.find((l) => l.section === 'system.webServer/modules');
    expect(lost).toMatchObject({ state: 'lost', why: expect.stringMatching(/removed at .*web\.config/) as string });
    expect(answer.explained?.find((l) => l.section === 'system.webServer/globalModules')).toMatchObject({ state: 'effective', name: 'WebDAVModule' });
    expect(answer.globalModules.entries.map((e) => e.name)).toEqual(['WebDAVModule']);
    expect(answer.note).toContain('WebDAVModule');
    expect(effectiveText(answer)).toMatch(/lost +WebDAVModule in system\.webServer\/modules .*removed at/);
  });

  it('says that a line concerns another application', async () => {
    const names = async (app: string): Promise<string[]> => (await engine.ask('config.effective', { site: 'Shop', app })).handlers.entries.map((e) => e.name);
    const here = await names('/');
    const [handler] = (await names('/legacy')).filter((name) => !here.includes(name));
    expect(handler).toBeDefined();
    const answer = await engine.ask('config.effective', { site: 'Shop', app: '/', explain: handler ?? '' });
    expect(answer.explained?.map((l) => l.state)).toEqual(['elsewhere']);
  });

  it('says that nothing has the name', async () => {
    const answer = await engine.ask('config.effective', { site: 'Shop', app: '/', explain: 'NOPE' });
    expect(answer).toMatchObject({ explained: [], note: expect.stringContaining('No line of the configuration has the name NOPE') as string });
    expect(answer.modules.entries).toEqual([]);
    expect((await engine.ask('config.effective', { site: 'Shop', app: '/' })).explained).toBeUndefined();
  });
});
