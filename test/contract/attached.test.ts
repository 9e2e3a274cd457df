import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { SAMPLE, startEngine, type TestEngine } from '../helpers/engine.ts';
import { zipTree } from '../helpers/tree.ts';

const CONFIG = 'C/Windows/System32/inetsrv/config';
const DLL = 'C/ProgramData/Microsoft/Cache/cachehttp.dll';
const LOG = 'C/inetpub/logs/LogFiles/W3SVC1/u_ex260302.log';
const ROW = '2026-03-02 14:11:58 10.0.0.5 GET /default.aspx - 80 - 203.0.113.7 curl - 200 0 0 15';
const DRAFT = { text: 'seen', tag: 'x', about: null, event: null, finding: null, component: null };

let engine: TestEngine;
let evidence: string;
beforeEach(async () => {
  engine = await startEngine();
  evidence = path.join(engine.folder, 'evidence');
  for (const name of [CONFIG, DLL]) cpSync(path.join(SAMPLE, name), path.join(evidence, name), { recursive: true, preserveTimestamps: true });
  mkdirSync(path.dirname(path.join(evidence, LOG)), { recursive: true });
  writeFileSync(path.join(evidence, LOG), `#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken\r\n${ROW}\r\n`);
});
afterEach(() => engine.close());

async function make(name = 'a.iiscase', from = evidence): Promise<string> {
  const file = path.join(engine.folder, name);
  await engine.ask('case.create', { path: file, evidence: from });
  expect(await engine.ask('job.wait', {})).toMatchObject({ outcome: 'done' });
  return file;
}

/** Other bytes at the same place, of the same length; the file time stays when `quietly`. */
function overwrite(name: string, at: number, text: string, quietly = false): void {
  const file = path.join(evidence, name);
  const { atime, mtime } = statSync(file);
  const bytes = readFileSync(file);
  bytes.write(text, at, 'latin1');
  writeFileSync(file, bytes);
  if (quietly) utimesSync(file, atime, mtime);
}

const bytesOf = (name: string, offset = 0, length = 4): ReturnType<TestEngine['ask']> => engine.ask('evidence.bytes', { evidencePath: name, offset, length });

describe('evidence where it was', () => {
  it('shows no byte of a file that has changed since it was read, nor cites it', async () => {
    const file = await make();
    expect(await bytesOf(DLL, 0, 2)).toMatchObject({ available: true, hex: '4d5a' });
    await engine.ask('case.close', {});
    overwrite(DLL, 0, 'EVIL', true);
    await engine.ask('case.open', { path: file });
    expect(await bytesOf(DLL)).toMatchObject({ available: false, hex: '', reason: 'the file has changed since it was read' });
    await engine.ask('case.examination', { caseNumber: '1', examiner: 'A', hostLabel: 'W' });
    await engine.ask('note.add', { ...DRAFT, refs: [{ path: null, evidencePath: DLL, offset: 0, length: 4, sha256: '0'.repeat(64) }] });
    await engine.ask('case.close', {});
    rmSync(evidence, { recursive: true });
    await engine.ask('case.open', { path: file });
    expect(await bytesOf(DLL)).toMatchObject({ available: false, hex: '' });
  });

  it('notices a change while the case is open', async () => {
    await make();
    expect(await bytesOf(DLL, 0, 2)).toMatchObject({ available: true });
    overwrite(DLL, 0, 'EVIL');
    expect(await bytesOf(DLL)).toMatchObject({ available: false, reason: 'the file has changed since it was read' });
  });

  it('shows nothing of a folder that holds other names than those that were read', async () => {
    const file = await make();
    await engine.ask('case.close', {});
    writeFileSync(path.join(evidence, 'C/new.txt'), 'new');
    await engine.ask('case.open', { path: file });
    expect(await bytesOf(DLL)).toMatchObject({ available: false, reason: expect.stringContaining('names or sizes differ') as string });
    expect((await engine.ask('case.info', {})).evidence[0]).toMatchObject({ attached: false });
  });

  it('answers as many bytes as were asked, also where a shorter piece is cited', async () => {
    await make();
    await engine.ask('case.examination', { caseNumber: '1', examiner: 'A', hostLabel: 'W' });
    await engine.ask('note.add', { ...DRAFT, refs: [{ path: null, evidencePath: DLL, offset: 0, length: 4, sha256: '0'.repeat(64) }] });
    expect((await bytesOf(DLL, 0, 64)) as { hex: string }).toMatchObject({ hex: expect.stringMatching(/^4d5a[0-9a-f]{124}$/) as string });
  });
});

