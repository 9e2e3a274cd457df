import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SAMPLE, startEngine, triage, type TestEngine } from '../../helpers/engine.ts';
import { stixFaults } from '../report/stix-rules.ts';

const ZONES = ['UTC', 'Pacific/Kiritimati', 'America/St_Johns'];
const DLL = 'C/ProgramData/Microsoft/Cache/cachehttp.dll';

describe('the report of the sample', () => {
  let engine: TestEngine;
  const at = (name: string): string => path.join(engine.folder, name);
  beforeAll(async () => {
    engine = await startEngine();
    await triage(engine, SAMPLE);
  }, 120_000);
  afterAll(() => engine.close());

  it('writes every form, tells its hash, and says no when the file is there', async () => {
    const asked = [
      ...(['html', 'md'] as const).map((format) => ({ file: `r.${format}`, ask: (more: object) => engine.ask('report.write', { format, path: at(`r.${format}`), ...more }), refuse: () => engine.refusal('report.write', { format, path: at(`r.${format}`) }) })),
      ...(['csv', 'jsonl', 'stix', 'graphml', 'manifest'] as const).map((format) => ({ file: `e.${format}`, ask: (more: object) => engine.ask('report.export', { format, path: at(`e.${format}`), ...more }), refuse: () => engine.refusal('report.export', { format, path: at(`e.${format}`) }) })),
      { file: 's.zip', ask: (more: object) => engine.ask('report.sample', { evidencePath: DLL, password: 'infected', path: at('s.zip'), ...more }), refuse: () => engine.refusal('report.sample', { evidencePath: DLL, password: 'infected', path: at('s.zip') }) },
    ];
    for (const { file, ask, refuse } of asked) {
      const written = await ask({});
      const bytes = readFileSync(at(file));
      expect(written, file).toMatchObject({ path: at(file), bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') });
      expect(written.count, file).toBeGreaterThan(0);
      expect((await refuse()).kind, file).toBe('exists');
      await ask({ replace: true });
      if (file !== 's.zip') expect(readFileSync(at(file)).equals(bytes), `${file} is the same again`).toBe(true);
    }
    expect(readdirSync(engine.folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  }, 60_000);

  it('is the same in every zone', async () => {
    const before = process.env['TZ'];
    const texts: string[] = [];
    for (const zone of ZONES) {
      process.env['TZ'] = zone;
      texts.push((await engine.ask('report.preview', { format: 'html' })).text);
      await engine.ask('report.export', { format: 'jsonl', path: at('zone.jsonl'), replace: true });
      texts.push(readFileSync(at('zone.jsonl'), 'utf8'));
    }
    if (before === undefined) delete process.env['TZ'];
    else process.env['TZ'] = before;
    expect(new Set(texts).size).toBe(2);
  });

  it('writes nothing into the evidence', async () => {
    const before = readdirSync(SAMPLE);
    expect((await engine.refusal('report.write', { format: 'html', path: path.join(SAMPLE, 'r.html') })).message).toContain('inside the evidence');
    expect((await engine.refusal('report.export', { format: 'csv', path: path.join(SAMPLE, 'C/x.csv') })).message).toContain('inside the evidence');
    expect(readdirSync(SAMPLE)).toEqual(before);
  });

  it('exports what passes a filter, and all with the notes where there is none', async () => {
    const total = (await engine.ask('timeline.page', { filter: '', offset: 0, limit: 1 })).total;
    const page = await engine.ask('timeline.page', { filter: 'status:200 method:POST', offset: 0, limit: 1 });
    const some = await engine.ask('report.export', { format: 'jsonl', path: at('some.jsonl'), filter: 'status:200 method:POST' });
    expect(some.count).toBe(page.shown);
    const all = await engine.ask('report.export', { format: 'jsonl', path: at('all.jsonl') });
    const undated = Number(/^(\d+) events/.exec(all.notes[0] ?? '')?.[1] ?? 0);
    expect(all.count + undated).toBe(total);
    const lines = readFileSync(at('all.jsonl'), 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line) as { datetime: string; message: string; timestamp_desc: string });
    expect(lines.length).toBe(all.count);
    for (const line of lines) if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00$/.test(line.datetime) || line.message === '' || line.timestamp_desc === '') throw new Error(JSON.stringify(line));
    expect(await engine.refusal('report.export', { format: 'jsonl', path: at('bad.jsonl'), filter: 'nofield:1' })).toMatchObject({ kind: 'usage', column: 1 });
    expect(await engine.refusal('report.export', { format: 'csv', path: at('bad.csv'), filter: 'status:200' })).toMatchObject({ kind: 'usage' });
    expect(readdirSync(engine.folder).filter((name) => name.startsWith('bad'))).toEqual([]);
  });

  it('gives a STIX bundle that conforms', async () => {
    await engine.ask('report.export', { format: 'stix', path: at('b.json') });
    expect(stixFaults(JSON.parse(readFileSync(at('b.json'), 'utf8')) as Record<string, unknown>)).toEqual([]);
  });

  it('hands over nothing that the case does not know, and keeps nothing that is no PDF', async () => {
    expect(await engine.refusal('report.sample', { evidencePath: '../../etc/passwd', password: 'infected', path: at('no.zip') })).toMatchObject({ kind: 'usage' });
    expect(await engine.refusal('report.sample', { evidencePath: DLL, password: '', path: at('no.zip') })).toMatchObject({ kind: 'usage' });
    expect(await engine.refusal('report.keepPdf', { path: at('no.pdf'), base64: Buffer.from('#!/bin/sh').toString('base64') })).toMatchObject({ kind: 'usage' });
    expect(await engine.ask('report.keepPdf', { path: at('yes.pdf'), base64: Buffer.from('%PDF-1.7 x').toString('base64') })).toMatchObject({ bytes: 10 });
    expect(readdirSync(engine.folder).filter((name) => name.startsWith('no.'))).toEqual([]);
  });

  it('keeps decisions, their undoing and notes with their moments, and tells them', async () => {
    await engine.ask('case.examination', { caseNumber: '2026-17', examiner: 'A. Examiner', hostLabel: 'WEB01' });
    const { findings } = await engine.ask('finding.list', {});
    const [first, second] = findings;
    expect(await engine.refusal('finding.decide', { finding: first?.id ?? '', decision: 'ignored', reason: ' ' })).toMatchObject({ kind: 'usage' });
    await engine.ask('finding.decide', { finding: first?.id ?? '', decision: 'ignored', reason: 'the vendor confirms it' });
    await engine.ask('finding.decide', { finding: second?.id ?? '', decision: 'accepted', reason: '' });
    const told = (await engine.ask('report.preview', { format: 'md' })).text;
    expect(told).toContain('| the vendor confirms it | A. Examiner |');
    expect(told).toContain('accepted by the examiner');
    await engine.ask('finding.decide', { finding: first?.id ?? '', decision: 'open', reason: '' });
    expect((await engine.ask('report.preview', { format: 'md' })).text).not.toContain('the vendor confirms it');
    const { entries } = await engine.ask('case.journal', { limit: 100, offset: 0 });
    expect(entries.filter((e) => e.action === 'finding.decide').length).toBe(3);

    const free = { text: 'The client called', tag: 'call', refs: [], event: null, finding: null, component: null };
    const note = await engine.ask('note.add', { ...free, about: '2026-03-04 10:00+01:00' });
    expect(note.about).toBe('2026-03-04T09:00:00Z');
    expect(await engine.refusal('note.add', { ...free, about: 'yesterday' })).toMatchObject({ kind: 'usage' });
    await engine.ask('note.edit', { id: note.id, text: 'The client called twice', tag: 'call' });
    const moved = await engine.ask('note.edit', { id: note.id, text: 'The client called twice', tag: 'call', about: '2026-03-04T08:30:00Z' });
    expect(moved).toMatchObject({ revision: 3, about: '2026-03-04T08:30:00Z' });
    const { revisions } = await engine.ask('note.revisions', { id: note.id });
    expect(revisions.map((r) => [r.about, r.text])).toEqual([['2026-03-04T09:00:00Z', 'The client called'], ['2026-03-04T09:00:00Z', 'The client called twice'], ['2026-03-04T08:30:00Z', 'The client called twice']]);
    const report = await engine.ask('report.sections', {});
    const timeline = report.sections.find((s) => s.id === 'timeline')?.blocks.find((b) => b.kind === 'table');
    expect(JSON.stringify(timeline)).toContain('"2026-03-04T08:30:00Z","The client called twice"');
    expect(JSON.stringify(timeline)).toContain('revision 3');
    const events = await engine.ask('report.export', { format: 'jsonl', path: at('noted.jsonl') });
    expect(readFileSync(at('noted.jsonl'), 'utf8').split('\n')[events.count - 1]).toContain('noted by the examiner');
    expect((await engine.ask('case.verify', {})).case).toMatchObject({ ok: true });
  });
});
