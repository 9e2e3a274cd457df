import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ExplainDocument } from '../../shared/contract/cli/documents.ts';
import { touchSample } from '../../build/scripts/fixtures/make-sample.mjs';
import { buildCli, runCli, scratch } from '../helpers/cli.ts';
import { SAMPLE } from '../helpers/engine.ts';

const own = scratch();
const file = own.at('sample.iiscase');

beforeAll(async () => {
  buildCli();
  touchSample();
  const { code, stderr } = await runCli(['triage', SAMPLE, '--case', file, '--json', own.at('triage.json')]);
  if (code !== 0) throw new Error(stderr);
}, 300_000);
afterAll(() => own.remove());

async function explained(wanted: string): Promise<ExplainDocument> {
  const { code, stdout, stderr } = await runCli(['explain', file, '--component', wanted, '--json', '-']);
  if (code !== 0) throw new Error(stderr);
  return ExplainDocument.parse(JSON.parse(stdout));
}

describe('explain', () => {
  it('says why a component is flagged, with every point of the sum', async () => {
    const { component, findings, looks, kept } = await explained('HttpCacheExtModule');
    const [leader] = findings;
    expect(leader).toMatchObject({ rule: 'unknown-component', severity: 'high', component: component.id });
    expect(leader?.supports.filter((s) => /^[12] points?: /.test(s)).length).toBeGreaterThan(2);
    expect(leader?.supports.at(-1)).toMatch(/^Together \d+ points, so high \(/);
    expect(looks.filter((l) => l.outcome === 'found').map((l) => l.rule).sort()).toEqual([...new Set<string>(findings.map((f) => f.rule))].sort());
    expect(kept).toBe(true);
  });

  it('says why another is not, also in words; the id and the name lead to the same', async () => {
    const { component, findings, looks } = await explained('StaticFileModule');
    expect(findings).toEqual([]);
    expect(looks.find((l) => l.rule === 'unknown-component')).toMatchObject({ outcome: 'not-found', title: expect.stringContaining('neither stock') });
    expect((await explained(component.id)).looks).toEqual(looks);
    const { code, stdout } = await runCli(['explain', file, '--component', component.id]);
    expect(code).toBe(0);
    expect(stdout).toContain('Looked at, and nothing odd seen');
    expect(stdout).toContain('part of IIS');
  });

  it('refuses in one sentence what is no component, and names those that a word fits', async () => {
    const none = await runCli(['explain', file, '--component', 'NoSuchModule']);
    expect([none.code, none.said.length]).toEqual([2, 1]);
    const missing = await runCli(['explain', file]);
    expect(missing.code).toBe(2);
    expect(missing.stderr).toContain('--component');
  });

  it('the triage document names the state of the rules', () => {
    expect(JSON.parse(readFileSync(own.at('triage.json'), 'utf8'))).toMatchObject({ tool: { rulesVersion: expect.stringMatching(/^\d+ rules, [0-9a-f]{12}$/) } });
  });
});
