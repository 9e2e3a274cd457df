import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const root = mkdtempSync(path.join(os.tmpdir(), 'iisight-serve-'));
const cli = path.join(root, 'electron/cli.js');
const log = path.join(root, 'asked.jsonl');
const children: ChildProcess[] = [];

/** Stands in for the built engine: writes down what it is asked, and refuses to open a file named damaged. */
const ENGINE = `
import { appendFileSync, writeFileSync } from 'node:fs';
const info = { state: 'open', path: null, unsaved: false, title: 't', examination: null, evidence: [], servers: [], revision: 1, partial: false,
  counts: { events: 0, components: 0, findings: { high: 0, medium: 0, low: 0, info: 0 }, notes: 0, problems: 0, missing: 0 } };
process.on('message', ({ id, name, input }) => {
  appendFileSync(${JSON.stringify(log)}, JSON.stringify({ name, input }) + '\\n');
  if (name === 'case.create') writeFileSync(input.path, 'case');
  const bad = name === 'case.open' && /damaged/.test(input.path);
  const result = bad ? { ok: false, failure: { kind: 'unavailable', message: 'The case is damaged.' } } : { ok: true, value: name.startsWith('job') || name === 'case.close' ? {} : { ...info, path: input.path ?? null } };
  process.send({ kind: 'result', id, result });
});
process.on('disconnect', () => { appendFileSync(${JSON.stringify(log)}, '{"name":"closed"}\\n'); process.exit(0); });
process.on('SIGINT', () => undefined);
`;

beforeAll(async () => {
  await build({
    root: ROOT, configFile: false, logLevel: 'error', ssr: { noExternal: true },
    build: { ssr: true, outDir: path.join(root, 'electron'), target: 'node20', minify: false, rolldownOptions: { input: { cli: path.join(ROOT, 'electron/cli/main.ts') }, output: { format: 'es', entryFileNames: '[name].js' } } },
  });
  writeFileSync(path.join(root, 'electron/package.json'), '{ "type": "module" }');
  writeFileSync(path.join(root, 'electron/engine.js'), ENGINE);
  mkdirSync(path.join(root, 'renderer'));
  writeFileSync(path.join(root, 'renderer/index.html'), '<title>IISight</title>');
  mkdirSync(path.join(root, 'evidence'));
});
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(root, { recursive: true, force: true });
});

interface Serving {
  readonly child: ChildProcess;
  /** Everything on stdout up to the first line's end; empty when the program ended before. */
  readonly ready: Promise<string>;
  readonly ended: Promise<{ code: number | null; out: string; err: string }>;
}

