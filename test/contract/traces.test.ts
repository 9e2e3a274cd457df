import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEngine, type TestEngine, triage } from '../helpers/engine.ts';
import { makeTree, type Tree, zipTree } from '../helpers/tree.ts';
import { host } from '../unit/iis/support.ts';

const trace = (name: string): Buffer => readFileSync(path.resolve(import.meta.dirname, '../artifacts/freb', name, 'input/fr000001.xml'));
const FOLDER = 'C/inetpub/logs/FailedReqLogFiles/W3SVC1';

describe('traces of requests', () => {
  let engine: TestEngine;
  beforeAll(async () => {
    engine = await startEngine();
  });
  afterAll(() => engine.close());

  async function told(tree: Tree, zip = false): Promise<{ logs: string[]; events: number; problems: string[]; findings: string[] }> {
    const made = zip ? await zipTree(tree) : await makeTree(tree);
    try {
      const { logs, timeline, problems, findings } = await triage(engine, 'file' in made ? made.file : made.dir);
      return {
        logs: logs.map((l) => `${l.evidencePath} ${l.format} ${l.lines}`), events: timeline.bySource['freb'] ?? 0, problems: problems.map((p) => `${p.evidencePath}: ${p.kind}`),
        findings: findings.filter((f) => f.rule === 'traced-module-not-configured').map((f) => f.title),
      };
    } finally {
      await made.cleanup();
    }
  }

  it('are read where nothing else was collected, by name and content', async () => {
    expect(await told({ 'fr000001.xml': trace('good'), 'fr000002.xml': '<configuration/>', 'notes.xml': trace('good') }))
      .toEqual({ logs: ['fr000001.xml freb 1'], events: 1, problems: [], findings: [] });
  });

  it('are read in a zip as in a folder', async () => {
    const tree = { 'C/Windows/System32/inetsrv/config/applicationHost.config': host(), [`${FOLDER}/fr000001.xml`]: trace('good-error') };
    const whole = {  logs: [`${FOLDER}/fr000001.xml freb 1`], events: 1, findings: [] };
    expect(await told(tree)).toMatchObject(whole);
    expect(await told(tree, true)).toMatchObject(whole);
  });

  it('count once where a shadow copy has the same file', async () => {
    const tree = { 'C/Windows/System32/inetsrv/config/applicationHost.config': host(), [`${FOLDER}/fr000001.xml`]: trace('good'), [`VSS1/${FOLDER}/fr000001.xml`]: trace('good'), [`VSS1/${FOLDER}/fr000000.xml`]: trace('good-error') };
    expect((await told(tree)).logs).toEqual([`${FOLDER}/fr000001.xml freb 1`, `VSS1/${FOLDER}/fr000000.xml freb 1`]);
  });
});
