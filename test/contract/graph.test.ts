import { readFileSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GraphDocument } from '../../shared/contract/cli/documents.ts';
import { buildCli, runCli, scratch } from '../helpers/cli.ts';
import { SAMPLE, startEngine, type TestEngine } from '../helpers/engine.ts';

const temp = scratch();
let engine: TestEngine;
let file: string;
beforeAll(async () => {
  buildCli();
  engine = await startEngine();
  file = path.join(engine.folder, 'graph.iiscase');
  await engine.ask('case.create', { path: file, evidence: SAMPLE });
  expect(await engine.ask('job.wait', {})).toMatchObject({ outcome: 'done' });
});
afterAll(async () => {
  await engine.close();
  temp.remove();
});

describe('graph requests', () => {
  it('strike out what web.config removes at an application, citing the line of the remove', async () => {
    const { nodes, edges } = await engine.ask('graph.view', { all: true });
    const dav = nodes.find((n) => n.label === 'WebDAVModule');
    const struck = edges.filter((e) => e.to === dav?.id && e.style === 'struck');
    expect(struck.map((e) => e.from.replace(/^app:[^/]*\//, ''))).toEqual(['Default Web Site:/api', 'Shop:/', 'Shop:/legacy']);
    const [edge] = struck;
    expect(edge?.reason).toMatch(/^removed at .*web\.config line \d+$/);
    const [ref] = edge?.refs ?? [];
    const text = await engine.ask('evidence.text', { evidencePath: ref?.evidencePath ?? '', fromLine: ref?.line ?? 1, lines: 1 });
    expect(text.lines[0]).toMatch(/<remove name="WebDAVModule"/);
  });
  it('draw what a file imports when it is opened, and tell who imports it', async () => {
    const { hits } = await engine.ask('graph.find', { text: 'cachehttp.dll', limit: 5 });
    const dll = hits.find((h) => h.kind === 'file' && h.how === 'name')?.id ?? '';
    const { nodes, edges } = await engine.ask('graph.view', { expand: [dll] });
    const facts = edges.filter((e) => e.from === dll && e.to.startsWith('import:'));
    expect(facts.length).toBeGreaterThan(0);
    for (const { reason, refs } of facts) {
      expect(reason).toMatch(/^imports \d+ names? from /);
      expect(refs[0]?.evidencePath).toBe(dll.slice('file:'.length));
    }
    const imported = nodes.find((n) => n.kind === 'import')?.id ?? '';
    const who = await engine.ask('graph.view', { question: { kind: 'reach', node: imported, direction: 'backward' } });
    expect(who.nodes.map((n) => n.id)).toContain(dll);
  });
  it('keep places of nodes with the case, without a line in the journal', async () => {
    const before = await engine.ask('case.journal', { limit: 1, offset: 0 });
    await engine.ask('graph.arrange', { put: [{ id: 'a', dx: 0, y: 1 }, { id: 'b', dx: 1, y: 2 }] });
    await engine.ask('graph.arrange', { put: [{ id: 'c', dx: 0, y: 3 }], free: ['a'] });
    expect((await engine.ask('case.journal', { limit: 1, offset: 0 })).total).toBe(before.total);
    await engine.ask('case.close', {});
    await engine.ask('case.open', { path: file });
    expect((await engine.ask('graph.arrangement', {})).places).toEqual([{ id: 'b', dx: 1, y: 2 }, { id: 'c', dx: 0, y: 3 }]);
    expect((await engine.ask('case.verify', {})).case).toMatchObject({ ok: true });
    expect(await engine.ask('graph.arrange', { put: [], free: 'all' })).toEqual({ places: [] });
  });
  it('write what is drawn whole, never into the evidence and over nothing without being told', async () => {
    const target = path.join(engine.folder, 'drawn.svg');
    const { bytes } = await engine.ask('graph.write', { format: 'svg', path: target });
    expect(readFileSync(target, 'utf8')).toBe((await engine.ask('graph.text', { format: 'svg' })).text);
    expect(bytes).toBe(readFileSync(target).length);
    expect(await engine.refusal('graph.write', { format: 'svg', path: target })).toMatchObject({ kind: 'exists' });
    expect(await engine.refusal('graph.write', { format: 'svg', path: path.join(SAMPLE, 'x.svg') })).toMatchObject({ kind: 'conflict' });
  });
});

describe('iisight graph', () => {
  beforeAll(async () => {
    await engine.ask('case.close', {});
    await copyFile(file, temp.at('a.iiscase'));
  });
  it('answers why a DLL is loaded for an application, as text and as a document', async () => {
    const told = await runCli(['graph', temp.at('a.iiscase'), '--path', '/api', 'cachehttp.dll']);
    expect(told.code, told.stderr).toBe(0);
    expect(told.stdout).toMatch(/application \/api {2}-> {2}registration globalModules, applicationHost\.config line 252/);
    expect(told.stdout).toMatch(/component HttpCacheExtModule {2}-> {2}file cachehttp\.dll/);
    const json = await runCli(['graph', temp.at('a.iiscase'), '--path', 'Shop/', 'HttpCacheExtModule', '--json']);
    const document = GraphDocument.parse(JSON.parse(json.stdout));
    expect(document.question?.kind).toBe('path');
    expect(document.nodes.map((n) => n.kind)).toEqual(['application', 'registration', 'registration', 'component']);
  });
  it('refuses a name that several nodes have, with the ids to choose from', async () => {
    const ran = await runCli(['graph', temp.at('a.iiscase'), '--path', '/api', 'RegisterModule']);
    expect([ran.code, ran.stdout]).toEqual([2, '']);
    expect(ran.stderr).toMatch(/entry:.*cachehttp\.dll:RegisterModule/);
    expect(ran.stderr).toMatch(/\d nodes are called RegisterModule; name one by its id/);
    for (const words of [['--path', 'nothing like it', '/api'], ['--path', '/api'], ['--format', 'png'], ['--as-of', 'nope'], ['--out', temp.at('x.svg')]]) {
      const refused = await runCli(['graph', temp.at('a.iiscase'), ...words]);
      expect({ words, code: refused.code, stdout: refused.stdout }).toEqual({ words, code: 2, stdout: '' });
    }
  });
  it('writes the whole graph, the same bytes each time', async () => {
    const [one, two] = [await runCli(['graph', temp.at('a.iiscase'), '--all', '--format', 'graphml']), await runCli(['graph', temp.at('a.iiscase'), '--all', '--format', 'graphml', '--out', temp.at('w.graphml')])];
    expect([one.code, two.code, two.stdout]).toEqual([0, 0, '']);
    expect(readFileSync(temp.at('w.graphml'), 'utf8')).toBe(one.stdout);
    expect(one.stdout).toContain('StaticFileModule');
  });
  it('goes back to a copy of the configuration', async () => {
    const ran = await runCli(['graph', temp.at('a.iiscase'), '--as-of', 'CFGHISTORY_0000000001']);
    expect(ran.stdout).not.toContain('component HttpCacheExtModule');
    expect((await runCli(['graph', temp.at('a.iiscase')])).stdout).toContain('component HttpCacheExtModule  [high]');
  });
});