describe('going on', () => {
  it('with other evidence is refused, and the right one stays attached and whole', async () => {
    await make();
    const other = path.join(engine.folder, 'other');
    cpSync(evidence, other, { recursive: true, preserveTimestamps: true });
    writeFileSync(path.join(other, 'C/new.txt'), 'new');
    await engine.ask('job.resume', { evidence: other });
    expect(await engine.ask('job.wait', {})).toMatchObject({ outcome: 'failed', message: expect.stringContaining('other evidence') as string });
    expect((await engine.ask('case.info', {})).evidence[0]).toMatchObject({ attached: true, location: evidence });
    rmSync(other, { recursive: true });
    expect(await bytesOf(DLL, 0, 2)).toMatchObject({ available: true, hex: '4d5a' });
    expect(await engine.ask('run.triage', {})).toMatchObject({ partial: false });
  });

  it('with a file of the same size and another content is refused', async () => {
    const file = await make();
    await engine.ask('case.close', {});
    const config = `${CONFIG}/applicationHost.config`;
    overwrite(config, readFileSync(path.join(evidence, config)).indexOf('<site '), '<SITE ', true);
    await engine.ask('case.open', { path: file });
    await engine.ask('job.resume', { evidence });
    expect(await engine.ask('job.wait', {})).toMatchObject({ outcome: 'failed', message: expect.stringMatching(/other evidence.*applicationHost\.config/s) as string });
  });

  it('at another place takes that place', async () => {
    const file = await make();
    await engine.ask('case.close', {});
    renameSync(evidence, `${evidence}-moved`);
    await engine.ask('case.open', { path: file });
    await engine.ask('job.resume', { evidence: `${evidence}-moved` });
    expect(await engine.ask('job.wait', {})).toMatchObject({ outcome: 'done' });
    expect(await bytesOf(DLL, 0, 2)).toMatchObject({ available: true, hex: '4d5a' });
  });

  it('attaching is refused while reading and where the case itself lies', async () => {
    const file = path.join(engine.folder, 'evidence-copy', 'a.iiscase');
    mkdirSync(path.dirname(file));
    await engine.ask('case.create', { path: file, evidence });
    expect(await engine.refusal('evidence.attach', { path: evidence })).toMatchObject({ kind: 'conflict', message: expect.stringContaining('being read') as string });
    await engine.ask('job.wait', {});
    expect(await engine.refusal('evidence.attach', { path: path.dirname(file) })).toMatchObject({ kind: 'conflict', message: expect.stringContaining('inside the evidence') as string });
  });
});

describe('comparing with evidence', () => {
  it('says how each file was compared, and which files the case does not know', async () => {
    writeFileSync(path.join(evidence, 'C/readme.txt'), 'text');
    await make();
    const { evidence: same, extra: none } = await engine.ask('case.verify', { evidence });
    expect(same.find((e) => e.evidencePath === DLL)).toMatchObject({ status: 'same', compared: 'hash', reason: null });
    expect(same.find((e) => e.evidencePath === 'C/readme.txt')).toMatchObject({ status: 'same', compared: 'size' });
    expect(none).toEqual([]);
    overwrite(DLL, 4000, 'EVIL', true);
    rmSync(path.join(evidence, 'C/readme.txt'));
    writeFileSync(path.join(evidence, 'C/Windows/new.dll'), 'MZ');
    const report = await engine.ask('case.verify', { evidence });
    expect(report.evidence.filter((e) => e.status !== 'same').map((e) => [e.evidencePath, e.status])).toEqual([[DLL, 'changed'], ['C/readme.txt', 'missing']]);
    expect(report.extra).toEqual([{ path: 'C:\\Windows\\new.dll', evidencePath: 'C/Windows/new.dll' }]);
  });

  it('tells a file that cannot be read from one that is missing', async () => {
    await make();
    const zip = await zipTree({ [DLL]: readFileSync(path.join(evidence, DLL)) });
    try {
      const bytes = readFileSync(zip.file);
      writeFileSync(zip.file, bytes.fill(0xff, 400, 500));
      const { evidence: files } = await engine.ask('case.verify', { evidence: zip.file });
      expect(files.find((e) => e.evidencePath === DLL)).toMatchObject({ status: 'changed', reason: expect.stringContaining('cannot be read') as string });
      expect(files.find((e) => e.evidencePath === LOG)).toMatchObject({ status: 'missing' });
    } finally {
      await zip.cleanup();
    }
  });
});

describe('reading events on', () => {
  it('gives the whole list page by page, from any event, and refuses one that is not in it', async () => {
    await make();
    const ids = async (input: { offset: number; limit: number; after?: string }): Promise<string[]> => (await engine.ask('timeline.page', { filter: '', ...input })).events.map((e) => e.id);
    const whole = await ids({ offset: 0, limit: 5000 });
    expect(whole.length).toBeGreaterThan(8);
    const read = await ids({ offset: 0, limit: 3 });
    for (let more = read; more.length > 0; read.push(...more)) more = await ids({ offset: read.length, limit: 3, after: read.at(-1) });
    expect(read).toEqual(whole);
    expect(await ids({ offset: 3, limit: 4, after: whole[2] })).toEqual(whole.slice(3, 7));
    expect(await engine.refusal('timeline.page', { filter: 'source:iis-log', offset: 0, limit: 1, after: '000000000000-000000000000-000000' })).toMatchObject({ kind: 'usage' });
  });
});

describe('a zone that is said later', () => {
  it('is kept, also when reading goes on without one', async () => {
    await make();
    await engine.ask('job.resume', { serverZone: 'Europe/Berlin', workers: 1 });
    expect(await engine.ask('job.wait', {})).toMatchObject({ outcome: 'done' });
    await engine.ask('job.resume', {});
    await engine.ask('job.wait', {});
    const { entries } = await engine.ask('case.journal', { limit: 1000, offset: 0 });
    const zones = entries.filter((e) => e.action === 'evidence').map((e) => (JSON.parse(e.detail) as { serverZone: string | null }).serverZone);
    expect(zones.sort()).toEqual(['Europe/Berlin', null]);
    expect((await engine.ask('case.verify', {})).case).toMatchObject({ ok: true });
  });
});

describe('one thing after the other', () => {
  it('two cases made at once: one is open in the end, and the other is closed and whole', async () => {
    const files = ['one', 'two'].map((n) => path.join(engine.folder, `${n}.iiscase`));
    await Promise.all(files.map((file) => engine.ask('case.create', { path: file, evidence })));
    await engine.ask('job.wait', {});
    const open = (await engine.ask('case.info', {})).path;
    expect(open).toBe(files[1]);
    // The first is free: it can be opened, and goes on.
    await engine.ask('case.open', { path: files[0] ?? '' });
    await engine.ask('job.resume', { evidence });
    expect(await engine.ask('job.wait', {})).toMatchObject({ outcome: 'done' });
    expect(await engine.ask('run.triage', {})).toMatchObject({ partial: false });
  });
});
