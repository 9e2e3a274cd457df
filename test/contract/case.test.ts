import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { copyFileSync, cpSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { SAMPLE, startEngine, type TestEngine } from '../helpers/engine.ts';

const EXAMINATION = { caseNumber: '2026-17', examiner: 'A. Examiner', hostLabel: 'WEB01' };
const DRAFT = { text: 'planted', tag: 'install', about: null, refs: [], event: null, finding: null, component: null };

describe('a case over its life', () => {
  let engine: TestEngine;
  beforeEach(async () => {
    engine = await startEngine();
  });
  afterEach(() => engine.close());

  async function make(name = 'a.iiscase'): Promise<string> {
    const file = path.join(engine.folder, name);
    await engine.ask('case.create', { path: file, evidence: SAMPLE });
    expect(await engine.ask('job.wait', {})).toMatchObject({ outcome: 'done' });
    return file;
  }

  it('opens without its evidence and answers as before', async () => {
    const evidence = path.join(engine.folder, 'evidence');
    cpSync(SAMPLE, evidence, { recursive: true, preserveTimestamps: true });
    const file = path.join(engine.folder, 'moved.iiscase');
    await engine.ask('case.create', { path: file, evidence });
    await engine.ask('job.wait', {});
    const before = {
      effective: await engine.ask('config.effective', { site: 'Shop', app: '/' }),
      history: await engine.ask('config.history', {}),
      findings: (await engine.ask('finding.list', {})).findings,
      events: (await engine.ask('timeline.page', { filter: 'source:iis-log status:>=500', offset: 0, limit: 50 })).events,
    };
    await engine.ask('case.close', {});
    cpSync(evidence, `${evidence}-elsewhere`, { recursive: true, preserveTimestamps: true });
    const copy = path.join(engine.folder, 'copy.iiscase');
    copyFileSync(file, copy);
    rmSync(evidence, { recursive: true });
    const info = await engine.ask('case.open', { path: copy });
    expect(info.evidence[0]).toMatchObject({ attached: false, layout: 'kape' });
    expect(await engine.ask('config.effective', { site: 'Shop', app: '/' })).toEqual(before.effective);
    expect(await engine.ask('config.history', {})).toEqual(before.history);
    expect((await engine.ask('finding.list', {})).findings).toEqual(before.findings);
    expect((await engine.ask('timeline.page', { filter: 'source:iis-log status:>=500', offset: 0, limit: 50 })).events).toEqual(before.events);
    const dll = await engine.ask('evidence.bytes', { evidencePath: 'C/ProgramData/Microsoft/Cache/cachehttp.dll', offset: 0, length: 64 });
    expect(dll).toMatchObject({ available: false, reason: 'evidence not attached' });
    const cited = before.findings.flatMap((f) => f.refs).find((r) => r.evidencePath.endsWith('.log') && r.offset !== undefined);
    expect(cited, 'a finding cites a log row').toBeDefined();
    const raw = await engine.ask('evidence.bytes', { evidencePath: cited?.evidencePath ?? '', offset: cited?.offset ?? 0, length: cited?.length ?? 1 });
    expect(Buffer.from(raw.hex, 'hex').toString('latin1')).toMatch(/^2026-0[23]-\d\d \d\d:\d\d:\d\d /);
    expect(await engine.ask('evidence.attach', { path: `${evidence}-elsewhere` })).toEqual({ attached: true, differences: [] });
    expect(await engine.ask('evidence.bytes', { evidencePath: 'C/ProgramData/Microsoft/Cache/cachehttp.dll', offset: 0, length: 2 })).toMatchObject({ available: true, hex: '4d5a' });
  });

  it('wants a name on every note, then keeps notes, their history and the decision on a finding', async () => {
    const file = await make();
    expect(await engine.refusal('note.add', DRAFT)).toMatchObject({ kind: 'conflict' });
    await engine.ask('case.examination', EXAMINATION);
    const note = await engine.ask('note.add', DRAFT);
    await engine.ask('note.edit', { id: note.id, text: 'planted on 2 March', tag: 'install' });
    const [finding] = (await engine.ask('finding.list', {})).findings;
    expect(await engine.refusal('finding.decide', { finding: finding?.id ?? '', decision: 'ignored', reason: ' ' })).toMatchObject({ kind: 'usage' });
    const accepted = await engine.ask('finding.decide', { finding: finding?.id ?? '', decision: 'accepted', reason: '' });
    expect(accepted.note?.refs).toEqual(finding?.refs);
    await engine.ask('case.close', {});
    await engine.ask('case.open', { path: file });
    const { notes } = await engine.ask('note.list', {});
    expect(notes.map((n) => n.text)).toContain('planted on 2 March');
    expect(notes[0]?.examination).toEqual(EXAMINATION);
    expect((await engine.ask('note.revisions', { id: note.id })).revisions.map((r) => r.text)).toEqual(['planted', 'planted on 2 March']);
    expect((await engine.ask('case.verify', { evidence: SAMPLE })).evidence.every((e) => e.status === 'same')).toBe(true);
  });

  it('finds the events that a tagged note is about', async () => {
    await make();
    await engine.ask('case.examination', EXAMINATION);
    const [event] = (await engine.ask('timeline.page', { filter: 'source:iis-log', offset: 7, limit: 1 })).events;
    await engine.ask('note.add', { ...DRAFT, event: event?.id ?? null, refs: event === undefined ? [] : [event.ref] });
    const tagged = await engine.ask('timeline.page', { filter: 'tag:install', offset: 0, limit: 10 });
    expect(tagged.events.map((e) => ({ id: e.id, tags: e.tags }))).toEqual([{ id: event?.id, tags: ['install'] }]);
  });

  it('refuses places inside the evidence and names that are taken', async () => {
    expect(await engine.refusal('case.create', { path: path.join(SAMPLE, 'x.iiscase'), evidence: SAMPLE })).toMatchObject({ kind: 'conflict' });
    const file = await make();
    expect(await engine.refusal('case.create', { path: file, evidence: SAMPLE })).toMatchObject({ kind: 'conflict' });
    expect(existsSync(path.join(SAMPLE, 'x.iiscase'))).toBe(false);
  });

  it('saves a temporary case under a name, and says no while it cannot', async () => {
    await engine.ask('case.create', { path: null, evidence: SAMPLE });
    await engine.ask('job.wait', {});
    expect(await engine.ask('case.info', {})).toMatchObject({ unsaved: true, path: null });
    expect(await engine.refusal('case.saveAs', { path: path.join(SAMPLE, 'x.iiscase') })).toMatchObject({ kind: 'conflict' });
    const target = path.join(engine.folder, 'saved.iiscase');
    expect(await engine.ask('case.saveAs', { path: target })).toMatchObject({ unsaved: false, path: target });
    expect((await engine.ask('timeline.page', { filter: '', offset: 0, limit: 1 })).total).toBeGreaterThan(6000);
  });

  it('goes on with the same evidence and refuses another', async () => {
    const file = await make();
    await engine.ask('case.open', { path: file });
    const before = await engine.ask('run.triage', {});
    await engine.ask('job.resume', { evidence: SAMPLE });
    await engine.ask('job.wait', {});
    const after = await engine.ask('run.triage', {});
    expect({ ...after, ran: null }).toEqual({ ...before, ran: null });
    const other = path.join(engine.folder, 'other');
    cpSync(SAMPLE, other, { recursive: true });
    writeFileSync(path.join(other, 'C/inetpub/wwwroot/new.aspx'), 'new');
    await engine.ask('job.resume', { evidence: other });
    expect(await engine.ask('job.wait', {})).toMatchObject({ outcome: 'failed', message: expect.stringContaining('other evidence') as string });
    expect({ ...(await engine.ask('run.triage', {})), ran: null, partial: null }).toEqual({ ...before, ran: null, partial: null });
  });

  it('keeps what was read when it is cancelled, and finishes later', async () => {
    const file = path.join(engine.folder, 'c.iiscase');
    await engine.ask('case.create', { path: file, evidence: SAMPLE });
    await engine.ask('job.cancel', {});
    const { outcome } = await engine.ask('job.wait', {});
    expect(['cancelled', 'done']).toContain(outcome);
    await engine.ask('case.close', {});
    await engine.ask('case.open', { path: file });
    await engine.ask('job.resume', { evidence: SAMPLE });
    expect(await engine.ask('job.wait', {})).toMatchObject({ outcome: 'done' });
    expect(await engine.ask('run.triage', {})).toMatchObject({ partial: false, timeline: { bySource: { 'iis-log': 6005 } } });
    expect((await engine.ask('job.list', {})).history.length).toBe(2);
  });

  it('answers wrong requests with a sentence', async () => {
    expect(await engine.refusal('timeline.page', { filter: '', offset: 0, limit: 1 })).toMatchObject({ kind: 'conflict', message: 'No case is open.' });
    await make();
    expect(await engine.refusal('timeline.page', { filter: 'status:>=x', offset: 0, limit: 1 })).toMatchObject({ kind: 'usage', column: expect.any(Number) as number });
    expect(await engine.refusal('config.effective', { site: 'No such site', app: '/' })).toMatchObject({ kind: 'usage' });
    expect(await engine.refusal('config.effective', { site: 'Shop', app: '/none' })).toMatchObject({ kind: 'usage' });
    expect(await engine.refusal('component.get', { id: '__proto__' })).toMatchObject({ kind: 'usage' });
    expect(await engine.refusal('evidence.text', { evidencePath: '../../etc/passwd', fromLine: 1, lines: 1 })).toMatchObject({ kind: 'usage' });
    expect(await engine.refusal('case.open', { path: '/nonexistent.iiscase' })).toMatchObject({ kind: 'unavailable' });
  });
});