function serve(...words: string[]): Serving {
  rmSync(log, { force: true });
  const child = spawn(process.execPath, [cli, 'serve', ...words], { env: { ...process.env, CI: '1', XDG_DATA_HOME: path.join(root, 'data'), HOME: root }, stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  const said = { out: '', err: '' };
  child.stderr?.on('data', (part) => (said.err += String(part)));
  const ready = new Promise<string>((resolve) => {
    child.stdout?.on('data', (part) => {
      said.out += String(part);
      if (said.out.includes('\n')) resolve(said.out);
    });
    child.on('close', () => resolve(said.out));
  });
  return { child, ready, ended: new Promise((resolve) => void child.on('close', (code) => resolve({ code, ...said }))) };
}

const asked = (): { name: string; input?: { path?: string } }[] => readFileSync(log, 'utf8').trim().split('\n').map((line) => JSON.parse(line) as { name: string });

describe.skipIf(process.platform === 'win32')('the serve command', () => {
  it('says one ready line on stdout and ends with 0 when told, after the engine', async () => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      const { child, ready, ended } = serve(path.join(root, 'evidence'), '--case', path.join(root, `${signal}.iiscase`));
      const line = await ready;
      expect(line).toMatch(/^IISight is ready at http:\/\/127\.0\.0\.1:\d+\/\?token=[0-9a-f]{64}\n$/);
      const answer = await fetch(line.slice('IISight is ready at '.length).trim(), { redirect: 'manual' });
      expect(answer.status).toBe(303);
      child.kill(signal);
      const { code, out } = await ended;
      expect([code, out]).toEqual([0, line]);
      expect(asked()).toEqual([{ name: 'case.create', input: { path: path.join(root, `${signal}.iiscase`), evidence: path.join(root, 'evidence') } }, { name: 'closed' }]);
    }
  });

  it('takes two signals in one moment for one wish', async () => {
    const { child, ready, ended } = serve();
    await ready;
    child.kill('SIGINT');
    child.kill('SIGINT');
    expect((await ended).code).toBe(0);
  });

  it('keeps the case of an evidence in the data folder and goes on with it at the next start', async () => {
    const first = serve(path.join(root, 'evidence'));
    await first.ready;
    first.child.kill('SIGTERM');
    expect((await first.ended).code).toBe(0);
    const made = asked()[0]?.input?.path ?? '';
    expect(made).toMatch(new RegExp(`^${root}/data/iisight/cases/evidence-[0-9a-f]{8}\\.iiscase$`));

    const second = serve(path.join(root, 'evidence'));
    await second.ready;
    second.child.kill('SIGTERM');
    await second.ended;
    expect(asked().map((a) => a.name)).toEqual(['case.open', 'job.resume', 'closed']);
    expect(asked()[0]?.input?.path).toBe(made);
  });

  it('makes a new case beside one that cannot be continued, and says so', async () => {
    mkdirSync(path.join(root, 'damaged'));
    const cases = path.join(root, 'data/iisight/cases');
    const first = serve(path.join(root, 'damaged'));
    await first.ready;
    first.child.kill('SIGTERM');
    await first.ended;
    const second = serve(path.join(root, 'damaged'));
    await second.ready;
    second.child.kill('SIGTERM');
    const { err } = await second.ended;
    expect(err).toMatch(/damaged-[0-9a-f]{8}\.iiscase cannot be continued: The case is damaged\. A new case is made beside it\./);
    const made = asked().find((a) => a.name === 'case.create')?.input?.path ?? '';
    expect([path.dirname(made), path.basename(made)]).toEqual([cases, expect.stringMatching(/^damaged-[0-9a-f]{8}-2\.iiscase$/)]);
  });

  it('opens a case, and ends with 2 and a sentence when it cannot', async () => {
    const good = path.join(root, 'good.iiscase');
    writeFileSync(good, 'case');
    const { child, ready, ended } = serve(good);
    await ready;
    child.kill('SIGTERM');
    await ended;
    expect(asked()[0]).toEqual({ name: 'case.open', input: { path: good, resume: true } });

    const bad = path.join(root, 'damaged.iiscase');
    writeFileSync(bad, 'case');
    expect(await serve(bad).ended).toEqual({ code: 2, out: '', err: 'iisight: The case is damaged.\n' });
  });

  it('refuses calls that make no sense, with 2 and a sentence', async () => {
    const good = path.join(root, 'good.iiscase');
    writeFileSync(good, 'case');
    const calls: [string[], string][] = [
      [['/nowhere/at/all'], 'There is nothing at /nowhere/at/all.'],
      [['a', 'b'], 'Give at most one case or evidence.'],
      [['--port', 'x'], '--port takes a whole number from 0 to 65535.'],
      [['--case', 'x.iiscase'], '--case says where the case of an EVIDENCE lies; give the evidence too, or the case alone.'],
      [[good, '--case', 'x.iiscase'], '--case goes with evidence; this is a case already.'],
      [[path.join(root, 'evidence'), '--case', path.join(root, 'evidence/x.iiscase')], `${path.join(root, 'evidence/x.iiscase')} lies in the evidence, which is never written; choose another place.`],
      [[root], `The folder for cases, ${root}/data/iisight/cases, lies in the evidence, which is never written; say with --case where the case goes.`],
    ];
    for (const [words, sentence] of calls) expect(await serve(...words).ended).toEqual({ code: 2, out: '', err: `iisight: ${sentence}\n` });
    expect(existsSync(path.join(root, 'evidence/x.iiscase'))).toBe(false);
  });

  it('says when the page is not built', async () => {
    const bare = path.join(root, 'bare');
    mkdirSync(bare);
    symlinkSync(path.join(root, 'electron'), path.join(bare, 'electron'));
    const child = spawn(process.execPath, ['--preserve-symlinks-main', path.join(bare, 'electron/cli.js'), 'serve'], { stdio: ['ignore', 'pipe', 'pipe'] });
    children.push(child);
    let err = '';
    child.stderr?.on('data', (part) => (err += String(part)));
    const code = await new Promise((resolve) => void child.on('close', resolve));
    expect([code, err]).toEqual([2, expect.stringMatching(/^iisight: The page has not been built: .*index\.html is not there/)]);
  });
});
